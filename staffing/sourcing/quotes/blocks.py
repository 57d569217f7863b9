"""Blocks of booth-hours: the cheapest set of hourly blocks that covers a number of seats by hour.

The matrix of blocks against hours has consecutive ones in every column, so it is totally unimodular and the linear
programme has a whole-number optimum at a vertex, which the dual simplex method returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class DayNeed:
    """Seats needed in each hour of one day, and what a seat costs by hour.

    `factors` is `min_hours` - 1 longer than `need`: a block that begins late runs beyond the last hour.
    """

    need: tuple[int, ...]
    factors: tuple[float, ...]


@dataclass
class BlockCover:
    """Covers days by blocks of at least `min_hours`; days that look alike are solved once.

    Longer blocks than 2 x `min_hours` - 1 are sums of shorter ones.
    """

    min_hours: int
    _known: dict[DayNeed, Ints] = field(default_factory=dict)

    def cover(self, days: Iterable[DayNeed]) -> list[Ints]:
        """Seats by hour of each day (as long as its `factors`) at least cost."""
        wanted = list(days)
        fresh = [day for day in dict.fromkeys(wanted) if day not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._solve(fresh), strict=True))
        return [self._known[day] for day in wanted]

    def _solve(self, days: Sequence[DayNeed]) -> list[Ints]:
        columns = [_blocks(len(day.need), self.min_hours) for day in days]
        costs = [np.asarray(day.factors) @ blocks for day, blocks in zip(days, columns, strict=True)]
        rows = [_covering(len(day.need), self.min_hours) for day in days]
        need = np.concatenate([day.need for day in days]).astype(np.float64)
        covering: Any = -block_diag(rows, format="csr")  # scipy's annotations leave sparse matrices out
        found = linprog(np.concatenate(costs), A_ub=covering, b_ub=-need, method="highs-ds")
        if found.x is None:
            raise RuntimeError(f"no cover by blocks was found: {found.message}")
        counts = np.rint(found.x)
        if np.abs(found.x - counts).max() > 1e-6:
            raise RuntimeError("the cover by blocks is not whole: the solver did not return a vertex")
        ends = np.cumsum([blocks.shape[1] for blocks in columns])[:-1]
        parts = np.split(counts, ends)
        return [(blocks @ part).astype(np.int64) for blocks, part in zip(columns, parts, strict=True)]


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
def _covering(hours: int, shortest: int) -> Any:
    """The same for the hours that are open, sparse."""
    return csr_array(_blocks(hours, shortest)[:hours])
