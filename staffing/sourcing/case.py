"""The case to be priced: demand by interval, the target, and the months it falls in."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.queueing import Targets

Floats = npt.NDArray[np.float64]
_NUMBERS = ("calls", "aht_seconds", "agents_net", "agents_gross")
_OF_ROWS = ("days", "starts", "row_month", "queues", "months")  # hang on no figure that may change
_COLUMNS = ("queue", "interval_start", "business_date", *_NUMBERS)


@dataclass(frozen=True)
class Month:
    """A calendar month, and how many of its days the case covers."""

    name: str  # "2027-02"
    days: int
    days_in_month: int

    @property
    def share(self) -> float:
        """Part of the month that fixed fees are charged for, by days."""
        return self.days / self.days_in_month

    @property
    def unit(self) -> str:
        """The unit of a monthly fee; a partial month says how much of it counts."""
        part = "" if self.days == self.days_in_month else f" ({self.days} of {self.days_in_month} days)"
        return f"month{part}"


@dataclass(frozen=True)
class Case:
    """What every option is priced for.

    `demand` has one row per queue and open interval: `queue`, `interval_start` (site time zone), `business_date`,
    `calls`, `aht_seconds`, `agents_net`, `agents_gross`, and `days`, 1 where the column is missing: how many days of
    its month the row stands for. A month can so be given as typical days, such as one Monday with `days` 4;
    `calls` stay those of one interval, and every total weighs by `days`. `start` and `end` (inclusive) are the
    business dates that fixed fees are charged for. `patience_seconds` is infinite for Erlang C.
    """

    demand: pd.DataFrame
    targets: Targets
    interval_minutes: int
    patience_seconds: float
    start: date
    end: date

    @classmethod
    def of(
        cls,
        demand: pd.DataFrame,
        targets: Targets,
        *,
        interval_minutes: int,
        patience_seconds: float,
        period: tuple[date, date] | None = None,
    ) -> Case:
        """A checked case; without a period the first to the last business date that has demand.

        Raises:
            InputError: a column is missing, a number is missing or negative, there are no rows, rows of one business
                date stand for different numbers of days.
        """
        _check(demand)
        days = pd.to_datetime(demand["business_date"])
        start, end = (days.min().date(), days.max().date()) if period is None else period
        if end < start or days.min().date() < start or days.max().date() > end:
            fault = Fault(
                f"business dates {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}", f"{start} to {end}"
            )
            raise InputError("demand", [fault])
        return cls(demand.reset_index(drop=True), targets, interval_minutes, patience_seconds, start, end)

    def only(self, rows: npt.NDArray[np.int64]) -> Case:
        """The same case with some of its rows."""
        return replace(self, demand=self.demand.iloc[rows].reset_index(drop=True))

    def with_columns(self, **columns: Floats) -> Case:
        """The same rows with other figures; what follows from dates and queues alone is kept."""
        made = replace(self, demand=self.demand.assign(**columns))
        made.__dict__.update({name: getattr(self, name) for name in _OF_ROWS})
        return made

    @property
    def interval_seconds(self) -> int:
        """Length of an interval."""
        return self.interval_minutes * 60

    @cached_property
    def calls(self) -> Floats:
        """Calls offered in one interval, per row."""
        return self.demand["calls"].to_numpy(dtype=np.float64)

    @cached_property
    def days(self) -> Floats:
        """How many days the row stands for, per row."""
        if "days" not in self.demand.columns:
            return np.ones(len(self.demand))
        return self.demand["days"].to_numpy(dtype=np.float64)

    @property
    def total_calls(self) -> float:
        """Calls offered over the whole period."""
        return float(self.calls @ self.days)

    @cached_property
    def shared(self) -> dict[Hashable, Any]:
        """What offers of the same hours work out for this case, kept so that it is worked out once."""
        return {}

    @property
    def calls_a_month(self) -> float:
        """Calls offered in a whole month, on average."""
        return self.total_calls / self.length_months

    @property
    def length_months(self) -> float:
        """The period in months, a partial month counting by its days."""
        return sum(month.share for month in self.months)

    @cached_property
    def aht(self) -> Floats:
        """Handling time in seconds, per row."""
        return self.demand["aht_seconds"].to_numpy(dtype=np.float64)

    @cached_property
    def load(self) -> Floats:
        """Erlang, per row."""
        return self.calls * self.aht / self.interval_seconds

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Interval starts in site time, per row."""
        return pd.DatetimeIndex(self.demand["interval_start"])

    @cached_property
    def row_month(self) -> npt.NDArray[np.str_]:
        """Month name of each row's business date."""
        return pd.to_datetime(self.demand["business_date"]).dt.strftime("%Y-%m").to_numpy(dtype=np.str_)

    @cached_property
    def queues(self) -> dict[str, npt.NDArray[np.int64]]:
        """Row numbers of each queue, in order of name."""
        names = self.demand["queue"].astype(str).to_numpy(dtype=np.str_)
        return {str(name): np.flatnonzero(names == name) for name in np.unique(names)}

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The calendar months of the period, with the days covered."""
        covered = Counter(f"{day:%Y-%m}" for day in pd.date_range(self.start, self.end))
        return tuple(
            Month(name, days, monthrange(int(name[:4]), int(name[5:]))[1]) for name, days in covered.items()
        )

    def by_month(self, per_row: npt.ArrayLike) -> dict[str, float]:
        """Sum of a per-row quantity by month, each row as often as its days; every month has a value."""
        sums = dict.fromkeys((month.name for month in self.months), 0.0)
        values = np.asarray(per_row, dtype=np.float64) * self.days
        for name in np.unique(self.row_month):
            sums[str(name)] = float(values[self.row_month == name].sum())
        return sums


def _check(demand: pd.DataFrame) -> None:
    missing = [name for name in _COLUMNS if name not in demand.columns]
    if missing:
        raise InputError("demand", [Fault("no such column", "a column", column=name) for name in missing])
    if demand.empty:
        raise InputError("demand", [Fault("no rows", "at least one open interval")])
    faults = []
    for name in (*_NUMBERS, *(("days",) if "days" in demand.columns else ())):
        values = demand[name].to_numpy(dtype=np.float64)
        bad = np.flatnonzero(~np.isfinite(values) | (values < 0))
        if len(bad):
            row = int(bad[0])
            faults.append(Fault(f"{values[row]:g}", "a finite number, 0 or more", row + 2, name))
    if not faults and "days" in demand.columns:
        differing = demand.groupby("business_date")["days"].nunique()
        faults = [
            Fault(f"several numbers on {day}", "one number of days for each business date", column="days")
            for day in differing.index[differing > 1][:1]
        ]
    if faults:
        raise InputError("demand", faults)
