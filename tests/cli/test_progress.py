"""Progress: lines for people, JSON for programs, and Ctrl-C that keeps the best roster."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from staffing.cli.progress import stoppable
from staffing.errors import Fault, InputError, StaffingError
from staffing.plan import Plan, plan
from tests.end_to_end.desk import Desk, Outcome, run
from tests.end_to_end.test_bad_input import replaced

ROOT = Path(__file__).resolve().parents[2]
TIME_TO_END = 300  # seconds until a child that does not end is ended


def events(outcome: Outcome) -> list[dict[str, Any]]:
    """Every line of stdout; a line that is no JSON object fails."""
    return [json.loads(line, parse_constant=pytest.fail) for line in outcome.out.splitlines()]


def test_json_progress_is_one_object_a_line_and_nothing_else(desk: Desk) -> None:
    outcome = run("plan", desk.plan, "--out", desk.out, "--progress", "json")
    assert outcome.status == 0
    assert outcome.err == ""
    told = events(outcome)
    assert list(dict.fromkeys(event["stage"] for event in told)) == [
        *("demand", "forecast", "requirement", "roster", "check", "costs", "export", "done")
    ]
    shares = [event["share"] for event in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    for event in told:
        assert event["message"]["text"].format(**event["message"]["values"])
    searched = [event for event in told if event["objective"] is not None]
    assert searched
    for event in searched:
        assert event["stage"] == "roster"
        assert 0 <= event["bound"] <= event["objective"]
        assert event["seconds"] >= 0
    best = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))["roster"]["objective"]
    assert best <= searched[-1]["objective"]


def test_json_is_ascii_so_that_any_pipe_carries_it(desk: Desk) -> None:
    (desk.folder / "history.csv").rename(desk.folder / "履歴.csv")
    desk.edit("plan.toml", lambda text: text.replace("history.csv", "履歴.csv"))
    outcome = run("require", desk.plan, "--out", desk.out, "--progress", "json")
    assert outcome.status == 0, outcome.err
    assert outcome.out.isascii()
    assert events(outcome)[0]["message"]["values"] == {"file": "履歴.csv"}


def test_an_error_is_the_last_event_and_a_message(desk: Desk) -> None:
    desk.edit("agents.csv", lambda text: text.replace("1300", "many"))
    outcome = run("plan", desk.plan, "--out", desk.out, "--progress", "json")
    assert outcome.status == 2
    last = events(outcome)[-1]
    fault = {"row": 2, "column": "wage", "found": "'many'", "expected": "a whole number from 0"}
    assert last["stage"] == "error"
    assert (last["error"], last["file"], last["faults"]) == ("input", "agents.csv", [fault])
    assert last["message"] in outcome.err


def test_settings_at_fault_are_told_by_key(desk: Desk) -> None:
    desk.edit("plan.toml", lambda text: text.replace("0.8\n", "80\n"))
    last = events(run("plan", desk.plan, "--out", desk.out, "--progress", "json"))[-1]
    assert (last["error"], last["file"]) == ("config", "plan.toml")
    assert last["faults"][0]["column"] == "targets.service_level"


def test_a_roster_that_cannot_exist_is_told_as_such(desk: Desk) -> None:
    desk.edit("plan.toml", lambda text: text.replace("min_hours_week = 8", "min_hours_week = 20"))
    outcome = run("plan", desk.plan, "--out", desk.out, "--progress", "json")
    assert outcome.status == 2
    last = events(outcome)[-1]
    assert last["error"] == "infeasible"
    assert "lower min_hours_week" in last["message"]


def test_progress_for_people_goes_to_stderr(desk: Desk) -> None:
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert "[  2%] Reading history.csv" in outcome.err
    assert "Best roster so far: " in outcome.err
    assert "%]" not in outcome.out
    silent = run("plan", desk.plan, "--out", desk.out, "--progress", "none")
    assert silent.err == ""
    assert "Three people" in silent.out


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def interrupted(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Have the next plan interrupted before it begins."""

    def make(*arguments: Any, **options: Any) -> Plan:
        for _ in range(times):
            interrupt()
        return plan(*arguments, **options)

    monkeypatch.setattr("staffing.cli.stages.make_plan", make)


def test_an_interrupt_before_the_search_keeps_its_first_roster(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(monkeypatch, 1)
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 0
    assert "its best roster is kept (Ctrl-C again to give up)" in outcome.err
    summary = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))
    assert summary["roster"]["status"] == "stopped"
    assert summary["check"]["passed"]


@pytest.mark.parametrize(("command", "times"), [("plan", 2), ("forecast", 1), ("require", 1)])
def test_giving_up_leaves_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str, times: int
) -> None:
    """The second interrupt of a search, the first where there is none."""
    before = signal.getsignal(signal.SIGINT)
    interrupted(monkeypatch, times)
    outcome = run(command, desk.plan, "--out", desk.out)
    assert outcome.status == 1
    assert "Aborted!" in outcome.err
    assert not desk.out.exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_programs_are_not_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    with stoppable("json") as stop:
        interrupt()
    assert stop.is_set()
    assert capsys.readouterr() == ("", "")


def test_an_error_passes_on_after_it_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError), stoppable("json"):
        raise InputError("a.csv", [Fault("nothing", "something")])
    assert json.loads(capsys.readouterr().out)["file"] == "a.csv"
    with pytest.raises(StaffingError), stoppable("json"):
        raise StaffingError("the folder is full")
    assert json.loads(capsys.readouterr().out)["error"] == "other"


def many_people(desk: Desk) -> None:
    """Two weeks of twelve people with wages of their own, to be proven best: more than a moment's search."""
    people = [f"P{i:02d},Person {i},part,{1000 + 7 * i * i % 301}," for i in range(12)]
    desk.edit("agents.csv", lambda text: "\n".join([text.splitlines()[0], *people, ""]))
    for old, new in (
        ("end = 2027-02-07", "end = 2027-02-14"),
        ("seconds = 5", "seconds = 3600"),
        ("gap = 0.05", "gap = 0"),
        ('"09:00-13:00"', '"09:00-17:00"'),
        ('last_start = "09:00"', 'last_start = "13:00"'),
        ('last_start = "11:00"', 'last_start = "15:00"'),
        ('"history.csv"', '"history.csv"\nmissing_intervals = "zero"'),
    ):
        desk.edit("plan.toml", replaced(old, new))


def test_an_interrupt_in_the_search_keeps_the_best_roster(desk: Desk) -> None:
    """A child whose lines are read while it works, as the dashboard does."""
    many_people(desk)
    command = [sys.executable, "-m", "staffing", "roster", str(desk.plan), "--out", str(desk.out)]
    with subprocess.Popen(
        [*command, "--progress", "json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            found = next(line for line in child.stdout if json.loads(line)["objective"] is not None)
            child.send_signal(signal.SIGINT)
            rest, errors = child.communicate(timeout=TIME_TO_END)
        finally:
            child.kill()
    assert child.returncode == 0, errors
    assert json.loads(rest.splitlines()[-1])["stage"] == "done"
    roster = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))["roster"]
    assert roster["status"] == "stopped"
    assert 0 < roster["objective"] <= json.loads(found)["objective"]
    assert run("check", desk.out / "roster.csv", "--plan", desk.plan).status == 0
