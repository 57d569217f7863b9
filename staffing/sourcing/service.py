"""The service that a number of agents gives a case over its horizon, and how far it misses the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.notes import Note
from staffing.queueing import Targets
from staffing.sourcing.case import Case
from staffing.sourcing.rates import EPSILON, Rates, rates


@dataclass(frozen=True)
class Service:
    """What callers of a case get; shares are weighted by calls and days, so a busy interval counts for more."""

    case: Case
    seats: npt.NDArray[np.float64]
    rates: Rates

    @property
    def abandonment(self) -> float:
        """Lost / offered over the horizon."""
        return float(self.rates.abandonment())

    @property
    def service_level(self) -> float:
        """Service level over the horizon, by the target's definition."""
        return float(self.rates.service_level())

    @property
    def asa_seconds(self) -> float:
        """Mean wait of answered calls; NaN when none is answered."""
        return float(self.rates.asa_seconds())

    @property
    def meets(self) -> bool:
        """Whether the horizon's figures reach the target; a horizon without calls does."""
        return bool(self.rates.meets()) or not self.case.calls.any()

    def misses(self) -> Iterator[Note]:
        """One note for each target missed."""
        if self.case.calls.any():
            yield from misses(
                self.case.targets,
                self.abandonment,
                self.service_level,
                self.asa_seconds,
                self.case.calls_a_month,
            )

    def table(self) -> pd.DataFrame:
        """Per row of the case: seats and the service they give."""
        return pd.DataFrame(
            {
                "queue": self.case.demand["queue"],
                "interval_start": self.case.demand["interval_start"],
                "calls": self.case.calls,
                "days": self.case.days,
                "seats": self.seats.astype(np.int64),
                "abandonment": self.rates.lost,
                "service_level": self.rates.level,
                "asa_seconds": self.rates.asa,
                "misses_target": self.rates.missing,
            }
        )


def measure(case: Case, agents: npt.ArrayLike, waiting_places: float = np.inf) -> Service:
    """The service of `agents` (per row of the case; 0 where nobody takes calls)."""
    seats = np.broadcast_to(np.asarray(agents, dtype=np.float64), case.calls.shape)
    found = rates(
        case.calls,
        case.aht,
        seats,
        case.targets,
        interval_seconds=case.interval_minutes * 60,
        patience_seconds=case.patience_seconds,
        waiting_places=waiting_places,
        days=case.days,
    )
    return Service(case, seats, found)


def misses(
    targets: Targets, abandonment: float, service_level: float, asa_seconds: float, calls_a_month: float
) -> Iterator[Note]:
    """One note for each target missed, saying by how much; what is not known (NaN) is not judged."""
    if targets.abandonment is not None and abandonment > targets.abandonment + EPSILON:
        yield Note.of(
            "Loses {found} % of calls, {gap} points more than the target of {target} %: "
            "{calls} calls a month too many",
            found=_percent(abandonment),
            gap=_percent(abandonment - targets.abandonment),
            target=_percent(targets.abandonment),
            calls=_count((abandonment - targets.abandonment) * calls_a_month),
        )
    if targets.service_level is not None and service_level < targets.service_level - EPSILON:
        yield Note.of(
            "Answers {found} % within {threshold} s, {gap} points below the target of {target} %: "
            "{calls} calls a month too few",
            found=_percent(service_level),
            threshold=f"{targets.threshold:g}",
            gap=_percent(targets.service_level - service_level),
            target=_percent(targets.service_level),
            calls=_count((targets.service_level - service_level) * calls_a_month),
        )
    if targets.asa is not None and not isnan(asa_seconds) and asa_seconds > targets.asa + EPSILON:
        yield Note.of(
            "Callers wait {found} s on average, {gap} s longer than the target of {target} s",
            found=f"{asa_seconds:.1f}",
            gap=f"{asa_seconds - targets.asa:.1f}",
            target=f"{targets.asa:g}",
        )


def _count(calls: float) -> str:
    """Calls with as many decimals as it takes to show that they are not zero."""
    return f"{calls:.0f}" if calls >= 0.95 else f"{calls:.2g}"


def _percent(share: float) -> str:
    """Percent with as many decimals as it takes to show that it is not zero."""
    return f"{share * 100:.1f}" if share >= 0.0005 else f"{share * 100:.2g}"
