"""Polishing: annealing from the best roster known, again and again, beside the dives."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from staffing.roster.patterns.incumbent import Incumbent
from staffing.roster.patterns.layout import MARK_WEEKEND, Layout
from staffing.roster.patterns.repair import Coupling, Roster, anneal, coupling_of, place
from staffing.roster.patterns.rows import Rows, Tables, sums_of, weekends_of
from staffing.roster.patterns.scratch import FAR, scratch_for
from staffing.roster.program import Ints, Mask

CHUNK_SECONDS = 0.3  # between looks at the clock
HEATS = (4.0, 1.5, 15.0, 1.0, 6.0, 30.0)  # temperatures at which rounds begin, in units of cost
COOLED = 0.15  # of the temperature is left at a round's end
ROUND_SECONDS = 20.0
MOST_PEOPLE = 3
STEP_TRIES = 300
FORGET = 0.8  # of the multipliers is left from chunk to chunk


class Polisher:
    """Owns one annealed roster; begins anew from the incumbent each round."""

    def __init__(
        self,
        layout: Layout,
        rows: Rows,
        tables: Tables,
        own: Mask,
        incumbent: Incumbent,
        draw: np.random.Generator,
    ) -> None:
        self._layout = layout
        self._rows = rows
        self._incumbent = incumbent
        self._people = len(layout.tracks)
        days = layout.packed.days
        self._coupling: Coupling = coupling_of(rows, tables, own)
        self._scratch = scratch_for(layout.packed)
        self._prices = np.full(len(layout.columns), FAR, dtype=np.int32)
        self._roster = Roster(
            np.full((self._people, days), -1, dtype=np.int64),
            np.zeros(len(rows.rows), dtype=np.int64),
            np.array([draw.integers(1, 1 << 62)], dtype=np.uint64),
        )
        self._best = self._roster.patterns.copy()
        self._tries = 20
        self._number = 0
        self.resting = threading.Event()  # while set, nothing is tried: the processor is wanted elsewhere

    def begin(self, given: Ints | None) -> Ints | None:
        """First patterns: those given, or everybody walking in one after the other; None when somebody has none.

        They may break a hard row, and are then nothing but columns to begin with. Shape (people, days).
        """
        if given is not None and self._incumbent.offer(given):
            return given
        people = np.arange(self._people)
        if not place(self._layout.packed, self._coupling, self._roster, self._scratch, self._prices, people):
            return None
        self._incumbent.offer(self._roster.patterns)
        return self._roster.patterns.copy()

    def run(self, over: Callable[[], bool], otherwise: Callable[[], None] | None) -> None:
        """Rounds of annealing until `over`; `otherwise` for as long, after a round that earned nothing."""
        while not over():
            if self._incumbent.patterns is None or self.resting.is_set():
                time.sleep(0.05)
                continue
            began = time.monotonic()
            won = self._round(over)
            ended = time.monotonic()
            if otherwise is not None and not won:
                while not (over() or self.resting.is_set()) and time.monotonic() - ended < ended - began:
                    otherwise()

    def _round(self, over: Callable[[], bool]) -> bool:
        """Whether the roster became better by it."""
        won = False
        heat = HEATS[self._number % len(HEATS)]
        self._number += 1
        cost = self._load()
        began, told = time.monotonic(), int(cost[1])
        while not over() and not self.resting.is_set():
            share = (time.monotonic() - began) / ROUND_SECONDS
            if share >= 1:
                break
            if self._incumbent.value < told:
                break
            started = time.monotonic()
            self._anneal(cost, self._tries, heat * COOLED**share)
            spent = time.monotonic() - started
            self._tries = int(
                np.clip(self._tries * CHUNK_SECONDS / max(spent, 1e-3), self._tries / 2, self._tries * 2)
            )
            self._tries = max(5, self._tries)
            if cost[1] < told:
                told = int(cost[1])
                won |= self._incumbent.offer(self._best)
        return won

    def step(self) -> None:
        """One round of a fixed number of tries."""
        if self._incumbent.patterns is not None:
            cost = self._load()
            began = int(cost[1])
            for share in (0.0, 0.5, 1.0):
                self._anneal(cost, STEP_TRIES, 3.0 * COOLED**share)
            if cost[1] < began:
                self._incumbent.offer(self._best)

    def _anneal(self, cost: Ints, tries: int, heat: float) -> None:
        days = self._layout.packed.days
        self._coupling.multiplier[:] *= FORGET
        anneal(
            self._layout.packed,
            self._coupling,
            self._roster,
            self._scratch,
            self._prices,
            self._best,
            cost,
            tries,
            heat,
            min(MOST_PEOPLE, self._people),
            min(days, 28),
        )

    def _load(self) -> Ints:
        """Take the incumbent over; its cost by the tables, twice."""
        patterns = self._incumbent.patterns
        assert patterns is not None
        marks = self._layout.packed.marks[:, MARK_WEEKEND].reshape(patterns.shape)
        worked = np.flatnonzero(weekends_of(patterns, marks).ravel())
        self._roster.patterns[:] = patterns
        self._roster.sums[:] = sums_of(self._rows, patterns[patterns >= 0], worked)
        self._best[:] = patterns
        value = self._incumbent.value
        return np.array([value, value], dtype=np.int64)
