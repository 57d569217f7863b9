"""The solver's rosters before the checker: lawful to it, and worth what the solver says, on desks made at random."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from staffing.labour.wages import pay_roster
from staffing.roster.check import Claim, check
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.solve import solve
from staffing.shifts.template import ShiftTemplate
from tests.roster.data.check_desk import agent, desk, free, templates
from tests.roster.data.solve_desk import AMPLE

DAY = timedelta(days=1)
STARTS = (
    ("Asia/Tokyo", date(2027, 1, 31)),
    ("Asia/Tokyo", date(2027, 2, 25)),
    ("Asia/Jerusalem", date(1999, 3, 28)),
    ("America/New_York", date(2027, 3, 10)),
    ("America/New_York", date(2027, 11, 3)),
)
HOURS = (
    ("09:00-18:00",),
    ("07:00-24:00",),
    ("22:00-30:00",),
    ("00:00-24:00",),
    ("09:00-12:00", "13:00-18:00"),
    ("08:00-26:00",),
)


def random_desk(seed: int) -> RosterProblem:
    """Two to four people; nights, closed days, leave, minors, weeks cut by the horizon, clock changes."""
    pick = random.Random(seed)  # the same seed makes the same desk
    zone, start = pick.choice(STARTS)
    days = pick.choice((3, 7, 8, 10, 14))
    open_hours = pick.choice(HOURS)
    weekly = [open_hours if pick.random() < 0.85 else () for _ in range(7)]
    weekly[start.weekday()] = open_hours
    families = (
        ShiftTemplate("D8", pick.choice((0, 420, 540)), pick.choice((600, 720, 900)), 60, 540, 60, 180, 300),
        ShiftTemplate("S4", pick.choice((0, 480, 540)), 1200, pick.choice((60, 120)), 240),
        ShiftTemplate("N6", 1320, 1320, 60, 405, 45, 120, 240),
        ShiftTemplate("L3", 780, 780 + pick.choice((0, 45, 60)), 15, 180, 15, 60, 90),
    )
    contracts = (
        free(
            name="long",
            min_hours_week=pick.choice((0, 4, 8, 12)),
            max_hours_week=pick.choice((24, 30, 40, 40.5)),
            max_shifts_week=pick.choice((3, 5, 6)),
            shifts=tuple(pick.sample(("D8", "S4", "N6", "L3"), pick.choice((1, 2, 3)))),
        ),
        free(name="short", min_hours_week=pick.choice((0, 6, 7.5)), max_hours_week=20, shifts=("S4", "N6")),
    )
    return desk(
        *(random_agent(pick, f"A{i}", start, days) for i in range(pick.choice((2, 3, 4)))),
        weekly=weekly,
        exceptions={start + pick.randrange(1, days) * DAY: () for _ in range(pick.choice((0, 1, 2)))},
        start=start,
        end=start + (days - 1) * DAY,
        zone=zone,
        contracts=contracts,
        shifts=templates(*families),
        need=pick.choice((1, 2)),
        week_start=pick.choice((0, 6)),
        shortage_per_hour=pick.choice((6000, 1999)),
    )


def random_agent(pick: random.Random, name: str, start: date, days: int) -> Agent:
    births = (
        None,
        None,
        date(start.year - 18, start.month, min(28, start.day + 2)),
        date(start.year - 17, 1, 1),
    )
    return agent(
        name,
        contract=pick.choice(("long", "short")),
        wage=pick.choice((1000, 1013, 1157)),
        leave=frozenset(start + pick.randrange(days) * DAY for _ in range(pick.choice((0, 1, 2)))),
        birth_date=pick.choice(births),
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_solved_roster_passes_and_is_worth_what_the_solver_says(seed: int) -> None:
    problem = random_desk(seed)
    result = solve(problem, seconds=AMPLE, gap=0.05, seed=1, work=0)
    if result.status == "infeasible":
        assert result.obstacles
        return
    claims = [
        Claim(pay.paid_minutes, pay.overtime_minutes, pay.night_minutes, pay.cost)
        for pay in pay_roster(result.roster, problem)
    ]
    report = check(result.roster, problem, claimed=claims)
    assert [str(violation) for violation in report.violations] == []
    assert report.objective == result.objective
    assert result.bound <= report.objective
