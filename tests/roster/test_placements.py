"""Shifts on business dates: inside opening hours, on the break grid, with the night minutes that their pay has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from staffing.horizon import Span
from staffing.labour import pay
from staffing.roster import RosterProblem
from staffing.roster.placements import Placement, place_shifts
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import SUNDAY, desk

DAY = timedelta(days=1)
CLOCKS_FORWARD, CLOCKS_BACK = date(2026, 3, 28), date(2026, 10, 24)  # the Saturdays before, in Europe/Berlin


def placed(problem: RosterProblem) -> list[Placement]:
    return [placement for day in place_shifts(problem) for placement in day]


def clocks(problem: RosterProblem, placements: list[Placement]) -> list[str]:
    zone = problem.horizon.zone
    return [f"{placement.duty('A', zone).start:%H:%M}" for placement in placements]


def test_a_shift_may_begin_at_opening_and_end_at_closing_but_no_minute_earlier_or_later() -> None:
    problem = desk(templates=[ShiftTemplate("S4", 539, 901, 1, 240)], hours="09:00-19:00", days=1)
    assert clocks(problem, placed(problem)) == [
        f"{h:02d}:{m:02d}" for h in range(9, 15) for m in range(60)
    ] + ["15:00"]


@pytest.mark.parametrize(("saturday", "placements"), [("22:00-24:00", 1), ("22:00-23:00", 0)])
def test_a_night_shift_may_run_into_the_hours_of_the_next_date(saturday: str, placements: int) -> None:
    problem = desk(
        templates=[ShiftTemplate("N4", 1320, 1320, 60, 240)],
        hours=["", "", "", "", "", saturday, "00:00-08:00"],
        start=SUNDAY - DAY,
        days=1,
    )
    assert len(placed(problem)) == placements


def test_a_break_may_lie_in_a_closed_hour_but_work_may_not() -> None:
    """Closed 12:00-13:00: of the breaks at 11:00, 12:00 and 13:00 only the one that fills the gap is left."""
    problem = desk(templates=[ShiftTemplate("F8", 480, 480, 60, 540, 60, 180, 300)], days=1)
    hours = replace(problem.horizon.hours, exceptions={SUNDAY: (Span(480, 720), Span(780, 1020))})
    problem = replace(problem, horizon=replace(problem.horizon, hours=hours))
    (placement,) = placed(problem)
    assert placement.breaks == (placement.start + 240,)


@pytest.mark.parametrize(
    ("start", "earliest", "latest", "breaks"),
    [
        (480, 180, 300, [180, 210, 240, 270, 300]),
        (495, 180, 300, [195, 225, 255, 285]),
        (480, 185, 200, [185]),
    ],
    ids=["on the grid", "a shift off the grid has its breaks on it", "a window without a grid point"],
)
def test_breaks_begin_on_the_interval_grid(start: int, earliest: int, latest: int, breaks: list[int]) -> None:
    template = ShiftTemplate("F8", start, start, 60, 540, 60, earliest, latest)
    (placement,) = placed(desk(templates=[template], days=1, interval_minutes=30))
    assert [begin - placement.start for begin in placement.breaks] == breaks


def test_a_break_that_may_lie_in_the_night_splits_the_shift_by_night_minutes() -> None:
    """18:00-03:00 with an hour's break from 21:00 on: five, four and a half or four hours of night are left."""
    template = ShiftTemplate("L8", 1080, 1080, 60, 540, 60, 180, 300)
    found = placed(desk(templates=[template], hours="18:00-27:00", days=1, interval_minutes=30))
    assert [(p.night_minutes, [b - p.start for b in p.breaks]) for p in found] == [
        (300, [180]),
        (270, [210]),
        (240, [240, 270, 300]),
    ]


@pytest.mark.parametrize("day", [SUNDAY, CLOCKS_FORWARD, CLOCKS_BACK], ids=["plain", "forward", "back"])
def test_night_minutes_are_those_that_wages_pay(day: date) -> None:
    templates = [
        ShiftTemplate("L8", 1020, 1380, 30, 540, 60, 180, 300),
        ShiftTemplate("N6", 1200, 1380, 45, 360),
    ]
    problem = desk(
        templates=templates, hours="00:00-24:00", start=day, days=2, zone="Europe/Berlin", interval_minutes=30
    )
    for placement in placed(problem):
        for begins in product(*(pause.begins for pause in placement.pauses)):
            duty = placement.duty("A", problem.horizon.zone, *begins)
            (paid,) = pay([duty], 1000, problem.pack, problem.horizon)
            assert (paid.night_minutes, paid.paid_minutes) == (
                placement.night_minutes,
                placement.work_minutes,
            )


@pytest.mark.parametrize(
    ("start", "length", "dates"),
    [(1320, 120, 1), (1320, 121, 2), (1440, 60, 1)],
    ids=["until", "past", "after"],
)
def test_the_calendar_dates_of_a_shift_are_those_it_has_a_minute_in(
    start: int, length: int, dates: int
) -> None:
    template = ShiftTemplate("N", start, start, 60, length)
    (placement,) = placed(desk(templates=[template], hours="20:00-30:00", days=1))
    assert len(placement.dates) == dates
    assert (placement.dates[0] == SUNDAY) == (start < 1440)
