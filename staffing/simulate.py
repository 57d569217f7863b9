"""A roster played call by call: whether the service that the formulas expect of it comes about."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.coverage import Coverage
from staffing.queueing.uncertain.rate import rate_cv
from staffing.requirement import Requirement
from staffing.simulation import (
    AgentGroup,
    CallType,
    Exponential,
    LogNormal,
    Never,
    Scenario,
    SimulationResult,
    simulate,
)

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Play:
    """How a roster is played.

    Args:
        replications: how often the whole horizon is played.
        seed: of all random numbers.
        handling_cv: standard deviation over mean of the handling times, lognormal; None is exponential, as the
            formulas assume.
        scatter: whether each interval's calls scatter as the forecast saw them do, or by chance alone, as the
            formulas assume.
        confidence: of the intervals.
    """

    replications: int = 20
    seed: int = 1
    handling_cv: float | None = None
    scatter: bool = False
    confidence: float = 0.95


@dataclass(frozen=True)
class Played:
    """What came of it; call types and groups of the result are the queues, in the order of `queues`."""

    queues: tuple[str, ...]
    result: SimulationResult


def play_coverage(coverage: Coverage, requirement: Requirement, play: Play) -> Played:
    """Play the people on the floor against calls drawn from the forecast.

    Each queue has agents of its own. After shrinkage the number of agents of an interval has a fraction, which is the
    chance of one agent more. Whoever waits at closing time is answered by as many agents as were there last.

    Args:
        coverage: calls, handling time and agents per queue and open interval.
        requirement: for the callers' patience, the threshold and the forecast's scatter.
        play: how.

    Raises:
        ValueError: naming what is out of range in `play`.
    """
    length = coverage.interval_minutes * 60
    frame = coverage.frame.assign(
        dispersion=requirement.frame["dispersion"].to_numpy(), place=_places(coverage.frame, length)
    )
    count = int(frame["place"].max()) + 2  # one more, to answer those who wait at the last closing
    parts = {str(queue): part for queue, part in frame.groupby("queue", sort=True)}
    patience = requirement.staffing.modelled_patience
    result = simulate(
        Scenario(
            [_calls(queue, part, count, patience, play) for queue, part in parts.items()],
            [AgentGroup(queue, [queue], _staff(part, count)) for queue, part in parts.items()],
            interval_seconds=length,
        ),
        replications=play.replications,
        seed=play.seed,
        confidence=play.confidence,
        threshold=requirement.targets.threshold,
    )
    return Played(tuple(parts), result)


def _places(frame: pd.DataFrame, length: int) -> Whole:
    """The interval of each row, counted from the first one's start on the clock of elapsed time."""
    seconds = frame["interval_start"].astype("int64").to_numpy() // 1_000_000
    return np.asarray((seconds - seconds.min()) // length, dtype=np.int64)


def _calls(queue: str, part: pd.DataFrame, count: int, patience: float, play: Play) -> CallType:
    place, calls = part["place"].to_numpy(), part["calls"].to_numpy(np.float64)
    cv = rate_cv(calls, part["dispersion"].to_numpy(np.float64)) if play.scatter else np.zeros(len(calls))
    return CallType(
        queue,
        Exponential(1.0) if play.handling_cv is None else LogNormal(1.0, play.handling_cv),
        calls=_spread(calls, place, count),
        patience=Never() if isinf(patience) else Exponential(patience),
        interval_cv=_spread(cv, place, count),
        handling_scale=_spread(part["aht_seconds"].to_numpy(np.float64), place, count, otherwise=1.0),
    )


def _staff(part: pd.DataFrame, count: int) -> Floats:
    """Agents by interval, and the last ones' number in the interval after each closing."""
    place, net = part["place"].to_numpy(), part["scheduled_net"].to_numpy(np.float64)
    staff = _spread(net, place, count)
    closing = place[np.append(np.diff(place) > 1, True)]
    staff[closing + 1] = staff[closing]
    return staff


def _spread(values: Floats, place: Whole, count: int, otherwise: float = 0.0) -> Floats:
    """The values in their intervals, and another one while the desk is closed."""
    spread = np.full(count, otherwise)
    spread[place] = values
    return spread
