"""MiniZinc data, written by hand, through the benchmark: parsed, solved, written, judged again from the file."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from benchmarks import shift_design
from staffing.shifts.design import MeanLength, ShiftType, UsedShift, evaluate

TEXT = """\
% two days of six slots of four hours; one person by day, two at night
interval = 240;
days = 2;
demand = [2, 1, 1, 1, 1, 2,
          2, 1, 1, 1, 1, 2];
shiftTypes = 2;
minStart = [1, 5]; maxStart = [3, 5];
minLength = [2, 2]; maxLength = [2, 2];
minDuties = 4.8;
maxDuties = 5;
avgMinutes = 2310;
weightUnderCover = 2;
weightOverCover = 1;
weightDutiesPerWeek = 1000;
weightShiftInstances = 60;
"""


def test_the_data_are_read() -> None:
    instance = shift_design.parse(TEXT)
    problem = instance.problem
    assert problem.required == ((2, 1, 1, 1, 1, 2),) * 2
    assert (problem.slot_minutes, problem.cyclic) == (240, True)
    assert problem.types == (ShiftType(1, 3, 2, 2), ShiftType(5, 5, 2, 2))
    assert (problem.prices.under_minute, problem.prices.over_minute, problem.prices.shift) == (2, 1, 60)
    assert problem.limits.mean_length is None
    assert instance.mean_length == MeanLength(462, 481)
    assert instance.with_duties().limits.mean_length == instance.mean_length


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="lacks maxStart"):
        shift_design.parse(TEXT.replace("maxStart", "lastStart"))
    with pytest.raises(ValueError, match="12 slots, which 5 days"):
        shift_design.parse(TEXT.replace("days = 2", "days = 5"))


def test_the_file_written_scores_what_was_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three shifts, and no minute too many or too few: the optimum, since each hour of day needs its own."""
    (tmp_path / "two.dzn").write_text(TEXT, encoding="utf-8")
    out, figures = tmp_path / "answer.csv", tmp_path / "figures.json"
    arguments = ["shift_design", str(tmp_path / "two.dzn"), "--seconds", "20"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--out", str(out), "--json", str(figures)])
    shift_design.main()
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(figures.read_text(encoding="utf-8"))
    assert (printed["objective"], printed["bound"], printed["shifts"]) == (180, 180, 3)
    with out.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [row["shift_start"] for row in rows] == ["04:00", "12:00", "20:00"]
    shifts = [
        UsedShift(int(row["start_slot"]), int(row["length_slots"]), (int(row["day_1"]), int(row["day_2"])))
        for row in rows
    ]
    assert evaluate(shift_design.parse(TEXT).problem, shifts).objective == 180
