"""The search: a relaxation, an answer from the shifts it uses, then neighbourhoods beside a proof of the whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from staffing.shifts.design.branching import Branching, Found
from staffing.shifts.design.program import DesignProgram, Floats, Ints

POLL_SECONDS = 0.1
FIRST_SECONDS = 2.0  # for the first answer from the relaxation's shifts
POOL = 45  # shifts of the relaxation that make the first answer; a problem with as few is small
OTHERS, FEWEST = 15, 4  # shifts beside those in use in a neighbourhood, to begin with and at least
SLICE_SECONDS = 3.0  # for one neighbourhood
PROOF_SECONDS = 5.0  # for the first look at the whole; each further look is given longer
SMALL_SECONDS = 1.5  # for the first of two where all is small; the next is given all the time left

Progress = Callable[[float, int, int], None]  # seconds, objective, bound


class Event(Protocol):
    """Something that can be set, as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether it has been set."""
        ...


Stop = Event | Callable[[], bool]
Result = TypeVar("Result")


@dataclass
class Look:
    """A search of the whole under way: seconds for the next one, how they grow, and the cost it is asked to reach."""

    seconds: float
    growth: float = 2.0
    future: Future[Found] | None = None
    limit: int = 0


class DesignSearch:
    """The best columns known, the best bound known, and the ways to better them."""

    def __init__(
        self,
        program: DesignProgram,
        *,
        seconds: float,
        gap: float,
        seed: int,
        stop: Stop | None,
        progress: Progress | None,
        start: Ints | None = None,
    ) -> None:
        self._started = time.monotonic()
        self._seconds, self._gap = seconds, gap
        self._stop, self._progress = stop, progress
        self._draw = np.random.default_rng(seed)
        self._program = program
        self._branching = Branching(program)
        self._others = OTHERS
        shifts = program.candidates
        self._begin = np.array([shift.start for shift in shifts], dtype=np.int64)
        self._end = np.array([shift.start + shift.length for shift in shifts], dtype=np.int64)
        self._relaxed: Floats = np.zeros(len(shifts))
        self.z = program.completed(np.zeros(program.people_columns, dtype=np.int64))
        self.objective = program.value(self.z)
        if start is not None and self._branching.admits(start) and program.value(start) < self.objective:
            self.z, self.objective = start, program.value(start)
        self.bound = 0
        self.stopped = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def run(self) -> None:
        """Search until the gap asked for, the deadline or a stop."""
        pool = ThreadPoolExecutor(2, thread_name_prefix="design")
        try:
            self._first(pool)
            self._improve(pool)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    # --- steps ----------------------------------------------------------------------------------------------

    def _first(self, pool: ThreadPoolExecutor) -> None:
        """The relaxation, and the best answer that its shifts give in a moment."""
        relaxed = self._await(pool.submit(self._branching.relax, self._left))
        most = self._program.problem.limits.distinct_shifts
        size = POOL if most is None else min(POOL, 2 * most + 4)
        chosen = np.arange(min(size, len(self._begin)))
        if relaxed is not None:
            bound, self._relaxed = relaxed
            self._raise(bound)
            order = np.argsort(-self._relaxed, kind="stable")[:size]
            chosen = np.union1d(order[self._relaxed[order] > 1e-6], self._used)
        if self._done():
            return
        seconds = min(FIRST_SECONDS, self._left)
        found = self._await(pool.submit(self._branching.branch, chosen, seconds, 0.0, self.objective))
        if found is not None:
            self._take(found)

    def _improve(self, pool: ThreadPoolExecutor) -> None:
        """A look at the whole, for a proof; beside it neighbourhoods, or where all is small, another such look."""
        looks = (
            [Look(PROOF_SECONDS)]
            if len(self._begin) > POOL
            else [Look(SMALL_SECONDS, 100), Look(PROOF_SECONDS)]
        )
        near: Future[Found] | None = None
        number = 0
        while not self._done():
            for look in looks:
                if look.future is None:
                    look.limit = self.objective - self._program.unit
                    seconds = min(look.seconds, self._left)
                    order = self._draw.spawn(1)[0] if look is not looks[0] else None
                    look.future = pool.submit(
                        self._branching.branch, None, seconds, self._gap / 2, look.limit, order
                    )
                    look.seconds *= look.growth
            if near is None and len(looks) == 1:
                near = pool.submit(self._neighbourhood, number)
                number += 1
            futures = [look.future for look in looks if look.future] + ([near] if near else [])
            wait(futures, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            if near is not None and near.done():
                self._take(near.result())
                near = None
            for look in looks:
                if look.future is not None and look.future.done():
                    self._conclude(look.future.result(), look.limit)
                    look.future = None

    def _neighbourhood(self, number: int) -> Found:
        """The shifts in use and others: near them, with their begins and ends, or as the relaxation likes."""
        used = self._used
        weights = 1e-3 + self._relaxed
        if number % 3 == 0 and len(used):
            near = np.zeros(len(weights), dtype=np.bool_)
            for k in used:
                near |= (abs(self._begin - self._begin[k]) <= 1) & (abs(self._end - self._end[k]) <= 2)
            weights = 0.2 * weights + 0.05 * near
        elif number % 3 == 1 and len(used):
            day = self._program.problem.slots_a_day
            begins = np.isin(self._begin % day, self._begin[used] % day)
            ends = np.isin(self._end % day, self._end[used] % day)
            weights = 0.2 * weights + 0.2 * (begins & ends)
        weights[used] = 0
        free = len(weights) - len(used)
        count = min(free, self._others)
        others = np.zeros(0, dtype=np.int64)
        if count:
            others = self._draw.choice(len(weights), size=count, replace=False, p=weights / weights.sum())
        shifts = np.union1d(used, others)
        started = time.monotonic()
        seconds = min(SLICE_SECONDS, self._left)
        found = self._branching.branch(shifts, seconds, 0.0, self.objective - self._program.unit)
        if not found.exhausted:
            self._others = max(FEWEST, int(self._others * 0.75))
        elif time.monotonic() - started < 0.4 * SLICE_SECONDS:
            self._others = min(len(weights), int(self._others * 1.25) + 1)
        return found

    # --- tools ----------------------------------------------------------------------------------------------

    @property
    def _used(self) -> Ints:
        """The shifts of the best answer."""
        return np.flatnonzero(self.z[self._program.offered :])

    @property
    def _left(self) -> float:
        return max(0.0, self._seconds - self.elapsed)

    def _over(self) -> bool:
        if not self.stopped and self._stop is not None:
            self.stopped = self._stop() if callable(self._stop) else self._stop.is_set()
        return self.stopped or self._left <= 0

    def _done(self) -> bool:
        return self.objective - self.bound <= self._gap * self.objective or self._over()

    def _await(self, future: Future[Result]) -> Result | None:
        while not self._over():
            if wait([future], timeout=min(POLL_SECONDS, self._left)).done:
                return future.result()
        return None

    def _take(self, found: Found) -> None:
        if found.z is None:
            return
        value = self._program.value(found.z)
        if value < self.objective:
            self.z, self.objective = found.z, value
            self._tell()

    def _conclude(self, found: Found, limit: int) -> None:
        """What the whole says: nothing costs as little as `limit`, or nothing below its bound does."""
        self._take(found)
        self._raise(
            limit + self._program.unit if found.none_cheaper else min(found.bound, limit + self._program.unit)
        )

    def _raise(self, bound: int) -> None:
        bound = min(bound, self.objective)
        if bound > self.bound:
            self.bound = bound
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.elapsed, self.objective, self.bound)
