"""Service targets for a day, a week, a month or the whole horizon, as curves of the people on the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np

from staffing.labour.clock import week_of
from staffing.queueing.curves import UNITS_A_CALL, Steps
from staffing.roster.program import Ints

Measure = Literal["abandonment", "service_level"]
ServicePeriod = Literal["day", "week", "month", "horizon"]
MEASURES: tuple[Measure, ...] = ("abandonment", "service_level")


@dataclass(frozen=True)
class ServiceTarget:
    """Of each period's calls at least a share is kept, queue by queue; each call short of it costs a price.

    A call is kept when it is answered (`abandonment`) or answered within the threshold (`service_level`). Weeks are
    working weeks. The target has a price and is not forbidden to miss, so that a roster always exists.

    Attributes:
        measure: what is kept.
        least_share: of the calls: 1 - the abandonment allowed, or the service level.
        period: over which the share is taken.
        price_per_call: of one call short, in the currency's smallest unit; it is charged by the thousandth of a call.
        offered: calls of each row of the problem's demand in units of 1 / `UNITS_A_CALL`, rounded up. Shape (rows,).
        curve: units kept with the people on the floor, one row beside each row of the demand; never more than the
            queueing model says.
    """

    measure: Measure
    least_share: float
    period: ServicePeriod
    price_per_call: int
    offered: Ints
    curve: Steps

    def __post_init__(self) -> None:
        if not 0 < self.least_share < 1:
            raise ValueError(f"service target {self.measure}: {self.least_share} is no share between 0 and 1")
        if self.price_per_call < 0:
            raise ValueError(f"service target {self.measure}: the price of a call must be 0 or more")
        if len(self.offered) != len(self.curve.base):
            raise ValueError(
                f"service target {self.measure}: one row of the curve is needed a row of the demand"
            )

    def needed(self, rows: Ints) -> int:
        """Units to keep of the calls of some rows, rounded up."""
        return ceil(Fraction(str(self.least_share)) * int(self.offered[rows].sum()))

    def last_gain(self, rows: Ints, people: Ints) -> int:
        """The gain of the least useful person when the target of some rows is reached with as few people as can be.

        People join where they keep most; `people` (rows,) are there already. 0 when those are enough; when
        nobody can reach the target, the least gain there is.
        """
        inside = np.isin(self.curve.rows, rows)
        there = np.clip(people[self.curve.rows] - self.curve.before, 0, self.curve.widths)[inside]
        gains, widths = self.curve.gains[inside], self.curve.widths[inside]
        lacking = self.needed(rows) - int(self.curve.base[rows].sum()) - int(there @ gains)
        if lacking <= 0 or not len(gains):
            return 0
        order = np.argsort(-gains, kind="stable")
        reached = np.cumsum((gains * (widths - there))[order])
        place = min(int(np.searchsorted(reached, lacking)), len(gains) - 1)
        return int(gains[order][place])


def periods_of(dates: Sequence[date], period: ServicePeriod, week_start: int) -> list[Ints]:
    """The rows of each period, in order of time, by their business dates; `week_start` is a weekday, Monday = 0."""

    def key(day: date) -> date:
        if period == "day":
            return day
        if period == "week":
            return week_of(day, week_start)
        return day.replace(day=1) if period == "month" else date.min

    keys = [key(day) for day in dates]
    known = sorted(set(keys))
    places = np.array([known.index(found) for found in keys], dtype=np.int64)
    return [np.flatnonzero(places == place) for place in range(len(known))]


def units_of_calls(calls: Ints | np.ndarray) -> Ints:
    """Calls as units of 1 / `UNITS_A_CALL`, rounded up so that a share of them is never too small."""
    return np.ceil(np.asarray(calls, dtype=np.float64) * UNITS_A_CALL - 1e-6).astype(np.int64)
