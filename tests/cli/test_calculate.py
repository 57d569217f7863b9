"""`staffing calculate`: the calculator on the command line."""

from __future__ import annotations

import json

import pytest

from tests.end_to_end.desk import run

DESK = ("calculate", "--calls", "400", "--aht", "257", "--patience", "60")


def test_the_answer_is_marked_among_its_neighbours() -> None:
    outcome = run(*DESK, "--service-level", "0.8")
    assert outcome.status == 0
    assert "Load 57.11 Erlang, Erlang A" in outcome.out
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
