"""The service of own agents and a vendor together, where calls overflow after a wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing import OverflowPerformance, Targets, overflow_performance
from staffing.sourcing.case import Case
from staffing.sourcing.rates import Floats, Rates
from staffing.sourcing.service import Service

_LEVELS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level",  # not known for overflow: see `draft_overflow`
    "excluding_short": "service_level_excluding_short",
}


@dataclass(frozen=True)
class Rule:
    """When calls go to the vendor, and how long it handles them over the calls' AHT."""

    after_seconds: float
    aht_factor: float


@dataclass(frozen=True)
class Joint:
    """What `own` and `vendor` agents give per row of a case; `overflow` is the vendor's share of calls."""

    own: Floats
    vendor: Floats
    service: Service
    overflow: Floats

    @property
    def vendor_calls(self) -> Floats:
        """Calls of one interval that the vendor takes."""
        return np.asarray(self.service.case.calls * self.overflow)


def joint(case: Case, own: Floats, vendor: Floats, rule: Rule) -> Joint:
    """The exact stationary figures of every row (`overflow_performance`)."""
    found = performance_of(case, case.calls, case.aht, own, vendor, rule)
    lost = lost_share(found)
    rates = Rates(
        targets=case.targets,
        calls=case.calls,
        lost=lost,
        level=level_of(found, case.targets),
        counted=counted_share(found, lost, case.targets),
        asa=np.where(lost < 1, found.asa, np.nan),
        days=case.days,
    )
    return Joint(own, vendor, Service(case, own + vendor, rates), found.overflow)


def performance_of(
    case: Case,
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    own: npt.ArrayLike,
    vendor: npt.ArrayLike,
    rule: Rule,
) -> OverflowPerformance:
    """Figures at the case's interval, patience and threshold; arguments broadcast."""
    return overflow_performance(
        calls,
        aht,
        own,
        vendor,
        after=rule.after_seconds,
        interval=case.interval_seconds,
        patience=case.patience_seconds,
        threshold=case.targets.threshold,
        handling_factor=rule.aht_factor,
    )


def lost_share(found: OverflowPerformance) -> Floats:
    """Who is neither answered nor taken, those of a queue that only grows included."""
    return np.clip(1 - found.answered - found.overflow, 0.0, 1.0)


def level_of(found: OverflowPerformance, targets: Targets) -> Floats:
    """The service level by the target's definition."""
    return np.asarray(getattr(found, _LEVELS[targets.definition]))


def counted_share(found: OverflowPerformance, lost: Floats, targets: Targets) -> Floats:
    """Share of calls in the denominator of the target's service level."""
    if targets.definition == "answered":
        return np.asarray(1 - lost)
    if targets.definition == "excluding_short":
        return np.asarray(1 - found.abandonment_within_threshold)
    return np.ones_like(lost)
