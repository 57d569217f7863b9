"""Overflow only: own people and a vendor beside them sized jointly, so that both together reach the target.

For a vendor of channels, each number of channels is tried; own agents are then chosen interval by interval at the
price of an own agent-hour against that of the calls they keep from the vendor. For a vendor of seats by the hour,
own people take the load up to a level that is tried from the least to all, and the vendor's seats are chosen above
it. Every candidate is billed line by line, and the cheapest that reaches the target is taken. The figures of one
interval are exact; the search over candidates is not exhaustive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import ceil

import numpy as np

from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.hours import cheapest_tiers, whole_tier
from staffing.sourcing.quotes.channel_table import ChannelTable
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.joint import joint
from staffing.sourcing.quotes.known_rows import KnownRows, Rule, known_rows
from staffing.sourcing.quotes.layout import Layout
from staffing.sourcing.quotes.overflow_rows import AlikeRows
from staffing.sourcing.quotes.own_part import OwnPart
from staffing.sourcing.quotes.shared_calls import (
    SharedCalls,
    capacity_of,
    notes_on,
    own_bill,
    reached_by,
    size_of,
)
from staffing.sourcing.quotes.vendor_part import by_channel, by_hour, filters, hour_price
from staffing.sourcing.rates import Bools, Floats
from staffing.sourcing.tariffs import Hourly, Overflow, PerBooth, PerCall

WAGES = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)
"""Own agent-hours are weighed at these multiples of their cost: seats and people hired go by the peak, and hours
bought to fill a block make the others dearer."""

CAPS = (0.4, 0.6, 0.8, 1.0)
"""Parts of the most own agents needed at once; no interval gets more."""

LEVELS = 12
"""Levels of own people tried beside seats by the hour, from the least to all."""

MOST_CHANNELS = 12
"""Numbers of channels tried."""


def draft_overflow(tariff: Overflow, case: Case, context: Context) -> Draft:
    """Price the cheapest of the candidates that reach the target, or the one that comes closest.

    Raises:
        ConfigError: the offer that takes the overflow is of another kind than per call, per booth or hourly.
    """
    vendor = context.tariffs.named(tariff.vendor)
    rule = Rule(tariff.after_seconds.value, vendor.hidden.aht_factor.value)
    own = OwnPart(case, context, int(tariff.own_block_hours.value), int(tariff.own_least.value))
    if isinstance(vendor, PerCall):
        plans = _with_channels(vendor, case, own, rule)
    elif isinstance(vendor, PerBooth | Hourly):
        plans = _with_seats(vendor, case, own, rule)
    else:
        allowed = "must name an offer per call, per booth or hourly"
        raise ConfigError(
            context.tariffs.file, [SettingFault(f"{tariff.name}.vendor", repr(tariff.vendor), allowed)]
        )
    best = min(plans, key=lambda plan: plan.rank)
    return Draft(
        capacity=capacity_of(tariff, best),
        size=size_of(best),
        lines=best.lines,
        reached=reached_by(best),
        obstacles=(*filters(vendor, context), *best.vendor.obstacles, *_unknown(case)),
        vendors=frozenset(line.item for line in best.vendor.lines),
        notes=tuple(notes_on(tariff, best, vendor.hidden.repeat_share.value)),
    )


def _with_channels(vendor: PerCall, case: Case, own: OwnPart, rule: Rule) -> Iterator[SharedCalls]:
    """Candidates beside a per-call plan: a price for each call to keep, a weight of own hours."""
    tier = whole_tier(vendor.hours, case.starts, case.interval_minutes)
    open_ = tier.covers(case.starts, case.interval_minutes)
    factor = tier.factor.value
    known = known_rows(case, rule)
    tables = {
        name: tuple(_channel_tables(vendor, case.only(rows), open_[rows], own.least, known))
        for name, rows in case.queues.items()
    }
    prices = {entry.price.value * factor for entry in vendor.overage}
    prices |= {0.0} if vendor.included_calls.value else set()
    fee = vendor.extra_channel_month.value * factor * case.length_months
    included = int(vendor.included_channels.value)
    peak = int(own.needed.max())
    caps = sorted({max(ceil(peak * share), 1) for share in CAPS} | {max(peak - 1, 1)}, reverse=True)
    seen = set()
    for price, weight, cap in product(sorted(prices), WAGES, caps):
        hourly = own.hour_cost * weight * case.interval_minutes / 60
        agents, channels, possible = np.zeros(len(case.calls)), {}, True
        for name, rows in case.queues.items():
            options = (
                (*table.cheapest(hourly, price, fee * (table.channels - included), cap), table.channels)
                for table in tables[name]
            )
            missed, _, agents[rows], channels[name] = min(options, key=lambda option: option[:2])
            possible &= missed < np.inf
        agents = own.in_blocks(agents)
        key = (agents.tobytes(), tuple(channels.values()))
        if possible and key not in seen:
            seen.add(key)
            lines = np.zeros(len(case.calls))
            for name, rows in case.queues.items():
                lines[rows] = np.where(open_[rows], channels[name], 0)
            yield _billed_channels(vendor, case, own, agents, lines, channels, rule)


def _channel_tables(
    vendor: PerCall, queue: Case, open_: Bools, least_own: int, known: KnownRows
) -> Iterator[ChannelTable]:
    """For each number of channels what each number of own agents gives."""
    rows = AlikeRows.of(queue, open_)
    numbers = rows.numbers(least_own)
    least, most = int(vendor.included_channels.value), int(vendor.max_channels.value)
    needed = max(int(rows.needed.max(initial=1)), least)
    counts = np.geomspace(least, min(most, needed), MOST_CHANNELS)
    for count in sorted({round(count) for count in counts}):
        channels = np.where(rows.other > 0, count, 0.0)[:, None]
        yield ChannelTable(count, numbers, rows.table(numbers, channels, known))


def _billed_channels(
    vendor: PerCall,
    case: Case,
    own: OwnPart,
    agents: Floats,
    channels: Floats,
    by_queue: Mapping[str, int],
    rule: Rule,
) -> SharedCalls:
    found = joint(case, agents, channels, rule)
    return SharedCalls(found, own_bill(own, found), by_channel(vendor, found, by_queue))


def _with_seats(vendor: PerBooth | Hourly, case: Case, own: OwnPart, rule: Rule) -> Iterator[SharedCalls]:
    """Candidates beside seats by the hour: own people up to a level, the vendor's seats above it."""
    layout = Layout(vendor, case)
    needed = own.needed
    tiers = cheapest_tiers(vendor.hours, case.starts, case.interval_minutes)
    factors = np.array([tier.factor.value for tier in vendor.hours])
    price = np.where(layout.offered, factors[tiers], 0.0) * hour_price(vendor) * case.interval_minutes / 60
    for level in np.unique(np.ceil(np.linspace(own.least, needed.max(), LEVELS + 1) - 1e-9)):
        agents = own.in_blocks(np.minimum(needed, level))
        seats = np.zeros(len(case.calls))
        for rows in case.queues.values():
            seats[rows] = _seats_beside(
                case.only(rows), agents[rows], layout.offered[rows], price[rows], known_rows(case, rule)
            )
        hours = layout.cover(seats)
        found = joint(case, agents, layout.per_row(hours).astype(np.float64), rule)
        yield SharedCalls(found, own_bill(own, found), by_hour(vendor, found, layout, hours))


def _seats_beside(queue: Case, agents: Floats, open_: Bools, price: Floats, known: KnownRows) -> Floats:
    """Vendor's seats by row beside so many own agents."""
    rows = AlikeRows.of(queue, np.where(open_, agents, -1 - agents))
    open_kinds = rows.other >= 0
    numbers = np.where(open_kinds[:, None], rows.numbers(0), 0.0)
    beside = np.where(open_kinds, rows.other, -1 - rows.other)[:, None]
    table = rows.table(np.broadcast_to(beside, numbers.shape), numbers, known)
    busy = rows.kind >= 0
    mean = np.bincount(rows.kind[busy], price[busy], len(rows.weight)) / np.bincount(
        rows.kind[busy], minlength=len(rows.weight)
    )
    chosen = table.choices(mean[:, None] * numbers, 0.0).best().of
    return rows.spread(numbers[np.arange(len(chosen)), chosen])


def _unknown(case: Case) -> Iterator[Note]:
    if case.targets.service_level is not None and case.targets.definition == "virtual":
        yield Note.of(
            "A virtual service level is not known where calls overflow: it is judged as of offered calls"
        )
