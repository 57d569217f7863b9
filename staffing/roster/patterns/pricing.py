"""The cheapest pattern of everybody at given prices, on as many threads as asked."""

# Arguments of compiled functions get their types from the first call.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.roster.patterns.chain import Chain
from staffing.roster.patterns.compiled import compiled
from staffing.roster.patterns.layout import Layout, Packed
from staffing.roster.patterns.scratch import FAR, Scratch, scratch_for
from staffing.roster.patterns.walk import walk
from staffing.roster.program import Ints, Mask

Prices = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Best:
    """The cheapest patterns of some people.

    `values` (people,) in scaled units, at least FAR where there is none; `patterns` (people, days): the index of
    each day's option among all options, -1 for none.
    """

    values: Ints
    patterns: Ints

    @property
    def exist(self) -> Mask:
        """Who has any pattern at all."""
        return self.values < FAR


@compiled
def _walk_all(pk: Packed, people, oc, idle, wc, scale, sc: Scratch, values, patterns) -> None:
    for i in range(len(people)):
        values[i] = walk(pk, people[i], oc, idle[people[i]], wc[people[i]], scale, sc, patterns[i])


class Pricer:
    """Walks through chains."""

    def __init__(self, layout: Layout, chains: Sequence[Chain], threads: int) -> None:
        self.layout = layout
        self.idle: Mask = np.stack([chain.idle for chain in chains])
        self._scratch = [scratch_for(layout.packed) for _ in range(threads)]

    def price(
        self, people: Ints, options: Prices, weekends: Prices, scale: int, idle: Mask | None = None
    ) -> Best:
        """The cheapest pattern of each of `people`.

        Args:
            people: who, by index.
            options: cost of each option of all people, FAR or more where it may not be taken.
            weekends: cost of a weekend becoming worked on a day. Shape (all people, days).
            scale: units of those costs a unit of the program's cost.
            idle: days that may be free, instead of the chains'. Shape (all people, days).
        """
        idle = self.idle if idle is None else idle
        values = np.zeros(len(people), dtype=np.int64)
        patterns = np.full((len(people), self.layout.packed.days), -1, dtype=np.int64)
        shares = np.array_split(np.arange(len(people)), len(self._scratch))
        if len(self._scratch) == 1 or len(people) < 2 * len(self._scratch):
            shares = [np.arange(len(people))]

        def work(number: int) -> None:
            own = shares[number]
            if len(own):
                part = slice(int(own[0]), int(own[-1]) + 1)
                args = (people[own], options, idle, weekends, scale, self._scratch[number])
                _walk_all(self.layout.packed, *args, values[part], patterns[part])

        if len(shares) == 1:
            work(0)
        else:
            with ThreadPoolExecutor(len(shares)) as pool:
                list(pool.map(work, range(len(shares))))
        return Best(values, patterns)
