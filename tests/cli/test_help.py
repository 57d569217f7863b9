"""What `--help` tells a supervisor: what comes out, what each option is for, how a command can end."""

from __future__ import annotations

import click
import pytest

from staffing.cli import main
from tests.end_to_end.desk import run

SAYS = {
    "plan": ["roster.csv", "costs.csv", "status 2", "--seconds", "Ctrl-C", "--engine", "--encoding"],
    "forecast": ["forecast.csv", "--out"],
    "require": ["requirements.csv", "shrinkage", "--engine"],
    "roster": ["roster.csv", "coverage.csv", "--seconds"],
    "compare": ["in-house", "per call", "per booth"],
    "batch": ["totals.csv", "folder of its PLAN.toml", "Exit status"],
    "check": [
        "another program's",
        "agent_id, business_date, start and end",
        "0: lawful",
        "1: rules are broken",
    ],
    "sample": ["anonymous-bank", "small-desk", "300 calls a month", "--to"],
    "serve": ["browser", "--port", "--plan"],
}


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_every_command_is_listed_with_what_it_gives() -> None:
    assert set(SAYS) == set(main.commands)
    outcome = run("--help")
    assert outcome.status == 0
    for name, command in main.commands.items():
        assert f"  {name} " in outcome.out
        assert command.short_help is not None
        assert command.short_help in words(outcome.out)


@pytest.mark.parametrize("name", list(SAYS))
def test_help_says_what_comes_out_and_how(name: str) -> None:
    outcome = run(name, "--help")
    assert outcome.status == 0
    assert [text for text in SAYS[name] if text not in words(outcome.out)] == []


@pytest.mark.parametrize("name", list(SAYS))
def test_every_option_but_the_plain_ones_is_explained(name: str) -> None:
    options = [option for option in main.commands[name].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] in ([], ["port"])


def test_no_command_offers_what_it_does_not_do() -> None:
    offered = {name: {option.name for option in command.params} for name, command in main.commands.items()}
    assert not {"seconds", "engine"} & offered["forecast"]
    assert "seconds" not in offered["require"]
