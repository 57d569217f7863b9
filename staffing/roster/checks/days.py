"""Rules on days without work: days off a week or in four weeks, days in a row, the week's long rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.free_days import DAY, days_before, first_of_four_weeks, taken_days
from staffing.roster.checks.report import Violation
from staffing.roster.checks.rest import is_minor
from staffing.roster.checks.stint import Segment, instant, wall_instant, week_of, without
from staffing.roster.problem import Agent


def days_off(case: Case) -> Iterator[Violation]:
    """A working week (or four) has the pack's days off: no business date and no minute of a duty.

    Days not planned are off. Where an agreement covers work on statutory holidays, only minors are held to it.
    """
    pack = case.problem.pack
    for agent in case.agents.values():
        taken = taken_days(case, agent)
        if pack.min_days_off_week is not None:
            for first in sorted({week_of(day, case.problem.week_start) for day in taken}):
                off = sum(first + timedelta(days=i) not in taken for i in range(7))
                if off < pack.min_days_off_week and not _agreed(case, agent, first):
                    yield Violation(
                        "days_off",
                        pack.article("min_days_off_week"),
                        agent.agent_id,
                        first,
                        str(off),
                        str(pack.min_days_off_week),
                        Note.of(
                            "the week from {first} has {found} days off, {allowed} are needed",
                            first=first,
                            found=off,
                            allowed=pack.min_days_off_week,
                        ),
                    )
        if pack.min_days_off_four_weeks is not None:
            for first in sorted({first_of_four_weeks(case, day) for day in taken}):
                off = sum(first + timedelta(days=i) not in taken for i in range(28))
                if off < pack.min_days_off_four_weeks and not _agreed(case, agent, first):
                    yield Violation(
                        "days_off",
                        pack.article("min_days_off_four_weeks"),
                        agent.agent_id,
                        first,
                        str(off),
                        str(pack.min_days_off_four_weeks),
                        Note.of(
                            "the four weeks from {first} have {found} days off, {allowed} are needed",
                            first=first,
                            found=off,
                            allowed=pack.min_days_off_four_weeks,
                        ),
                    )


def consecutive_days(case: Case) -> Iterator[Violation]:
    """Nobody works more days in a row than the pack allows; days carried in count."""
    most = case.problem.pack.max_consecutive_days
    if most is None:
        return
    for agent in case.agents.values():
        taken = taken_days(case, agent)
        for first in sorted(day for day in taken if day - DAY not in taken):
            last = first
            while last + DAY in taken:
                last += DAY
            number = (last - first).days + 1
            if number > most and last >= case.problem.horizon.start:
                yield Violation(
                    "consecutive_days",
                    case.problem.pack.article("max_consecutive_days"),
                    agent.agent_id,
                    first,
                    str(number),
                    str(most),
                    Note.of(
                        "{found} days of work in a row from {first}, {allowed} are allowed",
                        found=number,
                        first=first,
                        allowed=most,
                    ),
                )


def weekly_rest(case: Case) -> Iterator[Violation]:
    """A working week holds one stretch without work as long as the pack says, from its midnight to its midnight."""
    least, zone = case.problem.pack.weekly_rest_minutes, case.problem.horizon.zone
    if least is None:
        return
    for agent_id, first, _ in case.weeks():
        week = (wall_instant(first, 0, zone), wall_instant(first + 7 * DAY, 0, zone))
        busy = [stint.presence for stint in case.by_agent[agent_id]]
        busy += _busy_before(case, case.agents[agent_id])
        longest = max((end - start for start, end in without(week, busy)), default=0)
        if longest < least:
            yield Violation(
                "weekly_rest",
                case.problem.pack.article("weekly_rest_minutes"),
                agent_id,
                first,
                hours(longest),
                hours(least),
                Note.of(
                    "the longest rest in the week from {first} is {found} hours, {allowed} are needed",
                    found=hours(longest),
                    first=first,
                    allowed=hours(least),
                ),
            )


def _busy_before(case: Case, agent: Agent) -> Iterator[Segment]:
    """The days worked before the horizon, each from midnight on, the last of them until the last duty's end."""
    zone, last = case.problem.horizon.zone, agent.carried.last_end if agent.carried else None
    days = days_before(case, agent)
    if last is not None:
        days.add(last.astimezone(zone).date())
    for day in days:
        start, end = wall_instant(day, 0, zone), wall_instant(day + DAY, 0, zone)
        yield start, end if last is None or end <= instant(last) else max(start, instant(last))


def _agreed(case: Case, agent: Agent, first: date) -> bool:
    """Whether an agreement lets this agent work on a statutory holiday in the period from `first`."""
    return "holiday_work" in case.problem.pack.chosen and not is_minor(agent.birth_date, first)
