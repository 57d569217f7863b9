"""The search: a roster at once, the root's bound, a dive, and then neighbourhoods until the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from staffing.roster.clock import Clock
from staffing.roster.engines import branch
from staffing.roster.ledger import NOBODY
from staffing.roster.patterns.chain import Chain
from staffing.roster.patterns.columns import Costing
from staffing.roster.patterns.compact import Compact
from staffing.roster.patterns.dive import Depth, dive
from staffing.roster.patterns.generate import NO_BOUND, Generator
from staffing.roster.patterns.incumbent import Incumbent
from staffing.roster.patterns.layout import layout_of
from staffing.roster.patterns.master import Mix
from staffing.roster.patterns.moves import Moves
from staffing.roster.patterns.neighbourhood import Neighbourhoods
from staffing.roster.patterns.polish import Polisher
from staffing.roster.patterns.pricing import Pricer
from staffing.roster.patterns.rows import Rows, own_rows, rows_of, sums_of, tables_of
from staffing.roster.patterns.space import Space
from staffing.roster.patterns.totals import Totals
from staffing.roster.program import Ints, Mask, Program

Progress = Callable[[float, int | None, int | None], None]  # seconds, objective, bound

QUICK = Depth(
    share=0.12, rounds=6, least=0.5, tail=2.0, leap=3.0, leap_share=0.005, returns=20
)  # the first dive
DEEP_SHARE = 0.1  # of the time left that a dive may have taken for another to follow
SHALLOW = Depth(rounds=12, returns=10, blur=0.1)  # in a neighbourhood
LAST_SECONDS = 10.0  # for branch and bound at a dive's end,
LAST_TIME = 0.05  # or this share of the time
TABLE_TOTAL = 80_000_000  # table entries of everybody's walks, which a round of pricing passes through
TABLE_MOST = 4_000_000  # of one person's
TABLE_LEAST = 300_000
ROOT_ROUNDS = 400
ROOT_SHARE = 0.5  # of the time, for the root's bound
NEAR = 0.01  # of its value that the root's mix may be from its bound when the first dive begins
AWAKE_SECONDS = 5.0  # that annealing runs at first; then it rests until the first dive has ended
PART_SHARE = 0.02  # of the time for a part of the program,
PART_SECONDS = (0.5, 5.0)  # but no less and no more
PATTERNS = "patterns"  # the sort of neighbourhoods that are searched by patterns
DIVE_EVERY = 6  # neighbourhoods, another dive from the root is tried,
DIVE_SHARE = 0.12  # if the last one took no more than this share of the time
SMALL = 6_000  # columns of a program whose bound HiGHS may raise,
WHOLE_SECONDS = 60.0  # in this time, since it cannot be interrupted
NODES = 40  # of branching on totals,
NODES_SHARE = 0.15  # in this share of the time left


class PatternSearch:
    """Column generation over whole-horizon patterns, with dives and neighbourhoods, stopped at any time.

    Args:
        program: the roster's program.
        owners: whose column it is, `NOBODY` for shortage and the like. Shape (columns,).
        days: the day of each column. Shape (columns,).
        chains: one a person, in the order of `owners`' numbers.
        clock: time limit and stop.
        seed: of all that is drawn by chance.
        progress: told of each better roster or bound.
        gap: enough when (objective - bound) / objective is at most this.
        steps: instead of time: this many neighbourhoods, on one thread, with the same result every time.
        start: an x to begin with, if it is admissible.
    """

    def __init__(
        self,
        program: Program,
        owners: Ints,
        days: Ints,
        chains: Sequence[Chain],
        clock: Clock,
        seed: int = 1,
        progress: Progress | None = None,
        *,
        threads: int = 2,
        gap: float = 0.0,
        steps: int | None = None,
        start: Ints | None = None,
    ) -> None:
        if owners.max(initial=NOBODY) >= len(chains):
            raise ValueError(f"{len(chains)} chains for {int(owners.max()) + 1} owners")
        self._program = program
        self._days = days
        self._chains = chains
        self._clock = clock
        self._progress = progress
        self._gap = gap
        self._steps = steps
        self._threads = threads if steps is None else 1
        self._start = start
        self._draw = np.random.default_rng(seed)
        budget = int(min(TABLE_MOST, max(TABLE_LEAST, TABLE_TOTAL / len(chains))))
        self._layout = layout_of(chains, program.cost, budget)
        self._rows = rows_of(program, chains, self._layout)
        self._tables = tables_of(self._rows)
        self._own = own_rows(self._rows, self._layout.owners, len(chains))
        self._costing = Costing(self._rows, self._layout, chains)
        self._pricer = Pricer(self._layout, chains, self._threads)
        self._incumbent = Incumbent(self._rows, self._tables, self._costing, self._tell_value)
        self._lock = threading.Lock()
        self._bound: int | None = None
        self._dive_seconds = 0.0  # of the last dive from the root

    @property
    def bound(self) -> int | None:
        """The greatest lower bound proven so far."""
        return self._bound

    def run(self) -> tuple[Ints | None, int | None]:
        """Search to the end; the best x (None when none was found) and the bound (None when there is none)."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="patterns")
        polishing: Future[None] | None = None
        enough = threading.Event()
        polisher = Polisher(self._layout, self._rows, self._tables, self._own, self._incumbent, self._draw)
        try:
            first = polisher.begin(self._given())
            if first is None:
                return None, None
            self._people = np.arange(len(self._chains))
            none = np.zeros(len(self._rows.rows), dtype=np.int64)
            self._root = self._generator(self._people, none, ~self._own)
            self._root.add(self._people, first)
            if self._threads > 1 and self._tables.exact:
                parts = self._steps_of(self._draw.spawn(1)[0], ())
                polishing = pool.submit(polisher.run, lambda: enough.is_set() or self._over(), parts)
            if self._threads > 1 and self._program.columns <= SMALL:
                # It cannot be stopped: nobody waits for it, not even the end of the process.
                threading.Thread(target=self._bound_whole, name="whole", daemon=True).start()
            self._descend(polisher)
            self._improve(polisher)
        finally:
            enough.set()
            pool.shutdown(wait=False)
            if polishing is not None:
                polishing.result()
        return self._incumbent.x, self._bound

    # --- steps ----------------------------------------------------------------------------------------------

    def _descend(self, polisher: Polisher) -> None:
        """The root's mix nearly, and a dive from it; then the root's bound, and dives from there."""
        root = self._root
        self._space = Space(np.zeros(len(self._layout.columns), dtype=np.bool_), self._pricer.idle)
        limit = self._clock.elapsed + self._clock.left * ROOT_SHARE

        def over() -> bool:
            if self._clock.elapsed > AWAKE_SECONDS:
                polisher.resting.set()
            return self._over() or self._clock.elapsed > limit

        self._root_mix = root.run(self._space, ROOT_ROUNDS, over, near=NEAR, told=self._told)
        centre = root.duals
        self._dive(QUICK)
        polisher.resting.clear()
        self._root_mix = root.run(self._space, ROOT_ROUNDS, over, centre=centre, told=self._told)
        if self._is_time_for(self._dive_seconds, self._clock.left * DEEP_SHARE):
            self._dive(self._some_depth())
        polisher.resting.clear()
        self._branch()
        if self._is_time_for(self._dive_seconds, self._clock.left * DEEP_SHARE):
            self._dive(Depth())

    def _branch(self) -> None:
        """Raise the bound by branching on totals."""
        began, limit = self._clock.elapsed, self._clock.left * NODES_SHARE

        def generator(rows: Rows) -> Generator:
            """Over everybody, with the rows that bind one person only left out as in the root."""
            own = np.append(self._own, np.zeros(len(rows.low) - len(self._own), dtype=np.bool_))
            costing = Costing(rows, self._layout, self._chains)
            none = np.zeros(len(rows.low), dtype=np.int64)
            return Generator(rows, costing, self._pricer, self._people, none, ~own, own)

        def over() -> bool:
            return self._over() or (self._steps is None and self._clock.elapsed - began > limit)

        totals = Totals(self._rows, self._root, self._days[self._rows.loose], generator)
        if self._bound is not None:
            for bound in totals.run(self._space, self._bound, lambda: self._incumbent.value, over, NODES):
                self._raise(bound)

    def _bound_whole(self) -> None:
        """Branch and bound on the whole of a small program: it bounds some that patterns alone do not."""
        found = branch(self._program, min(self._clock.left, WHOLE_SECONDS))
        self._raise(found.bound)
        if found.x is not None:
            self._incumbent.offer(self._patterns_of(found.x))
            self._raise(found.bound)

    def _dive(self, depth: Depth) -> None:
        """From the root's mix down to a roster."""
        if self._root_mix is None or self._over():
            return
        began = self._clock.elapsed
        cutoff = self._incumbent.value - 0.5 if self._incumbent.x is not None else np.inf
        finish = self._finish if self._steps is None else None
        found = dive(self._root, self._space, self._root_mix, depth, self._over, cutoff, self._draw, finish)
        if found is not None:
            self._incumbent.offer(found)
        self._root.allow(self._space)
        self._dive_seconds = self._clock.elapsed - began

    def _finish(self, space: Space, last: Ints) -> Ints | None:
        """A dive's last options by branch and bound; None when what it finds may not be the best."""
        layout, program = self._layout, self._program
        settled = ~space.blocked
        settled[last] = False
        x = np.zeros(program.columns, dtype=np.int64)
        x[layout.columns[settled]] = 1
        free = np.ones(program.columns, dtype=np.bool_)
        free[layout.columns] = False
        free[layout.columns[last]] = True
        part = program.part(free, x)
        seconds = min(LAST_SECONDS, LAST_TIME * self._clock.seconds, self._clock.left)
        found = branch(part.program, seconds)
        if found.x is None:
            return None
        patterns = self._patterns_of(part.into(x, found.x))
        if part.program.value(found.x) > found.bound:
            self._incumbent.offer(patterns)
            return None
        return patterns

    def _improve(self, polisher: Polisher) -> None:
        """Neighbourhoods, one after the other, and other dives from the root between them."""
        step = self._steps_of(self._draw, (PATTERNS,))
        done = 0
        while not self._over() and self._incumbent.patterns is not None:
            if self._steps is not None:
                if done >= self._steps:
                    break
                if self._tables.exact:
                    polisher.step()
            done += 1
            time_for_dive = self._is_time_for(self._dive_seconds, self._clock.seconds * DIVE_SHARE)
            if done % DIVE_EVERY == 0 and time_for_dive:
                self._dive(self._some_depth())
            elif step is not None:
                step()

    def _steps_of(self, draw: np.random.Generator, sorts: tuple[str, ...]) -> Callable[[], None] | None:
        """One neighbourhood a call, of the sort that earns most: of `sorts`, or a part; None without any.

        `PATTERNS` is for one thread only: pricing has its memory, the root its columns.
        """
        layout = self._layout
        neighbourhoods = Neighbourhoods(layout, self._rows, self._tables, draw, self._root)
        seconds = float(np.clip(PART_SHARE * self._clock.seconds, *PART_SECONDS))
        compact = Compact(self._program, layout.columns, layout.owners, layout.days, seconds, draw)
        sorts = (*compact.sorts, *sorts) if self._steps is None else sorts
        if not sorts:
            return None
        moves = Moves(sorts, draw)

        def step() -> None:
            sort, began = moves.choose(), self._clock.elapsed
            if sort == PATTERNS:
                earned = self._neighbourhood(neighbourhoods)
            else:
                earned = self._part(compact, sort, neighbourhoods)
            moves.learn(sort, earned, self._clock.elapsed - began)

        return step

    def _is_time_for(self, seconds: float, most: float) -> bool:
        """Whether something takes no more than its share; always, where steps are counted and not seconds."""
        return self._steps is not None or seconds < most

    def _some_depth(self) -> Depth:
        """Quick more often than careful, with chance in what is settled first."""
        if self._draw.random() < 0.3:
            return Depth(share=float(self._draw.choice([0.02, 0.04, 0.08])), blur=0.2)
        return replace(QUICK, share=float(self._draw.choice([0.04, 0.06, 0.1])), blur=0.15)

    def _part(self, compact: Compact, sort: str, neighbourhoods: Neighbourhoods) -> int:
        """Branch and bound on a part of the program; returns what it earned."""
        x, patterns, value = self._incumbent.x, self._incumbent.patterns, self._incumbent.value
        if x is None or patterns is None:
            return 0
        found = compact.improve(sort, x, neighbourhoods.crew(patterns), self._clock.left)
        if found is None:
            return 0
        better, best = self._patterns_of(found), self._incumbent.patterns
        joined = better if best is None else np.where(better != patterns, better, best)
        return value - self._program.value(found) if self._incumbent.offer(joined) else 0

    def _neighbourhood(self, neighbourhoods: Neighbourhoods) -> int:
        """Column generation for a few people; returns what it earned."""
        patterns, value = self._incumbent.patterns, self._incumbent.value
        if patterns is None:
            return 0
        cut = neighbourhoods.choose(patterns)
        people = cut.people
        others = np.delete(np.arange(len(patterns)), people)
        generator = self._generator(people, self._sums(others, patterns[others]), cut.active)
        generator.add(people, patterns[people])
        generator.add(cut.owners, cut.patterns)
        seconds, began = neighbourhoods.seconds, self._clock.elapsed

        def over() -> bool:
            return self._over() or (self._steps is None and self._clock.elapsed - began > seconds)

        generator.allow(cut.space)
        current = generator.value_of(patterns[people], self._tables)
        mix = generator.run(cut.space, 40, over, tail=0.3, cutoff=current)
        won = False
        if mix is not None and mix.value < current - 0.5:
            found = dive(generator, cut.space, mix, SHALLOW, over, current - 0.5, self._draw)
            if found is not None:
                trial = patterns.copy()
                trial[people] = found
                won = self._incumbent.offer(trial)
                self._root.add(people, found)
        neighbourhoods.learn(self._clock.elapsed - began)
        return max(0, value - self._incumbent.value) if won else 0

    # --- tools ----------------------------------------------------------------------------------------------

    def _generator(self, people: Ints, settled: Ints, active: Mask) -> Generator:
        return Generator(self._rows, self._costing, self._pricer, people, settled, active, self._own)

    def _sums(self, owners: Ints, patterns: Ints) -> Ints:
        _, weekends = self._costing.weekends(owners, patterns)
        return sums_of(self._rows, patterns[patterns >= 0], weekends)

    def _given(self) -> Ints | None:
        """The patterns of the x to begin with."""
        if self._start is None or not self._program.admits(self._start):
            return None
        return self._patterns_of(self._start)

    def _patterns_of(self, x: Ints) -> Ints:
        patterns = np.full((len(self._chains), self._layout.packed.days), -1, dtype=np.int64)
        taken = np.flatnonzero(x[self._layout.columns] > 0)
        patterns[self._layout.owners[taken], self._layout.days[taken]] = taken
        return patterns

    def _over(self) -> bool:
        if self._clock.over():
            return True
        value = self._incumbent.value
        return self._bound is not None and value - self._bound <= self._gap * max(value, 0)

    def _raise(self, bound: int) -> None:
        with self._lock:
            if bound <= NO_BOUND or (self._bound is not None and bound <= self._bound):
                return
            self._bound = bound
        self._tell()

    def _told(self, mix: Mix, bound: int) -> None:
        self._raise(bound)

    def _tell_value(self, value: int) -> None:
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            value = self._incumbent.value if self._incumbent.x is not None else None
            self._progress(self._clock.elapsed, value, self._bound)
