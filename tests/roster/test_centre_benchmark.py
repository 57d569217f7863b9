"""The benchmark's desk keeps the bank's shape at any size, and its picture is a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.centre import table
from benchmarks.centre_desk import centre
from benchmarks.growth import Curve, Panel, draw
from staffing.io.export import to_csv
from staffing.io.roster_csv import read_roster
from staffing.roster import solve


def hours(people: int, grid: int) -> float:
    problem = centre(people, 1, grid, 30)
    return float(problem.demand["agents_gross"].sum()) * grid / 60


def test_the_requirement_grows_with_people_and_hardly_changes_with_the_grid() -> None:
    """Rounding up hurts small desks more, so the larger one needs a little less a head."""
    assert 9 < hours(300, 15) / hours(30, 15) < 10
    assert hours(300, 15) == pytest.approx(hours(300, 30), rel=0.02)
    assert hours(300, 5) == pytest.approx(hours(300, 30), rel=0.02)


def test_people_keep_the_banks_contracts_and_the_desk_does_not_depend_on_chance() -> None:
    problem = centre(54, 2, 15, 15)
    contracts = [agent.contract for agent in problem.agents]
    assert [contracts.count(name) for name in ("full", "part", "evening")] == [30, 16, 8]
    assert len({agent.agent_id for agent in problem.agents}) == 54
    assert any(agent.leave for agent in problem.agents)
    again = centre(54, 2, 15, 15)
    assert again.agents == problem.agents
    assert again.demand.equals(problem.demand)


def test_shifts_start_on_the_step_asked_for() -> None:
    for step in (5, 15, 30):
        for _, family in centre(27, 1, 5, step).shifts:
            starts = [shift.start_minute for shift in family]
            assert starts == list(range(starts[0], starts[-1] + 1, step))


def test_the_roster_written_is_the_roster_made(tmp_path: Path) -> None:
    problem = centre(8, 1, 30, 60)
    made = solve(problem, seconds=0).roster
    path = tmp_path / "roster.csv"
    path.write_bytes(to_csv(table(made)))
    assert read_roster(path, problem.horizon)[0] == made


def test_curves_lie_where_their_values_say(tmp_path: Path) -> None:
    """Both axes are logarithmic: equal factors are equal distances."""
    path = tmp_path / "growth.svg"
    draw((Panel("people", "seconds", (Curve("first", ((10, 1), (100, 10), (1000, 100))),)),), path)
    circles = ET.parse(path).getroot().findall("{http://www.w3.org/2000/svg}circle")
    x, y = ([float(circle.attrib[key]) for circle in circles] for key in ("cx", "cy"))
    assert x[2] - x[1] == pytest.approx(x[1] - x[0], abs=0.2)
    assert y[0] - y[1] == pytest.approx(y[1] - y[2], abs=0.2)
    assert y[0] > y[2]
