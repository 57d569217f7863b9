"""Work in place of seconds gives the same roster again; memory's ceiling ends a search with what it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from staffing.roster import RosterProblem, solve
from staffing.roster.budget import THREADS, Budget
from staffing.roster.check import check
from staffing.roster.clock import Clock
from staffing.roster.engines.memory import resident_mb
from staffing.roster.program import ProgramBuilder
from tests.roster.data.solve_desk import F8, L8, S4, SUNDAY, agent, contract, desk


def problem(days: int, people: int = 3) -> RosterProblem:
    return desk(
        *(
            agent(f"A{i}", wage=1100 + 13 * i, leave=frozenset({SUNDAY + timedelta(days=2 * i)}))
            for i in range(people)
        ),
        contracts=[contract(min_hours_week=8, max_hours_week=37, max_shifts_week=5)],
        templates=[replace(F8, first_start_minute=420, last_start_minute=840), S4, L8],
        hours="07:00-23:00",
        days=days,
        need=2,
        price=2500,
    )


@pytest.mark.parametrize(
    ("days", "small"),
    [pytest.param(10, True, id="by CP-SAT as a whole"), pytest.param(14, False, id="in windows")],
)
def test_same_work_same_roster(days: int, small: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not small:
        monkeypatch.setattr("staffing.roster.search.SMALL", 0)
    one, other = (solve(problem(days), seconds=600, gap=0.0, seed=4, work=2) for _ in range(2))
    assert one.roster == other.roster
    assert (one.objective, one.bound, one.status) == (other.objective, other.bound, other.status)
    assert check(one.roster, problem(days)).violations == ()


def test_more_work_is_never_worse() -> None:
    none, some = (solve(problem(14), seconds=600, gap=0.0, seed=4, work=work) for work in (0, 2))
    assert some.objective <= none.objective
    assert some.bound >= none.bound


def test_above_the_ceiling_the_first_roster_is_given() -> None:
    found = solve(problem(7), seconds=600, gap=0.0, memory_mb=1)
    assert found.status == "feasible"
    assert found.roster == solve(problem(7), seconds=0).roster
    assert check(found.roster, problem(7)).violations == ()


def test_near_the_ceiling_programs_are_solved_one_at_a_time() -> None:
    builder = ProgramBuilder()
    columns = [builder.column(1) for _ in range(10_000)]
    for _ in range(12):
        builder.row(columns, high=5)
    program = builder.build()
    held = resident_mb()
    assert held > 0
    clock = Clock(60, None)

    def budget(memory_mb: float | None) -> Budget:
        return Budget(clock, seed=1, workers=1, memory_mb=memory_mb)

    assert budget(None).threads(program) == budget(held + 1000).threads(program) == THREADS
    assert budget(held + 50).threads(program) == 1
    assert budget(held + 50).affords(program)
    assert not budget(held + 20).affords(program)
