"""`staffing calculate`: the calculator on the command line."""

from __future__ import annotations

import json

import pytest

from tests.end_to_end.desk import run

DESK = ("calculate", "--calls", "400", "--aht", "257", "--patience", "60")


def test_the_answer_is_marked_among_its_neighbours() -> None:
    outcome = run(*DESK, "--service-level", "0.8")
    assert outcome.status == 0
    assert "57.11 Erlang, callers give up (Erlang A)" in outcome.out
    assert "Needed: 54 agents on contacts" in outcome.out
    marked = [line.split() for line in outcome.out.splitlines() if line.startswith(">")]
    assert [row[1:4] for row in marked] == [["54", "80.6%", "10.3%"]]


def test_without_patience_nobody_gives_up_and_an_overload_has_no_end() -> None:
    outcome = run("calculate", "--calls", "100", "--aht", "300", "--agents", "16")
    marked = next(line for line in outcome.out.splitlines() if line.startswith(">"))
    assert marked.split()[1:] == ["16", "0.0%", "-", "no", "end", "no", "end", "100.0%", "no", "end", "6.00"]


def test_json_holds_null_where_there_is_no_figure() -> None:
    outcome = run("calculate", "--calls", "100", "--aht", "300", "--agents", "16", "--json")
    row = next(row for row in json.loads(outcome.out)["table"] if row["agents"] == 16)
    assert (row["asa_seconds"], row["meets"], row["occupancy"]) == (None, None, 1.0)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--service-level", "1.5"), "--service-level"),
        ((), "agents: give a number of agents, or a target"),
        (("--lines", "1", "--service-level", "0.8"), "no number of agents reaches 0.8 with 1 lines"),
    ],
)
def test_what_cannot_be_answered_is_named(options: tuple[str, ...], says: str) -> None:
    outcome = run(*DESK, *options)
    assert outcome.status == 2
    assert says in outcome.err


def test_agents_who_miss_the_target_are_told_so_and_patience_is_left_out() -> None:
    """Callers of 60 s would let 18 agents meet it, those of 180 s do not: "down to" would mislead."""
    outcome = run(
        "calculate", "--calls", 100, "--aht", 300, "--patience", 180, "--service-level", 0.8, "--agents", 18
    )
    assert "With 18 agents the targets are missed; they would hold at" in outcome.out
    assert "patience  down to" not in outcome.out


def test_the_service_of_given_agents_is_shown_though_no_number_reaches_the_target() -> None:
    outcome = run(
        "calculate", "--calls", 100, "--aht", 300, "--lines", 10, "--service-level", 0.8, "--agents", 8
    )
    assert outcome.status == 0
    assert "Target out of reach: service_level" in outcome.out
    assert any(line.startswith(">      8") for line in outcome.out.splitlines())


def test_an_overload_says_how_many_would_end_it() -> None:
    outcome = run("calculate", "--calls", 100, "--aht", 300, "--agents", 16)
    assert "16 agents are overloaded, the queue grows without end: at least 17" in outcome.out


def test_shares_of_attempts_are_said_to_be_so() -> None:
    outcome = run("calculate", "--calls", 100, "--aht", 300, "--lines", 10, "--redial", 0.3, "--agents", 8)
    assert "attempts to call, redials included, with 8 agents" in outcome.out


def test_the_definition_of_in_time_is_the_targets() -> None:
    given, plain = (run(*DESK, "--agents", 54, *more).out for more in (("--definition", "answered"), ()))
    assert "80.6%" in plain
    assert "89.9%" in given  # 80.6 of the 89.7 % answered
    assert "of the answered; ASA" in given
