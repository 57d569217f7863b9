"""The search: a first roster made better week by week, and a lower bound that rises to meet it.

Weeks hardly touch each other (only the rest between them and limits over several weeks do), so a month falls into
small programs. Every week by itself gives a lower bound, and their sum bounds the month. The roster is improved
inside windows of one week while the others hold still, so it keeps every rule at every moment.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import numpy as np
import numpy.typing as npt

from staffing.roster.budget import THREADS, Budget
from staffing.roster.engines import Outcome
from staffing.roster.outline import Outline
from staffing.roster.program import Ints, Program
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Change, Windows

CREW = 45  # people that a window sets free at a time
SMALL = 4000  # columns of a program that CP-SAT takes whole
WHOLE_SHARE = 0.3  # of the time left, for that
LARGE = 60_000  # columns of a week that branch and bound no longer takes by itself to raise its bound
SEATING = 4  # rounds after which activities are placed anew
LEAST_GAP = 0.0005  # of the first pass, which need not prove anything

Floats = npt.NDArray[np.float64]
Progress = Callable[[float, int, int], None]  # seconds, objective, bound


class Search:
    """The best x known, the best bound known, and the ways to better them."""

    def __init__(
        self,
        model: RosterModel,
        x: Ints,
        *,
        budget: Budget,
        gap: float,
        progress: Progress | None,
        windows: Windows | None = None,
    ) -> None:
        self._model = model
        self._budget = budget
        self._clock = budget.clock
        self._gap = gap
        self._progress = progress
        self._made = Windows(model) if windows is None and model.service.rows else windows
        self._draw = np.random.default_rng(budget.seed)
        self._week_bounds = np.zeros(len(model.weeks), dtype=np.int64)
        self._bound, self._constant = 0, 0
        if self._made is not None and model.service.rows:
            self._price(self._made)
        self._outlines: list[Outline] = []  # of every week, where there are service targets
        self._plain: list[Outline] = []  # of every week without prices, where several share activities
        self.x = x
        self._objective = model.program.value(x)
        self._tell()

    @property
    def objective(self) -> int:
        """Cost of the best x, in the model's units."""
        return self._objective

    @property
    def bound(self) -> int:
        """The best lower bound, in the model's units."""
        return max(self._bound, int(self._week_bounds.sum()) + self._constant)

    def run(self) -> None:
        """Search until the gap asked for, the deadline, the end of work, a lack of memory or a stop."""
        if self._budget.over(0) and self._budget.work is None:
            return
        self._windows = self._made or Windows(self._model)
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="roster")
        try:
            if self._model.service.rows:
                self._relax_weeks(pool)
            else:
                self._price_attendance(pool)
                self._pass_over_weeks(pool, self._planned)
                self._place_activities(pool)
                self._pass_over_weeks(pool, self._outlined)
                self._place_activities(pool)
            if self._model.program.columns <= SMALL:
                self._search_whole()
            for number in count():
                if self._done(number):
                    break
                self._round(pool, number)
                if number % SEATING == SEATING - 1:
                    self._place_activities(pool)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    # --- steps ----------------------------------------------------------------------------------------------

    def _pass_over_weeks(
        self, pool: ThreadPoolExecutor, job: Callable[[int, Ints], tuple[int, Change | None]]
    ) -> None:
        """Bound every week and make it anew; weeks made at a time lie half the horizon apart, never side by side."""
        weeks = len(self._week_bounds)
        half = -(-weeks // THREADS) if weeks > THREADS else weeks
        largest = self._windows.largest()
        together = self._budget.threads(largest)
        for first in range(half):
            batch = range(first, weeks, half)
            groups = [batch] if together > 1 else [[week] for week in batch]
            x = self.x  # the same for all, so that memory decides on time alone
            for group in groups:
                if self._done(None):
                    return
                futures = [pool.submit(job, week, x) for week in group]
                for week, future in zip(group, futures, strict=True):
                    found = self._clock.await_(future)
                    if found is not None:
                        self._raise(week, found[0])
                        self._take(found[1])

    def _planned(self, week: int, x: Ints) -> tuple[int, Change | None]:
        """A week's bound by the relaxation of its outline, and the week made anew from an outline nearly the best."""
        budget, gap = self._budget, max(self._gap / 4, LEAST_GAP)
        relaxed = budget.relax(self._priced_outline(week).program)
        bound = 0 if relaxed is None else relaxed.bound
        plan = self._windows.plan(week, x)
        counts = self._windows.rounded(plan, budget.relax, partial(budget.branch, gap=gap), 2 * gap)
        if counts is None:
            return bound, None
        return bound, self._windows.named(week, plan, counts, x, self._branch)

    def _outlined(self, week: int, x: Ints) -> tuple[int, Change | None]:
        """A week's bound by branch and bound on its outline, and the week made anew from the outline's best."""
        outline = self._priced_outline(week)
        found = self._budget.branch(outline.program, self._gap / 3)
        if found.x is None:
            return found.bound, None
        return found.bound, self._windows.named(week, outline, found.x, x, self._branch)

    def _priced_outline(self, week: int) -> Outline:
        plain = self._plain[week] if self._plain else self._windows.outline(week)
        return self._windows.attendance.priced(plain)

    def _price_attendance(self, pool: ThreadPoolExecutor) -> None:
        """Price the activities that may lie in several weeks, so that each week's bound has its share of them."""
        attendance = self._windows.attendance
        if attendance.asked and not self._done(None):
            self._plain = [self._windows.outline(week) for week in range(len(self._week_bounds))]
            self._clock.await_(pool.submit(attendance.settle, self._plain, self._budget.slice_seconds()))
            self._constant = attendance.constant
            self._week_bounds = self._least_bounds(self._windows)

    def _relax_weeks(self, pool: ThreadPoolExecutor) -> None:
        """Bound every week by its outline without whole numbers, which service targets make hard to find."""
        prices = self._windows.prices
        plans = [self._windows.outline(week) for week in range(len(self._week_bounds))]
        if len(prices.rows):
            if not prices.settled:
                prices.settle(plans, self._budget.slice_seconds())
            plans = [prices.priced(plan) for plan in plans]
            self._price(self._windows)  # bounds found at other prices are of no use
        self._outlines = plans
        for week, plan in enumerate(plans):
            relaxed = self._clock.await_(pool.submit(self._budget.relax, plan.program))
            if relaxed is not None:
                self._raise(week, relaxed.bound)

    def _place_activities(self, pool: ThreadPoolExecutor) -> None:
        """Move each activity to where it hurts least on all its dates, whatever weeks they lie in."""
        for activity in self._model.problem.activities:
            if self._done(None):
                return
            moved = pool.submit(self._windows.reseat, activity, self.x, self._branch)
            self._take(self._clock.await_(moved))

    def _price(self, windows: Windows) -> None:
        """Begin the bounds anew at the windows' prices for service over several weeks."""
        self._constant = windows.prices.constant
        self._week_bounds = self._least_bounds(windows)

    def _least_bounds(self, windows: Windows) -> Ints:
        return np.array([windows.least(week) for week in range(len(self._week_bounds))], dtype=np.int64)

    def _round(self, pool: ThreadPoolExecutor, number: int) -> None:
        """Improve one week with HiGHS; beside it, another with CP-SAT, or a week's bound, turn by turn."""
        week, other = (
            int(week) for week in self._draw.choice(len(self._week_bounds), size=2, p=self._chances())
        )
        crews = self._crews()
        crew, others = (crews[int(i)] for i in self._draw.integers(len(crews), size=2))
        ours, theirs = self._draw.spawn(2)
        improving = [pool.submit(self._windows.improve, week, crew, self.x, self._branch, ours)]
        alone = self._bounding(other) if number % 2 == 0 else None
        if alone is None:
            improving.append(pool.submit(self._windows.improve, other, others, self.x, self._search, theirs))
        else:
            outcome = self._clock.await_(pool.submit(self._budget.branch, alone, 0.0))
            if outcome is not None:
                self._raise(other, outcome.bound)
        for future in improving:
            self._take(self._clock.await_(future))

    def _bounding(self, week: int) -> Program | None:
        """The program whose bound may raise a week's; None when it would be too large."""
        alone = self._outlines[week].program if self._outlines else self._windows.alone(week)
        return alone if alone.columns <= LARGE and self._budget.affords(alone) else None

    def _chances(self) -> Floats:
        """How likely each week is to be looked at: as its cost lies above its bound."""
        costs = np.array([self._windows.cost(week, self.x) for week in range(len(self._week_bounds))])
        weights = np.maximum(costs - self._week_bounds, 0) + 1.0
        return np.asarray(weights / weights.sum())

    def _search_whole(self) -> None:
        """Give the whole of a small problem to CP-SAT for a while, which often proves it optimal."""
        if self._done(None) or self._budget.work == 0:
            return
        found = self._budget.search_whole(self._model.program, self._gap, self.x, WHOLE_SHARE)
        if found.x is not None:
            self._take(Change(np.arange(self._model.program.columns), found.x))
        self._bound = max(self._bound, found.bound)
        self._tell()

    # --- tools ----------------------------------------------------------------------------------------------

    def _branch(self, program: Program, start: Ints) -> Outcome:
        return self._budget.branch(program, self._gap / 4)

    def _search(self, program: Program, start: Ints) -> Outcome:
        return self._budget.search(program, self._gap / 4, start)

    def _crews(self) -> list[Ints]:
        """Everybody, in groups drawn by chance that are small enough for a window."""
        people = self._draw.permutation(len(self._model.problem.agents))
        return [np.sort(crew) for crew in np.array_split(people, max(1, -(-len(people) // CREW)))]

    def _take(self, change: Change | None) -> None:
        """Make a change when it fits the x of now, which may have moved since it was begun, and betters it."""
        if change is None:
            return
        x = change.of(self.x)
        self._model.derived.fill(self._model.program, x, self._model.limits)
        value = self._model.program.value(x)
        if value < self.objective and self._model.program.admits(x):
            self.x, self._objective = x, value
            self._tell()

    def _raise(self, week: int, bound: int) -> None:
        if bound > self._week_bounds[week]:
            self._week_bounds[week] = bound
            self._tell()

    def _done(self, rounds: int | None) -> bool:
        """Whether the search may end, after a number of rounds, or None inside what every search does."""
        over = self._clock.over() if rounds is None else self._budget.over(rounds)
        return over or self.objective - self.bound <= self._gap * max(self.objective, 0)

    def _tell(self) -> None:
        if self._progress is not None:
            money = self._model.money
            self._progress(self._clock.elapsed, money.amount(self.objective), money.amount(self.bound))
