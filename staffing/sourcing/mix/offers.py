"""The sources of a mix that the offers of a tariff file come to, and the notes on those without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, inf
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.figures import Figure
from staffing.sourcing.mix.case_demand import CaseDemand, Strings
from staffing.sourcing.mix.overflow_curve import overflow_curve
from staffing.sourcing.mix.sources import Booths, CallPlan, Hourly, Overflow, Source, Terms, Tier
from staffing.sourcing.tariffs import (
    bundle,
    by_channel,
    consignment,
    flat,
    hourly,
    other_duties,
    overflow,
    peak,
    per_booth,
    per_call,
)
from staffing.sourcing.tariffs.book import Tariffs
from staffing.sourcing.tariffs.in_house import InHouse
from staffing.sourcing.tariffs.offered import Offered

Bools = npt.NDArray[np.bool_]


def sources_of(offer: Offered, demand: CaseDemand, tariffs: Tariffs) -> Iterator[Source]:
    """The sources that an offer comes to; none for one that has no part of its own in a mix."""
    match offer:
        case per_call.PerCall():
            tiers = tuple((tier.price, tier.to_calls.value - tier.from_calls.value) for tier in offer.overage)
            yield _plan(offer, demand, offer.name, offer.base_fee, offer.included_calls.value, tiers, inf)
        case bundle.Bundle():
            for size in offer.sizes:
                name = f"{offer.name}, {size.calls.value:g} calls"
                yield _plan(offer, demand, name, size.month, size.calls.value, ((offer.overage, inf),), inf)
        case flat.Flat():
            refused = offer.beyond == "refused"
            over = () if refused else ((offer.overage, inf),)
            most = offer.calls.value if refused else inf
            if most == inf and not over:
                over = ((Figure(0.0, "plan", "included"), inf),)
            yield _plan(offer, demand, offer.name, offer.month, offer.calls.value, over, most)
        case per_booth.PerBooth():
            mean = dict(zip(demand.classes, demand.hours.mean(axis=0).tolist(), strict=True))
            seat = {
                name: times(
                    offer.booth_month, factor * mean[name] / offer.booth_month_hours.value, "class hours"
                )
                for name, factor in demand.factors(offer).items()
            }
            once = offer.setup_fee.value + offer.training.value + offer.manual.value
            setup = Figure(once, offer.setup_fee.label, "setup, training, manual")
            shared = _shared(offer, tuple(seat))
            yield Booths(
                name=offer.name,
                setup=setup,
                month_fee=offer.management_month,
                seat_month=seat,
                alike=demand.alike,
                **shared,
            )
        case consignment.Consignment():
            yield _on_premises(offer, demand, tariffs)
        case other_duties.OtherDuties():
            yield _beside_work(offer, demand)
        case overflow.Overflow():
            vendor = tariffs.named(offer.vendor)
            if isinstance(vendor, per_call.PerCall):
                yield from _overflow(offer, vendor, demand)
        case peak.Peak():
            yield from _season(offer, demand, tariffs)
        case hourly.Hourly():
            factors = demand.factors(offer).items()
            rate = {name: times(offer.hour, factor, f"x {factor:g}") for name, factor in factors}
            setup = Figure(
                offer.setup_fee.value + offer.training.value, offer.setup_fee.label, "setup, training"
            )
            yield Hourly(
                name=offer.name,
                setup=setup,
                month_fee=offer.management_month,
                rate_hour=rate,
                least_hours=offer.min_hours_month.value,
                **_shared(offer, tuple(rate)),
            )


def why_without(offer: Offered, tariffs: Tariffs) -> Note:
    """Why an offer has no source of its own."""
    if isinstance(offer, peak.Peak):
        text = "{option}: its hours are classes of their own, of which {vendor} may take any part"
        return Note.of(text, option=offer.name, vendor=offer.vendor)
    if isinstance(offer, overflow.Overflow) and not isinstance(tariffs.named(offer.vendor), per_call.PerCall):
        text = "{option} is left out: {vendor} sells seats by the hour, which a mix buys as a source of their own"
        return Note.of(text, option=offer.name, vendor=offer.vendor)
    if isinstance(offer, overflow.Overflow):
        return Note.of(
            "{option} is left out: with fewer own people the target is not reached", option=offer.name
        )
    return Note.of("{option} is left out: its kind has no part in a mix", option=offer.name)


def split_by_peaks(case: Case, names: Strings, peaks: tuple[peak.Peak, ...]) -> Strings:
    """Classes of the intervals, those that a peak offer's hours cut in two named after it."""
    found = names.copy().astype(object)
    for offer in peaks:
        inside = _inside(offer, case)
        for name in dict.fromkeys(found.tolist()):
            rows = found == name
            if 0 < inside[rows].sum() < rows.sum():
                found[rows & inside] = f"{name}, {offer.name}"
    return np.asarray(found, dtype=np.str_)


def _inside(offer: peak.Peak, case: Case) -> Bools:
    """Which intervals lie in the days and hours of a peak offer, in whichever month."""
    found = np.zeros(len(case.starts), dtype=np.bool_)
    for time in offer.times:
        found |= replace(time, months=peak.MONTHS).covers(case.starts, case.interval_minutes)
    return found


def _season(offer: peak.Peak, demand: CaseDemand, tariffs: Tariffs) -> Iterator[Source]:
    """Booths for named months only, in the classes of the offer's hours; by the call, any month can be left out."""
    months = {peak.MONTHS.index(name) + 1 for time in offer.times for name in time.months}
    vendor = tariffs.named(offer.vendor)
    if len(months) == len(peak.MONTHS) or not isinstance(vendor, per_booth.PerBooth):
        return
    inside = _inside(offer, demand.case)
    for source in sources_of(vendor, demand, tariffs):
        if isinstance(source, Booths):
            open_ = tuple(
                name for name in source.classes or demand.classes if inside[demand.names == name].all()
            )
            if open_:
                yield replace(source, name=offer.name, classes=open_, season=tuple(sorted(months)))


