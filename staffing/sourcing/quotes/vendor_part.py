"""The vendor's bill for calls that overflow: channels and calls, or seats by the hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.hours import whole_tier
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.blocks import Ints
from staffing.sourcing.quotes.channels import Channels
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.quotes.hidden import hidden_lines
from staffing.sourcing.quotes.hourly import hourly_lines
from staffing.sourcing.quotes.joint import Joint
from staffing.sourcing.quotes.layout import Layout
from staffing.sourcing.quotes.per_booth import per_booth_lines
from staffing.sourcing.quotes.per_call import per_call_lines
from staffing.sourcing.quotes.seats import Seats
from staffing.sourcing.rates import Floats, Rates
from staffing.sourcing.service import Service
from staffing.sourcing.tariffs import ByHour, Hourly, Offered, PerBooth, PerCall


@dataclass(frozen=True)
class VendorPart:
    """What is bought of the vendor: its bill, hidden costs included, as numbers, and what stands in the way."""

    lines: tuple[CostLine, ...]
    size: Size
    obstacles: tuple[Note, ...] = ()


def by_channel(vendor: PerCall, found: Joint, channels: Mapping[str, int]) -> VendorPart:
    """The per-call bill of so many channels of each queue for the calls that overflow."""
    calls = found.service.case.with_columns(calls=found.vendor_calls)
    most = replace(vendor.max_channels, value=vendor.max_channels.value + 1)
    bought = Channels(
        tariff=replace(vendor, max_channels=most),  # whether the channels suffice is not asked of them alone
        case=calls,
        tier=whole_tier(vendor.hours, calls.starts, calls.interval_minutes),
        by_queue=channels,
        service=_all_handled(calls, found.vendor),
    )
    return VendorPart(
        lines=(*per_call_lines(vendor, bought), *_hidden(vendor, calls)),
        size=Size(channels=bought.count, calls=vendor.included_calls.value * len(channels)),
        obstacles=tuple(bought.obstacles()),
    )


def by_hour(vendor: PerBooth | Hourly, found: Joint, layout: Layout, hours: list[Ints]) -> VendorPart:
    """The bill of seats by the hour."""
    calls = found.service.case.with_columns(calls=found.vendor_calls)
    bought = Seats(layout, hours)
    if isinstance(vendor, PerBooth):
        bill = tuple(per_booth_lines(vendor, layout.case, bought))
    else:
        bill = tuple(hourly_lines(vendor, layout.case, bought))
    at_once = pd.Series(found.vendor).groupby(np.asarray(layout.case.demand["interval_start"])).sum()
    return VendorPart(
        lines=(*bill, *_hidden(vendor, calls)), size=Size(seats=int(at_once.max()), hours=bought.hours)
    )


def filters(vendor: Offered, context: Context) -> Iterator[Note]:
    """What the desk requires of vendors and this one fails; hours it does not cover are one's own people's."""
    yield from context.tariffs.requirements.obstacles(vendor.abilities, 0.0)


def _all_handled(calls: Case, agents: Floats) -> Service:
    """The vendor answers what is handed to it."""
    none = np.zeros(len(calls.calls))
    rates = Rates(calls.targets, calls.calls, none, none + 1, none + 1, none, calls.days)
    return Service(calls, agents, rates)


def _hidden(vendor: Offered, calls: Case) -> Iterator[CostLine]:
    handled = calls.by_month(calls.calls)
    reached = Reached(0.0, 1.0, 0.0, handled, handled, (), pd.DataFrame())
    yield from hidden_lines(vendor.hidden, calls, reached)


def hour_price(vendor: ByHour) -> float:
    """A seat-hour before the hours factor."""
    if isinstance(vendor, PerBooth):
        return vendor.booth_hour
    assert isinstance(vendor, Hourly)
    return vendor.hour.value
