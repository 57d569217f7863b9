"""A case on the clock of a vendor of seats: days in hours, seats by hour in blocks, and the price of each hour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.sourcing.case import Case
from staffing.sourcing.hours import cheapest_tiers
from staffing.sourcing.quotes.blocks import BlockCover, DayNeed, Ints
from staffing.sourcing.service import measure
from staffing.sourcing.tariffs import ByHour

NOT_OFFERED = -1  # the hours tier of an hour that no tier covers
_FIRST_LOAD = 0.02  # Erlang in the busiest interval
_STEP = 1.04


@dataclass(frozen=True)
class Day:
    """One queue's business date in hours from its first open interval, standing for `days` such dates."""

    month: str
    days: float
    rows: Ints  # rows of the case
    hour: Ints  # hour of each row
    tiers: Ints  # hours tier of each hour, overhang included; -1 where none
    factors: tuple[float, ...]

    def need(self, seats: npt.NDArray[np.float64]) -> tuple[int, ...]:
        """The most seats any interval of an hour asks for; 0 where the vendor is closed."""
        most = np.zeros(int(self.hour.max()) + 1)
        np.maximum.at(most, self.hour, seats[self.rows])
        return tuple(int(x) for x in np.where(self.tiers[: len(most)] == NOT_OFFERED, 0, most))


@dataclass(frozen=True)
class Layout:
    """A case on a vendor's clock: days in hours, with the price factor of each."""

    tariff: ByHour
    case: Case

    @cached_property
    def blocks(self) -> BlockCover:
        """Covers by blocks of the tariff's length."""
        return BlockCover(int(self.tariff.min_block_hours.value))

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every queue's business dates."""
        keys = [self.case.demand["queue"].astype(str), pd.to_datetime(self.case.demand["business_date"])]
        groups = self.case.demand.groupby(keys, sort=True).indices
        days = [np.sort(rows) for rows in groups.values()]
        starts = [self.case.starts[rows] for rows in days]
        hours = [np.asarray((x - x.min()) // pd.Timedelta(hours=1), dtype=np.int64) for x in starts]
        lengths = [int(hour.max()) + self.blocks.min_hours for hour in hours]
        steps = np.concatenate([np.arange(length) for length in lengths])
        firsts = pd.DatetimeIndex([x.min() for x in starts]).repeat(lengths)
        tiers = cheapest_tiers(self.tariff.hours, firsts + pd.to_timedelta(steps, unit="h"), 60)
        by_day = np.split(tiers, np.cumsum(lengths)[:-1])
        return tuple(
            Day(
                month=str(self.case.row_month[rows[0]]),
                days=float(self.case.days[rows[0]]),
                rows=rows,
                hour=hour,
                tiers=found,
                factors=self._prices(found),
            )
            for rows, hour, found in zip(days, hours, by_day, strict=True)
        )

    def _prices(self, tiers: Ints) -> tuple[float, ...]:
        """Factor of each hour; a block may run into hours not offered: they take no call and cost the most."""
        factors = [tier.factor.value for tier in self.tariff.hours]
        return tuple(factors[tier] if tier != NOT_OFFERED else max(factors) for tier in tiers)

    @cached_property
    def offered(self) -> npt.NDArray[np.bool_]:
        """Whether the vendor works in the hour of each row."""
        inside = np.zeros(len(self.case.calls), dtype=np.bool_)
        for day in self.days:
            inside[day.rows] = day.tiers[day.hour] != NOT_OFFERED
        return inside

    def cover(self, seats: npt.NDArray[np.float64]) -> list[Ints]:
        """Seats by hour of each day, in blocks, that cover seats by row at least cost."""
        return self.blocks.cover(DayNeed(day.need(seats), day.factors) for day in self.days)

    def per_row(self, hours: list[Ints]) -> Ints:
        """Seats taking calls, per row of the case."""
        seats = np.zeros(len(self.case.calls), dtype=np.int64)
        for day, bought in zip(self.days, hours, strict=True):
            seats[day.rows] = bought[day.hour]
        return np.where(self.offered, seats, 0)

    def weighted_hours(self, hours: list[Ints]) -> float:
        """Seat-hours over the period times their price factors."""
        return sum(
            float(np.dot(day.factors, bought)) * day.days
            for day, bought in zip(self.days, hours, strict=True)
        )

    def meets(self, hours: list[Ints]) -> bool:
        """Whether every queue reaches the target over the period."""
        seats = self.per_row(hours)
        return all(measure(self.case.only(rows), seats[rows]).meets for rows in self.case.queues.values())

    def at_load(self, step: int) -> npt.NDArray[np.float64]:
        """Seats by row for a design load: the square-root rule on the case's own profile."""
        busiest = self.case.load.max()
        shape = self.case.load / busiest if busiest > 0 else self.case.load
        load = _FIRST_LOAD * _STEP**step * shape
        seats = np.ceil(load + np.sqrt(load) - 1e-9)
        return np.where(self.case.calls > 0, np.maximum(seats, 1), 0)
