"""`staffing what-if`: what a person, a shift, a rule, hours or leave are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import click

from staffing.cli.progress import stoppable
from staffing.cli.stages import SECONDS
from staffing.config import read_config
from staffing.errors import StaffingError
from staffing.horizon import minute_of_clock
from staffing.plan import problem_of
from staffing.plan.rostering import require_found
from staffing.roster import whatif
from staffing.roster.rules import Kind
from staffing.roster.solve import solve
from staffing.roster.whatif import WhatIf
from staffing.roster.whatif_changes import AddAgent, AddShift, Change, ChangeRule, GrantLeave, MoreHours
from staffing.shifts.template import ShiftTemplate

Found = TypeVar("Found")


@click.command("what-if")
@click.argument("plan_file", metavar="PLAN.toml", type=click.Path(path_type=Path))
@click.option(
    "--add-agent",
    "agents",
    multiple=True,
    metavar="contract=NAME[,queue=NAME][,wage=N]",
    help="One more person, such as contract=part,queue=main; the queue may be left out when there is one, the wage "
    "when others have the contract.",
)
@click.option(
    "--add-shift",
    "shifts",
    multiple=True,
    metavar="CODE,FIRST,LAST,STEP,LENGTH[,...]",
    help="A further shift template, such as S5,09:00,14:00,30,300: code, first and last start, step and length in "
    "minutes; then, where wanted, break=45,earliest=120,latest=240 (minutes) and contract=NAME.",
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="NAME=off|hard|soft:PRICE",
    help="A rule in force made hard, soft or off, such as rest=off or days_off=soft:5000.",
)
@click.option(
    "--hours",
    multiple=True,
    metavar="CONTRACT=HOURS",
    help="More hours a week on a contract, such as part=1.",
)
@click.option(
    "--leave",
    multiple=True,
    metavar="AGENT:DATE[..DATE]",
    help="Leave granted to somebody, such as A07:2027-02-10..2027-02-12.",
)
@SECONDS
def what_if(
    plan_file: Path,
    agents: tuple[str, ...],
    shifts: tuple[str, ...],
    rules: tuple[str, ...],
    hours: tuple[str, ...],
    leave: tuple[str, ...],
    seconds: float | None,
) -> None:
    """Solve a plan's roster as it is and with each change alone, and show what each is worth in money.

    A value is an interval: the least and the most that the change can save, as far as both searches have proven. The
    longer they search, the narrower it is. Each of them takes as long as PLAN.toml says, or --seconds.
    """
    config = read_config(plan_file)
    problem = problem_of(config)
    queues = sorted({str(queue) for queue in problem.demand["queue"]})
    readers: tuple[tuple[tuple[str, ...], Callable[[str], Change]], ...] = (
        (agents, lambda text: _agent(text, queues)),
        (shifts, _shift),
        (rules, _rule),
        (hours, _hours),
        (leave, _leave),
    )
    asked = [(text, _read(text, reader)) for texts, reader in readers for text in texts]
    if not asked:
        raise click.UsageError("name a change: --add-agent, --add-shift, --rule, --hours or --leave")
    limit, seed = seconds or config.roster.seconds, config.plan.seed
    for text, change in asked:
        _read(text, lambda _, change=change: change.applied(problem))  # type: ignore[misc]
    with stoppable("text") as stop:
        base = solve(problem, seconds=limit, seed=seed, gap=config.roster.gap / 10, stop=stop.is_set)
        require_found(base)
        found = [
            (
                text,
                whatif.what_if(
                    problem, change, seconds=limit, seed=seed, gap=config.roster.gap / 10, base=base
                ),
            )
            for text, change in asked
            if not stop.is_set()
        ]
    for line in _lines(found, config.plan.currency):
        click.echo(line)


def _lines(found: list[tuple[str, WhatIf]], currency: str) -> Iterator[str]:
    if not found:
        return
    base, width = found[0][1].base, max(len(text) for text, _ in found)
    yield f"as it is: {base.objective:,} {currency}, no roster below {base.bound:,}; seed {base.seed}"
    yield ""
    yield f"{'change':{width}}  {'saves at least':>15}  {'at most':>12}  {'costs with it':>14}  {'bound':>12}"
    for text, case in found:
        value = case.value
        if value is None:
            yield f"{text:{width}}  no roster can exist: {'; '.join(map(str, case.changed.obstacles))}"
            continue
        least = "" if case.least_cost is None else f"  least hours alone {case.least_cost:,}"
        yield (
            f"{text:{width}}  {value[0]:>15,}  {value[1]:>12,}  {case.changed.objective:>14,}  "
            f"{case.changed.bound:>12,}{least}"
        )


def _read(text: str, reader: Callable[[str], Found]) -> Found:
    """What a text says, or an error that names it."""
    try:
        return reader(text)
    except (ValueError, KeyError, IndexError) as error:
        reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        raise StaffingError(f"{text!r}: {reason}") from None


def _pairs(parts: list[str], known: tuple[str, ...]) -> dict[str, str]:
    pairs = {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts)}
    for name in pairs:
        if name not in known:
            raise ValueError(f"{name!r} is not known here; known: {', '.join(known)}")
    return pairs


def _agent(text: str, queues: list[str]) -> Change:
    given = _pairs(text.split(","), ("contract", "queue", "wage"))
    if "queue" not in given and len(queues) > 1:
        raise ValueError(f"name a queue of {', '.join(queues)}")
    wage = int(given["wage"]) if "wage" in given else None
    return AddAgent(given["contract"], given.get("queue", queues[0]), wage)


def _shift(text: str) -> Change:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 5:
        raise ValueError("expected CODE,FIRST,LAST,STEP,LENGTH")
    more = _pairs(parts[5:], ("break", "earliest", "latest", "contract"))
    template = ShiftTemplate(
        parts[0],
        minute_of_clock(parts[1]),
        minute_of_clock(parts[2]),
        int(parts[3]),
        int(parts[4]),
        break_minutes=int(more.get("break", 0)),
        break_earliest=int(more.get("earliest", 0)),
        break_latest=int(more.get("latest", 0)),
    )
    return AddShift(template, (more["contract"],) if "contract" in more else ())


def _rule(text: str) -> Change:
    name, _, how = text.partition("=")
    kind, _, weight = how.partition(":")
    kinds: dict[str, Kind] = {"off": "off", "hard": "hard", "soft": "soft"}
    if kind not in kinds or (kind == "soft") != bool(weight):
        raise ValueError("expected NAME=off, NAME=hard or NAME=soft:PRICE")
    return ChangeRule(name.strip(), kinds[kind], int(weight or 0))


def _hours(text: str) -> Change:
    contract, _, hours = text.partition("=")
    return MoreHours(contract.strip(), float(hours))


def _leave(text: str) -> Change:
    agent, _, days = text.rpartition(":")
    first, _, last = days.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if end < start:
        raise ValueError(f"{days} ends before it starts")
    return GrantLeave(
        agent.strip(), frozenset(start + timedelta(days=i) for i in range((end - start).days + 1))
    )
