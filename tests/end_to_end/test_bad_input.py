"""Bad input: a clear message, exit status 2, and the files of the run before stay as they were."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.end_to_end.desk import Desk, run, snapshot

Change = Callable[[str], str | bytes]


@dataclass(frozen=True)
class Bad:
    """One input spoilt, and what the message must say."""

    name: str
    file: str
    change: Change
    says: tuple[str, ...]


def cell(row: int, column: str, text: str) -> Change:
    """The file with one cell replaced; the header is row 1."""

    def change(content: str) -> str:
        lines = content.splitlines()
        cells = lines[row - 1].split(",")
        cells[lines[0].split(",").index(column)] = text
        lines[row - 1] = ",".join(cells)
        return "\n".join(lines) + "\n"

    return change


def without_column(column: str) -> Change:
    def change(content: str) -> str:
        rows = [line.split(",") for line in content.splitlines()]
        place = rows[0].index(column)
        return "\n".join(",".join(row[:place] + row[place + 1 :]) for row in rows) + "\n"

    return change


def without_row(row: int) -> Change:
    return lambda content: "".join(line for i, line in enumerate(content.splitlines(True), 1) if i != row)


def replaced(old: str, new: str) -> Change:
    def change(content: str) -> str:
        assert old in content
        return content.replace(old, new)

    return change


HISTORY = [
    Bad("an empty file", "history.csv", lambda content: "", ("empty file",)),
    Bad("only a BOM", "history.csv", lambda content: "\ufeff", ("history.csv",)),
    Bad("only a header", "history.csv", lambda content: content.splitlines()[0] + "\n", ("only a header",)),
    Bad("a missing column", "history.csv", without_column("offered"), ("row 1", '"offered"')),
    Bad("text for a number", "history.csv", cell(5, "offered", "many"), ("row 5", "offered", "'many'")),
    Bad("an empty cell", "history.csv", cell(5, "offered", ""), ("row 5", "offered", "an empty cell")),
    Bad("a negative count", "history.csv", cell(6, "abandoned", "-1"), ("row 6", "abandoned", "'-1'")),
    Bad(
        "a negative duration", "history.csv", cell(6, "talk_seconds", "-9"), ("row 6", "talk_seconds", "'-9'")
    ),
    Bad("NaN", "history.csv", cell(7, "answered", "NaN"), ("row 7", "answered", "'NaN'")),
    Bad("infinity", "history.csv", cell(7, "acw_seconds", "inf"), ("row 7", "acw_seconds", "'inf'")),
    Bad("counts that contradict", "history.csv", cell(8, "offered", "3"), ("row 8", "offered", "answered")),
    Bad(
        "a duplicated interval",
        "history.csv",
        lambda content: content + content.splitlines()[9] + "\n",
        ("row 322", "as in row 10"),
    ),
    Bad("a missing interval", "history.csv", without_row(4), ("no row on 2026-12-07", "10:00")),
    Bad(
        "a missing day",
        "history.csv",
        lambda content: "".join(line for line in content.splitlines(True) if "2026-12-15" not in line),
        ("2026-12-15", "missing_days"),
    ),
    Bad(
        "times in two zones",
        "history.csv",
        replaced("2027-01-20T09:00:00+09:00", "2027-01-20T00:00:00Z"),
        ("row 258", "interval_start", "one time zone"),
    ),
    Bad(
        "times with and without a zone",
        "history.csv",
        replaced("2027-01-20T09:00:00+09:00", "2027-01-20T09:00:00"),
        ("row 258", "interval_start", "one time zone"),
    ),
    Bad("a time that is none", "history.csv", cell(3, "interval_start", "soon"), ("row 3", "'soon'")),
    Bad("another interval length", "history.csv", cell(3, "interval_minutes", "15"), ("15", "expected 30")),
    Bad(
        "bytes of no encoding", "history.csv", lambda content: content.encode() + b"\xff\xfe\x80", ("UTF-8",)
    ),
    Bad("an Excel workbook", "history.csv", lambda content: b"PK\x03\x04rest", ("Excel",)),
]
STAFF = [
    Bad("an empty staff file", "agents.csv", lambda content: "", ("agents.csv", "empty file")),
    Bad("staff without wages", "agents.csv", without_column("wage"), ("row 1", '"wage"')),
    Bad("text for a wage", "agents.csv", cell(2, "wage", "high"), ("row 2", "wage", "'high'")),
    Bad("a negative wage", "agents.csv", cell(2, "wage", "-1"), ("row 2", "wage", "'-1'")),
    Bad("NaN for a wage", "agents.csv", cell(2, "wage", "nan"), ("row 2", "wage", "'nan'")),
    Bad("one id twice", "agents.csv", cell(4, "agent_id", "A1"), ("row 4", "agent_id", "row 2")),
    Bad("an unknown contract", "agents.csv", cell(3, "contract", "parts"), ("row 3", "contract", "part")),
    Bad("leave that is no date", "agents.csv", cell(2, "leave", "soon"), ("row 2", "leave", "'soon'")),
]
SETTINGS = [
    Bad("no TOML", "plan.toml", lambda content: "[plan", ("plan.toml", "TOML")),
    Bad("an unknown key", "plan.toml", replaced("weeks = 4", "week = 4"), ("forecast.week", "weeks")),
    Bad("a share above 1", "plan.toml", replaced("0.8\n", "80\n"), ("targets.service_level", "80")),
    Bad("NaN for a share", "plan.toml", replaced("shrinkage = 0.2", "shrinkage = nan"), ("shrinkage",)),
    Bad("text for a number", "plan.toml", replaced("seed = 1", 'seed = "one"'), ("plan.seed", "one")),
    Bad("an unknown zone", "plan.toml", replaced("Asia/Tokyo", "Asia/Edo"), ("time_zone", "Asia/Edo")),
    Bad("an end before the start", "plan.toml", replaced("2027-02-07", "2027-01-07"), ("horizon.end",)),
    Bad("no such history", "plan.toml", replaced("history.csv", "gone.csv"), ("gone.csv", "no such file")),
    Bad(
        "an unknown rule pack",
        "plan.toml",
        replaced("[labour]", '[labour]\npack = "x"'),
        ("pack", "jp-2023-04"),
    ),
    Bad(
        "hours off the grid", "plan.toml", replaced('friday = ["09:00-13', 'friday = ["09:10-13'), ("09:10",)
    ),
    Bad(
        "hours that run back",
        "plan.toml",
        replaced('friday = ["09:00-13', 'friday = ["19:00-13'),
        ("friday",),
    ),
    Bad("a shift unknown", "plan.toml", replaced('"D4", "D2"', '"D4", "D3"'), ("contracts[1].shifts", "D3")),
]
IMPOSSIBLE = [
    Bad(
        "a minimum that no week of shifts reaches",
        "plan.toml",
        replaced("min_hours_week = 8", "min_hours_week = 20"),  # five shifts of 3.5 hours are 17.5
        ("no roster can exist",),
    ),
    Bad(
        "a minimum that no shift fits",
        "plan.toml",
        lambda content: content.replace("min_hours_week = 8", "min_hours_week = 8.25").replace(
            "max_hours_week = 20", "max_hours_week = 8.25"
        ),
        ("no roster can exist",),
    ),
]


@pytest.mark.parametrize(
    "bad", [*HISTORY, *STAFF, *SETTINGS, *IMPOSSIBLE], ids=lambda bad: f"{bad.file}: {bad.name}"
)
def test_bad_input_is_named_and_nothing_is_touched(bad: Bad, desk: Desk) -> None:
    before = snapshot(desk.out)
    desk.edit(bad.file, bad.change)
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 2
    assert [text for text in bad.says if text not in outcome.err] == [], outcome.err
    assert "Traceback" not in outcome.err
    assert snapshot(desk.out) == before
    assert before


PROFILE = "weekday,start,weight\n" + "".join(f"*,{9 + i // 2:02d}:{i % 2 * 30:02d},10\n" for i in range(8))
PROFILES = [
    Bad("an empty profile", "profile.csv", lambda content: "", ("profile.csv", "empty file")),
    Bad("a missing column", "profile.csv", without_column("weight"), ("row 1", '"weight"')),
    Bad("text for a weight", "profile.csv", cell(3, "weight", "some"), ("row 3", "weight", "'some'")),
    Bad("a negative weight", "profile.csv", cell(3, "weight", "-1"), ("row 3", "weight", "'-1'")),
    Bad("NaN for a weight", "profile.csv", cell(3, "weight", "nan"), ("row 3", "weight", "'nan'")),
    Bad("a weekday that is none", "profile.csv", cell(3, "weekday", "someday"), ("row 3", "someday")),
    Bad(
        "one slot twice", "profile.csv", lambda content: content + content.splitlines()[2] + "\n", ("row 10",)
    ),
]


@pytest.mark.parametrize("bad", PROFILES, ids=lambda bad: bad.name)
def test_a_bad_profile_is_named_and_nothing_is_touched(bad: Bad, desk: Desk) -> None:
    by_profile = 'method = "profile"\nprofile = "profile.csv"\ncalls_per_month = 900\naht_seconds = 180'
    desk.edit("plan.toml", replaced('method = "median"', by_profile))
    (desk.folder / "profile.csv").write_text(PROFILE, encoding="utf-8")
    assert run("require", desk.plan, "--out", desk.out).status == 0
    before = snapshot(desk.out)
    desk.edit(bad.file, bad.change)
    outcome = run("require", desk.plan, "--out", desk.out)
    assert outcome.status == 2
    assert [text for text in bad.says if text not in outcome.err] == [], outcome.err
    assert snapshot(desk.out) == before


@pytest.mark.parametrize("bad", [HISTORY[0], STAFF[0], SETTINGS[1], IMPOSSIBLE[0]], ids=lambda bad: bad.name)
def test_bad_input_makes_no_new_folder(bad: Bad, desk: Desk) -> None:
    desk.edit(bad.file, bad.change)
    assert run("plan", desk.plan, "--out", desk.folder / "new").status == 2
    assert not (desk.folder / "new").exists()


def test_an_encoding_that_lacks_a_character_is_refused_before_anything_is_written(desk: Desk) -> None:
    before = snapshot(desk.out)
    desk.edit("agents.csv", replaced("Ueda", "한글"))
    outcome = run("plan", desk.plan, "--out", desk.out, "--encoding", "cp932")
    assert outcome.status == 2
    assert "한" in outcome.err
    assert snapshot(desk.out) == before
    assert run("plan", desk.plan, "--out", desk.folder / "new", "--encoding", "cp932").status == 2
    assert not (desk.folder / "new").exists()


def test_a_folder_that_is_a_file_is_refused(desk: Desk) -> None:
    taken = desk.folder / "taken"
    taken.write_text("mine", encoding="utf-8")
    outcome = run("plan", desk.plan, "--out", taken)
    assert outcome.status == 2
    assert "taken" in outcome.err
    assert taken.read_text(encoding="utf-8") == "mine"


def test_every_fault_of_a_file_is_told_at_once(desk: Desk) -> None:
    desk.edit("history.csv", cell(5, "offered", "many"))
    desk.edit("history.csv", cell(9, "abandoned", "-1"))
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert "row 5" in outcome.err
    assert "row 9" in outcome.err


def test_as_a_child_process_the_fault_is_the_last_json_line_and_the_status_is_2(desk: Desk) -> None:
    desk.edit("history.csv", cell(5, "offered", "many"))
    command = ["-m", "staffing", "plan", str(desk.plan), "--out", str(desk.out), "--progress", "json"]
    ended = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 2
    assert "row 5, column offered" in ended.stderr
    last = json.loads(ended.stdout.splitlines()[-1])
    assert (last["stage"], last["error"], last["file"]) == ("error", "input", "history.csv")
    assert last["faults"] == [
        {"row": 5, "column": "offered", "found": "'many'", "expected": "a whole number from 0"}
    ]
