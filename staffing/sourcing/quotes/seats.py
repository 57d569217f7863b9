"""Sizing of tariffs that sell seats by the hour: the cheapest seat-hours, in blocks, that reach the target.

Seats are laid out as for a desk of a design load: ceil(load + sqrt(load)) seats in each interval, the case's own
profile scaled to that load. The design load rises in steps that do not depend on volume or target until the blocks
that cover it reach the target, so a looser target or fewer calls never cost more. All intervals are thinned alike:
no day is given up for another. The net requirement, which reaches the target in every interval, is the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from staffing.sourcing.case import Case
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.quotes.blocks import Ints
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.quotes.layout import NOT_OFFERED, Layout
from staffing.sourcing.service import measure
from staffing.sourcing.tariffs import ByHour


@dataclass(frozen=True)
class Seats:
    """Seats by hour of each day of a layout; agents of one queue take no calls of another."""

    layout: Layout
    by_day: list[Ints]

    @property
    def most(self) -> int:
        """The most seats of a queue at once."""
        return max(int(bought.max()) for bought in self.by_day)

    @property
    def hours(self) -> float:
        """Seat-hours over the period, those beyond closing time included."""
        days = self.layout.days
        return sum(int(bought.sum()) * day.days for day, bought in zip(days, self.by_day, strict=True))

    @cached_property
    def reached(self) -> Reached:
        """The service of these seats."""
        return Reached.of(measure(self.layout.case, self.layout.per_row(self.by_day)))

    @property
    def most_of_all_queues(self) -> int:
        """The most seats taking calls at once, all queues together."""
        at_once = self.reached.table.groupby("interval_start")["seats"].sum()
        return int(at_once.max())

    def by_month_and_tier(self) -> Iterator[tuple[str, HoursTier, float]]:
        """Seat-hours by month and tier; those that run into hours not offered count at the dearest tier."""
        tiers = self.layout.tariff.hours
        factors = [tier.factor.value for tier in tiers]
        dearest = factors.index(max(factors))
        sums = {(month.name, index): 0.0 for month in self.layout.case.months for index in range(len(tiers))}
        for day, bought in zip(self.layout.days, self.by_day, strict=True):
            charged = np.where(day.tiers == NOT_OFFERED, dearest, day.tiers)
            for index in range(len(tiers)):
                sums[day.month, index] += int(bought[charged == index].sum()) * day.days
        for (month, index), hours in sums.items():
            if hours:
                yield month, tiers[index], hours


def fewest_seats(tariff: ByHour, case: Case) -> Seats:
    """The cheapest layout of the rising design loads that reaches the target, else the net requirement."""
    tiers = tuple((tier.name, tier.days, tier.open, tier.factor.value) for tier in tariff.hours)
    key = ("fewest seats", tariff.min_block_hours.value, tiers)
    if key not in case.shared:
        case.shared[key] = _fewest(Layout(tariff, case))
    found: Seats = case.shared[key]
    return found


def _fewest(layout: Layout) -> Seats:
    ceiling = layout.cover(layout.case.demand["agents_net"].to_numpy(dtype=np.float64))
    limit = layout.weighted_hours(ceiling)
    tried = None
    for step in count(_first_step(layout, limit)):
        seats = layout.at_load(step)
        if tried is not None and np.array_equal(seats, tried):
            continue
        hours = layout.cover(seats)
        if layout.weighted_hours(hours) >= limit:
            break
        if layout.meets(hours):
            return Seats(layout, hours)
        tried = seats
    return Seats(layout, ceiling)


def _first_step(layout: Layout, limit: float) -> int:
    """The lowest step worth trying: below it there is less agent time than the target's share of the work."""
    targets, case = layout.case.targets, layout.case
    share = 0.0 if targets.abandonment is None else 1 - targets.abandonment
    if targets.service_level is not None and targets.definition == "offered":
        share = max(share, targets.service_level)
    work = float((case.calls * case.days) @ case.aht) / 3600
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
