"""Problems without a roster: rules and people named, conflicts minimal, and a relaxation that lets one through."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.infeasible_cases import Case, cases
from staffing.roster import Roster, RosterProblem, solve
from staffing.roster.changes import ContractTerm, FixedReleased, LeaveMoved, RuleFigure
from staffing.roster.check import check
from staffing.roster.explain import Explanation, apply, exists, explain, explain_alone
from staffing.roster.explain.conflict import conflicts
from staffing.roster.explain.elastic import Elastic
from staffing.roster.rules import Apart, ConsecutiveDaysMost, MinimumOnDuty, rules_of
from staffing.roster.variables import RosterModel
from staffing.roster.wishes import FixedDay, Request
from staffing.shifts import ShiftTemplate
from staffing.wording.language import language
from tests.roster.data.solve_desk import AMPLE, L8, SUNDAY, agent, brute_force, contract, desk

S4 = ShiftTemplate("S4", 480, 480, 60, 240)
E8 = ShiftTemplate("E8", 480, 480, 60, 540, 60, 180, 180)
LEAVE = [SUNDAY + timedelta(days=i) for i in range(1, 5)]
CASES = {case.name: case for case in cases()}


def explained(problem: RosterProblem) -> Explanation:
    found = explain(problem, seconds=AMPLE)
    assert found.proven
    return found


def has_roster(problem: RosterProblem) -> bool:
    """Decided on the model under the problem's rules, without a search for a good one."""
    return exists(RosterModel(problem, rules_of(problem)), seconds=AMPLE, seed=1).answer == "yes"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_relaxation_named_applied_lets_a_lawful_roster_through(case: Case) -> None:
    """The expected rules and people are named, every conflict is proven minimal, nothing unlawful is asked."""
    told = explained(case.problem)
    assert told.conflicts
    assert all(conflict.minimal for conflict in told.conflicts)
    assert told.relaxation.lawful
    assert told.relaxation.cheapest
    assert case.rules <= {obstacle.rule for conflict in told.conflicts for obstacle in conflict.obstacles}
    assert case.agents <= {agent_id for conflict in told.conflicts for agent_id in conflict.agents}
    assert told.relaxation.wording
    relaxed = apply(case.problem, told.relaxation)
    solved = solve(relaxed, seconds=0)
    assert solved.status in ("optimal", "feasible")
    assert check(solved.roster, relaxed).passed


@pytest.mark.parametrize("name", ["rest against least hours", "a group of nobody", "two people apart"])
def test_a_search_without_a_roster_gives_the_explanation(name: str) -> None:
    result = solve(CASES[name].problem, seconds=AMPLE)
    assert (result.status, result.roster) == ("infeasible", Roster(()))
    assert result.explanation is not None
    assert result.obstacles == result.explanation.relaxation.wording
    assert result.obstacles == explained(CASES[name].problem).relaxation.wording != ()


def test_at_least_twenty_problems_are_kept() -> None:
    assert len(CASES) >= 20
    assert sum(len(case.problem.agents) == 30 for case in CASES.values()) == 2


@pytest.mark.parametrize("name", ["rest against least hours", "supervisor's hours", "nights on end"])
def test_a_conflict_can_be_kept_without_any_one_of_its_limits(name: str) -> None:
    """Held alone all its limits are refuted; with one let go, whichever, the others can be kept."""
    elastic = Elastic(CASES[name].problem)
    for group in elastic.groups:
        way = group.solve(frozenset(), frozenset(), 10, 1)
        given = set() if way.x is None else set(group.given(way.x))
        if not given:
            continue
        everything = {hold.column for hold in group.holds}
        for holds, _ in conflicts(group, given, float("inf"), 1):
            columns = {hold.column for hold in holds}
            assert group.refutes(columns, 10, 1)
            for one in columns:
                assert group.solve(columns - {one}, everything - columns | {one}, 10, 1).x is not None


def test_one_conflict_and_its_change_in_full() -> None:
    """Overtime up to the law's week is told with hours, and as people to hire."""
    told = explained(CASES["supervisor's hours"].problem)
    (conflict, *_) = told.conflicts
    assert str(conflict.wording[0]) == "week of 2027-01-31: contract 'sv' allows at most 36 h for agent S1"
    assert [str(note) for note in told.obstacles] == [
        "week of 2027-01-31: 40 h needed from agent S1, contract 36; allow 4 h overtime"
        " (max_hours_week of contract 'sv') or hire 0.2 FTE"
    ]
    assert told.relaxation.changes == (ContractTerm("sv", "max_hours_week", 40),)


