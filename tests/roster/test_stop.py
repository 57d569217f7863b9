"""A stopped search keeps the best roster it has; a search without time has one too."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from staffing.roster import RosterProblem, solve
from staffing.roster.check import check
from tests.roster.data.solve_desk import F8, L8, S4, SUNDAY, agent, contract, desk


def hard() -> RosterProblem:
    """A problem whose proof takes far longer than a test: many people who differ a little."""
    people = [
        agent(f"A{i:02d}", wage=1100 + 7 * i, leave=frozenset({SUNDAY + timedelta(days=i % 14)}))
        for i in range(16)
    ]
    return desk(
        *people,
        contracts=[contract(min_hours_week=21, max_hours_week=37, max_shifts_week=5)],
        templates=[replace(F8, first_start_minute=420, last_start_minute=840, step_minutes=30), S4, L8],
        hours="07:00-23:00",
        days=14,
        need=7,
        interval_minutes=30,
        price=2500,
    )


def test_a_stop_asked_for_during_the_search_keeps_the_best_roster() -> None:
    """The stop is set by the search's own news, as soon as there is a first bound."""
    problem, stop = hard(), threading.Event()
    told: list[int] = []

    def news(seconds: float, objective: int, bound: int) -> None:
        told.append(objective)
        if bound > 0:
            stop.set()

    result = solve(problem, seconds=600, gap=0.0, progress=news, stop=stop)
    assert stop.is_set()
    assert result.status == "stopped"
    assert result.objective <= told[-1]
    assert result.seconds < 600
    assert check(result.roster, problem).passed


@pytest.mark.parametrize("whole", [False, True], ids=["in windows", "by CP-SAT as a whole"])
def test_a_stop_asked_for_before_the_start_still_gives_a_roster(whole: bool) -> None:
    problem = desk(agent("A"), agent("B"), days=2) if whole else hard()
    result = solve(problem, seconds=600, gap=0.0, stop=lambda: True)
    assert result.status == "stopped"
    assert check(result.roster, problem).passed
    assert result.bound <= result.objective


def test_a_search_without_time_gives_the_first_roster() -> None:
    problem = hard()
    result = solve(problem, seconds=0)
    assert result.status == "feasible"
    assert result.roster.duties
    assert check(result.roster, problem).passed


@pytest.mark.parametrize(
    "order",
    [
        "import scipy.optimize, ortools.sat.python.cp_model",
        "import ortools.sat.python.cp_model, scipy.optimize",
    ],
)
def test_both_solvers_live_in_one_process_whichever_comes_first(order: str) -> None:
    code = f"""
{order}
from staffing.roster.engines import branch, search
from staffing.roster.program import ProgramBuilder
builder = ProgramBuilder()
columns = [builder.column(1, -cost) for cost in (5, 4, 3)]
builder.row(columns, [2, 3, 1], high=5)
program = builder.build()
found = branch(program, 600), search(program, seconds=600, workers=8, seed=1), branch(program, 600)
print(*(outcome.bound for outcome in found))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["-9", "-9", "-9"]
