"""The service of own agents and a vendor together, where calls overflow after a wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing import OverflowPerformance, Targets
from staffing.sourcing.case import Case
from staffing.sourcing.quotes.known_rows import Rule, known_rows
from staffing.sourcing.rates import Floats, Rates
from staffing.sourcing.service import Service

_LEVELS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level",  # not known for overflow: see `draft_overflow`
    "excluding_short": "service_level_excluding_short",
}


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
    found = known_rows(case, rule).of(case.calls, case.aht, own, vendor)
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
