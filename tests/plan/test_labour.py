"""A plan's labour settings reach the roster: options of the rule pack, hours carried in, the contract's day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io.export import export
from staffing.labour import MonthHours
from staffing.plan import plan, problem_of
from tests.end_to_end.desk import AGENTS, PLAN, history

CARRIED = "社員番号,当月時間外,連続勤務日数\nA1,12:30,2\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    text = PLAN.replace("[labour]\n", '[labour]\noptions = ["agreement"]\n')
    text = text.replace('file = "agents.csv"\n', 'file = "agents.csv"\ncarried = "carried.csv"\n')
    text = text.replace("max_shifts_week = 5\n", "max_shifts_week = 5\nhours_day = 3.5\n")
    files = {"plan.toml": text, "agents.csv": AGENTS, "history.csv": history()}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "carried.csv").write_bytes(CARRIED.encode("cp932"))
    return tmp_path / "plan.toml"


def test_settings_reach_the_problem(desk: Path) -> None:
    problem = problem_of(desk)
    assert problem.pack.overtime_allowed
    assert problem.contracts[0].hours_day == 3.5
    carried = {agent.agent_id: agent.carried for agent in problem.agents}
    assert carried["A1"] is not None
    assert (carried["A1"].month, carried["A1"].consecutive_days) == (MonthHours(750), 2)
    assert [name for name, brought in carried.items() if brought is None] == ["A2", "A3"]


def test_a_plan_with_them_is_lawful_and_keeps_the_file(desk: Path, tmp_path: Path) -> None:
    made = plan(desk)
    assert made.roster is not None
    assert made.roster.report.passed
    export(made, tmp_path / "out")
    assert (tmp_path / "out" / "inputs" / "carried.csv").read_bytes() == CARRIED.encode("cp932")
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["rule_pack"] == "jp-2023-04"


def test_a_stranger_in_the_file_is_named_by_row(desk: Path) -> None:
    (desk.parent / "carried.csv").write_text("agent_id,week_hours\nA9,3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"carried\.csv: row 2, column agent_id: found 'A9'"):
        problem_of(desk)
