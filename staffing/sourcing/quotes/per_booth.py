"""The per-booth plan: setup, training and manual once; management and booth-hours by hours tier each month."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.seat_draft import seat_draft, start_lines
from staffing.sourcing.quotes.seats import Seats, fewest_seats
from staffing.sourcing.tariffs import PerBooth


def draft_per_booth(tariff: PerBooth, case: Case, context: Context) -> Draft:
    """Price a per-booth plan with the cheapest booth-hours that reach the target."""
    bought = fewest_seats(tariff, case)
    capacity = Note.of(
        "up to {booths} booths, {hours} booth-hours in blocks of {block} h or more",
        booths=bought.most,
        hours=f"{bought.hours:.0f}",
        block=f"{tariff.min_block_hours.value:.0f}",
    )
    return seat_draft(bought, capacity, per_booth_lines(tariff, case, bought))


def per_booth_lines(tariff: PerBooth, case: Case, bought: Seats) -> Iterator[CostLine]:
    """The bill of so many booth-hours."""
    first = case.months[0].name
    yield from start_lines(tariff, first)
    yield CostLine.of(first, "manual", 1, ONCE, tariff.manual)
    hours = list(bought.by_month_and_tier())
    for month in case.months:
        yield CostLine.of(month.name, "management fee", month.share, month.unit, tariff.management_month)
        for name, tier, quantity in hours:
            if name == month.name:
                factor = tier.factor.value / tariff.booth_month_hours.value
                note = f"a booth-month of {tariff.booth_month_hours.value:g} h, x {tier.factor.value:g}"
                item = f"booths, {tier.name}"
                yield CostLine.of(name, item, quantity, "booth-hour", tariff.booth_month, factor, note)
