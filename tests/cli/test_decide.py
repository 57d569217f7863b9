"""`staffing decide`: what is printed, what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.decision.desk import write_desk
from tests.end_to_end.desk import Desk, Outcome, run, snapshot

QUICK = ("--months", "2", "--mix-seconds", "60")


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Outcome]:
    """All parts, over two months."""
    desk = write_desk(tmp_path_factory.mktemp("decide") / "desk")
    return desk, run("decide", desk.plan, "--abandonment", "0.05", *QUICK, "--out", desk.out, "--lang", "en")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return write_desk(tmp_path / "desk")


def test_every_part_is_printed(decided: tuple[Desk, Outcome]) -> None:
    _, outcome = decided
    assert outcome.status == 0
    for title in (
        "窓口: 300 calls, 2027-02-01 to 2027-02-28",
        "target: (abandoned + blocked) / offered at most 5.0%",
        "All options at the target, over the plan's days",
        "  cheapest at the target: per call",
        "Over 2 months, 2027-02 to 2027-03, 600 calls",
        "Best mix over the months",
        "Break-even",
        "Measures against lost calls over 2 months",
        "  best set: ",
        "Strongest inputs of per call, each moved alone",
    ):
        assert any(line.startswith(title) for line in outcome.out.splitlines()), title
    assert "[ 40%] Every option over 2 months" in outcome.err


def test_printed_figures_are_those_of_the_files(decided: tuple[Desk, Outcome]) -> None:
    desk, outcome = decided
    answer = json.loads((desk.out / "decision.json").read_text(encoding="utf-8"))
    lines = outcome.out.splitlines()
    mix = answer["mix"]
    assert any(f"  {mix['total']:,} in all; no mix below {mix['bound']:,}" in line for line in lines)
    first = (desk.out / "options.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert any(line.split()[:3] == ["per", "call", f"{int(first[1]):,}"] for line in lines)
    best = (desk.out / "measures.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert any(line.strip().startswith(best[1]) and f"{float(best[11]):,.0f}" in line for line in lines)
    files = [line for line in lines if line.startswith(str(desk.out))]
    assert sorted(files) == sorted(str(path) for path in desk.out.iterdir())
    assert (desk.out / "memo-en.html").exists()
    assert not (desk.out / "memo-ja.html").exists()


def test_one_part_without_files(desk: Desk) -> None:
    outcome = run("decide", desk.plan, "--parts", "break-even", "--progress", "none")
    assert (outcome.status, outcome.err) == (0, "")
    assert "Break-even" in outcome.out
    assert "Measures" not in outcome.out
    assert not desk.out.exists()


def test_progress_as_json(desk: Desk) -> None:
    outcome = run("decide", desk.plan, "--parts", "months", "--months", "1", "--progress", "json")
    events = [json.loads(line) for line in outcome.out.splitlines()]
    assert [event["stage"] for event in events][-2:] == ["decision", "done"]
    assert events[-1]["share"] == 1.0


def test_why_an_option_cannot_stands_below_it(desk: Desk) -> None:
    desk.edit("tariffs.toml", lambda text: text.replace("max_channels        = 3", "max_channels        = 1"))
    outcome = run("decide", desk.plan, "--parts", "break-even", "--progress", "none")
    row = next(number for number, line in enumerate(outcome.out.splitlines()) if "MISSED" in line)
    assert outcome.out.splitlines()[row + 1].strip().startswith("cannot: ")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("--abandonment", "5"), "--abandonment"),
        (("--abandonment", "0"), "--abandonment"),
        (("--months", "61"), "--months"),
        (("--parts", "mixture"), "mixture"),
        (("--mix-seconds", "0"), "--mix-seconds"),
        (("--lang", "fr"), "--lang"),
    ],
)
def test_values_that_cannot_be_are_named(desk: Desk, given: tuple[str, str], named: str) -> None:
    outcome = run("decide", desk.plan, *given)
    assert outcome.status == 2
    assert named in outcome.err


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("months = 0", "sourcing.months = 0"),
        ("months = 61", "sourcing.months = 61"),
        ('first_month = "May"', "sourcing.first_month = 'May'"),
        ("growth_per_year = -1", "sourcing.growth_per_year = -1"),
        (
            "season = [1, 2]",
            "sourcing.season = 2 numbers: must be 12 numbers above 0, January first, or left out",
        ),
        ("discount_rate = 2", "sourcing.discount_rate = 2"),
        ("calls_error = -0.1", "sourcing.calls_error = -0.1"),
        ("heads_now = 1.5", "sourcing.heads_now = 1.5"),
        ("measures_budget = -1", "sourcing.measures_budget = -1"),
        ("budget = 1", "sourcing.budget"),
    ],
)
def test_settings_that_cannot_be_are_named(desk: Desk, line: str, fault: str) -> None:
    desk.edit("plan.toml", lambda text: f"{text}{line}\n")
    outcome = run("decide", desk.plan)
    assert outcome.status == 2
    assert fault in outcome.err


def test_a_failure_leaves_the_files_before(desk: Desk) -> None:
    desk.out.mkdir()
    (desk.out / "decision.json").write_text("{}", encoding="utf-8")
    before = snapshot(desk.folder)
    desk.edit(
        "tariffs.toml", lambda text: text.replace("setup_fee           = 10000", "setup_fee           = -1")
    )
    outcome = run("decide", desk.plan, "--out", desk.out)
    assert outcome.status == 2
    assert "setup_fee" in outcome.err
    assert snapshot(desk.out) == {"decision.json": before["out/decision.json"]}


def test_no_result_takes_an_inputs_place(desk: Desk) -> None:
    (desk.folder / "profile.csv").rename(desk.folder / "mix.csv")
    desk.edit("plan.toml", lambda text: text.replace("profile.csv", "mix.csv"))
    before = snapshot(desk.folder)
    outcome = run("decide", desk.plan, "--out", desk.folder)
    assert outcome.status == 2
    assert "mix.csv is read by this plan and would be overwritten" in outcome.err
    assert snapshot(desk.folder) == before


def test_a_name_that_the_encoding_lacks_is_told(desk: Desk) -> None:
    desk.edit("tariffs.toml", lambda text: text.replace('"per call"', '"per call 🙂"'))
    outcome = run(
        "decide",
        desk.plan,
        "--parts",
        "break-even",
        "--out",
        desk.out,
        "--encoding",
        "cp932",
        "--progress",
        "none",
    )
    assert outcome.status == 2
    assert "cp932 has no character" in outcome.err
    assert not desk.out.exists()
