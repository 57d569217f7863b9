"""How commands end: the status, and a message that names the file and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.desk import Desk, run, snapshot


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("forecast", {"demand.csv", "forecast.csv"}),
        ("require", {"demand.csv", "forecast.csv", "requirements.csv"}),
        (
            "roster",
            {"demand.csv", "forecast.csv", "requirements.csv", "roster.csv", "coverage.csv"},
        ),
        (
            "compare",
            {"demand.csv", "forecast.csv", "requirements.csv", "roster.csv", "coverage.csv", "costs.csv"},
        ),
    ],
)
def test_a_stage_ends_with_0_its_files_and_a_summary(desk: Desk, command: str, files: set[str]) -> None:
    outcome = run(command, desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    assert {path.name for path in desk.out.glob("*.csv")} == files
    for file in files:
        assert str(desk.out / file) in outcome.out
    assert "Three people, 2027-02-01 to 2027-02-07 (40 open intervals)" in outcome.out
    assert "[100%] Done" in outcome.err
    assert ("wages" in outcome.out.rpartition("check ")[2]) == (command == "compare")


def test_a_forecast_needs_no_staff_yet(desk: Desk) -> None:
    (desk.folder / "agents.csv").unlink()
    for command in ("forecast", "require"):
        assert run(command, desk.plan, "--out", desk.out).status == 0
    outcome = run("roster", desk.plan, "--out", desk.out)
    assert outcome.status == 2
    assert "agents.csv" in outcome.err
    assert "no such file" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument 'PLAN.toml'"),
        (("plan.toml",), "Missing option '--out'"),
        (("plan.toml", "--out", "out", "--seconds", "0"), "0.0 is not in the range"),
        (("plan.toml", "--out", "out", "--seconds", "inf"), "inf is not in the range"),
        (("plan.toml", "--out", "out", "--seconds", "nan"), "roster.seconds = nan: seconds of search"),
        (("plan.toml", "--out", "out", "--engine", "abacus"), "'abacus' is not one of"),
        (("gone.toml", "--out", "out"), "gone.toml: no such file"),
        ((".", "--out", "out"), "Is a directory"),
        (("plan.toml", "--out", "agents.csv"), "'agents.csv' is a file"),
    ],
)
def test_a_command_line_that_cannot_be_used_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(desk.folder)
    before = snapshot(desk.folder)
    outcome = run("plan", *arguments)
    assert outcome.status == 2
    assert says in outcome.err
    assert snapshot(desk.folder) == before


def test_a_command_mistyped_is_put_right() -> None:
    outcome = run("plam")
    assert outcome.status == 2
    assert "'plan'" in outcome.err


def test_files_are_found_from_any_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names in the settings are looked for beside them, names on the command line from where one stands."""
    monkeypatch.chdir(desk.folder.parent)
    assert run("require", "desk/plan.toml", "--out", "desk/out").status == 0
    monkeypatch.chdir(desk.folder)
    absolute = str(desk.folder / "history.csv").replace("\\", "/")
    desk.edit("plan.toml", lambda text: text.replace('"history.csv"', f'"{absolute}"'))
    assert run("require", "plan.toml", "--out", "other").status == 0
    assert (desk.folder / "other/requirements.csv").read_bytes() == (
        desk.out / "requirements.csv"
    ).read_bytes()


def test_windows_line_ends_are_read(desk: Desk) -> None:
    assert run("require", desk.plan, "--out", desk.out).status == 0
    for name in ("plan.toml", "agents.csv", "history.csv"):
        desk.edit(name, lambda text: text.replace("\n", "\r\n").encode())
    assert run("plan", desk.plan, "--out", desk.folder / "other").status == 0
    requirements = (desk.folder / "other/requirements.csv").read_bytes()
    assert requirements == (desk.out / "requirements.csv").read_bytes()


def test_a_terminal_that_lacks_a_character_gets_its_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from staffing.cli import main

    desk.edit("plan.toml", lambda text: text.replace("Three people", "三人😀"))
    arguments = ["require", str(desk.plan), "--out", str(desk.out)]
    result = CliRunner(charset="cp932").invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert r"三人\U0001f600" in result.stdout_bytes.decode("cp932")


def endless_patience(desk: Desk) -> None:
    """Erlang C, with a target that it knows."""
    desk.edit(
        "plan.toml",
        lambda text: text.replace('"erlang-a"', '"erlang-c"').replace(
            "abandonment = 0.05", "asa_seconds = 30"
        ),
    )


def test_without_patience_a_day_with_nobody_there_has_no_mean_wait(desk: Desk) -> None:
    """Erlang C and everybody on leave at once: the summary says so instead of showing a number or `inf`."""
    endless_patience(desk)
    desk.edit(
        "agents.csv",
        lambda text: text.replace("1250,", "1250,2027-02-03").replace("1200,", "1200,2027-02-03"),
    )
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    assert "mean wait without end (overload)" in outcome.out
    assert "nobody abandons in Erlang C" in outcome.out
    summary = (desk.out / "summary.json").read_text(encoding="utf-8")
    assert '"mean_wait_seconds": null' in summary
    assert "Infinity" not in summary


def test_without_patience_a_queue_that_grows_all_day_has_the_wait_of_that_day(desk: Desk) -> None:
    """Erlang C with too few people has no steady state, but a day ends: its backlog is answered after closing."""
    endless_patience(desk)
    outcome = run("plan", desk.plan, "--out", desk.out)
    assert outcome.status == 0, outcome.err
    expected = json.loads((desk.out / "summary.json").read_text(encoding="utf-8"))["roster"]["expected"]
    assert 100 < expected["mean_wait_seconds"] < 4 * 3600  # beyond the target, within the opening hours


def test_prices_at_fault_are_found_before_the_search(desk: Desk) -> None:
    desk.edit("plan.toml", lambda text: text + '[sourcing]\ntariffs = "mine.toml"\n')
    for text, says in ((None, "mine.toml: no such file"), ("x = 1", "mine.toml: x = 1: is not a setting")):
        if text is not None:
            (desk.folder / "mine.toml").write_text(text, encoding="utf-8")
        outcome = run("plan", desk.plan, "--out", desk.out)
        assert outcome.status == 2
        assert says in outcome.err
        assert "Best roster" not in outcome.err
        assert not desk.out.exists()


@pytest.mark.parametrize("name", ["small-desk", "anonymous-bank"])
def test_a_sample_is_copied_once_and_said_how_to_plan(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "my desk"
    outcome = run("sample", name, "--to", folder)
    assert outcome.status == 0
    assert (folder / "plan.toml").is_file()
    assert f"staffing plan '{folder / 'plan.toml'}' --out '{folder / 'out'}'" in outcome.out
    before = snapshot(folder)
    again = run("sample", name, "--to", folder)
    assert again.status == 2
    assert "is not empty; name a new folder" in again.err
    assert snapshot(folder) == before


def test_a_sample_is_not_copied_onto_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    outcome = run("sample", "small-desk", "--to", tmp_path / "taken")
    assert outcome.status == 2
    assert "is a file" in outcome.err


def test_a_sample_that_is_none_lists_those_there_are(tmp_path: Path) -> None:
    outcome = run("sample", "large-desk", "--to", tmp_path / "new")
    assert outcome.status == 2
    assert "small-desk" in outcome.err
    assert "anonymous-bank" in outcome.err
