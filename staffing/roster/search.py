"""The search: a first roster made better week by week, and a lower bound that rises to meet it.

Weeks hardly touch each other (only the rest between them does), so a month falls into small programs. Every week
by itself gives a lower bound, and their sum bounds the month. The roster is improved inside windows of one week
while the others hold still.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import numpy as np
import numpy.typing as npt

from staffing.roster.clock import Clock
from staffing.roster.engines import Outcome, branch, relax, search
from staffing.roster.outline import Outline
from staffing.roster.program import Ints, Program
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Change, Windows

THREADS = 2  # programs solved at a time
CREW = 45  # people that a window sets free at a time
SLICE_SECONDS = (3.0, 30.0)  # of one engine on one program: a share of the time in all, between these
SLICE_SHARE = 0.1
SMALL = 4000  # columns of a program that CP-SAT takes whole
WHOLE_SHARE = 0.3  # of the time left, for that

Floats = npt.NDArray[np.float64]
Progress = Callable[[float, int, int], None]  # seconds, objective, bound


class Search:
    """The best x known, the best bound known, and the ways to better them."""

    def __init__(
        self,
        model: RosterModel,
        x: Ints,
        *,
        clock: Clock,
        gap: float,
        seed: int,
        workers: int,
        progress: Progress | None,
        windows: Windows | None = None,
        slice_share: float = SLICE_SHARE,
    ) -> None:
        self._model = model
        self._clock = clock
        self._gap = gap
        self._seed = seed
        self._workers = workers
        self._progress = progress
        self._windows = windows or Windows(model)
        self._slice_share = slice_share
        self._draw = np.random.default_rng(seed)
        self._week_bounds = np.zeros(len(model.weeks), dtype=np.int64)
        if len(self._windows.prices.rows):
            self._week_bounds += [self._windows.least(week) for week in range(len(model.weeks))]
        self._bound = 0
        self._outlines: list[Outline] = []  # of every week, where there are service targets
        self.x = x
        self._tell()

    @property
    def objective(self) -> int:
        """Cost of the best x, in the model's units."""
        return self._model.program.value(self.x)

    @property
    def bound(self) -> int:
        """The best lower bound, in the model's units."""
        return max(self._bound, int(self._week_bounds.sum()) + self._windows.prices.constant)

    def run(self) -> None:
        """Search until the gap asked for, the deadline or a stop."""
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="roster")
        try:
            self._pass_over_weeks(pool)
            if self._model.program.columns <= SMALL:
                self._search_whole()
            for number in count():
                if self._done():
                    break
                self._round(pool, number)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    # --- steps ----------------------------------------------------------------------------------------------

    def _pass_over_weeks(self, pool: ThreadPoolExecutor) -> None:
        """Solve every week's outline and find people for its counts, week after week."""
        plans = [self._windows.outline(week) for week in range(len(self._week_bounds))]
        if self._model.service.rows:
            self._outlines = self._priced(plans)
            self._relax_weeks(pool)
            return
        outlined = [pool.submit(branch, plan.program, self._slice(), self._gap / 8) for plan in plans]
        x = self.x
        for week, (plan, future) in enumerate(zip(plans, outlined, strict=True)):
            outcome = self._clock.await_(future)
            if outcome is None:
                return
            self._raise(week, outcome.bound)
            if outcome.x is not None:
                fill = partial(self._windows.fill, week, plan, outcome.x, x, self._cpsat, self._highs)
                change = self._clock.await_(pool.submit(fill))
                if change is not None:
                    x = change.of(x)
                    self._take(Change(np.arange(len(x)), x))
                    self._take(change)

    def _relax_weeks(self, pool: ThreadPoolExecutor) -> None:
        """Bound every week by its outline without whole numbers, which service targets make hard to find."""
        for week, plan in enumerate(self._outlines):
            relaxed = self._clock.await_(pool.submit(relax, plan.program, self._slice()))
            if relaxed is not None:
                self._raise(week, relaxed.bound)

    def _priced(self, plans: list[Outline]) -> list[Outline]:
        """The outlines at prices for service over several weeks; bounds found at other prices are of no use then."""
        prices = self._windows.prices
        if len(prices.rows):
            if not prices.settled:
                prices.settle(plans, self._slice())
            plans = [prices.priced(plan) for plan in plans]
            self._week_bounds = np.array([self._windows.least(week) for week in range(len(plans))])
        return plans

    def _round(self, pool: ThreadPoolExecutor, number: int) -> None:
        """Improve one week with HiGHS; beside it, another with CP-SAT, or a week's bound, turn by turn."""
        week, other = (
            int(week) for week in self._draw.choice(len(self._week_bounds), size=2, p=self._chances())
        )
        crews = self._crews()
        crew, others = (crews[int(i)] for i in self._draw.integers(len(crews), size=2))
        ours, theirs = self._draw.spawn(2)
        improving = [pool.submit(self._windows.improve, week, crew, self.x, self._highs, ours)]
        if number % 2:
            improving.append(pool.submit(self._windows.improve, other, others, self.x, self._cpsat, theirs))
        else:
            program = self._outlines[other].program if self._outlines else self._windows.alone(other)
            bounding = pool.submit(branch, program, self._slice())
            outcome = self._clock.await_(bounding)
            if outcome is not None:
                self._raise(other, outcome.bound)
        for future in improving:
            self._take(self._clock.await_(future))

    def _chances(self) -> Floats:
        """How likely each week is to be looked at: as its cost lies above its bound."""
        costs = np.array([self._windows.cost(week, self.x) for week in range(len(self._week_bounds))])
        weights = np.maximum(costs - self._week_bounds, 0) + 1.0
        return np.asarray(weights / weights.sum())

    def _search_whole(self) -> None:
        """Give the whole of a small problem to CP-SAT for a while, which often proves it optimal."""
        if self._done():
            return
        found = search(
            self._model.program,
            seconds=self._clock.left * WHOLE_SHARE,
            workers=self._workers,
            seed=self._seed,
            gap=self._gap,
            hint=self.x,
            stop=self._clock.over,
        )
        if found.x is not None:
            self._take(Change(np.arange(self._model.program.columns), found.x))
        self._bound = max(self._bound, found.bound)
        self._tell()

    # --- tools ----------------------------------------------------------------------------------------------

    def _slice(self) -> float:
        """Seconds for one program: HiGHS cannot be interrupted, so a stopped search lives on for the rest of it."""
        least, most = SLICE_SECONDS
        return max(0.1, min(self._clock.left, most, max(least, self._clock.seconds * self._slice_share)))

    def _highs(self, program: Program, start: Ints) -> Outcome:
        return branch(program, self._slice(), self._gap / 4)

    def _cpsat(self, program: Program, start: Ints) -> Outcome:
        return search(
            program,
            seconds=self._slice(),
            workers=1,
            seed=self._seed,
            gap=self._gap / 4,
            hint=start,
        )

    def _crews(self) -> list[Ints]:
        """Everybody, in groups drawn by chance that are small enough for a window."""
        people = self._draw.permutation(len(self._model.problem.agents))
        return [np.sort(crew) for crew in np.array_split(people, max(1, -(-len(people) // CREW)))]

    def _take(self, change: Change | None) -> None:
        """Make a change when it fits the x of now, which may have moved since it was begun, and betters it."""
        if change is None:
            return
        x = change.of(self.x)
        if self._model.program.value(x) < self.objective and self._model.program.admits(x):
            self.x = x
            self._tell()

    def _raise(self, week: int, bound: int) -> None:
        if bound > self._week_bounds[week]:
            self._week_bounds[week] = bound
            self._tell()

    def _done(self) -> bool:
        objective = self.objective
        return self._clock.over() or objective - self.bound <= self._gap * max(objective, 0)

    def _tell(self) -> None:
        if self._progress is not None:
            money = self._model.money
            self._progress(self._clock.elapsed, money.amount(self.objective), money.amount(self.bound))
