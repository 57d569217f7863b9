"""A roster that cannot exist is explained, and what the explanation names lets one through."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from staffing.roster import Roster, RosterProblem, solve
from staffing.roster.check import check
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, F8, L8, S4, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)


def leave(*days: int) -> frozenset[object]:
    return frozenset(SUNDAY + i * DAY for i in days)


E8 = ShiftTemplate("E8", 480, 480, 60, 540, 60, 180, 300)

IMPOSSIBLE = {
    "opening hours": desk(
        agent(), contracts=[contract(min_hours_week=30)], hours=["08:00-17:00"] * 3 + [""] * 4
    ),
    "two of three people": desk(
        agent("A"),
        agent("B", contract="much"),
        agent("C", contract="much"),
        contracts=[contract(), contract(name="much", min_hours_week=40, max_shifts_week=4)],
    ),
    "a shift too short": desk(
        agent(), contracts=[contract(min_hours_week=25, max_shifts_week=6, shifts=("S4",))], templates=[S4]
    ),
    "hours between two sums of shifts": desk(
        agent(), contracts=[contract(min_hours_week=17, max_hours_week=19, shifts=("F8",))], templates=[F8]
    ),
    "leave": desk(
        agent(leave=leave(0, 1)),
        contracts=[contract(min_hours_week=35)],
        hours=["08:00-17:00", "08:00-17:00", "", "", "", "", "08:00-17:00"],
    ),
    "rest between a late and an early day": desk(
        agent(),
        contracts=[contract(min_hours_week=40, shifts=("L8", "E8"))],
        templates=[L8, E8],
        hours=["13:00-22:00", "08:00-17:00", "13:00-22:00", "08:00-17:00", "", "", ""],
    ),
    "rest across the end of a week": desk(
        agent(),
        contracts=[contract(min_hours_week=16, shifts=("L8", "E8"))],
        templates=[L8, E8],
        hours=["", "", "", "", "", "13:00-22:00", "08:00-17:00"],
        days=14,
        start=SUNDAY - 7 * DAY,
    ),
    "a desk that is closed": desk(agent(), contracts=[contract(min_hours_week=4)], hours=[""] * 7),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_lowering_the_minimum_as_told_lets_a_roster_through(name: str) -> None:
    """The week, the agent, what is needed and possible; and the least minimum named is enough for everybody."""
    problem = IMPOSSIBLE[name]
    result = solve(problem, seconds=AMPLE)
    assert (result.status, result.roster) == ("infeasible", Roster(()))
    told = [read(str(obstacle)) for obstacle in result.obstacles]
    assert told
    for _, agent_id, contract_name, needed, possible, _ in told:
        person = next(a for a in problem.agents if a.agent_id == agent_id)
        assert person.contract == contract_name
        assert possible < needed
    lower = {
        contract_name: min(t[5] for t in told if t[2] == contract_name) for _, _, contract_name, *_ in told
    }
    relaxed = replace(
        problem,
        contracts=tuple(
            replace(c, min_hours_week=lower.get(c.name, c.min_hours_week)) for c in problem.contracts
        ),
    )
    solved = solve(relaxed, seconds=AMPLE)
    assert solved.status != "infeasible"
    assert check(solved.roster, relaxed).passed


def read(obstacle: str) -> tuple[str, str, str, float, float, float]:
    """Week, agent, contract, hours needed, hours possible, minimum to set."""
    found = re.fullmatch(
        r"week of (\S+): agent (\S+) needs at least (\S+) h by contract '(\w+)', but .* allow (\S+) h;"
        r" lower min_hours_week to ([\d.]+)(?: or shorten the leave)?",
        obstacle,
    )
    assert found is not None, obstacle
    week, agent_id, needed, contract_name, possible, lower = found.groups()
    return week, agent_id, contract_name, float(needed), float(possible), float(lower)


def test_the_message_in_full() -> None:
    """Three fifths of 35 hours are left beside two days of leave; two days of eight hours remain."""
    (obstacle,) = solve(IMPOSSIBLE["leave"], seconds=AMPLE).obstacles
    assert str(obstacle) == (
        "week of 2027-01-31: agent A needs at least 21 h by contract 'free', but leave, opening hours, rest and"
        " the contract's shifts allow 8 h; lower min_hours_week to 13.33 or shorten the leave"
    )


def test_shortening_the_leave_as_told_lets_a_roster_through() -> None:
    problem = IMPOSSIBLE["leave"]
    assert "or shorten the leave" in str(solve(problem, seconds=AMPLE).obstacles[0])
    lowered = replace(problem, contracts=(contract(min_hours_week=24),))
    assert solve(lowered, seconds=AMPLE).status == "infeasible"
    back = replace(lowered, agents=(agent(),))
    assert solve(back, seconds=AMPLE).status != "infeasible"


def test_only_those_who_cannot_are_named() -> None:
    named = {
        read(str(obstacle))[1]
        for obstacle in solve(IMPOSSIBLE["two of three people"], seconds=AMPLE).obstacles
    }
    assert named == {"B", "C"}


def test_no_demand_too_high_makes_a_problem_infeasible() -> None:
    """Missing people are priced, so too few of them are never an obstacle."""
    problem: RosterProblem = desk(agent(), need=50)
    assert solve(problem, seconds=AMPLE).status != "infeasible"
