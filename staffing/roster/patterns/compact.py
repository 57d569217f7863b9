"""Neighbourhoods as the program itself: a few people, or a few days of everybody, solved by HiGHS.

Where a mix of patterns ends in a fraction, branch and bound on the program of a small part often knows better.
"""

from __future__ import annotations

import numpy as np

from staffing.roster.engines import branch
from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Mask, Program

SECONDS = 5.0  # that one should take
FIRST_COLUMNS = 700.0  # set free at first; grows when quick, shrinks when slow
MOST_COLUMNS = 6_000
LARGE = 400_000  # columns of a program from which even cutting a part out takes long


class Compact:
    """Draws parts of a program and adapts their size to the time they take."""

    def __init__(self, program: Program, owners: Ints, days: Ints, draw: np.random.Generator) -> None:
        self._program = program
        self._owners = owners
        self._days = days
        self._draw = draw
        self._columns = {"people": FIRST_COLUMNS, "days": FIRST_COLUMNS}
        self._open = (program.upper > 0) & (owners != NOBODY)
        self._of_day = np.bincount(np.maximum(days[self._open], 0))
        self.usable = program.columns <= LARGE

    def improve(self, x: Ints, crew: Ints) -> tuple[Ints | None, str]:
        """A better x in one part; None when there was none. `crew` are the people to begin with, best first.

        Returns:
            The x, and the sort of part, for `learn`.
        """
        sort = "people" if self._draw.random() < 0.6 else "days"
        free = self._people(crew) if sort == "people" else self._stretch()
        part = self._program.part(free | (self._owners == NOBODY), x)
        found = branch(part.program, 2 * SECONDS).x
        if found is None or part.program.value(found) >= part.program.value(x[part.columns]):
            return None, sort
        return part.into(x, found), sort

    def learn(self, sort: str, seconds: float) -> None:
        """Grow when quick, shrink when slow."""
        factor = 1.1 if seconds < SECONDS else 0.85
        self._columns[sort] = float(np.clip(self._columns[sort] * factor, 100, MOST_COLUMNS))

    def _people(self, crew: Ints) -> Mask:
        """All columns of as many of the crew as the size allows."""
        counts = np.bincount(self._owners[self._open], minlength=int(crew.max(initial=0)) + 1)
        taken = max(2, int(np.searchsorted(np.cumsum(counts[crew]), self._columns["people"])))
        return np.isin(self._owners, crew[:taken])

    def _stretch(self) -> Mask:
        """All columns of everybody on a few days on end, and those of no day."""
        total = np.cumsum(np.append(0, self._of_day))
        first = int(self._draw.integers(0, len(self._of_day)))
        last = int(np.searchsorted(total, total[first] + self._columns["days"]))
        return (self._days < 0) | ((self._days >= first) & (self._days < max(last, first + 2)))
