"""The calculator: one interval of one queue, without a plan."""

from __future__ import annotations

import json
from dataclasses import asdict
from math import inf, isfinite
from typing import Any

import click

from staffing.calculator import Answer, Question, answer
from staffing.cli.calculate_lines import answer_lines
from staffing.queueing import Targets

_SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)


@click.command()
@click.option("--calls", type=float, required=True, help="Calls offered in the interval.")
@click.option("--aht", type=float, required=True, help="Seconds a call: talk, hold and after-call work.")
@click.option("--agents", type=int, help="Agents on contacts; without it, the number needed is found.")
@click.option(
    "--interval",
    type=float,
    default=30,
    show_default=True,
    help="Minutes, not seconds.",
)
@click.option(
    "--patience",
    type=float,
    default=inf,
    help="Seconds a caller waits on average before giving up (Erlang A); without it nobody gives up (Erlang C).",
)
@click.option("--lines", type=int, help="Callers talking or waiting at most; more get the busy tone.")
@click.option(
    "--redial", type=float, default=0, show_default=True, help="Share of the lost calls that come again."
)
@click.option("--shrinkage", type=float, default=0, show_default=True, help="Share of paid time lost.")
@click.option(
    "--concurrency",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="Chats an agent holds at once.",
)
@click.option(
    "--slowdown",
    type=click.FloatRange(0, 1),
    default=0,
    show_default=True,
    help="How much longer each further chat makes all of them, as a share of the handling time.",
)
@click.option("--service-level", type=_SHARE, help="Target: at least this share answered in time.")
@click.option("--threshold", type=float, default=20, show_default=True, help="Seconds that are in time.")
@click.option(
    "--definition",
    type=click.Choice(["offered", "answered", "virtual", "excluding_short"]),
    default="offered",
    show_default=True,
    help="What the share in time is of: all calls, the answered, the wait had nobody given up, or all calls but "
    "those given up within the threshold.",
)
@click.option("--abandonment", type=_SHARE, help="Target: at most this share gives up.")
@click.option("--asa", type=float, help="Target: the answered wait at most so many seconds on average.")
@click.option(
    "--occupancy",
    type=click.FloatRange(0, 1, min_open=True),
    help="Target: agents are busy at most this share of the time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, for programs.")
def calculate(as_json: bool, **options: Any) -> None:
    """Answer what a supervisor asks without a plan: how many agents, what service, how many calls, how long a call.

    \b
    staffing calculate --calls 100 --aht 300 --patience 180 --service-level 0.8 --abandonment 0.05
    staffing calculate --calls 100 --aht 300 --patience 180 --service-level 0.8 --agents 18

    Shares are between 0 and 1. Shows the numbers of agents around the answer and, where a target is given, how far
    calls, handling time and patience may go before it is missed.
    """  # noqa: D301 - click reads the backspace as "leave these lines as they are"
    if options["slowdown"] and options["concurrency"] == 1:
        raise click.UsageError("--slowdown is for chats: give --concurrency too")
    try:
        question = _question(**options)
        found = answer(question)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps(_plain(found), indent=2))
    else:
        for line in answer_lines(question, found):
            click.echo(line)


def _question(
    calls: float,
    aht: float,
    agents: int | None,
    interval: float,
    patience: float,
    lines: int | None,
    redial: float,
    shrinkage: float,
    concurrency: int,
    slowdown: float,
    **targets: Any,
) -> Question:
    return Question(
        calls=calls,
        aht_seconds=aht,
        targets=Targets(**targets),
        agents=agents,
        interval_seconds=interval * 60,
        patience_seconds=patience,
        lines=inf if lines is None else lines,
        redial=redial,
        shrinkage=shrinkage,
        concurrency=concurrency,
        slowdown=slowdown,
    )


def _plain(found: Answer) -> dict[str, Any]:
    """JSON types only; null where a figure is not finite."""
    return {
        "load_erlangs": found.load,
        "agents": found.agents,
        "needed": found.needed,
        "needed_fractional": found.needed_fractional,
        "unreachable": found.unreachable,
        "gross": found.gross,
        "attempts": found.attempts,
        "table": [_finite(asdict(row)) for row in found.rows],
        "limits": None if found.limits is None else _finite(asdict(found.limits)),
    }


def _finite(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and not isfinite(value) else value
        for name, value in figures.items()
    }
