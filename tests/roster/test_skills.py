"""People with several skills: the solver, the checker and the count of the floor agree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.presence import presence
from staffing.roster import RosterProblem, solve
from staffing.roster.check import check
from tests.roster.data.solve_desk import AMPLE, F8, S4, agent, contract, desk

QUEUES = ("a", "b", "c")


@st.composite
def desks(draw: st.DrawFn) -> RosterProblem:
    people = []
    for name in "ABCD"[: draw(st.integers(1, 4))]:
        first = draw(st.sampled_from(QUEUES))
        others = draw(st.frozensets(st.sampled_from(QUEUES)))
        people.append(agent(name, queue=first, skills=tuple(sorted(others - {first}))))
    return desk(
        *people,
        needs={queue: draw(st.integers(0, 2)) for queue in QUEUES},
        days=draw(st.integers(1, 4)),
        contracts=[contract(max_hours_week=draw(st.sampled_from([20, 32, 40])))],
        templates=[F8, S4],
    )


@settings(max_examples=25, deadline=None)
@given(desks())
def test_solver_checker_and_floor_agree(problem: RosterProblem) -> None:
    result = solve(problem, gap=0.0, seconds=AMPLE)
    report = check(result.roster, problem)
    assert result.status == "optimal"
    assert report.violations == ()
    assert sum(report.wages_by_agent.values()) + report.shortage_cost == result.objective
    frame = problem.demand.assign(required_gross=problem.demand["agents_gross"])
    on_floor, _ = presence(result.roster, problem, frame, problem.horizon.interval_minutes)
    missing = np.maximum(frame["required_gross"].to_numpy() - on_floor, 0).sum()
    assert (
        abs(missing - sum(report.shortage_hours.values())) < 1e-6
    )  # intervals of an hour, shifts on the grid


def test_one_flexible_person_is_worth_more_than_one_of_a_single_skill_and_less_than_two() -> None:
    """Two queues want one each; B can serve either, but only one at a time."""
    people = (agent("A", queue="a"), agent("B", queue="a", skills=("b",)), agent("C", queue="b"))
    problem = desk(*people, needs={"a": 1, "b": 1}, days=2)
    single = replace(problem, agents=tuple(replace(person, skills=()) for person in people))
    everybody_twice = replace(
        problem, agents=(*people[:2], agent("D", queue="b"), people[2]), contracts=problem.contracts
    )
    results = [solve(p, gap=0.0, seconds=AMPLE) for p in (everybody_twice, problem, single)]
    assert {result.status for result in results} == {"optimal"}
    costs = [result.objective for result in results]
    assert costs == sorted(costs)
    assert len(set(costs)) == 3
