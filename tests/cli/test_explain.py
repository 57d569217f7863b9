"""`staffing explain`: a plan without a roster, and a roster that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.samples import copy_sample
from tests.end_to_end.desk import run


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk, planned."""
    folder = tmp_path_factory.mktemp("desk")
    copy_sample("small-desk", folder)
    assert run("roster", folder / "plan.toml", "--out", folder / "out", "--seconds", "3").status == 0
    return folder


def test_a_plan_with_a_roster_says_so(desk: Path) -> None:
    outcome = run("explain", "--plan", desk / "plan.toml")
    assert (outcome.status, outcome.out.strip()) == (0, "a lawful roster exists")


def test_a_plan_without_a_roster_names_conflict_and_change(tmp_path: Path) -> None:
    copy_sample("small-desk", tmp_path)
    file = tmp_path / "plan.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("max_shifts_week = 5", "max_shifts_week = 1", 1), encoding="utf-8")
    outcome = run("explain", "--plan", file)
    assert outcome.status == 1
    assert "these cannot all be kept" in outcome.out
    assert "allows at most 1 shifts for agent D01" in outcome.out
    assert "the smallest change:\n  lower min_hours_week of contract" in outcome.out


def test_a_roster_is_told_with_its_bound_and_its_worst_intervals(desk: Path) -> None:
    outcome = run("explain", desk / "out" / "roster.csv", "--plan", desk / "plan.toml")
    assert outcome.status == 0
    assert "this roster costs" in outcome.out


def test_an_interval_and_a_day_are_explained(desk: Path) -> None:
    roster = (desk / "out" / "roster.csv").read_text(encoding="utf-8").splitlines()
    columns = dict(zip(roster[0].split(","), roster[1].split(","), strict=True))
    asked = ("explain", desk / "out" / "roster.csv", "--plan", desk / "plan.toml")
    interval = run(*asked, "--interval", columns["start"])
    assert interval.status == 0
    assert "people on the floor" in interval.out
    day = run(*asked, "--agent", columns["agent_id"], "--date", columns["business_date"])
    assert day.status == 0
    assert f"{columns['agent_id']} {columns['business_date']}: instead: off" in day.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--agent", "D01"), "--agent and --date go together"),
        (("--interval", "noon"), "expected a time like"),
        (("--interval", "2001-01-01T03:00"), "no open interval"),
        (("--agent", "ZZ", "--date", "2027-02-01"), "no agent ZZ"),
    ],
)
def test_what_cannot_be_asked_is_said(desk: Path, options: tuple[str, ...], message: str) -> None:
    outcome = run("explain", desk / "out" / "roster.csv", "--plan", desk / "plan.toml", *options)
    assert outcome.status == 2
    assert message in outcome.err
