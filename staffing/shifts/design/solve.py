"""Design shifts: the path from a problem to the shifts to offer and a proof of how good they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.shifts.design.problem import DesignProblem
from staffing.shifts.design.program import DesignProgram, Ints
from staffing.shifts.design.result import DesignResult, PlacedBreak, Status, UsedShift
from staffing.shifts.design.search import DesignSearch, Progress, Stop


def design_shifts(
    problem: DesignProblem,
    *,
    seconds: float = 60.0,
    gap: float = 0.0,
    seed: int = 1,
    stop: Stop | None = None,
    progress: Progress | None = None,
    hint: Sequence[UsedShift] = (),
) -> DesignResult:
    """Choose the shifts to offer, and how many people begin each of them on each day.

    Args:
        problem: people required, shifts that may be offered, prices and limits.
        seconds: time to search; offering nothing is an answer, so there always is one.
        gap: enough when (objective - bound) / objective is at most this; 0 asks for a proof.
        seed: of the neighbourhoods; time limits that cut a part short make runs differ all the same.
        stop: polled ten times a second; True ends the search with the best answer found.
        progress: told (seconds, objective, bound) of each better answer or bound.
        hint: an answer to start from, of this problem or one like it; left out when it breaks a rule.
    """
    program = DesignProgram(problem)
    search = DesignSearch(
        program,
        seconds=seconds,
        gap=gap,
        seed=seed,
        stop=stop,
        progress=progress,
        start=_columns(program, hint),
    )
    search.run()
    return _result(program, search, seed)


def _columns(program: DesignProgram, hint: Sequence[UsedShift]) -> Ints | None:
    """The columns of an answer given; None without one."""
    if not hint:
        return None
    given = {(shift.start, shift.length): shift for shift in hint}
    people = np.zeros(program.people_columns, dtype=np.int64)
    for duty in program.duties:
        candidate = program.candidates[duty.shift]
        shift = given.get((candidate.start, candidate.length))
        if shift is None or duty.day >= len(shift.people):
            continue
        people[duty.column] = shift.people[duty.day]
        placed = {b.offset: b.people for b in shift.breaks if b.day == duty.day}
        for offset, column in duty.breaks:
            people[column] = placed.get(offset, 0)
    return program.completed(people)


def _result(program: DesignProgram, search: DesignSearch, seed: int) -> DesignResult:
    z, prices = search.z, program.problem.prices
    minutes = program.slots.weight * program.problem.slot_minutes
    under = int(z[program.under : program.over] @ minutes)
    over = int(z[program.over : program.offered] @ minutes)
    return DesignResult(
        shifts=_used(program, z),
        status=_status(search),
        objective=search.objective,
        bound=search.bound,
        under_cost=under * prices.under_minute,
        over_cost=over * prices.over_minute,
        shift_cost=int(z[program.offered :].sum()) * prices.shift,
        under_minutes=under,
        over_minutes=over,
        seconds=search.elapsed,
        seed=seed,
    )


def _status(search: DesignSearch) -> Status:
    if search.objective == search.bound:
        return "optimal"
    return "stopped" if search.stopped else "feasible"


def _used(program: DesignProgram, z: Ints) -> tuple[UsedShift, ...]:
    people = np.zeros((len(program.candidates), program.problem.days), dtype=np.int64)
    breaks: list[list[PlacedBreak]] = [[] for _ in program.candidates]
    for duty in program.duties:
        people[duty.shift, duty.day] = z[duty.column]
        for offset, column in duty.breaks:
            if z[column]:
                breaks[duty.shift].append(PlacedBreak(duty.day, offset, int(z[column])))
    return tuple(
        UsedShift(shift.start, shift.length, tuple(counts), tuple(sorted(placed)))
        for shift, counts, placed in zip(program.candidates, people.tolist(), breaks, strict=True)
        if any(counts)
    )
