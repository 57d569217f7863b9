"""Service when the number of agents on duty varies within the interval: a mean such as 6.4."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.performance import performance


@dataclass(frozen=True)
class MeanService:
    """Per call offered, over a number of intervals: shares, and seconds of waiting."""

    abandonment: float
    mean_wait_seconds: float
    service_level: float


@dataclass(frozen=True)
class Counts:
    """Expected by interval, summed over its calls; every field of shape (intervals,)."""

    abandoned: Floats
    wait_seconds: Floats
    in_time: Floats

    def per_call(self, calls: Floats) -> MeanService:
        """The means over all intervals; without calls nobody is lost or waits, as in `performance`."""
        total = calls.sum()
        if not total:
            return MeanService(0.0, 0.0, 1.0)
        return MeanService(
            float(self.abandoned.sum() / total),
            float(self.wait_seconds.sum() / total),
            float(self.in_time.sum() / total),
        )


def counts_with(
    calls: Floats, aht: Floats, agents: Floats, *, patience: float, interval: float, threshold: float
) -> Counts:
    """What is expected with a mean number of agents; arrays of shape (intervals,).

    6.4 agents are 6 for 60 % of the time and 7 for the rest, each long enough for the queue to settle: the figures of
    the whole numbers either side, interpolated.
    """
    low = np.floor(agents + 1e-9)
    part = np.clip(agents - low, 0.0, 1.0)
    both = performance(
        calls, aht, np.stack([low, low + 1]), interval=interval, patience=patience, threshold=threshold
    )

    def mixed(figure: npt.NDArray[np.float64]) -> Floats:
        with np.errstate(invalid="ignore"):  # 0 parts of an endless wait
            mean = (1 - part) * figure[0] + part * figure[1]
        share = np.where(part > 0, mean, figure[0])
        return np.where(calls > 0, calls * share, 0.0)

    return Counts(mixed(both.abandonment), mixed(both.mean_wait), mixed(both.service_level))


def mean_service(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    patience: float,
    interval: float = 1800,
    threshold: float = 20,
) -> MeanService:
    """Erlang A's service per call over many intervals, with a mean number of agents in each.

    Args:
        calls: offered, by interval, >= 0.
        aht: mean handling time, seconds, >= 0.
        agents: mean number on duty, >= 0, may be fractional.
        patience: mean, seconds, > 0; may be infinite.
        interval: length in seconds, > 0.
        threshold: of the service level, seconds.

    Raises:
        ValueError: naming the argument that is negative, nan or out of range.
    """
    arrays = broadcast(
        calls=as_floats("calls", calls), aht=as_floats("aht", aht), agents=as_floats("agents", agents)
    )
    offered, handling, there = (np.ravel(array) for array in arrays)
    counts = counts_with(offered, handling, there, patience=patience, interval=interval, threshold=threshold)
    return counts.per_call(offered)
