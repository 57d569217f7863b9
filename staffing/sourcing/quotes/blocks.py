"""Blocks of booth-hours: the cheapest set of hourly blocks that covers a number of seats by hour.

The matrix of blocks against hours has consecutive ones in every column, so it is totally unimodular and the linear
programme has a whole-number optimum at a vertex, which the dual simplex method returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

Ints = npt.NDArray[np.int64]
DAYS_KEPT = 20_000  # covers that are remembered


@dataclass(frozen=True)
class DayNeed:
    """Seats needed in each hour of one day, and what a seat costs by hour.

    `factors` is `min_hours` - 1 longer than `need`: a block that begins late runs beyond the last hour.
    """

    need: tuple[int, ...]
    factors: tuple[float, ...]


@dataclass(frozen=True)
class BlockCover:
    """Covers days by blocks of at least `min_hours`.

    Longer blocks than 2 x `min_hours` - 1 are sums of shorter ones. Each day is covered by itself, so that its cover
    depends on no other; days that look alike are solved once, whatever month, offer or option asks.
    """

    min_hours: int

    def cover(self, days: Iterable[DayNeed]) -> list[Ints]:
        """Seats by hour of each day (as long as its `factors`) at least cost; not to be written to."""
        return [_cover(self.min_hours, day) for day in days]


@lru_cache(maxsize=DAYS_KEPT)
def _cover(min_hours: int, day: DayNeed) -> Ints:
    blocks = _blocks(len(day.need), min_hours)
    costs = np.asarray(day.factors) @ blocks
    covering = _covering(len(day.need), min_hours)
    found = linprog(costs, A_ub=covering, b_ub=-np.array(day.need, dtype=np.float64), method="highs-ds")
    if found.x is None:
        raise RuntimeError(f"no cover by blocks was found: {found.message}")
    counts = np.rint(found.x)
    if np.abs(found.x - counts).max() > 1e-6:
        raise RuntimeError("the cover by blocks is not whole: the solver did not return a vertex")
    bought = (blocks @ counts).astype(np.int64)
    bought.setflags(write=False)
    return bought


@cache
def _blocks(hours: int, shortest: int) -> npt.NDArray[np.float64]:
    """0/1, hour by block; only a block of the shortest length may run beyond the last hour."""
    spans = [
        (start, start + length)
        for start in range(hours)
        for length in range(shortest, 2 * shortest)
        if length == shortest or start + length <= hours
    ]
    hour = np.arange(hours + shortest - 1)[:, np.newaxis]
    first, end = np.array(spans).T
    return np.asarray((hour >= first) & (hour < end), dtype=np.float64)


@cache
def _covering(hours: int, shortest: int) -> npt.NDArray[np.float64]:
    """The same for the hours that are open, negative: what `linprog` keeps below is minus the need."""
    return -_blocks(hours, shortest)[:hours]
