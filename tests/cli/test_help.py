"""What `--help` tells a supervisor: what comes out, what each option is for, how a command can end."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from staffing.cli import PLACES
from tests.end_to_end.desk import run

SAYS = {
    "plan": ["roster.csv", "costs.csv", "status 2", "--seconds", "Ctrl-C", "--engine", "--encoding"],
    "forecast": ["forecast.csv", "--out"],
    "require": ["requirements.csv", "shrinkage", "--engine"],
    "roster": ["roster.csv", "coverage.csv", "--seconds"],
    "shifts": ["shift templates", "[[shifts]]", "--most", "--seconds", "--out", "Contracts play no part"],
    "compare": ["in-house", "per call", "per booth"],
    "decide": [
        "best mix",
        "--abandonment",
        "--months",
        "--parts",
        "--mix-seconds",
        "decision.json",
        "memo",
        "--lang",
    ],
    "batch": ["totals.csv", "folder of its PLAN.toml", "Exit status"],
    "report": ["month before", "--month", "--history", "--costs", "--lang", "HTML", "Excel"],
    "simulate": ["call by call", "--replications", "--handling-cv", "--scatter"],
    "calculate": ["without a plan", "--calls", "--patience", "handling time", "--json"],
    "calibrate": ["history", "wrap-up", "line for PLAN.toml", "--calls", "--out"],
    "check": [
        "another program's",
        "agent_id, business_date, start and end",
        "0: lawful",
        "1: rules are broken",
    ],
    "replan": ["changes.csv", "--from", "--sick", "--leave", "--history", "--change-price"],
    "what-if": ["an interval", "--add-agent", "--add-shift", "--rule", "--hours", "--leave"],
    "explain": [
        "no roster can exist",
        "worst intervals",
        "--interval",
        "--agent",
        "--date",
        "1: the plan has no",
    ],
    "sample": ["anonymous-bank", "small-desk", "300 calls a month", "--to"],
    "serve": ["browser", "--port", "--plan"],
}

COMMANDS: dict[str, click.Command] = {
    name: getattr(import_module(place.module), name.replace("-", "_")) for name, place in PLACES.items()
}


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_every_command_is_listed_with_what_it_gives() -> None:
    assert set(SAYS) == set(PLACES)
    outcome = run("--help")
    assert outcome.status == 0
    for name, place in PLACES.items():
        assert f"{name} {place.help}" in words(outcome.out)


def test_the_list_imports_no_command() -> None:
    """Pandas alone takes longer to import than a reader waits for help."""
    script = "import sys, staffing.cli as c; c.main(['-h'], standalone_mode=False); sys.exit('pandas' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0
    )


@pytest.mark.parametrize("name", list(SAYS))
def test_help_says_what_comes_out_and_how(name: str) -> None:
    outcome = run(name, "--help")
    assert outcome.status == 0
    assert [text for text in SAYS[name] if text not in words(outcome.out)] == []


@pytest.mark.parametrize("name", list(SAYS))
def test_every_option_but_the_plain_ones_is_explained(name: str) -> None:
    options = [option for option in COMMANDS[name].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] in ([], ["port"])


def test_no_command_offers_what_it_does_not_do() -> None:
    offered = {name: {option.name for option in command.params} for name, command in COMMANDS.items()}
    assert not {"seconds", "engine"} & offered["forecast"]
    assert "seconds" not in offered["require"]
