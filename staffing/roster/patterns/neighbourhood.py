"""Which people and days to set free next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from staffing.roster.patterns.generate import Generator
from staffing.roster.patterns.layout import MARK_IDLE, Layout
from staffing.roster.patterns.rows import Rows, Tables
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints, Mask

LONG = 60  # days from which windows of days are cut, too
POOL = 40  # patterns of the root taken along for each person
SECONDS = 4.0  # that a neighbourhood should take


@dataclass(frozen=True)
class Cut:
    """A part of the roster set free: people, the space of their patterns, the master rows they touch.

    `owners` and `patterns` are patterns known from before that fit the space.
    """

    people: Ints
    space: Space
    active: Mask
    owners: Ints
    patterns: Ints


class Neighbourhoods:
    """Draws neighbourhoods and adapts their size to the time they take."""

    def __init__(
        self, layout: Layout, rows: Rows, tables: Tables, draw: np.random.Generator, root: Generator
    ) -> None:
        self._layout = layout
        self._rows = rows
        self._tables = tables
        self._draw = draw
        self._root = root
        self._touch = sparse.csr_array(rows.by_option)
        self._crew = 10.0
        self._window = float(min(layout.packed.days, 35))
        self.seconds = 3 * SECONDS

    def choose(self, patterns: Ints) -> Cut:
        """Draw people, round a costly row more often than not, and days."""
        packed = self._layout.packed
        count, days = patterns.shape
        crew = int(min(count, max(2, round(self._crew))))
        first, last = 0, days
        if days >= LONG:
            width = int(min(days, self._window))
            first = int(self._draw.integers(0, days - width + 1))
            last = first + width
        people = np.sort(self._people(patterns, crew, first, last))
        inside = (self._layout.days >= first) & (self._layout.days < last)
        blocked = ~inside
        work = patterns >= 0
        blocked[patterns[work]] = False
        idle = packed.marks[:, MARK_IDLE].reshape(count, days) > 0
        outside = np.ones(days, dtype=np.bool_)
        outside[first:last] = False
        idle = np.where(outside, ~work, idle)
        owned = np.isin(self._layout.owners, people)
        touched = np.asarray(abs(self._touch) @ (owned & ~blocked).astype(np.int64)) > 0
        active = touched if self._tables.exact else np.ones(len(touched), dtype=np.bool_)
        owners, known = self._pool(people, patterns, first, last)
        return Cut(people, Space(blocked, idle), active, owners, known)

    def crew(self, patterns: Ints) -> Ints:
        """Everybody, those first who could serve where a row costs most."""
        return self._people(patterns, len(patterns), 0, patterns.shape[1])

    def _people(self, patterns: Ints, crew: int, first: int, last: int) -> Ints:
        """People who could serve where a row costs most, and others by chance."""
        count = len(patterns)
        chosen = np.bincount(patterns[patterns >= 0], minlength=len(self._layout.columns))
        sums = np.asarray(self._rows.by_option @ chosen)
        price = self._tables.values[self._tables.start + np.clip(sums - self._tables.least, 0, None)]
        scores = self._draw.random(count)
        if self._tables.exact and price.any() and self._draw.random() < 0.7:
            for _ in range(2):
                row = self._draw.choice(len(price), p=price / price.sum())
                scores[np.unique(self._layout.owners[self._row_options(row)])] += 0.5
        return np.argsort(-scores)[:crew]

    def _row_options(self, row: int) -> Ints:
        return np.asarray(self._touch.indices[self._touch.indptr[row] : self._touch.indptr[row + 1]])

    def _pool(self, people: Ints, patterns: Ints, first: int, last: int) -> tuple[Ints, Ints]:
        """Patterns of the root generator, the latest of each person that agree with the roster outside the days."""
        mine = np.flatnonzero(np.isin(self._root.owners, people))
        mine = mine[-POOL * len(people) :]
        owners, known = self._root.owners[mine], self._root.patterns[mine]
        outside = np.ones(patterns.shape[1], dtype=np.bool_)
        outside[first:last] = False
        fits = (known[:, outside] == patterns[owners][:, outside]).all(axis=1)
        return owners[fits], known[fits]

    def learn(self, seconds: float) -> None:
        """Grow when quick, shrink when slow."""
        factor = 1.06 if seconds < SECONDS else 0.94
        self._crew = float(np.clip(self._crew * factor, 3, len(self._layout.tracks)))
