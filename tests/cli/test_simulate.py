"""`staffing simulate`: a roster of another program's hand, played against its plan."""

from __future__ import annotations

import re

import pytest

from tests.end_to_end.desk import Desk, run

ROSTER = "agent_id,business_date,shift_code,start,end\n" + "".join(
    f"A{person},2027-02-0{day},D4,2027-02-0{day}T09:00:00+09:00,2027-02-0{day}T13:00:00+09:00\n"
    for day in (1, 2, 4, 5)
    for person in (1, 2, 3)
)


@pytest.fixture
def command(desk: Desk) -> tuple[str, ...]:
    (desk.folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return ("simulate", str(desk.folder / "roster.csv"), "--plan", str(desk.plan))


def figures(text: str, name: str) -> list[float]:
    line = next(line for line in text.splitlines() if line.startswith(name))
    return [float(value) for value in re.findall(r"\d+\.\d+", line)]


def test_what_is_expected_lies_in_the_simulated_interval(command: tuple[str, ...]) -> None:
    """Four days with three people and one day with nobody; 300 weeks, so that the interval is narrow."""
    outcome = run(*command, "--replications", "300")
    assert outcome.status == 0, outcome.err
    for name in ("abandoned", "answered within 20 s"):
        expected, simulated, half_width = figures(outcome.out, name)
        assert half_width < 1.5
        assert abs(expected - simulated) <= 1.5 * half_width  # a 95 % interval, widened: one seed of many
    assert figures(outcome.out, "abandoned")[1] > 20  # the day with nobody


def test_the_same_seed_gives_the_same_text_and_another_one_does_not(command: tuple[str, ...]) -> None:
    again = [run(*command, "--replications", "3", "--seed", seed).out for seed in ("5", "5", "6")]
    assert again[0] == again[1]
    assert again[0].splitlines()[2:] != again[2].splitlines()[2:]


def test_handling_times_of_another_spread_change_what_is_played(command: tuple[str, ...]) -> None:
    plain, long = (
        figures(run(*command, "--replications", "40", *more).out, "mean wait ")[1]
        for more in ((), ("--handling-cv", "3"))
    )
    assert plain != long


def test_a_roster_that_cannot_be_read_is_named(desk: Desk) -> None:
    outcome = run("simulate", str(desk.folder / "none.csv"), "--plan", str(desk.plan))
    assert outcome.status == 2
    assert "none.csv" in outcome.err
