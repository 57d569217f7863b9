"""Branching on totals: shortage over all days, or on one day, is a whole number in every roster, not in every mix."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from staffing.roster.patterns.generate import Generator
from staffing.roster.patterns.master import Floats
from staffing.roster.patterns.rows import Rows
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints, Mask

_WHOLE = 1e-4  # a total this near to a whole number counts as one
ROUNDS = 200  # of column generation in a node


@dataclass(frozen=True)
class Total:
    """Some loose columns, and how much they may be in all. Shape (loose,)."""

    columns: Mask = field(repr=False)
    low: int
    high: int


class Totals:
    """A lower bound by branch and bound over totals; every node is solved by column generation.

    Args:
        rows: of the master.
        root: with the patterns found so far; it is not changed.
        days: the day of each loose column. Shape (loose,).
        generator: a generator over the same people with other rows.
    """

    def __init__(
        self, rows: Rows, root: Generator, days: Ints, generator: Callable[[Rows], Generator]
    ) -> None:
        self._rows = rows
        self._generator = generator
        self._owners, self._patterns = root.owners.copy(), root.patterns.copy()
        self._prices = rows.program.cost[rows.loose]
        self._upper = rows.program.upper[rows.loose]
        self._days = days

    def run(
        self, space: Space, bound: int, cutoff: Callable[[], float], over: Callable[[], bool], nodes: int
    ) -> Iterator[int]:
        """Ever greater bounds, until the cut-off is reached, `nodes` are solved or it is `over`.

        A node whose bound reaches the cut-off holds no better roster.
        """
        open_nodes: list[tuple[int, int, tuple[Total, ...]]] = [(bound, 0, ())]
        number = count(1)
        for _ in range(nodes):
            if not open_nodes or open_nodes[0][0] >= cutoff() or over():
                return
            known, _, totals = heapq.heappop(open_nodes)
            found, amounts = self._solve(space, totals, cutoff(), over)
            best = max(known, found)
            split = None if amounts is None or best >= cutoff() else self._split(amounts)
            if split is None:
                # Nothing left to branch on, or cut off: the node keeps its bound.
                heapq.heappush(open_nodes, (best, next(number), totals))
                if best < cutoff():
                    return
            else:
                columns, amount = split
                most = int(self._upper[columns].sum())
                for total in (Total(columns, 0, int(amount)), Total(columns, int(amount) + 1, most)):
                    heapq.heappush(open_nodes, (best, next(number), (*totals, total)))
            yield open_nodes[0][0]

    def _solve(
        self, space: Space, totals: tuple[Total, ...], cutoff: float, over: Callable[[], bool]
    ) -> tuple[int, Floats | None]:
        """A node's bound, and how much of each loose column is in its mix; None when it has no mix."""
        rows = self._rows
        for total in totals:
            rows = rows.with_total(total.columns, total.low, total.high)
        generator = self._generator(rows)
        generator.add(self._owners, self._patterns)
        generator.allow(space)
        mix = generator.run(space, ROUNDS, over, cutoff=cutoff)
        self._owners, self._patterns = generator.owners, generator.patterns
        return generator.bound, None if mix is None else generator.master.loose()

    def _split(self, amounts: Floats) -> tuple[Mask, float] | None:
        """The total to branch on: over all days if one of these is not whole, else of a day; the dearest apart."""
        dear = [self._prices == price for price in np.unique(self._prices[self._prices > 0]).tolist()]
        daily = (
            (columns & (self._days == day)) for columns in dear for day in np.unique(self._days[columns])
        )
        return self._dearest(dear, amounts) or self._dearest(daily, amounts)

    def _dearest(self, groups: Iterable[Mask], amounts: Floats) -> tuple[Mask, float] | None:
        """The group whose total is farthest from a whole number, in money, and the whole number below."""
        worth, chosen = 0.0, None
        for columns in groups:
            amount = float(amounts[columns].sum())
            apart = abs(amount - round(amount))
            price = int(self._prices[columns][0])
            if apart > _WHOLE and price * apart > worth:
                worth, chosen = price * apart, (columns, float(np.floor(amount)))
        return chosen
