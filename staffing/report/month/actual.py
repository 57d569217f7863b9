"""The records of one month, and their sums by anything."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from staffing.demand.history import AGENTS, History
from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note

COUNTS = ("offered", "answered", "abandoned", "short_abandoned", "blocked")
SUMS = (*COUNTS, "answered_within_threshold", "handle_seconds", "wait_seconds", "agent_hours")
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True)
class Month:
    """A calendar month of business dates."""

    name: str  # "2027-02"

    def __post_init__(self) -> None:
        if not _MONTH.match(self.name):
            fault = SettingFault("month", repr(self.name), "a month such as 2027-02")
            raise ConfigError("report", [fault])

    @property
    def first(self) -> date:
        """Its first day."""
        return date(int(self.name[:4]), int(self.name[5:]), 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def before(self) -> Month:
        """The calendar month before."""
        year, month = divmod(self.first.year * 12 + self.first.month - 2, 12)
        return Month(f"{year:04d}-{month + 1:02d}")

    def holds(self, days: pd.Series) -> pd.Series:
        """Which business dates lie in it."""
        return (days >= pd.Timestamp(self.first)) & (days <= pd.Timestamp(self.last))


@dataclass(frozen=True)
class Actual:
    """A month's records.

    `frame` has the rows of `History.frame` whose business date lies in the month, with `agent_hours` (people on duty
    x hours, NaN where the file does not say). `missing_days` are the open days of the month without records.
    """

    month: Month
    frame: pd.DataFrame
    threshold_seconds: int
    interval_minutes: int
    time_zone: str
    source: str
    digest: str
    missing_days: tuple[date, ...]
    notes: tuple[Note, ...]

    @classmethod
    def of(cls, history: History, month: Month) -> Actual:
        """The month's part of a history; empty when the history does not reach it."""
        frame = history.frame[month.holds(history.frame["business_date"])]
        agents = frame[AGENTS] if AGENTS in frame else pd.Series(float("nan"), index=frame.index)
        return cls(
            month=month,
            frame=frame.assign(agent_hours=agents * history.interval_minutes / 60).reset_index(drop=True),
            threshold_seconds=history.threshold_seconds,
            interval_minutes=history.interval_minutes,
            time_zone=history.time_zone,
            source=history.source,
            digest=history.digest,
            missing_days=tuple(day for day in history.missing_days if month.first <= day <= month.last),
            notes=history.notes,
        )

    @property
    def days(self) -> int:
        """How many business dates are recorded."""
        return int(self.frame["business_date"].nunique())

    @property
    def totals(self) -> pd.Series:
        """The sums of `SUMS` over the month; NaN where a part is not known."""
        return self.frame[list(SUMS)].sum(skipna=False)

    def by(self, *keys: str) -> pd.DataFrame:
        """The sums of `SUMS` for each value of the keys: `business_date`, `week`, `hour`, `queue`."""
        return sums(placed(self.frame), keys)


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with `week` (the Monday that begins it) and `hour` (of the business date: 25 is 1 o'clock after it)."""
    days = frame["business_date"]
    return frame.assign(
        week=days - pd.to_timedelta(days.dt.day_of_week, unit="D"),
        hour=frame["slot"] // 60,
        weekday=days.dt.day_of_week,
    )


def sums(frame: pd.DataFrame, keys: Iterable[str], columns: Iterable[str] = SUMS) -> pd.DataFrame:
    """Sums by key, indexed by it; a sum with an unknown part is unknown."""
    names = list(keys)
    wanted = list(columns)
    groups = frame.groupby(names, sort=True)
    found: pd.DataFrame = groups[wanted].sum()
    known = frame[wanted].notna().groupby([frame[name] for name in names]).all()
    return found.where(known)