def test_japanese_has_the_same_figures() -> None:
    ja = language("ja")
    (note,) = explained(CASES["supervisor's hours"].problem).obstacles
    assert ja.note({"text": note.text, "values": dict(note.values)}) == (
        "2027-01-31 からの週: オペレーター S1 に40時間必要ですが、契約は36時間までです。"
        "4時間の超過勤務を認める(契約「sv」の max_hours_week)か、フルタイム換算0.2名を採用してください"
    )


def test_leave_moves_before_a_supervisor_is_missing() -> None:
    told = explained(CASES["supervisors on duty against leave"].problem)
    (change,) = told.relaxation.changes
    assert isinstance(change, LeaveMoved)
    assert str(change.day) == "2027-02-03"


def test_independent_conflicts_are_all_told_and_all_relaxed() -> None:
    """Four people's own conflicts, one of them in two weeks; each change touches the one it names."""
    problem = CASES["several causes"].problem
    told = explained(problem)
    assert {conflict.agents for conflict in told.conflicts} == {("B",), ("C",), ("D",), ("H",)}
    assert sum(conflict.agents == ("B",) for conflict in told.conflicts) == 2
    for change in told.relaxation.changes:
        others = [other for other in told.relaxation.changes if other is not change]
        assert not has_roster(apply(problem, others))


def test_changes_change_what_they_name_and_nothing_else() -> None:
    problem = CASES["several causes"].problem
    released = FixedReleased("C", SUNDAY.replace(month=2, day=10), "F8").apply(problem)
    assert set(problem.fixed) - set(released.fixed) == {FixedDay("C", SUNDAY.replace(month=2, day=10), "F8")}
    assert replace(released, fixed=problem.fixed) == problem
    rule = next(rule for rule in problem.rules if isinstance(rule, ConsecutiveDaysMost))
    longer = RuleFigure(rule, frozenset({"H"}), "days", 6).apply(problem)
    for person in problem.agents:
        (bound,) = [r for r in longer.rules if isinstance(r, ConsecutiveDaysMost) and r.binds(person)]
        assert bound.days == (6 if person.agent_id == "H" else 5)


def test_a_longer_run_is_allowed_to_the_person_who_needs_it() -> None:
    """Supervisor duty on seven days of four hours: the least change that the rule on days on end needs."""
    lead = frozenset({"SV"})
    problem = desk(
        agent("A", tags=lead),
        agent("B"),
        contracts=[contract(shifts=("S4",), max_shifts_week=6)],
        templates=[S4],
        hours=("08:00-12:00",) * 6 + ("",),
        days=7,
    )
    problem = replace(problem, rules=(MinimumOnDuty(tag="SV", least=1), ConsecutiveDaysMost(days=5)))
    told = explained(problem)
    assert [str(note) for note in told.obstacles] == [
        "2027-02-01 - 2027-02-06: agent A would work 6 days on end, at most 5 are allowed; allow 6 days on end"
    ]
    assert has_roster(apply(problem, told.relaxation))


def test_law_is_called_law_where_nothing_else_helps() -> None:
    """Alone, the law is the dearest: contract and plan give first, and a plan against the law says the article."""
    told = explained(CASES["law against contract"].problem)
    assert told.relaxation.lawful
    articles = {obstacle.article for conflict in told.conflicts for obstacle in conflict.obstacles}
    assert "LSA 32" in articles
    assert any("(LSA 32)" in str(note) for conflict in told.conflicts for note in conflict.wording)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "law against contract",
            "week of 2027-01-31: 48 h needed from agent B, the law allows 40: not lawful (LSA 32); hire 0.2 FTE",
        ),
        (
            "law: a day off a week",
            "week of 2027-01-31: agent B is needed on all days but 0, the law gives 1 day off: not lawful (LSA 35);"
            " hire somebody",
        ),
        (
            "law: under 18 at night",
            "agent C: needed in the night hours of 2027-02-02 while under 18: not lawful (LSA 61); hire an adult",
        ),
    ],
)
def test_a_law_that_gives_is_called_unlawful_with_its_article(name: str, sentence: str) -> None:
    """With all else held, only the law is left to give."""
    elastic = Elastic(CASES[name].problem)
    pack = CASES[name].problem.pack
    worded = []
    for group in elastic.groups:
        kept = {hold.column for hold in group.holds if not hold.limit.rule.is_law(pack)}
        way = group.solve(kept, frozenset(), 10, 1)
        assert way.x is not None
        worded += [give.limit.rule.explain(give, elastic.model) for give in elastic.gives(group, way.x)]
    assert [str(note) for note in worded] == [sentence]


