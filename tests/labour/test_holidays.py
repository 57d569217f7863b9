"""Statutory holidays nobody named: the last days worked of a period, as many as days off are missing."""

from datetime import date, timedelta

import pytest

from staffing.labour import load_pack
from staffing.labour.holidays import holidays_by_rule

MONDAY = date(2027, 2, 1)
WEEK = load_pack("jp-2023-04")
FOUR_WEEKS = WEEK.choosing("four_weeks_days_off")


def days(*numbers: int) -> set[date]:
    return {MONDAY + timedelta(days=i) for i in numbers}


@pytest.mark.parametrize(
    ("worked", "week_start", "found"),
    [
        (range(6), 0, ()),
        (range(7), 0, (6,)),
        (
            range(7),
            6,
            (),
        ),  # from Sunday on, the week before has a free Sunday and the week after six free days
        (range(-1, 6), 6, (5,)),
        (range(14), 0, (6, 13)),
        ((0, 1, 2, 4, 5, 6), 0, ()),
    ],
)
def test_one_day_a_week(worked: range, week_start: int, found: tuple[int, ...]) -> None:
    assert holidays_by_rule(days(*worked), WEEK, MONDAY, week_start) == days(*found)


@pytest.mark.parametrize(
    ("worked", "found"),
    [
        (range(24), ()),
        (range(25), (24,)),
        (range(28), (24, 25, 26, 27)),
        ((*range(20), *range(22, 28)), (26, 27)),
        (range(28, 56), (52, 53, 54, 55)),
    ],
)
def test_four_days_in_four_weeks(worked: range, found: tuple[int, ...]) -> None:
    assert holidays_by_rule(days(*worked), FOUR_WEEKS, MONDAY, 0) == days(*found)


def test_days_before_the_horizon_are_worked_days_of_its_first_week() -> None:
    thursday = MONDAY + timedelta(days=3)
    assert holidays_by_rule(days(3, 4, 5, 6), WEEK, thursday, 0, days_before=3) == days(6)
    assert holidays_by_rule(days(3, 4, 5, 6), WEEK, thursday, 0, days_before=2) == set()
