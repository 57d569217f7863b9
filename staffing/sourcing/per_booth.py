"""The per-booth plan: the fewest booth-hours, in blocks, that reach the target, and their bill.

Booths are laid out as for a desk of a design load: ceil(load + sqrt(load)) seats in each interval, the case's own
profile scaled to that load. The design load rises in steps that do not depend on volume or target until the blocks
that cover it reach the target, so a looser target or fewer calls never cost more. All intervals are thinned alike:
no day is given up for another. The net requirement, which reaches the target in every interval, is the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np
import numpy.typing as npt

from staffing.notes import Note
from staffing.sourcing.blocks import Ints
from staffing.sourcing.case import Case
from staffing.sourcing.layout import NOT_OFFERED, Layout
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quote import Quote, measured_quote
from staffing.sourcing.service import measure
from staffing.sourcing.tariffs import PerBooth


def quote_per_booth(tariff: PerBooth, case: Case) -> Quote:
    """Price a per-booth plan; agents of one queue take no calls of another."""
    layout = Layout(tariff, case)
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


def _fewest(layout: Layout) -> list[Ints]:
    """The cheapest layout of the rising design loads that reaches the target, else the net requirement."""
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
            return hours
        tried = seats
    return ceiling


def _first_step(layout: Layout, limit: float) -> int:
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


def _capacity(layout: Layout, hours: list[Ints]) -> Note:
    return Note.of(
        "up to {booths} booths, {hours} booth-hours in blocks of {block} h or more",
        booths=max(int(bought.max()) for bought in hours),
        hours=sum(int(bought.sum()) for bought in hours),
        block=layout.blocks.min_hours,
    )


def _lines(layout: Layout, hours: list[Ints]) -> Iterator[CostLine]:
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


def _by_month_and_tier(layout: Layout, hours: list[Ints]) -> dict[tuple[str, int], int]:
    """Booth-hours; those that run into hours not offered count at the dearest tier."""
    factors = [tier.factor.value for tier in layout.tariff.hours]
    dearest = factors.index(max(factors))
    sums: dict[tuple[str, int], int] = {}
    for day, bought in zip(layout.days, hours, strict=True):
        tiers = np.where(day.tiers == NOT_OFFERED, dearest, day.tiers)
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
