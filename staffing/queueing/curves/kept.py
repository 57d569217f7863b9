"""Calls kept: how many are answered, and how many within the threshold, with each number of people on the floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.performance import performance

# Where agents matter, in standard deviations of a Poisson load: below, everybody is busy; above, one agent more
# changes next to nothing. And so many agents beyond, for loads near 0.
_BELOW, _ABOVE, _MORE = 2.0, 4.0, 6


@dataclass(frozen=True)
class KeptCalls:
    """Calls per interval with 0, 1, 2, ... people on the floor. Shapes (rows, people + 1)."""

    answered: Floats
    in_time: Floats  # answered within the threshold


def kept_calls(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    people: int,
    *,
    shrinkage: float = 0.0,
    interval: float = 1800,
    patience: float = np.inf,
    threshold: float = 20,
) -> KeptCalls:
    """What 0 to `people` people on the floor keep of each row's calls, in the stationary state.

    n people are n x (1 - shrinkage) agents on average; between whole numbers of agents the calls are interpolated.
    `performance` is asked where agents matter: from the fluid limit of the threshold, load x exp(-threshold /
    patience), less two standard deviations, to the load and four more. Below, the calls lie on the straight
    line to 0 calls with nobody, above they stay what they are there: never more than `performance` says where
    calls kept are concave, as those answered are throughout (Erlang A; with Erlang C nothing is lost above the load).

    Args:
        calls: offered per interval. Shape (rows,).
        aht: mean handling time in seconds. Shape (rows,).
        people: most people on the floor, >= 0.
        shrinkage: share of the people's time lost, from 0 to below 1.
        interval: seconds.
        patience: mean, in seconds.
        threshold: within which an answer is in time, in seconds.
    """
    pairs = np.column_stack(np.broadcast_arrays(np.asarray(calls, float), np.asarray(aht, float)))
    once, place = np.unique(pairs, axis=0, return_inverse=True)
    place = place.ravel()
    net = np.arange(people + 1) * (1 - shrinkage)
    most = int(np.ceil(net[-1] - 1e-9))
    answered, in_time = _at_whole_agents(once, most, interval, patience, threshold)
    low = np.floor(net + 1e-9).astype(np.int64)
    high, part = np.minimum(low + 1, most), np.maximum(net - low, 0.0)
    return KeptCalls(
        *(((1 - part) * kept[:, low] + part * kept[:, high])[place] for kept in (answered, in_time))
    )


def _at_whole_agents(
    pairs: Floats, most: int, interval: float, patience: float, threshold: float
) -> tuple[Floats, Floats]:
    """Calls answered, and answered in time, with 0 to `most` agents; shapes (rows, most + 1)."""
    calls, aht = pairs[:, :1], pairs[:, 1:]
    load = calls * aht / interval
    late = load * np.exp(-threshold / max(patience, 1e-9))  # fewer agents answer nobody in time, on average
    first = np.clip(np.floor(late - _BELOW * np.sqrt(load) - _MORE), 0, most).astype(np.int64)
    last = np.clip(np.ceil(load + _ABOVE * np.sqrt(load) + _MORE), 0, most).astype(np.int64)
    agents = np.arange(most + 1)
    asked = (agents >= first) & (agents <= last)
    row, column = np.nonzero(asked)
    found = performance(
        calls[row, 0],
        aht[row, 0],
        column,
        interval=interval,
        patience=patience,
        threshold=threshold,
    )
    kept = np.zeros((2, *asked.shape))
    kept[0][asked] = calls[row, 0] * (1 - found.abandonment) * (np.isfinite(patience) | (column > 0))
    kept[1][asked] = calls[row, 0] * found.service_level
    below, above = agents < first, agents > last
    for shares in kept:
        at_first = np.take_along_axis(shares, first, axis=1)
        line = at_first * agents / np.maximum(first, 1)
        shares[:] = np.where(below, line, np.where(above, np.take_along_axis(shares, last, axis=1), shares))
    return kept[0], kept[1]
