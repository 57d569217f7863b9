"""What a search may use: time, work and memory, and what one program inside it may."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.roster.clock import Clock
from staffing.roster.engines import Outcome, Relaxation, branch, relax, search
from staffing.roster.engines.memory import needed_mb, resident_mb
from staffing.roster.program import Ints, Program

THREADS = 2  # programs solved at a time
SLICE_SECONDS = (3.0, 30.0)  # of one engine on one program: a share of the time in all, between these
SLICE_SHARE = 0.1
PROGRAM_NODES = 50  # of branch and bound on one program, where work is limited and not time
PROGRAM_TICKS = 3.0  # of CP-SAT's deterministic time on one program, then
WHOLE_TICKS = 1.0  # for a round of the work allowed, when CP-SAT takes a small problem whole


@dataclass(frozen=True)
class Budget:
    """The clock, and the limits of work and memory; None leaves one open.

    With `work`, a number of rounds, no program is cut by time but by its solver's own count of work, so that the
    same problem, seed and work end in the same roster, as long as the clock does not run out before.
    """

    clock: Clock
    seed: int
    workers: int
    work: int | None = None
    memory_mb: float | None = None
    slice_share: float = SLICE_SHARE

    def slice_seconds(self) -> float:
        """Seconds for one program: HiGHS cannot be interrupted, so a stopped search lives on for the rest of it."""
        if self.work is not None:
            return max(0.1, self.clock.left)
        least, most = SLICE_SECONDS
        return max(0.1, min(self.clock.left, most, max(least, self.clock.seconds * self.slice_share)))

    def relax(self, program: Program) -> Relaxation | None:
        """The relaxation, when it can be had in a program's share of time."""
        return relax(program, self.slice_seconds())

    def branch(self, program: Program, gap: float) -> Outcome:
        """HiGHS' branch and bound."""
        return branch(program, self.slice_seconds(), gap, None if self.work is None else PROGRAM_NODES)

    def search(self, program: Program, gap: float, start: Ints) -> Outcome:
        """CP-SAT with one worker."""
        ticks = None if self.work is None else PROGRAM_TICKS
        return search(
            program,
            seconds=self.slice_seconds(),
            workers=1,
            seed=self.seed,
            gap=gap,
            hint=start,
            ticks=ticks,
        )

    def search_whole(self, program: Program, gap: float, start: Ints, share: float) -> Outcome:
        """CP-SAT with all workers for a share of the time left, or of the work."""
        return search(
            program,
            seconds=self.clock.left * (share if self.work is None else 1),
            workers=self.workers,
            seed=self.seed,
            gap=gap,
            hint=start,
            stop=self.clock.over,
            ticks=None if self.work is None else WHOLE_TICKS * self.work,
        )

    def over(self, rounds: int) -> bool:
        """Whether the search must end after a number of rounds."""
        return self.clock.over() or (self.work is not None and rounds >= self.work) or self.full(0.0)

    def full(self, more_mb: float) -> bool:
        """Whether `more_mb` of memory would be too much."""
        return self.memory_mb is not None and resident_mb() + more_mb > self.memory_mb

    def threads(self, program: Program) -> int:
        """How many programs of this size may be solved at a time: at least one, which is judged by itself."""
        return 1 if self.full(THREADS * needed_mb(program)) else THREADS

    def affords(self, program: Program) -> bool:
        """Whether there is memory enough to solve a program."""
        return not self.full(needed_mb(program))
