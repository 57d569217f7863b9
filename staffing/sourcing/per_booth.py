"""The per-booth plan: the fewest booth-hours, in blocks, that reach the target, and their bill.

Booths are laid out as for a desk of a design load: ceil(load + sqrt(load)) seats in each interval, the case's own
profile scaled to that load. The design load rises in steps that do not depend on volume or target until the blocks
that cover it reach the target, so a looser target or fewer calls never cost more. All intervals are thinned alike:
no day is given up for another. The net requirement, which reaches the target in every interval, is the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.blocks import BlockCover, DayNeed, Ints
from staffing.sourcing.case import Case
from staffing.sourcing.hours import cheapest_tiers
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quote import Quote, measured_quote
from staffing.sourcing.service import measure
from staffing.sourcing.tariffs import PerBooth

_FIRST_LOAD = 0.02  # Erlang in the busiest interval
_STEP = 1.04
_NOT_OFFERED = -1


def quote_per_booth(tariff: PerBooth, case: Case) -> Quote:
    """Price a per-booth plan; agents of one queue take no calls of another."""
    layout = _Layout(tariff, case)
    hours = _fewest(layout)
    seats = layout.per_row(hours)
    service = measure(case, seats)
    return measured_quote(
        tariff.name,
        _capacity(layout, hours),
        service,
        _lines(layout, hours),
        notes=_outside(case, layout.offered),
    )


@dataclass(frozen=True)
class _Day:
    """One queue's business date in hours from its first open interval."""

    month: str
    rows: Ints  # rows of the case
    hour: Ints  # hour of each row
    tiers: Ints  # hours tier of each hour, overhang included; -1 where none
    factors: tuple[float, ...]

    def need(self, seats: npt.NDArray[np.float64]) -> tuple[int, ...]:
        """The most seats any interval of an hour asks for; 0 where the vendor is closed."""
        most = np.zeros(int(self.hour.max()) + 1)
        np.maximum.at(most, self.hour, seats[self.rows])
        return tuple(int(x) for x in np.where(self.tiers[: len(most)] == _NOT_OFFERED, 0, most))


@dataclass(frozen=True)
class _Layout:
    """A case on a vendor's clock: days in hours, with the price factor of each."""

    tariff: PerBooth
    case: Case

    @cached_property
    def blocks(self) -> BlockCover:
        return BlockCover(int(self.tariff.min_block_hours.value))

    @cached_property
    def days(self) -> tuple[_Day, ...]:
        keys = [self.case.demand["queue"].astype(str), pd.to_datetime(self.case.demand["business_date"])]
        groups = self.case.demand.groupby(keys, sort=True).indices
        return tuple(self._day(np.sort(rows)) for rows in groups.values())

    @cached_property
    def offered(self) -> npt.NDArray[np.bool_]:
        """Whether the vendor works in the hour of each row."""
        inside = np.zeros(len(self.case.calls), dtype=np.bool_)
        for day in self.days:
            inside[day.rows] = day.tiers[day.hour] != _NOT_OFFERED
        return inside

    def _day(self, rows: Ints) -> _Day:
        starts = self.case.starts[rows]
        first = starts.min()
        hour = np.asarray((starts - first) // pd.Timedelta(hours=1), dtype=np.int64)
        length = int(hour.max()) + self.blocks.min_hours
        clock = pd.DatetimeIndex([first + pd.Timedelta(hours=int(step)) for step in range(length)])
        tiers = cheapest_tiers(self.tariff.hours, clock, 60)
        factors = [tier.factor.value for tier in self.tariff.hours]
        # a block may run into hours the vendor is closed: they are paid at the dearest factor and take no call
        prices = tuple(factors[tier] if tier != _NOT_OFFERED else max(factors) for tier in tiers)
        return _Day(str(self.case.row_month[rows[0]]), rows, hour, tiers, prices)

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
        """Booth-hours times their price factors."""
        return sum(float(np.dot(day.factors, bought)) for day, bought in zip(self.days, hours, strict=True))

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


def _fewest(layout: _Layout) -> list[Ints]:
    """The cheapest layout of the rising design loads that reaches the target, else the net requirement."""
    ceiling = layout.cover(layout.case.demand["agents_net"].to_numpy(dtype=np.float64))
    limit = layout.weighted_hours(ceiling)
    step = _first_step(layout, limit)
    while True:
        hours = layout.cover(layout.at_load(step))
        if layout.weighted_hours(hours) >= limit:
            return ceiling
        if layout.meets(hours):
            return hours
        step += 1


def _first_step(layout: _Layout, limit: float) -> int:
    """The lowest step worth trying: below it there is less agent time than the target's share of the work."""
    targets, case = layout.case.targets, layout.case
    share = 0.0 if targets.abandonment is None else 1 - targets.abandonment
    if targets.service_level is not None and targets.definition == "offered":
        share = max(share, targets.service_level)
    work = float(case.calls @ case.aht) / 3600
    cheapest = min(min(day.factors) for day in layout.days)
    needed = min(share * work * cheapest, limit)
    low, high = 0, 1
    while layout.weighted_hours(layout.cover(layout.at_load(high))) < needed:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if layout.weighted_hours(layout.cover(layout.at_load(middle))) < needed:
            low = middle
        else:
            high = middle
    return high if low else 0


def _capacity(layout: _Layout, hours: list[Ints]) -> Note:
    return Note.of(
        "up to {booths} booths, {hours} booth-hours in blocks of {block} h or more",
        booths=max(int(bought.max()) for bought in hours),
        hours=sum(int(bought.sum()) for bought in hours),
        block=layout.blocks.min_hours,
    )


def _lines(layout: _Layout, hours: list[Ints]) -> Iterator[CostLine]:
    """The bill: setup, training and manual once; management and booth-hours by hours tier each month."""
    tariff, months = layout.tariff, layout.case.months
    yield CostLine.of(months[0].name, "setup fee", 1, ONCE, tariff.setup_fee)
    yield CostLine.of(months[0].name, "training", 1, ONCE, tariff.training)
    yield CostLine.of(months[0].name, "manual", 1, ONCE, tariff.manual)
    bought = _by_month_and_tier(layout, hours)
    for month in months:
        yield CostLine.of(month.name, "management fee", month.share, month.unit, tariff.management_month)
        for index, tier in enumerate(tariff.hours):
            quantity = bought.get((month.name, index), 0)
            if quantity:
                factor = tier.factor.value / tariff.booth_month_hours.value
                note = f"a booth-month of {tariff.booth_month_hours.value:g} h, x {tier.factor.value:g}"
                item = f"booths, {tier.name}"
                yield CostLine.of(month.name, item, quantity, "booth-hour", tariff.booth_month, factor, note)


def _by_month_and_tier(layout: _Layout, hours: list[Ints]) -> dict[tuple[str, int], int]:
    """Booth-hours; those that run into hours not offered count at the dearest tier."""
    factors = [tier.factor.value for tier in layout.tariff.hours]
    dearest = factors.index(max(factors))
    sums: dict[tuple[str, int], int] = {}
    for day, bought in zip(layout.days, hours, strict=True):
        tiers = np.where(day.tiers == _NOT_OFFERED, dearest, day.tiers)
        for index in range(len(factors)):
            key = (day.month, index)
            sums[key] = sums.get(key, 0) + int(bought[tiers == index].sum())
    return sums


def _outside(case: Case, offered: npt.NDArray[np.bool_]) -> Iterator[Note]:
    outside = float(case.calls[~offered].sum())
    if outside:
        yield Note.of(
            "{share} % of calls fall outside the hours offered and are lost",
            share=f"{100 * outside / case.calls.sum():.1f}",
        )
