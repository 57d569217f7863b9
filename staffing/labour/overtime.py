"""Which of a person's minutes are overtime, and at which step: by day, by week, by month, on the seventh day.

Minutes arrive in the order worked, cut into pieces that lie on one day each. Whatever is overtime by the day is not
counted towards the week or the month, so that no minute is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from staffing.labour.carried import Carried
from staffing.labour.clock import week_of
from staffing.labour.pack import RulePack

Month = tuple[int, int]  # year, month


@dataclass(frozen=True)
class Split:
    """One piece's minutes by what they earn; the rest earns no premium.

    `low` earns the overtime rate, `high` the rate beyond the month's threshold, `double` the double rate.
    """

    low: int = 0
    high: int = 0
    double: int = 0

    @property
    def overtime(self) -> int:
        """All minutes with a premium of overtime."""
        return self.low + self.high + self.double

    def __add__(self, other: Split) -> Split:
        return Split(self.low + other.low, self.high + other.high, self.double + other.double)


class OvertimeMeter:
    """Counts one person's minutes against a pack's limits; ask for the pieces in the order worked."""

    def __init__(
        self, pack: RulePack, first: date, week_start: int, worked: Collection[date], carried: Carried
    ) -> None:
        """`first` is the horizon's first day, `worked` are the days with work (for the seventh day)."""
        self._pack = pack
        self._week_start = week_start
        self._worked = set(worked) | {first - timedelta(days=i + 1) for i in range(carried.consecutive_days)}
        month = (first.year, first.month)
        self._day: defaultdict[date, int] = defaultdict(int)
        self._week: defaultdict[date, int] = defaultdict(int)
        self._month: defaultdict[Month, int] = defaultdict(int)
        self._overtime: defaultdict[Month, int] = defaultdict(int)
        self._week[week_of(first, week_start)] = carried.week_minutes - carried.week_overtime_minutes
        self._month[month] = carried.month_worked_minutes
        self._overtime[month] = carried.month.overtime_minutes

    def before(self, day: date) -> int:
        """Minutes counted for a day so far."""
        return self._day[day]

    def take(self, day: date, minutes: int) -> Split:
        """Count `minutes` of a day, and say what they are."""
        by_day = self._by_day(day, minutes)
        plain = minutes - by_day.overtime
        self._day[day] += minutes
        month = (day.year, day.month)
        if (frame := self._pack.month_frame(*month)) is not None:
            beyond = over(self._month[month], plain, frame)
            self._month[month] += plain - beyond
        else:
            week = week_of(day, self._week_start)
            beyond = over(self._week[week], plain, self._week_limit)
            self._week[week] += plain - beyond
        low = by_day.low + beyond
        high = over(self._overtime[month], low, self._pack.overtime_beyond_month_minutes)
        self._overtime[month] += low
        return Split(low - high, high, by_day.double)

    def _by_day(self, day: date, minutes: int) -> Split:
        pack, steps = self._pack, self._pack.steps
        if pack.has_variable_hours:
            return Split()
        if steps is None:
            return Split(low=over(self._day[day], minutes, pack.max_day_minutes))
        if steps.seventh_day_minutes is not None and self._is_seventh(day):
            double = over(self._day[day], minutes, steps.seventh_day_minutes)
            return Split(low=minutes - double, double=double)
        double = over(self._day[day], minutes, steps.day_double_minutes)
        return Split(low=over(self._day[day], minutes, steps.day_minutes) - double, double=double)

    def _is_seventh(self, day: date) -> bool:
        """Whether a day is the last of a week of which every day is worked."""
        week = week_of(day, self._week_start)
        days = {week + timedelta(days=i) for i in range(7)}
        return day == max(days) and days <= self._worked

    @property
    def _week_limit(self) -> int | None:
        steps = self._pack.steps
        return self._pack.max_week_minutes if steps is None else steps.week_minutes


def over(before: int, added: int, limit: int | None) -> int:
    """How many of `added` minutes lie beyond `limit` when `before` were counted already; 0 without a limit."""
    return 0 if limit is None else max(0, min(added, before + added - limit))
