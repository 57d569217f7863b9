"""States to look at: how many calls of each queue are present, and what each combination weighs.

If a caller who waits left as fast as one who is served, the calls present would be independent Poisson variables,
whoever serves whom. Those are the weights here; `layers` corrects them. Two queues are summed over a grid. More are
sampled at the points of an additive recurrence with the generalised golden ratio (H. Niederreiter, Random Number
Generation and Quasi-Monte Carlo Methods, 1992, on such sequences): no random numbers, so the same question has the
same answer, and designs for the same load see the same points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.skills.network import Network, Whole

POINTS = 4096
"""Of the sampled sum: its error is some 0.06 percentage points of abandonment, 0.2 of service level (measured)."""

CELLS = 40_000
"""A grid with more is sampled instead."""

EDGE = 16.0
"""Natural logarithm of how much rarer than the commonest the rarest state looked at is."""

LONGEST_QUEUE = 100_000


ENOUGH = 0.05
"""Share of sampled points that must count for the figures; else they are drawn anew around those that do."""


@dataclass(frozen=True, slots=True)
class Points:
    """`present`: calls of each queue, shape (points, queues); `log_weight`: shape (points,).

    `scale`: of the spread of sampled points, shape (queues,); None for a grid, which holds every state.
    """

    present: Whole
    log_weight: Floats
    scale: Floats | None


def points(network: Network) -> Points:
    """The states that carry the figures of a network of at least two queues, each with calls and agents."""
    load = network.load
    reach = _reach(network)
    if len(load) == 2:
        low = np.floor(np.maximum(load - 6 * np.sqrt(load) - 3, 0))
        high = np.ceil(np.maximum(load + 6 * np.sqrt(load) + 6, reach))
        if np.prod(high - low + 1) <= CELLS:
            first, second = (np.arange(a, b + 1) for a, b in zip(low, high, strict=True))
            grid = np.stack(np.meshgrid(first, second, indexing="ij"), axis=-1).reshape(-1, 2)
            return Points(grid.astype(np.int64), _log_poisson(grid, load), None)
    return _sampled(load, load, np.maximum(0.75 * np.sqrt(load + 1), (reach - load) / 12))


def closer(network: Network, states: Points, weight: Floats) -> Points | None:
    """Points where the weight lies, if too few of the `states` have any; `weight` sums to 1."""
    if states.scale is None or 1 / np.square(weight).sum() >= ENOUGH * len(weight):
        return None
    mean = weight @ states.present
    spread = np.sqrt(weight @ np.square(states.present - mean))
    scale = np.maximum(0.8 * spread, np.maximum(states.scale / 4, 0.25))
    return None if (scale > 0.9 * states.scale).all() else _sampled(network.load, mean, scale)


def _sampled(load: Floats, centre: Floats, scale: Floats) -> Points:
    """Points of a logistic law, each with what the Poisson law has there over what this one has."""
    uniform = _recurrence(POINTS, len(load))
    present = np.maximum(np.rint(centre + scale * np.log(uniform / (1 - uniform))), 0.0)
    above = 1 / (1 + np.exp(-(present + 0.5 - centre) / scale))
    below = np.where(present > 0, 1 / (1 + np.exp(-(present - 0.5 - centre) / scale)), 0.0)
    chance = np.log(np.maximum(above - below, 1e-300)).sum(axis=1)
    return Points(present.astype(np.int64), _log_poisson(present, load) - chance, scale)


def _reach(network: Network) -> Floats:
    """Calls of each queue present at most, if agents are as many as its own specialists (or all who may serve it)."""
    own = network.own()
    able = network.agents @ network.skills
    found = np.zeros(len(network.load))
    for queue, patience in enumerate(network.patience):
        agents = own[queue] if np.isfinite(patience) else able[queue]
        found[queue] = agents + _longest(network.load[queue], agents, patience / network.aht[queue])
    return found


def _longest(load: float, agents: float, patience: float) -> float:
    """Waiting calls of a single queue until their states are rarer by EDGE than the commonest."""
    count = 256
    while True:
        fall = np.cumsum(np.log(load / (agents + np.arange(1.0, count + 1) / patience)))
        top = max(float(fall.max()), 0.0)
        rare = np.flatnonzero(fall < top - EDGE)
        rare = rare[rare > int(fall.argmax())]
        if len(rare) or count >= LONGEST_QUEUE:
            return float(rare[0] + 1) if len(rare) else float(count)
        count *= 4


@lru_cache(maxsize=32)
def _recurrence(count: int, dimensions: int) -> Floats:
    """Evenly spread points of the unit cube, shape (count, dimensions), none on its faces."""
    ratio = 2.0
    for _ in range(64):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    steps = ratio ** -np.arange(1.0, dimensions + 1)
    return np.asarray((0.5 + np.arange(1, count + 1)[:, None] * steps) % 1).clip(1e-12, 1 - 1e-12)


def _log_poisson(present: Floats, load: Floats) -> Floats:
    top = int(present.max()) + 1
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, top + 1)))])
    terms = present * np.log(load) - load - factorial[present.astype(np.int64)]
    return np.asarray(terms.sum(axis=1))
