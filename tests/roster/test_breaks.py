"""Several breaks a shift, paid and unpaid: in order, apart, counted by the cover, and handed to people."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.labour.clock import minute_of
from staffing.roster import Duty, RosterProblem, solve
from staffing.roster.check import check
from staffing.roster.placements import place_shifts
from staffing.shifts import Break, ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, agent, contract, desk

COFFEE = Break(15, 60, 120, paid=True)
TEA = Break(15, 330, 420, paid=True)
DAY9 = ShiftTemplate("D9", 480, 540, 60, 540, 60, 180, 300, further=(COFFEE, TEA), break_gap_minutes=60)


def breaks_of(duty: Duty) -> list[tuple[int, int, bool]]:
    start = minute_of(duty.start)
    unpaid = [(minute_of(a) - start, minute_of(b) - start, False) for a, b in duty.breaks]
    paid = [(minute_of(a) - start, minute_of(b) - start, True) for a, b in duty.paid_breaks]
    return sorted(unpaid + paid)


def three(**changes: object) -> RosterProblem:
    terms: dict[str, object] = {
        "templates": [DAY9],
        "contracts": [contract(shifts=("D9",))],
        "days": 2,
        "need": 2,
        "interval_minutes": 15,
    }
    people = [agent(name) for name in "ABC"]
    return desk(*people, **(terms | changes))  # type: ignore[arg-type]


def test_every_duty_has_its_three_breaks_in_order_and_apart() -> None:
    result = solve(three(), gap=0.0, seconds=AMPLE)
    assert result.roster.duties
    for duty in result.roster.duties:
        coffee, lunch, tea = breaks_of(duty)
        assert (coffee[2], lunch[2], tea[2]) == (True, False, True)
        assert [end - start for start, end, _ in (coffee, lunch, tea)] == [15, 60, 15]
        assert lunch[0] - coffee[1] >= 60 <= tea[0] - lunch[1]
    report = check(result.roster, three())
    assert report.violations == ()
    assert report.objective == result.objective
    assert {line.paid_minutes for line in report.pay if line} == {480}  # paid breaks are working time


def test_a_paid_break_leaves_the_floor_and_not_the_pay() -> None:
    """One person alone: each quarter of an hour of a paid break is missing, though it is paid."""
    with_rests = solve(three(days=1, need=1), gap=0.0, seconds=AMPLE)
    plain = ShiftTemplate("D9", 480, 540, 60, 540, 60, 180, 300)
    without = solve(three(days=1, need=1, templates=[plain]), gap=0.0, seconds=AMPLE)
    missing = [
        sum(check(r.roster, three(days=1, need=1)).shortage_hours.values()) for r in (without, with_rests)
    ]
    assert missing[0] <= missing[1]


@pytest.mark.parametrize(
    ("further", "gap", "message"),
    [
        ((Break(15, 60, 600),), 0, "one after the other"),
        ((Break(15, 0, 60),), 0, "window"),
        ((Break(15, 300, 310),), 60, "one after the other"),
    ],
)
def test_breaks_that_do_not_fit_are_refused(further: tuple[Break, ...], gap: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ShiftTemplate("D9", 480, 540, 60, 540, 60, 290, 300, further=further, break_gap_minutes=gap)


@settings(max_examples=8, deadline=None)
@given(
    need=st.lists(st.integers(0, 2), min_size=6, max_size=6),
    gap=st.sampled_from([0, 60, 120]),
    paid=st.booleans(),
)
def test_brute_force_over_all_breaks_finds_nothing_cheaper(need: list[int], gap: int, paid: bool) -> None:
    """Two people on the same six-hour shift, each with two breaks of an hour: every choice is counted.

    They earn the same, so that it does not matter which of them takes which of two.
    """
    template = ShiftTemplate(
        "T6", 480, 480, 60, 360, 60, 60, 180, further=(Break(60, 120, 240, paid=paid),), break_gap_minutes=gap
    )
    people = [agent("A"), agent("B")]
    problem = desk(
        *people,
        templates=[template],
        contracts=[contract(shifts=("T6",), min_hours_week=0)],
        hours="08:00-14:00",
        days=1,
    )
    problem = replace(problem, demand=problem.demand.assign(agents_gross=need))
    result = solve(problem, gap=0.0, seconds=AMPLE)
    placed = [placement for day in place_shifts(problem) for placement in day]
    zone = problem.horizon.zone
    choices = [(p, *begins) for p in placed for begins in product(*(pause.begins for pause in p.pauses))]
    best = None
    for taken in combinations_with_replacement([None, *choices], len(people)):
        both = zip(people, taken, strict=True)
        duties = tuple(c[0].duty(who.agent_id, zone, *c[1:]) for who, c in both if c is not None)
        report = check(replace(result.roster, duties=duties), problem)
        if not [v for v in report.violations if v.severity == "hard"]:
            best = report.objective if best is None else min(best, report.objective)
    assert result.objective == best
    assert result.status == "optimal"
