"""A selection of shifts is kept to, and widened only where contracts' least hours find no seat."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from staffing.roster import RosterProblem, RosterResult, solve
from staffing.roster.check import check
from staffing.shifts import select_shifts_pyworkforce
from tests.roster.data.solve_desk import AMPLE, S4, SUNDAY, agent, contract, desk

MORNING, NOON = "S4-0800", "S4-1200"


def problem(least: float = 0, people: int = 3) -> RosterProblem:
    """Two days with two shifts in each."""
    return desk(
        *(agent(f"A{i}") for i in range(people)),
        templates=[replace(S4, last_start_minute=720, step_minutes=240)],
        contracts=[contract(min_hours_week=least, shifts=("S4",))],
        hours="08:00-16:00",
        days=2,
        need=2,
    )


def seats_taken(result: RosterResult) -> Counter[tuple[int, str]]:
    return Counter(((duty.business_date - SUNDAY).days, duty.shift_code) for duty in result.roster.duties)


def test_nobody_works_a_shift_without_a_seat() -> None:
    given = problem()
    counts = {(SUNDAY, MORNING): 1, (SUNDAY + timedelta(days=1), NOON): 2}
    result = solve(given, gap=0.0, seconds=AMPLE, shift_counts=counts)
    assert seats_taken(result) == {(0, MORNING): 1, (1, NOON): 2}
    assert (result.status, check(result.roster, given).passed) == ("optimal", True)


def test_without_a_selection_more_is_worked() -> None:
    assert len(solve(problem(), gap=0.0, seconds=AMPLE).roster.duties) == 6


def test_seats_are_added_for_least_hours_only() -> None:
    """Each of three people has to work two shifts of four hours in the two days; there are three seats."""
    given = problem(least=28)
    counts = {(SUNDAY, MORNING): 2, (SUNDAY + timedelta(days=1), MORNING): 1}
    result = solve(given, gap=0.0, seconds=AMPLE, shift_counts=counts)
    assert check(result.roster, given).passed
    assert len(result.roster.duties) == 6
    assert seats_taken(result)[0, MORNING] >= 2
    assert seats_taken(result)[1, MORNING] >= 1


def test_least_hours_that_nobody_can_work_stay_an_obstacle() -> None:
    """The weeks have two days of four hours, and no seat helps somebody who has to work twenty in seven days."""
    given = replace(problem(), horizon=problem().horizon.between(SUNDAY, SUNDAY + timedelta(days=6)))
    short = replace(given, contracts=(contract(min_hours_week=29, shifts=("S4",)),))
    result = solve(short, seconds=AMPLE, shift_counts={(SUNDAY, MORNING): 5})
    assert result.status == "infeasible"
    assert all("needs at least 29 h" in str(obstacle) for obstacle in result.obstacles)


def test_a_roster_is_named_for_the_seats_that_pyworkforce_selects() -> None:
    given = problem(people=4)
    counts = select_shifts_pyworkforce(given)
    result = solve(given, gap=0.0, seconds=AMPLE, shift_counts=counts)
    assert check(result.roster, given).shortage_cost == 0
    taken = Counter((duty.business_date, duty.shift_code) for duty in result.roster.duties)
    assert all(people <= counts[shift] for shift, people in taken.items())
