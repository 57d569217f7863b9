"""Patterns as columns of the master: whose they are, what they cost, what they add to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from staffing.roster.patterns.chain import NO_COLUMN, Chain
from staffing.roster.patterns.layout import MARK_WEEKEND, Layout
from staffing.roster.patterns.rows import Rows, weekends_of
from staffing.roster.program import Ints


@dataclass(frozen=True)
class Columns:
    """Shapes: `owners`, `costs` (columns,), `patterns` (columns, days), `entries` (master rows, columns)."""

    owners: Ints
    patterns: Ints
    costs: Ints
    entries: sparse.csc_array


class Costing:
    """Turns patterns into columns and into the program's x."""

    def __init__(self, rows: Rows, layout: Layout, chains: Sequence[Chain]) -> None:
        self._rows = rows
        self._layout = layout
        self._chains = chains
        self._marks = layout.packed.marks[:, MARK_WEEKEND].reshape(len(chains), -1)
        self._first = np.searchsorted(layout.owners, np.arange(len(chains) + 1))
        self._soft = [
            [
                count
                for i, count in enumerate(chain.counts)
                if i not in tracks.outside and max(count.under_column, count.over_column) != NO_COLUMN
            ]
            for chain, tracks in zip(chains, layout.tracks, strict=True)
        ]

    def weekends(self, owners: Ints, patterns: Ints) -> tuple[Ints, Ints]:
        """Worked weekends: the index of the pattern, and the (person, day) entry."""
        which, days = np.nonzero(weekends_of(patterns, self._marks[owners]))
        return which, owners[which] * patterns.shape[1] + days

    def columns(self, owners: Ints, patterns: Ints) -> Columns:
        """Columns for patterns of `owners`. Shapes (columns,), (columns, days)."""
        which, days = np.nonzero(patterns >= 0)
        options = patterns[which, days]
        weekend_of, weekends = self.weekends(owners, patterns)
        costs = np.bincount(which, self._rows.option_cost[options], len(owners))
        costs += np.bincount(weekend_of, self._rows.weekend_cost[weekends], len(owners))
        chosen = _selection(self._rows.by_option.shape[1], options, which, len(owners))
        worked = _selection(self._rows.by_weekend.shape[1], weekends, weekend_of, len(owners))
        entries = sparse.csc_array(self._rows.by_option @ chosen + self._rows.by_weekend @ worked)
        whole = np.rint(costs).astype(np.int64)
        for i in range(len(owners)):
            if self._soft[owners[i]]:
                whole[i] += sum(
                    amount * int(self._rows.program.cost[column])
                    for column, amount in self.soft_amounts(int(owners[i]), patterns[i])
                )
        return Columns(owners, patterns, whole, entries)

    def soft_amounts(self, owner: int, pattern: Ints) -> list[tuple[int, int]]:
        """The columns of soft counts that the walk keeps, and their values in a pattern."""
        found = []
        for count in self._soft[owner]:
            taken = pattern[count.first : count.last + 1]
            total = int(count.weights[taken[taken >= 0] - self._first[owner]].sum())
            for column, amount in (
                (count.under_column, count.low - total),
                (count.over_column, total - count.high),
            ):
                if column != NO_COLUMN:
                    found.append((column, max(0, amount)))
        return found

    def settle(self, patterns: Ints) -> Ints:
        """The program's x for everybody's patterns, the loose columns left at 0. Shape (columns,)."""
        x = np.zeros(self._rows.program.columns, dtype=np.int64)
        x[self._layout.columns[patterns[patterns >= 0]]] = 1
        owners = np.arange(len(patterns))
        x[self._rows.weekend_columns[self.weekends(owners, patterns)[1]]] = 1
        for owner in owners.tolist():
            for column, amount in self.soft_amounts(owner, patterns[owner]):
                x[column] = amount
        return x


def _selection(rows: int, chosen: Ints, which: Ints, columns: int) -> sparse.csc_array:
    return sparse.csc_array(
        (np.ones(len(chosen), dtype=np.int64), (chosen, which)), shape=(rows, columns), dtype=np.int64
    )
