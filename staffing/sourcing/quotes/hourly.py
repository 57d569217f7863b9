"""The hourly plan: a vendor's agent-hours at a rate, at least so many a month."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.seat_draft import seat_draft, start_lines
from staffing.sourcing.quotes.seats import Seats, fewest_seats
from staffing.sourcing.tariffs import Hourly


def draft_hourly(tariff: Hourly, case: Case, context: Context) -> Draft:
    """Price the cheapest agent-hours that reach the target."""
    bought = fewest_seats(tariff, case)
    capacity = Note.of(
        "up to {agents} agents at once, {hours} hours in blocks of {block} h or more",
        agents=bought.most,
        hours=f"{bought.hours:.0f}",
        block=f"{tariff.min_block_hours.value:.0f}",
    )
    return seat_draft(bought, capacity, hourly_lines(tariff, case, bought))


def hourly_lines(tariff: Hourly, case: Case, bought: Seats) -> Iterator[CostLine]:
    """The bill: setup and training once; management, hours by tier, and what is missing to the least a month."""
    first = case.months[0].name
    yield from start_lines(tariff, first)
    hours = list(bought.by_month_and_tier())
    for month in case.months:
        yield CostLine.of(month.name, "management fee", month.share, month.unit, tariff.management_month)
        worked = [(tier, quantity) for name, tier, quantity in hours if name == month.name]
        for tier, quantity in worked:
            factor = tier.factor.value
            note = f"x {factor:g} for {tier.name}" if factor != 1 else ""
            item = f"agent-hours, {tier.name}"
            yield CostLine.of(month.name, item, quantity, "agent-hour", tariff.hour, factor, note)
        short = tariff.min_hours_month.value * month.share - sum(quantity for _, quantity in worked)
        if short > 1e-9:
            note = f"at least {tariff.min_hours_month.value:g} h a month are paid"
            item = "hours paid up to the minimum"
            yield CostLine.of(month.name, item, short, "agent-hour", tariff.hour, 1, note)
