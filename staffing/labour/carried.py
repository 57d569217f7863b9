"""What a person brings into the horizon: hours, overtime and days worked before its first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

EARLIER_MONTHS = 5  # before the horizon's first month: with it, the six that a mean may run over


@dataclass(frozen=True)
class MonthHours:
    """Overtime and work on statutory holidays of one calendar month, in minutes."""

    overtime_minutes: int = 0
    holiday_minutes: int = 0

    def __post_init__(self) -> None:
        if self.overtime_minutes < 0 or self.holiday_minutes < 0:
            raise ValueError(f"minutes of a month must be 0 or more, found {self}")


@dataclass(frozen=True)
class Carried:
    """One person's work before the horizon's first day; what is not stated is none.

    `month` is the horizon's first month up to that day, `earlier` the months before it, the latest first.
    `year_overtime_minutes` runs from the first day of the agreement's year and includes `month`; `months_over`
    counts the months of that year before the present one with more overtime than the agreement's month. `week_`
    is the working week that the horizon's first day lies in, work on a statutory holiday left out.
    """

    month: MonthHours = MonthHours()
    earlier: tuple[MonthHours, ...] = ()
    year_overtime_minutes: int = 0
    months_over: int = 0
    month_worked_minutes: int = (
        0  # only monthly variable hours ask for it; work on statutory holidays left out
    )
    week_minutes: int = 0
    week_overtime_minutes: int = 0  # of `week_minutes`, those that were overtime already
    consecutive_days: int = 0  # worked immediately before the first day
    last_end: datetime | None = None  # of the last duty, with its offset

    def __post_init__(self) -> None:
        for name in (
            "year_overtime_minutes",
            "month_worked_minutes",
            "week_minutes",
            "week_overtime_minutes",
        ):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, found {getattr(self, name)}")
        if len(self.earlier) > EARLIER_MONTHS:
            raise ValueError(f"at most {EARLIER_MONTHS} earlier months count, found {len(self.earlier)}")
        if not 0 <= self.months_over <= 11:
            raise ValueError(f"months_over must lie between 0 and 11, found {self.months_over}")
        if self.consecutive_days < 0:
            raise ValueError(f"consecutive_days must be 0 or more, found {self.consecutive_days}")
        if self.year_overtime_minutes < self.month.overtime_minutes:
            raise ValueError(
                f"the year's overtime includes the month's: {self.year_overtime_minutes} minutes are fewer than"
                f" {self.month.overtime_minutes}"
            )
        if self.week_minutes < self.week_overtime_minutes:
            raise ValueError(
                f"the week's work includes its overtime: {self.week_minutes} minutes are fewer than"
                f" {self.week_overtime_minutes}"
            )
        if self.last_end is not None and self.last_end.tzinfo is None:
            raise ValueError(f"last_end needs an offset, found {self.last_end.isoformat()}")