def _on_premises(offer: consignment.Consignment, demand: CaseDemand, tariffs: Tariffs) -> Hourly:
    """Vendors' people at own workplaces: their hours at the mean of the vendors' rates."""
    own, first = tariffs.in_house, offer.vendors[0]
    rate = sum(vendor.share.value * vendor.seat_hour.value for vendor in offer.vendors)
    once = sum(vendor.setup_fee.value + vendor.training.value for vendor in offer.vendors)
    fees = sum(vendor.management_month.value for vendor in offer.vendors) + own.pbx_month.value
    hour = Figure(rate, first.seat_hour.label, "mean of the vendors' rates by their shares")
    rates = {name: times(hour, factor, f"x {factor:g}") for name, factor in demand.factors(offer).items()}
    return Hourly(
        name=offer.name,
        setup=Figure(once, first.setup_fee.label, "setup, training"),
        month_fee=Figure(fees, first.management_month.label, "vendors' management, telephone system"),
        rate_hour=rates,
        place_month=place_month(own),
        **_shared(offer, tuple(rates)),
    )


def _beside_work(offer: other_duties.OtherDuties, demand: CaseDemand) -> CallPlan:
    """People with other duties: each call costs its mean handling time and the way back into work."""
    calls = demand.calls.sum(axis=(0, 2))
    aht = float(calls @ demand.aht) / float(calls.sum()) if calls.sum() else float(np.mean(demand.aht))
    hours = aht / 3600 + offer.return_minutes / 60
    cost = offer.wage_hour.value * (1 + offer.social_insurance.value) * hours
    price = Figure(cost, offer.wage_hour.label, f"{hours * 60:.1f} minutes a call, with social insurance")
    people = int(offer.max_people.value)
    return CallPlan(
        name=offer.name,
        tiers=(Tier(price),),
        included_channels=people,
        most_channels=people,
        **_shared(offer, demand.classes),
    )


def _overflow(offer: overflow.Overflow, vendor: per_call.PerCall, demand: CaseDemand) -> Iterator[Overflow]:
    """The vendor's plan for what own people leave, with as many channels as the points of the curve need."""
    found = overflow_curve(offer, vendor, demand)
    if not found.points:
        return
    tiers = tuple((tier.price, tier.to_calls.value - tier.from_calls.value) for tier in vendor.overage)
    plan = _plan(vendor, demand, offer.name, vendor.base_fee, vendor.included_calls.value, tiers, inf)
    extra = plan.channel_month.value * (found.channels - plan.included_channels)
    fee = Figure(plan.month_fee.value + extra, plan.month_fee.label, f"with {found.channels} channels")
    yield Overflow(
        name=offer.name,
        curve=found.points,
        setup=plan.setup,
        month_fee=fee,
        included_calls=plan.included_calls,
        tiers=plan.tiers,
        least_calls=plan.least_calls,
        **_shared(vendor, plan.classes or ()),
    )


def place_month(own: InHouse) -> Figure:
    """What a workplace of one's own costs a month."""
    names = ("seat_month", "space_month", "pc_month", "licence_month", "pbx_seat_month")
    cost = sum(getattr(own, name).value for name in names)
    return Figure(cost, own.seat_month.label, "seat, space, PC, licence, telephone")


def _plan(
    offer: by_channel.ByChannel,
    demand: CaseDemand,
    name: str,
    fee: Figure,
    included: float,
    tiers: tuple[tuple[Figure, float], ...],
    most: float,
) -> CallPlan:
    factors = demand.factors(offer)
    factor = max(factors.values(), default=1.0)
    note = f"x {factor:g} for its hours"
    return CallPlan(
        name=name,
        setup=offer.setup_fee,
        month_fee=times(fee, factor, note),
        included_calls=included,
        tiers=tuple(Tier(times(price, factor, note), calls) for price, calls in tiers),
        included_channels=int(offer.included_channels.value),
        most_channels=int(offer.max_channels.value),
        channel_month=times(offer.extra_channel_month, factor, note),
        least_calls=offer.minimum_calls.value,
        most_calls=most,
        **_shared(offer, tuple(factors)),
    )


def _shared(offer: Offered, classes: tuple[str, ...]) -> dict[str, Any]:
    """What every vendor has: terms, hours, costs beside the bill, quality."""
    hidden, terms = offer.hidden, offer.terms
    back = hidden.escalation_share.value * hidden.escalation_seconds.value / 3600
    return {
        "classes": classes,
        "terms": Terms(
            months_of(terms.lead_months),
            months_of(terms.notice_months),
            max(1, months_of(terms.minimum_months)),
        ),
        "exit_fee": terms.exit_fee,
        "liaison_month": times(hidden.liaison_wage_hour, hidden.liaison_hours_month.value, "liaison hours"),
        "call_extra": times(hidden.escalation_wage_hour, back, "escalated calls"),
        "aht_factor": hidden.aht_factor.value,
        "repeat_factor": hidden.volume_factor,
    }


def months_of(figure: Figure) -> int:
    """Whole months that a figure comes to, rounded up."""
    return ceil(figure.value)


def times(figure: Figure, factor: float, note: str) -> Figure:
    """A figure times a factor, with a note on it."""
    if factor == 1:
        return figure
    return Figure(figure.value * factor, figure.label, f"{figure.where}; {note}" if figure.where else note)
