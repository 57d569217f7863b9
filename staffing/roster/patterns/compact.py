"""Neighbourhoods as the program itself: part of the people or of the days, solved by HiGHS.

Where a mix of patterns ends in a fraction, branch and bound on the program of a small part often knows better.
"""

from __future__ import annotations

import time

import numpy as np

from staffing.roster.engines import branch
from staffing.roster.program import Ints, Mask, Program

FIRST_OPTIONS = 700.0  # set free at first; grows when quick, shrinks when slow
MOST_OPTIONS = 6_000
LEAST_OPTIONS = 100
LARGE = 400_000  # columns of a program from which even cutting a part out takes long
STRETCHES = (5, 7, 10, 14)  # days of a block

DAYS = "days"
"""Everybody, on as many days on end as the size allows."""

BLOCK = "block"
"""As many people as the size allows, on some days on end."""

PEOPLE = "people"
"""As many people as the size allows, on all days."""


class Compact:
    """Draws parts of a program and adapts their size to the time they take.

    Args:
        program: the whole.
        columns: the program's column of each option of all people; their owners and days. Shape (options,).
        seconds: that one part should take; at most twice as many.
        draw: for what is left to chance.
    """

    def __init__(
        self,
        program: Program,
        columns: Ints,
        owners: Ints,
        days: Ints,
        seconds: float,
        draw: np.random.Generator,
    ) -> None:
        self._program = program
        self._seconds = seconds
        self._columns, self._owners, self._days = columns, owners, days
        self._draw = draw
        self._horizon = int(days.max(initial=0)) + 1
        self._of_person = np.bincount(owners)
        self._sizes = dict.fromkeys(self.sorts, FIRST_OPTIONS)

    @property
    def sorts(self) -> tuple[str, ...]:
        """The parts that can be drawn; none where the program is too large."""
        if self._program.columns > LARGE or not len(self._columns):
            return ()
        return DAYS, BLOCK, PEOPLE

    def improve(self, sort: str, x: Ints, crew: Ints, left: float) -> Ints | None:
        """A better x in one part of x, None when there is none in the seconds left; `crew` is people, best first."""
        began = time.monotonic()
        free = np.ones(self._program.columns, dtype=np.bool_)
        free[self._columns[~self._inside(sort, crew)]] = False
        part = self._program.part(free, x)
        found = branch(part.program, min(2 * self._seconds, left)).x
        factor = 1.1 if time.monotonic() - began < self._seconds else 0.85
        self._sizes[sort] = float(np.clip(self._sizes[sort] * factor, LEAST_OPTIONS, MOST_OPTIONS))
        if found is None or part.program.value(found) >= part.program.value(x[part.columns]):
            return None
        return part.into(x, found)

    def _inside(self, sort: str, crew: Ints) -> Mask:
        """The options set free."""
        size = self._sizes[sort]
        if sort == DAYS:
            return self._stretch(max(2, int(size * self._horizon / len(self._columns))))
        length = self._horizon
        if sort == BLOCK:
            length = min(self._horizon, int(self._draw.choice(STRETCHES)))
        share = length / self._horizon
        people = crew[: max(2, int(np.searchsorted(np.cumsum(self._of_person[crew]) * share, size)))]
        return self._stretch(length) & np.isin(self._owners, people)

    def _stretch(self, length: int) -> Mask:
        """Options of as many days on end, somewhere in the horizon."""
        first = int(self._draw.integers(0, max(1, self._horizon - length + 1)))
        return (self._days >= first) & (self._days < first + length)
