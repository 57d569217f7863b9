"""In-house consignment: vendors' people on one's own premises, all on one queue.

The vendors share the seat-hours; since they sit on the same telephone system, callers meet one group, not several.
"""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.sourcing.case import Case, Month
from staffing.sourcing.comparison import Size
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.equipment import TelephoneChoice, equipment_lines
from staffing.sourcing.quotes.seats import Seats, fewest_seats
from staffing.sourcing.tariffs import Consignment, ConsignmentVendor


def draft_consignment(tariff: Consignment, case: Case, context: Context) -> Draft:
    """Price the vendors' seat-hours and one's own seats for them."""
    bought = fewest_seats(tariff, case)
    seats = bought.most_of_all_queues
    return Draft(
        capacity=Note.of(
            "{seats} own seats, {hours} seat-hours, vendors: {vendors}",
            seats=seats,
            hours=f"{bought.hours:.0f}",
            vendors=len(tariff.vendors),
        ),
        size=Size(seats=seats, hours=bought.hours),
        lines=tuple(_lines(tariff, case, bought, context)),
        reached=bought.reached,
        notes=tuple(TelephoneChoice(context.in_house, seats).note()),
    )


def _lines(tariff: Consignment, case: Case, bought: Seats, context: Context) -> Iterator[CostLine]:
    """The bill: each vendor's setup and training once, its fee and hours by month; seats as in-house."""
    first = case.months[0].name
    for vendor in tariff.vendors:
        yield CostLine.of(first, f"setup fee, {vendor.name}", 1, ONCE, vendor.setup_fee)
        yield CostLine.of(first, f"training, {vendor.name}", 1, ONCE, vendor.training)
    hours = list(bought.by_month_and_tier())
    for month in case.months:
        worked = [(tier, quantity) for name, tier, quantity in hours if name == month.name]
        for vendor in tariff.vendors:
            yield from _vendor_lines(vendor, month, worked)
        yield from equipment_lines(context.in_house, month, bought.most_of_all_queues)


def _vendor_lines(
    vendor: ConsignmentVendor, month: Month, worked: list[tuple[HoursTier, float]]
) -> Iterator[CostLine]:
    item = f"management fee, {vendor.name}"
    yield CostLine.of(month.name, item, month.share, month.unit, vendor.management_month)
    for tier, quantity in worked:
        factor = tier.factor.value
        note = f"{vendor.share.value:g} of the seat-hours, x {factor:g} for {tier.name}"
        item = f"seat-hours, {vendor.name}"
        share = quantity * vendor.share.value
        yield CostLine.of(month.name, item, share, "seat-hour", vendor.seat_hour, factor, note)
