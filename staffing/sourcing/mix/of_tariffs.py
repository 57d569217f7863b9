"""The mix of a case: its demand by month, queue and class of hours, and the sources that a tariff file offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.figures import Figure
from staffing.sourcing.mix.case_demand import CaseDemand, Strings
from staffing.sourcing.mix.offers import (
    months_of,
    place_month,
    sources_of,
    split_by_peaks,
    times,
    why_without,
)
from staffing.sourcing.mix.problem import ContactType, HourClass, Limits, MixProblem
from staffing.sourcing.mix.sources import OwnDesk, Source, Terms
from staffing.sourcing.tariffs.book import Tariffs
from staffing.sourcing.tariffs.in_house import InHouse
from staffing.sourcing.tariffs.offered import Offered
from staffing.sourcing.tariffs.overflow import Overflow
from staffing.sourcing.tariffs.peak import Peak

Classify = Callable[[pd.DatetimeIndex], Strings]


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
    the mean of its months. Plans of several sizes become a source each. `classify` names the class of each interval;
    the hours of peak offers are then classes of their own.
    """
    start = opening or Opening()
    wholes = classify(case.starts)
    found = CaseDemand(case, split_by_peaks(case, wholes, tariffs.of(Peak)), wholes)
    sources: list[Source] = [_desk(tariffs.in_house, found, start)]
    notes: list[Note] = []
    for offer in tariffs.offers:
        against = tuple(_obstacles(offer, case, tariffs))
        made = () if against else tuple(sources_of(offer, found, tariffs))
        sources.extend(_ordered(source, start.ahead) for source in made)
        if against:
            why = " ".join(str(note) for note in against)
            notes.append(Note.of("{option} is left out: {why}", option=offer.name, why=why))
        elif not made:
            notes.append(why_without(offer, tariffs))
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


def _desk(offer: InHouse, demand: CaseDemand, opening: Opening) -> OwnDesk:
    hours = offer.hours_head_month.value
    insured = 1 + offer.social_insurance.value
    taught = offer.training_hours.value * offer.wage_hour.value * insured
    lead = months_of(offer.terms.lead_months)
    return OwnDesk(
        name=offer.name,
        terms=Terms(lead=max(0, lead - opening.ahead), begun=opening.heads > 0),
        month_fee=offer.pbx_month,
        hours_month=hours * demand.on_calls * offer.output_of_staff,
        wage_month=times(offer.wage_hour, hours, f"x {hours:g} paid hours"),
        social_insurance=offer.social_insurance,
        supervisor_month=times(offer.supervisor_wage_hour, hours, f"x {hours:g} paid hours"),
        heads_per_supervisor=min(offer.agents_per_supervisor.value, 1e9),
        hire=Figure(offer.hire.value + taught, offer.hire.label, f"{offer.hire.where}; with paid training"),
        place_month=place_month(offer),
        floor_month=offer.floor_month,
        attrition=offer.attrition_month.value,
        hire_lead=max(0, (max(1, lead) if opening.heads else lead) - opening.ahead),
        release=opening.release,
        lease=max(1, months_of(offer.pc_lease_months)),
        lease_left=opening.lease_left,
        heads=opening.heads,
        places=opening.places,
        least_heads=opening.least_heads,
    )


def _ordered(source: Source, ahead: int) -> Source:
    """The source when it can be ordered months before the first."""
    return replace(source, terms=replace(source.terms, lead=max(0, source.terms.lead - ahead)))


def _obstacles(offer: Offered, case: Case, tariffs: Tariffs) -> Iterator[Note]:
    """What is required of vendors and not given; of an offer with a vendor beside own people the vendor is asked."""
    asked = tariffs.named(offer.vendor) if isinstance(offer, Overflow | Peak) else offer
    if not asked.own:
        missed = float((case.calls * case.days)[~asked.covers(case.starts, case.interval_minutes)].sum())
        yield from tariffs.requirements.obstacles(asked.abilities, missed)
