"""Working weeks of a horizon; the first and the last may lie partly outside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from staffing.horizon import Horizon
from staffing.labour.clock import week_of

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Week:
    """One working week: its first day, and those of its days that are planned."""

    start: date
    days: tuple[date, ...]

    @property
    def whole(self) -> bool:
        """Whether all seven days are planned."""
        return len(self.days) == DAYS_A_WEEK


def weeks_of(horizon: Horizon, week_start: int) -> tuple[Week, ...]:
    """The horizon's days by working week, in order; `week_start` is a weekday, Monday = 0."""
    grouped = groupby(horizon.days, key=lambda day: week_of(day, week_start))
    return tuple(Week(start, tuple(days)) for start, days in grouped)
