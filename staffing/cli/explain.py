"""`staffing explain`: why no roster can exist, or why a roster is as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click
import pandas as pd

from staffing.errors import StaffingError
from staffing.io.roster_csv import read_roster
from staffing.plan import problem_of
from staffing.roster.explain import Conflict, Explanation
from staffing.roster.explain import explain as explain_problem
from staffing.roster.explain.after import (
    Answer,
    ShortInterval,
    Standing,
    proof_of,
    why_attended,
    why_denied,
    why_short,
)
from staffing.roster.problem import RosterProblem
from staffing.roster.wishes import Request

WORST = 5  # short intervals that are listed when none is asked for


@click.command()
@click.argument("roster_file", metavar="[ROSTER.csv]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLAN.toml",
    help="The settings that name the people, contracts, shifts, opening hours and the rule pack.",
)
@click.option(
    "--interval", type=str, metavar="ISO", help="Why this interval is short, such as 2027-02-01T12:00."
)
@click.option("--queue", type=str, help="The queue of the interval; by default every queue.")
@click.option(
    "--activity",
    type=str,
    metavar="NAME",
    help="Why this meeting or training lies where it does, and who is left out.",
)
@click.option(
    "--agent",
    "agent_id",
    type=str,
    metavar="ID",
    help="With --date: whose day is asked about; with --activity: whose part in it.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="With --agent: why a request for the day was denied, or what the day's opposite would cost.",
)
def explain(
    roster_file: Path | None,
    plan_file: Path,
    interval: str | None,
    queue: str | None,
    activity: str | None,
    agent_id: str | None,
    day: datetime | None,
) -> None:
    """Say why no roster can exist, or why a roster is as it is.

    Without ROSTER.csv: whether the plan has a lawful roster, and if not, which rules are in conflict and the smallest
    change that lets one through. With it: what is proven of its cost, and why its worst intervals are short; or the
    interval, the person's day, or the activity that is asked about.

    Exit status 0: explained; 1: the plan has no roster; 2: a file or an option cannot be used.
    """
    if activity is None and (agent_id is None) != (day is None):
        raise StaffingError("--agent and --date go together")
    problem = problem_of(plan_file)
    if roster_file is None:
        told = explain_problem(problem)
        click.echo("\n".join(_why_none(told)))
        sys.exit(1 if told.conflicts or not told.proven else 0)
    roster, _ = read_roster(roster_file, problem.horizon)
    standing = Standing.of(problem, roster)
    for duty in standing.unknown:
        click.echo(
            f"left out: {duty.agent_id} {duty.business_date} {duty.shift_code}, which the rules do not allow"
        )
    if activity is not None:
        lines = _activity(standing, activity, agent_id)
    elif agent_id is not None and day is not None:
        lines = _day(standing, agent_id, day.date())
    elif interval is not None:
        lines = _interval(standing, _moment(interval, problem), queue)
    else:
        lines = _whole(standing)
    for line in lines:
        click.echo(line)


def _why_none(told: Explanation) -> Iterator[str]:
    if not told.conflicts and not told.obstacles:
        yield (
            "a lawful roster exists" if told.proven else "no roster was found in time, and none is ruled out"
        )
        return
    for number, conflict in enumerate(told.conflicts, 1):
        yield f"conflict {number}: these cannot all be kept{'' if conflict.minimal else ' (perhaps not all needed)'}"
        yield from _limits(conflict)
    yield "what stands in the way, and what helps:"
    yield from (f"  {note}" for note in told.obstacles)
    yield "the smallest change:" if told.relaxation.cheapest else "a change that helps:"
    yield from (f"  {change.wording}" for change in told.relaxation.changes)
    if not told.relaxation.lawful:
        yield "it goes against the law: nothing lawful helps"


def _limits(conflict: Conflict) -> Iterator[str]:
    return (f"  {note}" for note in conflict.wording)


def _whole(standing: Standing) -> Iterator[str]:
    yield str(proof_of(standing).wording)
    worst = sorted(
        (
            (int(missing), queue, int(start))
            for queue, own in standing.model.stretches.items()
            for start, missing in zip(own.starts, standing.floors[queue].missing, strict=True)
            if missing
        ),
        key=lambda found: (-found[0], found[2]),
    )
    if not worst:
        yield "no interval is short"
    seen: set[tuple[str, datetime]] = set()
    step, zone = standing.model.problem.horizon.interval_minutes, standing.model.problem.horizon.zone
    starts = set(pd.to_datetime(standing.model.problem.demand["interval_start"]))
    for _, queue, start in worst:
        moment = datetime.fromtimestamp(start // step * step * 60, zone)
        if len(seen) == WORST or (queue, moment) in seen or pd.Timestamp(moment) not in starts:
            continue
        seen.add((queue, moment))
        yield ""
        yield from _short(why_short(standing, queue, moment))


def _interval(standing: Standing, moment: datetime, queue: str | None) -> Iterator[str]:
    queues = [queue] if queue is not None else sorted(standing.model.stretches)
    found = 0
    for name in queues:
        try:
            short = why_short(standing, name, moment)
        except LookupError:
            continue
        found += 1
        yield from _short(short)
    if not found:
        raise StaffingError(
            f"no open interval{f' of queue {queue}' if queue else ''} begins at {moment.isoformat(' ', 'minutes')}"
        )


def _short(short: ShortInterval) -> Iterator[str]:
    yield str(short.wording)
    yield from (f"  {kept.agent_id}: {kept.wording}" for kept in short.people)


def _activity(standing: Standing, name: str, agent_id: str | None) -> Iterator[str]:
    problem = standing.model.problem
    own = next((activity for activity in problem.activities if activity.name == name), None)
    if own is None:
        known = ", ".join(activity.name for activity in problem.activities) or "none"
        raise StaffingError(f"no activity {name}; the plan's activities: {known}")
    people = [agent.agent_id for agent in problem.agents if agent.agent_id in own.people]
    if agent_id is not None and agent_id not in people:
        raise StaffingError(f"{name} is not for agent {agent_id}; it is for {', '.join(people)}")
    for person in people if agent_id is None else [agent_id]:
        told = why_attended(standing, name, person)
        yield f"{person}: {told.wording}"
        for conflict in told.conflicts:
            yield from _limits(conflict)


def _day(standing: Standing, agent_id: str, day: date) -> Iterator[str]:
    problem = standing.model.problem
    asked = [r for r in problem.requests if (r.agent_id, r.day) == (agent_id, day)]
    try:
        for request in asked or [_opposite(standing, agent_id, day)]:
            answer = why_denied(standing, request)
            yield from _answer(answer, bool(asked))
    except ValueError as error:
        raise StaffingError(str(error)) from error


def _opposite(standing: Standing, agent_id: str, day: date) -> Request:
    """What is not so: a day off for somebody who works, work for somebody who is off."""
    model = standing.model
    ids = [agent.agent_id for agent in model.problem.agents]
    if agent_id not in ids or day not in model.days:
        raise ValueError(f"the plan has no agent {agent_id} or no {day}")
    works = standing.worked(ids.index(agent_id), model.days.index(day)) is not None
    return Request(agent_id, day, "off" if works else "on", 0)


def _answer(answer: Answer, asked: bool) -> Iterator[str]:
    request = answer.request
    shift = f" {request.shift}" if request.shift else ""
    yield f"{request.agent_id} {request.day}: {'asked for' if asked else 'instead:'} {request.wants}{shift}"
    if asked or answer.cost is None:
        yield f"  {answer.wording}"
    else:
        proof = "" if answer.exact else " (not proven)"
        yield f"  would change the cost of the roster by {answer.cost:+,}{proof}"
    for conflict in answer.conflicts:
        yield from _limits(conflict)


def _moment(text: str, problem: RosterProblem) -> datetime:
    """A time with or without offset; without, it is the site's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise StaffingError(f"--interval: expected a time like 2027-02-01T12:00, found {text!r}") from None
    zone = problem.horizon.zone
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
