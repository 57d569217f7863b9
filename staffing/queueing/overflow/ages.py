"""Integrals over the age of the caller who is first in line.

While all own agents are busy and someone waits, the first in line leaves at the rate r, and of those behind him, who
came within his age w, Lambda(w) = lambda (1 - exp(-theta w)) / theta are still there in the mean, their number being
Poisson's whatever else happened. So the age has a density proportional to exp(Lambda(w) - r w): it is log-concave,
and 48 Gauss nodes on either side of its peak give its integrals (`staffing.queueing.stationary.quadrature`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.quadrature import DROP, WEIGHTS, left_edge, right_edge, spread


@dataclass(frozen=True, slots=True)
class Ages:
    """Sums over a stretch of ages, each times exp(-scale); shape (rows,)."""

    scale: Floats
    mass: Floats
    waiting: Floats
    """Callers in the queue: the first and those behind."""
    age: Floats
    """Age of the first in line."""

    def at(self, scale: Floats) -> Ages:
        """The same with another scale."""
        factor = np.where(self.mass > 0, np.exp(self.scale - scale), 0.0)
        return Ages(scale, self.mass * factor, self.waiting * factor, self.age * factor)


def behind(arrival: Floats, loss: Floats, age: Floats) -> Floats:
    """Lambda(age)."""
    some = loss > 0
    grown = np.where(some, -np.expm1(-loss * np.where(some, age, 0.0)), 0.0)
    return np.asarray(arrival * np.where(some, grown / np.where(some, loss, 1.0), age))


def height(arrival: Floats, loss: Floats, away: Floats, age: Floats) -> Floats:
    """Logarithm of the density at a finite age, over that at 0."""
    return np.asarray(behind(arrival, loss, age) - away * age)


def between(
    low: Floats, high: Floats, arrival: Floats, loss: Floats, away: Floats, change: Floats, more: Floats
) -> Ages:
    """Sums over the ages from `low` to `high`.

    Args:
        low: seconds.
        high: seconds, may be infinite; nothing is summed where it is not above `low`.
        arrival: lambda a second.
        loss: theta a second.
        away: r up to the age `change`.
        change: finite; from this age on the first in line leaves at a rate higher by `more`; not inside the stretch.
        more: a second, where `low` is at or beyond `change`.

    Where the sums have no end, since nobody gives up and more come than leave, they are infinite.
    """
    rate = away + more
    empty = ~(high > low)
    steady = (loss > 0) | np.isfinite(high) | (rate > arrival)
    some = np.where(loss > 0, loss, 1.0)
    mode = np.where(loss > 0, np.log(arrival / rate) / some, np.where(rate < arrival, np.inf, 0.0))
    peak = np.minimum(np.maximum(mode, low), np.where(np.isfinite(high), high, np.maximum(mode, low)))
    peak = np.where(empty | ~steady, low, peak)
    coming = arrival * np.exp(-loss * peak)
    slope = rate - coming
    flat = DROP / np.abs(slope)
    curved = coming / some
    right = np.where(loss > 0, right_edge(np.maximum(slope, 0.0) / some, curved) / some, flat)
    left = np.where(loss > 0, np.minimum(left_edge(curved) / some, flat), flat)
    start = np.maximum(np.where(peak > low, peak - left, low), low)
    end = np.where(peak >= high, peak, np.minimum(peak + right, high))
    end = np.where(empty | ~steady, start, np.where(np.isfinite(end), end, high))
    age = np.concatenate([spread(start, peak), spread(peak, end)], axis=1)
    wait = behind(arrival[:, None], loss[:, None], age)
    top = height(arrival, loss, away, peak) - more * (peak - change)
    density = np.exp(wait - away[:, None] * age - (more[:, None] * (age - change[:, None])) - top[:, None])
    half = len(WEIGHTS)
    density[:, :half] *= (peak - start)[:, None] * WEIGHTS
    density[:, half:] *= (end - peak)[:, None] * WEIGHTS
    sums = [density.sum(axis=1), (density * (1 + wait)).sum(axis=1), (density * age).sum(axis=1)]
    mass, waiting, ages = (np.where(steady | empty, each, np.inf) for each in sums)
    return Ages(np.where(empty, -np.inf, top), mass, waiting, ages)
