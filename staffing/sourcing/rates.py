"""What callers get from a number of agents, by interval and over a horizon, as plain arrays.

Lost calls are abandoned + blocked + never taken (no agent there, or more work than unlimited patience can ever get
through); the abandon rate is lost / offered, as in the source articles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing import Performance, Targets, performance

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
EPSILON = 1e-9  # a target counts as reached within this
_LEVELS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level_virtual",
    "excluding_short": "service_level_excluding_short",
}


@dataclass(frozen=True)
class Rates:
    """Per interval, arrays of one shape whose last axis runs along the horizon.

    `days` is how often each interval counts in what is taken over the horizon. `level` is the service level by the
    target's own definition and `counted` the share of calls in its denominator, `asa` the mean wait of answered
    calls in seconds.
    """

    targets: Targets
    calls: Floats
    lost: Floats
    level: Floats
    counted: Floats
    asa: Floats
    days: Floats

    @property
    def handled(self) -> Floats:
        """Calls answered in one interval."""
        return self.calls * (1 - self.lost)

    def handled_total(self) -> Floats:
        """Calls answered over the last axis."""
        return np.asarray((self.handled * self.days).sum(axis=-1))

    @property
    def missing(self) -> Bools:
        """Intervals with calls whose own figures miss the target."""
        return (self.calls > 0) & ~_reached(self.targets, self.lost, self.level, self.asa)

    def abandonment(self) -> Floats:
        """Lost / offered over the last axis; 0 without calls."""
        return _mean(self.lost, self.calls * self.days, empty=0.0)

    def service_level(self) -> Floats:
        """Service level over the last axis by the target's definition; 1 without calls."""
        return _mean(self.level, self.calls * self.counted * self.days, empty=1.0)

    def asa_seconds(self) -> Floats:
        """Mean wait of answered calls over the last axis; NaN when none is answered."""
        return _mean(self.asa, self.handled * self.days, empty=np.nan)

    def meets(self) -> Bools:
        """Whether the figures over the last axis reach the target."""
        return _reached(self.targets, self.abandonment(), self.service_level(), self.asa_seconds())


def rates(
    calls: Floats,
    aht_seconds: Floats,
    agents: npt.ArrayLike,
    targets: Targets,
    *,
    interval_seconds: float,
    patience_seconds: float,
    waiting_places: float = np.inf,
    days: npt.ArrayLike = 1.0,
) -> Rates:
    """The service of `agents` (0 where nobody takes calls) per interval; arguments broadcast.

    Callers beyond agents + `waiting_places` are blocked. An interval counts `days` times over the horizon.
    """
    calls, aht, seats = np.broadcast_arrays(calls, aht_seconds, np.asarray(agents, dtype=np.float64))
    staffed = seats > 0
    servers = np.maximum(seats, 1)
    found = performance(
        calls,
        aht,
        servers,
        interval=interval_seconds,
        patience=patience_seconds,
        lines=servers + waiting_places,
        threshold=targets.threshold,
    )
    lost = found.abandonment + found.blocking
    if np.isinf(patience_seconds) and np.isinf(waiting_places):
        # nobody gives up and nobody is turned away: what exceeds the agents' time is never answered
        load = calls * aht / interval_seconds
        lost = np.maximum(lost, 1 - np.divide(servers, load, out=np.ones_like(load), where=load > servers))
    lost = np.where(staffed, np.clip(lost, 0.0, 1.0), 1.0)
    return Rates(
        targets=targets,
        calls=calls,
        lost=lost,
        level=np.where(staffed, getattr(found, _LEVELS[targets.definition]), 0.0),
        counted=_counted(targets, found, lost, staffed),
        asa=np.where(staffed, found.asa, np.nan),
        days=np.broadcast_to(np.asarray(days, dtype=np.float64), calls.shape),
    )


def _counted(targets: Targets, found: Performance, lost: Floats, staffed: Bools) -> Floats:
    """Share of calls in the denominator of the target's service level; unstaffed, every call that is not answered."""
    if targets.definition == "answered":
        return 1 - lost
    left_out = {"excluding_short": found.abandonment_within_threshold, "virtual": found.blocking}
    return 1 - np.where(staffed, left_out.get(targets.definition, 0.0), 0.0)


def _mean(values: Floats, weights: Floats, *, empty: float) -> Floats:
    total = weights.sum(axis=-1)
    product = np.multiply(values, weights, out=np.zeros_like(weights), where=weights > 0).sum(axis=-1)
    mean = np.full(np.shape(total), empty)
    np.divide(product, total, out=mean, where=total > 0)
    return mean


def _reached(targets: Targets, lost: Floats, level: Floats, asa: Floats) -> Bools:
    reached = np.ones(np.shape(lost), dtype=np.bool_)
    if targets.abandonment is not None:
        reached &= lost <= targets.abandonment + EPSILON
    if targets.service_level is not None:
        reached &= level >= targets.service_level - EPSILON
    if targets.asa is not None:
        reached &= asa <= targets.asa + EPSILON
    return reached