def test_requests_never_make_a_problem_infeasible() -> None:
    """They are priced: as many as one likes, against each other and against leave."""
    problem = desk(agent("A", leave=frozenset({SUNDAY})), contracts=[contract(min_hours_week=16)], need=1)
    days = problem.horizon.days
    wishes = [
        Request("A", day, wants, 50_000, shift)
        for day in days
        for wants in ("on", "off")
        for shift in (None, "F8")
    ]
    assert explained(replace(problem, requests=tuple(wishes))) == Explanation()


def test_a_roster_is_found_where_one_person_after_another_finds_none() -> None:
    """A alone would rather work in the morning, the only time that B can; the two must never meet."""
    morning = ShiftTemplate("M5", 480, 480, 60, 300)
    late = ShiftTemplate("L5", 840, 840, 60, 300)
    problem = desk(
        agent("A", contract="any"),
        agent("B", contract="early"),
        contracts=[
            contract(name="any", min_hours_week=25, max_shifts_week=5, shifts=("M5", "L5")),
            contract(name="early", min_hours_week=25, max_shifts_week=5, shifts=("M5",)),
        ],
        templates=[morning, late],
        hours=("08:00-19:00",) * 5 + ("", ""),
    )
    early_only = problem.demand["interval_start"].dt.hour < 13
    problem = replace(
        problem,
        rules=(Apart(pair=("A", "B")),),
        demand=problem.demand.assign(agents_gross=early_only.astype("int64")),
    )
    result = solve(problem, seconds=AMPLE, work=1)
    assert result.status in ("optimal", "feasible")
    assert check(result.roster, problem).passed


def test_each_person_alone_is_judged_without_the_rules_between_people() -> None:
    """Two who must never meet can each keep their own contract; a third who cannot is named."""
    apart = CASES["two people apart"].problem
    assert explain_alone(apart, seconds=AMPLE) == Explanation()
    told = explain_alone(CASES["thirty people, three of them alone"].problem, seconds=AMPLE)
    assert {agent_id for conflict in told.conflicts for agent_id in conflict.agents} == {"T13", "T21"}


def test_a_problem_with_a_roster_has_nothing_to_explain() -> None:
    assert explained(desk(agent("A"), agent("B"))) == Explanation()


@st.composite
def tiny_desks(draw: st.DrawFn) -> RosterProblem:
    """A person over a week that is open on four days, on a contract that often cannot be kept.

    Late and early shifts do not meet: the checker only remarks on a short rest, which the solver does not allow.
    """
    terms = contract(
        min_hours_week=draw(st.sampled_from((4, 12, 16, 24, 32))),
        max_hours_week=draw(st.sampled_from((32, 33, 40))),
        max_shifts_week=draw(st.integers(1, 4)),
        shifts=draw(st.sampled_from((("E8",), ("S4",), ("E8", "S4"), ("L8",)))),
    )
    person = agent(leave=draw(st.frozensets(st.sampled_from(LEAVE), max_size=2)))
    hours = [draw(st.sampled_from(("08:00-22:00", "08:00-17:00", "13:00-22:00"))) for _ in range(4)]
    return desk(person, contracts=[terms], templates=[E8, L8, S4], hours=[*hours, "", "", ""])


@settings(max_examples=7, deadline=None)
@given(tiny_desks())
def test_a_problem_is_explained_exactly_when_brute_force_finds_no_roster(problem: RosterProblem) -> None:
    """And then the relaxation, applied, has one, by brute force again."""
    told = explained(problem)
    if brute_force(problem) is not None:
        assert told == Explanation()
    else:
        assert told.conflicts
        assert brute_force(apply(problem, told.relaxation)) is not None
