"""The mix of a case: its demand by month, queue and class of hours, and the sources that a tariff file offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.figures import Figure
from staffing.sourcing.hours import cheapest_tiers, whole_tier
from staffing.sourcing.mix.problem import ContactType, HourClass, Limits, MixProblem
from staffing.sourcing.mix.sources import Booths, CallPlan, Hourly, OwnDesk, Source, Terms, Tier
from staffing.sourcing.tariffs import bundle, by_channel, flat, hourly, per_booth, per_call
from staffing.sourcing.tariffs.book import Tariffs
from staffing.sourcing.tariffs.in_house import InHouse
from staffing.sourcing.tariffs.offered import Offered

Strings = npt.NDArray[np.str_]
Classify = Callable[[pd.DatetimeIndex], Strings]
FINENESS = 20  # slots of a class that differ by less than 1 / 20 of its mean calls are taken together


@dataclass(frozen=True)
class Opening:
    """The desk of one's own when the plan begins; without heads it is to be opened.

    Contracts and hires may be ordered `ahead` months before the first: leads count from there. What is paid on
    ordering is then paid in the first month at the earliest.
    """

    heads: int = 0
    places: int = 0
    lease_left: int = 0
    release: bool = False  # whether people may be let go
    least_heads: int = 0
    limits: Limits = field(default_factory=Limits)
    ahead: int = 0

    def __post_init__(self) -> None:
        """Raise ConfigError where `ahead` is negative."""
        if self.ahead < 0:
            raise ConfigError("opening", [SettingFault("ahead", str(self.ahead), "must be 0 months or more")])


def day_evening_weekend(starts: pd.DatetimeIndex) -> Strings:
    """The classes "weekday 9-18", "weekday, other hours" and "weekend" of interval starts in site time."""
    weekend = np.asarray(starts.day_of_week) >= 5
    day = (np.asarray(starts.hour) >= 9) & (np.asarray(starts.hour) < 18)
    names = np.where(weekend, "weekend", np.where(day, "weekday 9-18", "weekday, other hours"))
    return np.asarray(names, dtype=np.str_)


def mix_of(
    case: Case, tariffs: Tariffs, opening: Opening | None = None, classify: Classify = day_evening_weekend
) -> tuple[MixProblem, tuple[Note, ...]]:
    """The problem, and notes on the offers that have no part in it.

    Types are the case's queues at their mean handling time. A vendor's booth is bought for all hours of a class, at
    the mean of its months. Plans of several sizes become a source each. `classify` names the class of each interval.
    """
    start = opening or Opening()
    found = _Demand(case, classify)
    sources: list[Source] = [_desk(tariffs.in_house, found, start)]
    notes: list[Note] = []
    for offer in tariffs.offers:
        missed = float((case.calls * case.days)[~offer.covers(case.starts, case.interval_minutes)].sum())
        against = tuple(tariffs.requirements.obstacles(offer.abilities, missed))
        made = () if against else tuple(_vendor(offer, found))
        sources.extend(made)
        if not made:
            why = " ".join(str(note) for note in against) or "its kind has no part in a mix"
            notes.append(Note.of("{option} is left out: {why}", option=offer.name, why=why))
    problem = MixProblem(
        months=tuple(month.name for month in case.months),
        types=tuple(ContactType(name, aht) for name, aht in zip(found.queues, found.aht, strict=True)),
        classes=tuple(HourClass(name, found.slots(name)) for name in found.classes),
        calls=found.calls,
        hours=found.hours,
        sources=tuple(sources),
        targets=case.targets,
        patience_seconds=case.patience_seconds,
        limits=start.limits,
    )
    return problem, tuple(notes)


class _Demand:
    """A case by month, queue and class."""

    def __init__(self, case: Case, classify: Classify) -> None:
        self.case, self.names = case, classify(case.starts)
        self.classes = tuple(str(name) for name in dict.fromkeys(self.names))
        self.queues = tuple(case.queues)
        months = [month.name for month in case.months]
        weighed = case.calls * case.days
        self.calls = np.zeros((len(months), len(self.queues), len(self.classes)))
        self.hours = np.zeros((len(months), len(self.classes)))
        place = (
            np.array([months.index(str(name)) for name in case.row_month]),
            np.array([self.queues.index(str(name)) for name in case.demand["queue"]]),
            np.array([self.classes.index(str(name)) for name in self.names]),
        )
        np.add.at(self.calls, place, weighed)
        once = ~pd.Series(case.starts).duplicated().to_numpy()
        np.add.at(self.hours, (place[0][once], place[2][once]), case.days[once] * case.interval_minutes / 60)
        usual = np.where(self.hours > 0, self.hours, np.nan)
        mean = np.nanmean(usual, axis=0)
        self.hours = np.where(
            self.hours > 0, self.hours, mean
        )  # a class without hours in a month has no calls there
        totals = [weighed[rows].sum() for rows in case.queues.values()]
        self.aht = [
            float((weighed * case.aht)[rows].sum() / calls) if calls else float(case.aht[rows].mean())
            for rows, calls in zip(case.queues.values(), totals, strict=True)
        ]
        gross = float(case.demand["agents_gross"].sum())
        self.on_calls = float(case.demand["agents_net"].sum()) / gross if gross else 1.0

    def slots(self, name: str) -> tuple[tuple[float, float], ...]:
        """Shares of hours and relative load of a class, by weekday and time of day, all queues together."""
        case, inside = self.case, self.names == name
        frame = pd.DataFrame(
            {
                "start": case.starts[inside],
                "day": case.starts[inside].day_of_week,
                "time": case.starts[inside].hour * 60 + case.starts[inside].minute,
                "load": case.load[inside] * case.days[inside],
                "days": case.days[inside],
            }
        )
        by_start = frame.groupby("start").agg(
            day=("day", "first"), time=("time", "first"), load=("load", "sum"), days=("days", "first")
        )
        by_slot = by_start.groupby(["day", "time"])[["load", "days"]].sum()
        share = (by_slot["days"] / by_slot["days"].sum()).to_numpy()
        mean = float(by_slot["load"].sum() / by_slot["days"].sum())
        if mean == 0:
            return ((1.0, 1.0),)
        factor = (by_slot["load"] / by_slot["days"]).to_numpy() / mean
        steps = np.rint(factor * FINENESS)
        merged = [(float(share[steps == s].sum()), steps == s) for s in np.unique(steps)]
        return tuple((part, float(share[some] @ factor[some]) / part) for part, some in merged)

    def factors(self, offer: by_channel.ByChannel | per_booth.PerBooth | hourly.Hourly) -> dict[str, float]:
        """The hours factor of each class that an offer covers whole; the mean where tiers differ inside."""
        case, found = self.case, {}
        tiers = cheapest_tiers(offer.hours, case.starts, case.interval_minutes)
        if isinstance(offer, by_channel.ByChannel):
            one = whole_tier(offer.hours, case.starts, case.interval_minutes)
            covered = one.covers(case.starts, case.interval_minutes)
            values = np.where(covered, one.factor.value, np.nan)
        else:
            values = np.array([offer.hours[n].factor.value if n >= 0 else np.nan for n in tiers])
        for name in self.classes:
            inside = self.names == name
            if not np.isnan(values[inside]).any():
                found[name] = float(np.average(values[inside], weights=case.days[inside]))
        return found


def _desk(offer: InHouse, demand: _Demand, opening: Opening) -> OwnDesk:
    hours = offer.hours_head_month.value
    insured = 1 + offer.social_insurance.value
    taught = offer.training_hours.value * offer.wage_hour.value * insured
    place = sum(
        getattr(offer, name).value
        for name in ("seat_month", "space_month", "pc_month", "licence_month", "pbx_seat_month")
    )
    return OwnDesk(
        name=offer.name,
        terms=Terms(lead=_months(offer.terms.lead_months), begun=opening.heads > 0),
        month_fee=offer.pbx_month,
        hours_month=hours * demand.on_calls * offer.output_of_staff,
        wage_month=_times(offer.wage_hour, hours, f"x {hours:g} paid hours"),
        social_insurance=offer.social_insurance,
        supervisor_month=_times(offer.supervisor_wage_hour, hours, f"x {hours:g} paid hours"),
        heads_per_supervisor=min(offer.agents_per_supervisor.value, 1e9),
        hire=Figure(offer.hire.value + taught, offer.hire.label, f"{offer.hire.where}; with paid training"),
        place_month=Figure(place, offer.seat_month.label, "seat, space, PC, licence, telephone"),
        floor_month=offer.floor_month,
        attrition=offer.attrition_month.value,
        hire_lead=max(1, _months(offer.terms.lead_months))
        if opening.heads
        else _months(offer.terms.lead_months),
        release=opening.release,
        lease=max(1, _months(offer.pc_lease_months)),
        lease_left=opening.lease_left,
        heads=opening.heads,
        places=opening.places,
        least_heads=opening.least_heads,
    )


def _vendor(offer: Offered, demand: _Demand) -> Iterator[Source]:
    """The sources that an offer comes to; none for a kind that has no part in a mix."""
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
                name: _times(
                    offer.booth_month, factor * mean[name] / offer.booth_month_hours.value, "class hours"
                )
                for name, factor in demand.factors(offer).items()
            }
            once = offer.setup_fee.value + offer.training.value + offer.manual.value
            setup = Figure(once, offer.setup_fee.label, "setup, training, manual")
            shared = _shared(offer, tuple(seat))
            yield Booths(
                name=offer.name, setup=setup, month_fee=offer.management_month, seat_month=seat, **shared
            )
        case hourly.Hourly():
            factors = demand.factors(offer).items()
            rate = {name: _times(offer.hour, factor, f"x {factor:g}") for name, factor in factors}
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


def _plan(
    offer: by_channel.ByChannel,
    demand: _Demand,
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
        month_fee=_times(fee, factor, note),
        included_calls=included,
        tiers=tuple(Tier(_times(price, factor, note), calls) for price, calls in tiers),
        included_channels=int(offer.included_channels.value),
        most_channels=int(offer.max_channels.value),
        channel_month=_times(offer.extra_channel_month, factor, note),
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
            _months(terms.lead_months), _months(terms.notice_months), max(1, _months(terms.minimum_months))
        ),
        "exit_fee": terms.exit_fee,
        "liaison_month": _times(hidden.liaison_wage_hour, hidden.liaison_hours_month.value, "liaison hours"),
        "call_extra": _times(hidden.escalation_wage_hour, back, "escalated calls"),
        "aht_factor": hidden.aht_factor.value,
        "repeat_factor": hidden.volume_factor,
    }


def _months(figure: Figure) -> int:
    return ceil(figure.value)


def _times(figure: Figure, factor: float, note: str) -> Figure:
    if factor == 1:
        return figure
    return Figure(figure.value * factor, figure.label, f"{figure.where}; {note}" if figure.where else note)
