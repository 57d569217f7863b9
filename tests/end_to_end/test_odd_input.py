"""Odd but good input: other encodings, half a million rows, and text that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, run

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1+1")
JAPANESE = {
    "interval_start": "日時",
    "queue": "キュー",
    "offered": "着信数",
    "answered": "応答数",
    "abandoned": "放棄呼数",
    "talk_seconds": "通話時間",
    "acw_seconds": "後処理時間",
}


def rows(file: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with file.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


def japanese(content: str) -> str:
    header, rest = content.split("\n", 1)
    return (
        ",".join(JAPANESE.get(name, name) for name in header.split(",")) + "\n" + rest.replace("main", "代表")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_histories_in_every_encoding_give_the_same_requirement(desk: Desk, encoding: str) -> None:
    expected = [row["agents_gross"] for row in rows(desk.out / "requirements.csv")]
    desk.edit("history.csv", lambda content: japanese(content).encode(encoding))
    desk.edit("agents.csv", lambda content: content.encode(encoding))
    outcome = run("require", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    found = rows(desk.out / "requirements.csv")
    assert [row["agents_gross"] for row in found] == expected
    assert {row["queue"] for row in found} == {"代表"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_results_can_be_written_in_every_encoding_and_judged(desk: Desk, encoding: str) -> None:
    assert run("plan", desk.plan, "--out", desk.out, "--encoding", encoding).status == 0
    names = {row["agent_name"] for row in rows(desk.out / "roster.csv", encoding)}
    assert "青木 美咲" in names
    assert run("check", desk.out / "roster.csv", "--plan", desk.plan).status == 0


def test_the_kept_inputs_give_the_same_requirement_again(desk: Desk) -> None:
    outcome = run("require", desk.out / "inputs" / "plan.toml", "--out", desk.folder / "again")
    assert outcome.status == 0, outcome.err
    again = (desk.folder / "again" / "requirements.csv").read_bytes()
    assert again == (desk.out / "requirements.csv").read_bytes()


def test_no_exported_cell_can_be_run_by_a_spreadsheet(desk: Desk) -> None:
    agents = [f'"{text}{i}","{text}",part,1200' for i, text in enumerate(FORMULAS)]
    desk.edit("agents.csv", lambda content: "agent_id,agent_name,contract,wage\n" + "\n".join(agents) + "\n")
    desk.edit("history.csv", lambda content: content.replace("main", "=1+1"))
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    files = list(desk.out.glob("*.csv"))
    assert len(files) >= 6
    for file in files:
        for row in rows(file):
            risky = [
                value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
            ]
            assert [value for value in risky if not is_number(value)] == [], file.name
    assert {row["agent_name"] for row in rows(desk.out / "roster.csv")} <= {f"'{text}" for text in FORMULAS}
    judged = run("check", desk.out / "roster.csv", "--plan", desk.plan)
    assert judged.status == 0, judged.out


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_half_a_million_rows_are_planned(desk: Desk) -> None:
    """Five-minute intervals round the clock for 1,737 days; the desk is open for four hours on weekdays."""
    days = [date(2022, 5, 1) + timedelta(days=i) for i in range(1737)]
    times = [f"{i // 12:02d}:{i % 12 * 5:02d},{i % 3},{i % 3},0,180" for i in range(288)]
    rows_made = [f"{day} {rest}" for day in days for rest in times]
    assert len(rows_made) == 500_256
    header = "interval_start,offered,answered,abandoned,aht_seconds"
    desk.edit("history.csv", lambda content: "\n".join((header, *rows_made, "")))
    desk.edit("plan.toml", lambda content: content.replace("interval_minutes = 30", "interval_minutes = 5"))
    outcome = run("require", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    summary = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))
    weekdays = sum(day.weekday() < 5 for day in days)
    assert summary["history"]["days"] == weekdays
    assert summary["history"]["offered"] == weekdays * 48  # 48 open intervals of 0, 1, 2, 0, 1, 2, ... calls
    assert len(rows(desk.out / "requirements.csv")) == 5 * 48
