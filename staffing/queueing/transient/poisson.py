"""Poisson weights: how often a uniformised chain steps within a time."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np

from staffing.queueing.arrays import Floats

NEGLECTED = 34.0
"""Natural logarithm of one over the probability of more steps than are taken: exp(-34) = 2e-15."""

NEGLIGIBLE = 1e-18
"""A weight that makes no difference."""


def steps_for(mean: float) -> int:
    """A number that a Poisson variable reaches with probability exp(-NEGLECTED) at most (Bernstein's bound)."""
    third = NEGLECTED / 3
    return ceil(mean + third + sqrt(third * third + 2 * NEGLECTED * mean)) + 1


def poisson(mean: float, count: int) -> Floats:
    """P(N = k) for k < count, summing to 1; from the mode outwards, which keeps every digit."""
    weights = np.zeros(count)
    mode = min(int(mean), count - 1)
    weights[mode] = 1.0
    if mean > 0:
        above, below = np.arange(mode + 1.0, count), np.arange(float(mode), 0.0, -1.0)
        weights[mode + 1 :] = np.exp(np.cumsum(np.log(mean / above)))
        weights[:mode] = np.exp(np.cumsum(np.log(below / mean)))[::-1]
    total: Floats = weights / weights.sum()
    return total


def beyond(weights: Floats) -> Floats:
    """P(N > k) for every k, from P(N = k)."""
    tail = np.zeros_like(weights)
    tail[:-1] = np.cumsum(weights[:0:-1])[::-1]
    return tail
