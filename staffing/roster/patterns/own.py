"""Rows that bind one person and that the walk does not keep: prices hold them on average, a roster in every pattern."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from staffing.roster.patterns.columns import Costing
from staffing.roster.patterns.layout import Layout
from staffing.roster.patterns.master import Floats
from staffing.roster.patterns.rows import Rows
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints, Mask


class OwnRows:
    """The rows of `own`, shape (master rows,): weights of 0 or more, a most, one person each."""

    def __init__(self, rows: Rows, layout: Layout, costing: Costing, own: Mask) -> None:
        self._index = np.flatnonzero(own)
        self._high = rows.high[self._index]
        self._options = sparse.csr_array(rows.by_option[self._index])
        self._weekends = sparse.csr_array(rows.by_weekend[self._index])
        self._layout = layout
        self._costing = costing

    def kept_by(self, owners: Ints, patterns: Ints) -> Mask:
        """Which patterns keep all of them. Shapes (columns,), (columns, days)."""
        sums = self._sums(owners, patterns)
        return np.asarray((sums <= self._high[:, None]).all(axis=0))

    def within(self, space: Space, owners: Ints, patterns: Ints, weights: Floats) -> Space:
        """A space in which the first row that the heaviest pattern breaks can no longer be broken.

        What weighs most in the person's patterns stays, up to the row's most.
        """
        heaviest = int(np.argmax(weights))
        mine = owners == owners[heaviest]
        owner, patterns, weights = int(owners[heaviest]), patterns[mine], weights[mine]
        sums = self._sums(owners[[heaviest]], patterns[[int(np.argmax(weights))]])[:, 0]
        row = int(np.flatnonzero(sums > self._high)[0])
        blocked = space.blocked.copy()
        which, days = np.nonzero(patterns >= 0)
        taken = patterns[which, days]
        blocked[self._beyond(self._options, row, taken, weights[which])] = True
        which, weekends = self._costing.weekends(np.full(len(patterns), owner), patterns)
        for weekend in self._beyond(self._weekends, row, weekends, weights[which]).tolist():
            day = weekend % patterns.shape[1]
            blocked |= (self._layout.owners == owner) & np.isin(self._layout.days, (day, day + 1))
        return Space(blocked, space.idle)

    def _sums(self, owners: Ints, patterns: Ints) -> Ints:
        entries = self._costing.columns(owners, patterns).entries
        return np.asarray(sparse.csr_array(entries)[self._index].todense(), dtype=np.int64)

    def _beyond(self, matrix: sparse.csr_array, row: int, taken: Ints, weights: Floats) -> Ints:
        """What a row counts beyond its most, the heaviest of what is `taken` left out."""
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        counted, sizes = matrix.indices[inside], matrix.data[inside]
        heavy = np.bincount(taken, weights, matrix.shape[1])[counted]
        order = np.argsort(-heavy, kind="stable")
        fits = np.cumsum(sizes[order]) <= self._high[row]
        return np.asarray(counted[order[~fits]])
