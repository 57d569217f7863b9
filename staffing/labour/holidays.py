"""Which of a person's days are statutory holidays (LSA 35) where none has been named.

The law asks for one day off a week and does not say which. As long as a week holds a day without work, that day
is the statutory holiday, and whoever works the other six works on none. Only when all seven are worked has
somebody worked on it, and it is then the week's last day: so the labour ministry answers where a workplace has
named no weekday. With four days off in four weeks it is the last days worked, as many as days off are missing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from staffing.labour.clock import week_of
from staffing.labour.pack import RulePack

FOUR_WEEKS = 28


def holidays_by_rule(
    worked: Collection[date], pack: RulePack, first: date, week_start: int, days_before: int = 0
) -> frozenset[date]:
    """The statutory holidays that a person worked on.

    Args:
        worked: calendar dates with a minute of work.
        pack: says how many days off there must be, and over which period.
        first: the horizon's first day; four weeks are counted from the week it lies in.
        week_start: weekday a week begins on, Monday = 0.
        days_before: days in a row worked immediately before `first`.
    """
    days = set(worked) | {first - timedelta(days=i + 1) for i in range(days_before)}
    length, due = 7, pack.min_days_off_week or 0
    if pack.min_days_off_four_weeks is not None:
        length, due = FOUR_WEEKS, pack.min_days_off_four_weeks
    anchor = week_of(first, week_start)
    found: set[date] = set()
    for start in {_period(day, anchor, length) for day in worked}:
        period = [start + timedelta(days=i) for i in range(length)]
        busy = [day for day in period if day in days]
        missing = due - (length - len(busy))
        if missing > 0:
            found.update(busy[-missing:])
    return frozenset(found)


def _period(day: date, anchor: date, length: int) -> date:
    """The first day of the period of that length which holds `day`, counted from `anchor`."""
    return anchor + timedelta(days=(day - anchor).days // length * length)
