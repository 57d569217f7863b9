"""The roster found is lawful, costs what it says, and is as good as the result claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffing.labour import pay_roster
from staffing.roster import Roster, RosterProblem, RosterResult, solve
from staffing.roster.check import check
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, F8, L8, N6, S4, SUNDAY, agent, brute_force, contract, desk

DAY = timedelta(days=1)


def best(problem: RosterProblem) -> RosterResult:
    return solve(problem, gap=0.0, seconds=AMPLE)


def half_up_cost(minutes: int, price: int) -> int:
    return (2 * minutes * price + 60) // 120


def assert_true(result: RosterResult, problem: RosterProblem) -> None:
    """The objective is the pay of the duties plus the priced shortage; the checker finds nothing broken."""
    report = check(result.roster, problem)
    assert report.violations == ()
    wages = sum(line.cost for line in pay_roster(result.roster, problem))
    short = int(report.cover["short_minutes"].sum())
    assert result.objective == wages + half_up_cost(short, problem.prices.shortage_per_hour)
    assert result.objective == report.objective
    assert result.bound <= result.objective
    assert (result.status == "optimal") == (result.bound == result.objective)


# ---- against every roster there is

TINY = {
    "two people, two days, need of one": desk(
        agent("A"), agent("B", wage=1500), templates=[S4, F8], days=2, hours="08:00-17:00", price=2000
    ),
    "a night that is dearer than a day": desk(
        agent("A", wage=1111),
        templates=[ShiftTemplate("S4", 1200, 1320, 60, 240)],
        hours="20:00-26:00",
        days=3,
        price=1300,
    ),
    "least hours beat a need of nobody": desk(
        agent("A", wage=1001),
        agent("B"),
        contracts=[contract(min_hours_week=28)],
        templates=[S4, replace(F8, first_start_minute=540, last_start_minute=540)],
        days=2,
        need=0,
    ),
    "a break over the night hours saves the premium": desk(
        agent("A", wage=1237),
        templates=[ShiftTemplate("L8", 1080, 1080, 60, 540, 60, 180, 360)],
        hours="18:00-27:00",
        days=1,
        price=1700,
    ),
    "two queues do not help each other": desk(
        agent("A", queue="p"),
        agent("B", queue="q", wage=1300),
        templates=[S4],
        days=1,
        needs={"p": 2, "q": 1},
    ),
    "breaks of 45 minutes off the grid": desk(
        agent("A"),
        agent("B", wage=1210),
        templates=[ShiftTemplate("F7", 480, 480, 60, 525, 45, 180, 240)],
        contracts=[contract(shifts=("F7",))],
        hours="08:00-18:00",
        days=1,
        price=1900,
    ),
    "starts off the grid": desk(
        agent("A"),
        templates=[ShiftTemplate("S4", 490, 535, 15, 240)],
        hours="08:00-14:00",
        days=2,
        price=1777,
    ),
    "a price that is not whole by the minute": desk(
        agent("A"), templates=[S4], hours="08:00-15:00", days=2, price=1301, interval_minutes=20
    ),
}


@pytest.mark.parametrize("name", TINY)
def test_no_roster_is_cheaper(name: str) -> None:
    result = best(TINY[name])
    assert_true(result, TINY[name])
    assert result.status == "optimal"
    assert result.objective == brute_force(TINY[name])


def test_nobody_to_roster_is_a_roster_with_everything_short() -> None:
    problem = desk(days=2, need=3)
    result = best(problem)
    assert result.status == "optimal"
    assert result.roster == Roster(())
    assert result.objective == 2 * 12 * 3 * 6000


def test_nobody_needed_and_nobody_there_costs_nothing() -> None:
    result = best(desk(days=2, need=0))
    assert (result.status, result.objective, result.gap) == ("optimal", 0, 0.0)


def test_a_desk_that_never_opens_has_an_empty_roster() -> None:
    result = best(desk(agent(), hours=[""] * 7, days=10))
    assert (result.status, result.objective, result.roster) == ("optimal", 0, Roster(()))


# ---- problems at random


@st.composite
def problems(draw: st.DrawFn) -> RosterProblem:
    """One to three people, one to nine days, one or two queues, all kinds of contracts."""
    queues = draw(st.sampled_from((("q",), ("p", "q"))))
    people = [
        agent(
            name,
            queue=draw(st.sampled_from(queues)),
            contract=draw(st.sampled_from(("one", "two"))),
            wage=draw(st.integers(900, 2000)),
            leave=frozenset(draw(st.sets(st.integers(0, 8).map(lambda i: SUNDAY + i * DAY), max_size=2))),
            birth_date=draw(st.sampled_from((None, date(2009, 2, 2), date(1990, 1, 1)))),
        )
        for name in draw(st.sampled_from(("A", "AB", "ABC")))
    ]
    contracts = [
        contract(
            name=name,
            min_hours_week=draw(st.sampled_from((0, 0, 4, 10))),
            max_hours_week=draw(st.sampled_from((12, 20, 40))),
            max_shifts_week=draw(st.integers(2, 6)),
            shifts=draw(st.sampled_from((("F8", "S4"), ("S4", "L8"), ("F8", "N6"), ("S4",)))),
        )
        for name in ("one", "two")
    ]
    return desk(
        *people,
        contracts=contracts,
        templates=[F8, S4, L8, N6],
        hours=draw(st.sampled_from(("08:00-22:00", "07:00-18:00", "00:00-24:00", "18:00-30:00"))),
        days=draw(st.integers(1, 9)),
        start=SUNDAY + draw(st.integers(0, 6)) * DAY,
        needs={queue: draw(st.integers(0, 2)) for queue in queues},
        interval_minutes=draw(st.sampled_from((30, 60))),
        price=draw(st.sampled_from((0, 1000, 1999, 6000))),
        zone=draw(st.sampled_from(("Asia/Tokyo", "Asia/Jerusalem"))),
    )


@settings(max_examples=12)
@given(problem=problems())
def test_a_result_is_lawful_and_costs_what_it_says(problem: RosterProblem) -> None:
    result = solve(problem, gap=0.0, seconds=AMPLE, work=4)
    if result.status == "infeasible":
        assert result.obstacles
        assert result.roster == Roster(())
    else:
        assert_true(result, problem)
        assert result.bound <= result.objective  # how soon they meet depends on the machine
        assert result.obstacles == ()


@settings(max_examples=4)
@given(
    wages=st.lists(st.integers(900, 2000), min_size=1, max_size=2),
    need=st.integers(0, 2),
    price=st.sampled_from((1000, 1301, 4000)),
    least=st.sampled_from((0, 8)),
    leave=st.booleans(),
)
@example(wages=[1000, 1001], need=1, price=1301, least=8, leave=True)
def test_no_roster_of_a_random_tiny_problem_is_cheaper(
    wages: list[int], need: int, price: int, least: int, leave: bool
) -> None:
    people = [
        agent(str(i), wage=wage, leave=frozenset({SUNDAY}) if leave and i == 0 else frozenset())
        for i, wage in enumerate(wages)
    ]
    problem = desk(
        *people,
        contracts=[contract(min_hours_week=least)],
        templates=[S4, replace(F8, first_start_minute=540)],
        hours="08:00-19:00",
        days=2,
        need=need,
        price=price,
    )
    expected = brute_force(problem)
    result = best(problem)
    assert result.objective == expected
    assert result.status == "optimal"


# ---- a month that no proof comes for at once


def month(people: int = 10) -> RosterProblem:
    """Two weeks of ten people in two contracts: enough for windows, outlines and naming to be used."""
    agents = [
        agent(
            f"A{i:02d}",
            contract="full" if i % 3 else "part",
            wage=1100 + 17 * i,
            leave=frozenset({SUNDAY + (i % 11) * DAY}),
        )
        for i in range(people)
    ]
    return desk(
        *agents,
        contracts=[
            contract(name="full", min_hours_week=30, max_shifts_week=5, shifts=("F8", "S4", "L8")),
            contract(
                name="part", min_hours_week=12, max_hours_week=24, max_shifts_week=5, shifts=("S4", "N6")
            ),
        ],
        templates=[replace(F8, first_start_minute=420, last_start_minute=840, step_minutes=30), S4, L8, N6],
        hours="07:00-24:00",
        days=14,
        need=3,
        interval_minutes=30,
    )


def test_two_weeks_come_within_the_gap_asked_for_and_are_lawful() -> None:
    problem = month()
    told: list[tuple[float, int, int]] = []
    result = solve(problem, seconds=AMPLE, gap=0.02, progress=lambda *news: told.append(news))
    assert_true(result, problem)
    assert result.status in ("feasible", "optimal")
    assert result.gap <= 0.02
    seconds, objectives, bounds = zip(*told, strict=True)
    assert list(seconds) == sorted(seconds)
    assert list(objectives) == sorted(objectives, reverse=True)
    assert list(bounds) == sorted(bounds)
    assert result.objective <= objectives[-1]


def test_same_seed_same_roster() -> None:
    problem = month(6)
    one, other = (solve(problem, seconds=AMPLE, gap=0.03, seed=5) for _ in range(2))
    assert one.roster == other.roster
    assert (one.objective, one.bound, one.seed) == (other.objective, other.bound, 5)


def test_a_good_hint_is_not_lost() -> None:
    """Started from a good roster without time to search, the result is as good."""
    problem = month(6)
    good = solve(problem, seconds=AMPLE, gap=0.03)
    again = solve(problem, seconds=0, hint=good.roster)
    assert_true(again, problem)
    assert again.objective == good.objective


def test_a_hint_that_breaks_rules_still_ends_in_a_lawful_roster() -> None:
    """Everybody twice as often as allowed, somebody unknown, a day outside the plan."""
    problem = month(4)
    good = solve(problem, seconds=AMPLE, gap=0.05).roster.duties
    wrong = Roster(
        tuple(replace(duty, agent_id="A01") for duty in good)
        + tuple(replace(duty, agent_id="nobody") for duty in good)
        + tuple(replace(duty, business_date=duty.business_date + 60 * DAY) for duty in good)
    )
    assert_true(solve(problem, seconds=0, hint=wrong), problem)
