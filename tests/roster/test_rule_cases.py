"""Each rule with parameters, and each standard rule that a problem may change: off, soft and hard, at its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from staffing.roster import RosterProblem, RosterResult, solve
from staffing.roster import rules as all_rules
from staffing.roster.check import check
from staffing.roster.rules import (
    Attendance,
    EvenShare,
    FixedDays,
    LegalBreaks,
    LegalDay,
    LegalMean,
    LegalRun,
    LegalWeek,
    MinorsOvertime,
    NoOverlap,
    OneShiftADay,
    OvertimeCaps,
    Rule,
    WeeklyRest,
)
from staffing.roster.wishes import FixedDay, Published, Request
from tests.roster.data.rule_cases import CASES, TWO, RuleCase, mornings, ruled
from tests.roster.data.solve_desk import AMPLE, N6, S4, SUNDAY, agent, desk


def best(problem: RosterProblem) -> RosterResult:
    """The proven best roster, or the proof that there is none; the checker agrees to the unit."""
    result = solve(problem, gap=0.0, seconds=AMPLE)
    assert result.status in ("optimal", "infeasible")
    if result.status == "optimal":
        report = check(result.roster, problem)
        assert report.passed
        assert report.objective == result.objective
    return result


def off(problem: RosterProblem) -> RosterProblem:
    return ruled(problem, replace(problem.rules[0], kind="off", weight=0))


def soft(problem: RosterProblem, weight: int) -> RosterProblem:
    return ruled(problem, replace(problem.rules[0], kind="soft", weight=weight))


CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{type(case.rule).__name__}: {case.about}")


@CASE
def test_a_hard_rule_costs_nothing_on_this_side_of_its_edge_and_something_beyond(case: RuleCase) -> None:
    assert best(case.free).objective == best(off(case.free)).objective
    free, kept = best(off(case.bound)), best(case.bound)
    assert kept.status == "infeasible" or kept.objective > free.objective
    if type(case.rule).__name__ != "LeaveAllowance":  # wishes can be denied on paper alone
        assert [v.severity for v in case.rule.check(free.roster, case.bound)] != []
    assert case.rule.check(kept.roster, case.bound) == () or kept.status == "infeasible"


@CASE
def test_a_soft_rule_is_broken_exactly_when_that_is_cheaper(case: RuleCase) -> None:
    free, kept = best(off(case.bound)), best(case.bound)
    if kept.status == "infeasible":
        return
    cheapest = check(free.roster, soft(case.bound, 0)).violations
    units = sum(violation.units for violation in cheapest)
    gain = kept.objective - free.objective
    broken = best(soft(case.bound, (gain - 1) // units))
    assert free.objective <= broken.objective < kept.objective
    violations = check(broken.roster, soft(case.bound, (gain - 1) // units)).violations
    assert {(v.rule, v.severity) for v in violations} == {(cheapest[0].rule, "soft")}
    dear = soft(case.bound, gain // units + 1)
    assert best(dear).objective == kept.objective
    assert check(best(dear).roster, dear).violations == ()


def test_every_rule_has_a_case_here_or_a_test_of_its_own() -> None:
    exported = {getattr(all_rules, name) for name in all_rules.__all__}
    kinds = {kind for kind in exported if isinstance(kind, type) and issubclass(kind, Rule)} - {Rule}
    tested = {type(case.rule) for case in CASES}
    law = {LegalBreaks, LegalDay, LegalMean, LegalRun, LegalWeek, MinorsOvertime, OvertimeCaps, WeeklyRest}
    # the law's are in test_rules.py, attendance is in test_activities.py
    assert kinds - tested == law | {Attendance, EvenShare, NoOverlap, OneShiftADay}


@pytest.mark.parametrize(("weight", "nights"), [(0, [2, 0]), (1, [2, 0]), (5_000, [1, 1])])
def test_nights_are_shared_out_when_that_is_worth_the_dearer_wage(weight: int, nights: list[int]) -> None:
    problem = mornings(
        2, agent("A", wage=1000), agent("B", wage=1100), templates=[N6], hours="22:00-28:00", need=1
    )
    result = best(ruled(problem, EvenShare(kind="soft", weight=weight)))
    worked = [duty.agent_id for duty in result.roster.duties]
    assert [worked.count("A"), worked.count("B")] == nights


def test_a_share_turns_exactly_where_two_times_the_weight_is_the_wage_saved() -> None:
    """One has both nights: 4 weights; each has one: 2."""
    problem = mornings(
        2, agent("A", wage=1000), agent("B", wage=1100), templates=[N6], hours="22:00-28:00", need=1
    )
    alone = best(problem).objective
    parted = best(
        replace(problem, fixed=(FixedDay("B", SUNDAY, "N6"), FixedDay("A", SUNDAY, None)))
    ).objective
    turn = (parted - alone) // 2
    for weight, split in ((turn - 1, False), (turn + 1, True)):
        roster = best(ruled(problem, EvenShare(kind="soft", weight=weight))).roster
        assert (len({duty.agent_id for duty in roster.duties}) == 2) is split


def test_who_has_had_more_nights_before_gets_the_next_one_last() -> None:
    problem = mornings(1, *TWO, templates=[N6], hours="22:00-28:00", need=1)
    share = EvenShare(kind="soft", weight=10, history=(("A", 3),))
    result = best(ruled(problem, share))
    assert [duty.agent_id for duty in result.roster.duties] == ["B"]
    assert check(result.roster, ruled(problem, share)).parts.even_shares == 10
    assert share.check(result.roster, problem) == ()


def test_a_wish_is_granted_when_it_is_worth_more_than_the_shift() -> None:
    for weight, works in ((4 * 4800 - 1, True), (4 * 4800 + 1, False)):
        problem = replace(mornings(1), requests=(Request("A", SUNDAY, "off", weight),))
        result = best(problem)
        assert bool(result.roster.duties) is works
        assert check(result.roster, problem).parts.requests == weight * works


@pytest.mark.parametrize(("weight", "works"), [(4 * 1200 - 1, False), (4 * 1200 + 1, True)])
def test_a_wish_to_work_is_granted_when_it_is_worth_the_wage(weight: int, works: bool) -> None:
    problem = replace(mornings(1, need=0), requests=(Request("A", SUNDAY, "on", weight, "S4"),))
    assert bool(best(problem).roster.duties) is works


@pytest.mark.parametrize(("price", "changed"), [(4 * 4800 - 1, True), (4 * 4800 + 1, False)])
def test_a_published_day_changes_when_that_is_worth_its_price(price: int, changed: bool) -> None:
    problem = replace(mornings(1), published=Published((("A", SUNDAY, None),), price))
    result = best(problem)
    assert bool(result.roster.duties) is changed
    assert check(result.roster, problem).parts.changes == price * changed


def test_a_settled_day_counts_once_when_another_shift_is_worked() -> None:
    problem = desk(agent(), days=1, need=2)
    rule = FixedDays(kind="soft", weight=1, days=(FixedDay("A", SUNDAY, "S4-0800"),))
    result = best(ruled(problem, rule))
    assert check(result.roster, ruled(problem, rule)).parts.soft_rules == 1


def test_two_shifts_at_once_are_never_worked_even_without_rest() -> None:
    """25:00 of Sunday and 01:00 of Monday are the same hours."""
    late = replace(S4, code="L8", first_start_minute=1500, last_start_minute=1500)
    early = replace(S4, first_start_minute=60, last_start_minute=60)
    problem = desk(
        agent(), templates=[late, early], hours=["01:00-05:00", *[""] * 5, "20:00-25:00"], days=2, need=2
    )
    problem = ruled(problem, all_rules.MinimumRest(kind="off"))
    assert len(best(problem).roster.duties) == 1


@pytest.mark.parametrize("kind", [OneShiftADay, NoOverlap])
def test_how_the_model_is_made_cannot_be_changed(kind: type[Rule]) -> None:
    for changes in ({"kind": "off"}, {"kind": "soft", "weight": 1}, {"people": frozenset({"A"})}):
        with pytest.raises(ValueError, match=f"rule {kind.name}"):
            kind(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [LegalDay, LegalBreaks])
def test_a_rule_on_templates_has_no_price(kind: type[Rule]) -> None:
    with pytest.raises(ValueError, match="can only be hard or off"):
        kind(kind="soft", weight=1)


def test_a_day_cannot_be_settled_twice() -> None:
    with pytest.raises(ValueError, match="settled twice"):
        FixedDays(days=(FixedDay("A", SUNDAY, None), FixedDay("A", SUNDAY, "S4")))


def test_a_pair_is_two_people_and_says_itself_whom_it_binds() -> None:
    for changes in ({"pair": ("A", "A")}, {"pair": ("A", "B"), "people": frozenset({"A"})}):
        with pytest.raises(ValueError, match="two different people"):
            all_rules.Apart(**changes)  # type: ignore[arg-type]
