"""`staffing replan` and `staffing what-if` on a planned desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, run


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def replan(desk: Desk, *options: str) -> tuple[str, ...]:
    return (
        "replan",
        str(desk.out / "roster.csv"),
        "--plan",
        str(desk.plan),
        "--from",
        "2027-02-03T12:00",
        "--seconds",
        "3",
        "--progress",
        "none",
        "--out",
        str(desk.folder / "again"),
        *options,
    )


def test_a_sick_call_changes_the_rest_of_the_week_only(desk: Desk) -> None:
    outcome = run(*replan(desk, "--sick", "A2:2027-02-04..2027-02-05"))
    assert outcome.status == 0, outcome.err
    again = desk.folder / "again"
    past = [line for line in lines(desk.out / "roster.csv")[1:] if line.split(",")[2] <= "2027-02-03"]
    assert [line for line in lines(again / "roster.csv")[1:] if line.split(",")[2] <= "2027-02-03"] == past
    assert not any(
        line.startswith("A2,") and line.split(",")[2] in ("2027-02-04", "2027-02-05")
        for line in lines(again / "roster.csv")
    )
    header, *changes = lines(again / "changes.csv")
    assert header == (
        "agent_id,agent_name,business_date,before_shift,before_start,before_end,after_shift,after_start,after_end,why,"
        "price"
    )
    assert all(row.split(",")[2] >= "2027-02-04" for row in changes)
    summary = json.loads((again / "summary.json").read_text("utf-8"))["replan"]
    assert summary["changes"]["total"] == len(changes)
    assert summary["changes"]["absence"] == sum(row.startswith("A2,") for row in changes)
    assert f"{len(changes)} person-days changed" in outcome.out
    assert "% if nobody stepped in for the absent" in outcome.out
    lost, kept = (
        summary["expected_unchanged"]["abandonment"],
        json.loads((again / "summary.json").read_text("utf-8"))["roster"]["expected"]["abandonment"],
    )
    assert kept <= lost
    assert "A2,石田 健,part,1250,2027-02-04..2027-02-05" in lines(again / "inputs" / "agents.csv")
    judged = run("check", again / "roster.csv", "--plan", again / "inputs" / "plan.toml")
    assert judged.status == 0, judged.out


def test_the_same_plan_again_tells_the_same_and_a_plan_of_its_own_takes_the_changes_out(desk: Desk) -> None:
    assert run(*replan(desk, "--change-price", "100000")).status == 0
    again = desk.folder / "again"
    assert len(lines(again / "changes.csv")) == 1
    assert (again / "roster.csv").read_bytes() == (desk.out / "roster.csv").read_bytes()
    assert run("roster", desk.plan, "--out", again, "--seconds", "1").status == 0
    assert not (again / "changes.csv").exists()


def busier_history(desk: Desk) -> Path:
    """The desk's history with three times the calls."""
    header, *rows = lines(desk.folder / "history.csv")
    busier = [
        ",".join([*row[:3], *(str(3 * int(cell)) for cell in row[3:])])
        for row in (r.split(",") for r in rows)
    ]
    new = desk.folder / "new" / "history.csv"
    new.parent.mkdir()
    new.write_text("\n".join([header, *busier]) + "\n", "utf-8")
    return new


def test_a_new_history_counts_from_the_cut_on(desk: Desk) -> None:
    new = busier_history(desk)
    outcome = run(*replan(desk, "--history", str(new)))
    assert outcome.status == 0, outcome.err
    again = desk.folder / "again"
    old, made = (lines(folder / "requirements.csv") for folder in (desk.out, again))
    assert len(old) == len(made)
    same = [a == b for a, b in zip(old[1:], made[1:], strict=True)]
    starts = [line.split(",")[1] for line in old[1:]]
    assert all(equal == (start < "2027-02-03T12:00") for equal, start in zip(same, starts, strict=True))
    assert (again / "inputs" / "history.csv").read_bytes() == new.read_bytes()


def test_targets_of_the_day_count_the_calls_of_a_new_history(desk: Desk) -> None:
    text = desk.plan.read_text("utf-8")
    desk.plan.write_text(text.replace("[targets]", '[targets]\nperiod = "day"'), "utf-8")
    calls = []
    for options in ((), ("--history", str(busier_history(desk)))):
        outcome = run(*replan(desk, *options))
        assert outcome.status == 0, outcome.err
        told = json.loads((desk.folder / "again" / "summary.json").read_text("utf-8"))["roster"]
        assert told["objective"] == sum(told["objective_parts"].values())
        calls.append([row["calls"] for row in told["service"]["periods"]])
    before, after = calls
    assert after[:2] == before[:2]  # Monday and Tuesday lie before the cut
    assert after[3:] == pytest.approx([3 * known for known in before[3:]], rel=1e-3)
    assert before[2] < after[2] < 3 * before[2]
    short = told["objective_parts"]["service"]
    assert short > 0  # three times the calls, and the same people


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--sick", "A9:2027-02-04"), "agent A9 is absent, but not on the staff list"),
        (("--sick", "A1"), "names no agent; expected AGENT:DATE or AGENT:DATE..DATE"),
        (("--sick", "A1:2027-02-05..2027-02-04"), "ends 2027-02-04, before it begins 2027-02-05"),
        (("--from", "noon"), "'noon': expected a time such as 2027-02-10T12:00"),
        (("--from", "2027-03-01T00:00"), "lies behind 2027-02-07, the last day planned"),
    ],
)
def test_what_cannot_be_used_is_told(desk: Desk, options: tuple[str, ...], message: str) -> None:
    outcome = run(*replan(desk, *options))
    assert outcome.status == 2
    assert message in outcome.err
    assert not (desk.folder / "again").exists()


def test_what_if_prints_an_interval_a_change(desk: Desk) -> None:
    outcome = run(
        "what-if",
        desk.plan,
        "--add-agent",
        "contract=part",
        "--add-shift",
        "S3,09:00,10:00,60,180,contract=part",
        "--rule",
        "rest=off",
        "--hours",
        "part=1",
        "--leave",
        "A1:2027-02-01..2027-02-02",
        "--seconds",
        "2",
    )
    assert outcome.status == 0, outcome.err
    rows = [line for line in outcome.out.splitlines() if "=" in line or line.startswith(("S3", "A1"))]
    assert [row.split()[0] for row in rows] == [
        "contract=part",
        "S3,09:00,10:00,60,180,contract=part",
        "rest=off",
        "part=1",
        "A1:2027-02-01..2027-02-02",
    ]
    for row in rows:
        low, high = (int(cell.replace(",", "")) for cell in row.split()[1:3])
        assert low <= high
    assert "least hours alone 10,000" in rows[0]  # 8 h x 1,250, the middle wage


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "name a change"),
        (("--add-agent", "queue=main"), "'queue=main': 'contract' is missing"),
        (("--add-agent", "contract=full"), "contract full is not known; known contracts: part"),
        (("--add-shift", "S3,09:00"), "expected CODE,FIRST,LAST,STEP,LENGTH"),
        (("--rule", "rest=soft"), "expected NAME=off, NAME=hard or NAME=soft:PRICE"),
        (("--rule", "rst=off"), "rule rst is not in force"),
        (("--leave", "A1:2027-02-05..2027-02-01"), "ends before it starts"),
    ],
)
def test_a_change_that_does_not_fit_is_told(desk: Desk, options: tuple[str, ...], message: str) -> None:
    outcome = run("what-if", desk.plan, *options)
    assert outcome.status == 2
    assert message in outcome.err
