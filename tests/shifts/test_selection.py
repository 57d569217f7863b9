"""pyworkforce's seats cover what they can; days, breaks and closed hours are as its users would write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.shifts import Shift, ShiftTemplate, select_shifts_pyworkforce

MONDAY = date(2027, 2, 1)
S4 = ShiftTemplate("S4", 540, 780, 60, 240)
F8 = ShiftTemplate("F8", 540, 540, 60, 540, 60, 180, 300)


@dataclass(frozen=True)
class Desk:
    """The part of a roster problem that a selection needs."""

    horizon: Horizon
    demand: pd.DataFrame
    shifts: tuple[tuple[str, tuple[Shift, ...]], ...]


def desk(needs: list[int], *templates: ShiftTemplate, hours: str = "09:00-18:00", days: int = 1) -> Desk:
    """A desk that needs `needs` people in the hours of every day."""
    horizon = Horizon(
        MONDAY, MONDAY + timedelta(days=days - 1), "Asia/Tokyo", 60, OpeningHours(((Span.parse(hours),),) * 7)
    )
    demand = horizon.grid().assign(queue="q", agents_gross=needs * days)
    return Desk(horizon, demand, tuple((t.code, tuple(t.shifts())) for t in templates))


def cover(given: Desk, seats: Mapping[tuple[date, str], int], day: date = MONDAY) -> list[int]:
    """People at work in each hour from 09:00, breaks in the middle of their windows."""
    people = [0] * 9
    for _, shifts in given.shifts:
        for shift in shifts:
            middle = shift.start_minute + (shift.break_earliest + shift.break_latest) // 2
            for hour in range(9):
                minute = 540 + 60 * hour
                resting = shift.break_minutes and middle <= minute < middle + shift.break_minutes
                if shift.start_minute <= minute < shift.end_minute and not resting:
                    people[hour] += seats.get((day, shift.code), 0)
    return people


def test_every_hour_is_covered_at_the_least_working_time() -> None:
    """Two people all day but one at lunch: two long shifts would leave the lunch empty, so short ones help."""
    given = desk([1] * 9, S4, F8)
    seats = select_shifts_pyworkforce(given)
    assert all(people >= 1 for people in cover(given, seats))
    minutes = {shift.code: shift.work_minutes for _, shifts in given.shifts for shift in shifts}
    assert sum(minutes[code] * people for (_, code), people in seats.items()) == 12 * 60


def test_the_nearest_cover_may_lie_below() -> None:
    """One hour needs one person: a shift of four hours misses by three, nobody by one."""
    given = desk([0, 0, 1, 0, 0, 0, 0, 0, 0], S4)
    assert select_shifts_pyworkforce(given, method="min_abs_difference") == {}
    assert sum(select_shifts_pyworkforce(given).values()) == 1


def test_an_hour_that_no_shift_covers_does_not_spoil_the_day() -> None:
    """The last hour lies after every shift: the other hours are still staffed."""
    given = desk([2] * 9, ShiftTemplate("S4", 540, 540, 60, 240))
    assert select_shifts_pyworkforce(given) == {(MONDAY, "S4-0900"): 2}


def test_days_of_other_hours_take_only_shifts_that_fit() -> None:
    """Open until 14:00: nothing starts after 10:00."""
    given = desk([1] * 5, S4, F8, hours="09:00-14:00", days=2)
    seats = select_shifts_pyworkforce(given)
    assert {code for _, code in seats} == {"S4-0900", "S4-1000"}
    assert {day for day, _ in seats} == {MONDAY, MONDAY + timedelta(days=1)}


@pytest.mark.parametrize("needs", [[0] * 9, []])
def test_nothing_needed_is_nothing_selected(needs: list[int]) -> None:
    given = desk([0] * 9, S4)
    if not needs:
        given = Desk(given.horizon, given.demand.iloc[:0], given.shifts)
    assert select_shifts_pyworkforce(given) == {}


@settings(max_examples=15)
@given(needs=st.lists(st.integers(0, 6), min_size=9, max_size=9))
def test_whatever_is_needed_is_covered(needs: list[int]) -> None:
    given = desk(needs, S4, F8)
    people = cover(given, select_shifts_pyworkforce(given))
    assert all(there >= need for there, need in zip(people, needs, strict=True))


def test_seats_are_few_where_few_are_needed() -> None:
    """No seat can be taken away without a gap."""
    needs = [1, 2, 3, 4, 4, 3, 2, 2, 1]
    given = desk(needs, S4, F8)
    seats = dict(select_shifts_pyworkforce(given))
    for shift in list(seats):
        fewer = seats | {shift: seats[shift] - 1}
        assert any(there < need for there, need in zip(cover(given, fewer), needs, strict=True))
