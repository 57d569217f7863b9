"""Rules on when a duty lies in the day: allowed starts, stable starts within a week, the person's availability."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from staffing.horizon import clock
from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import MINUTES_A_DAY, Stint, wall_instant, week_of
from staffing.roster.rules import AllowedStarts, StableStarts


def allowed_starts(case: Case, rule: AllowedStarts) -> Iterator[Violation]:
    """A duty starts at a time of the day, by the clock, inside one of the rule's windows, both ends included."""
    allowed = ", ".join(f"{clock(first)}-{clock(last)}" for first, last in rule.windows)
    for agent, stints in case.bound(rule):
        for stint in stints:
            minute = _wall_minute(case, stint) % MINUTES_A_DAY
            if not any(first <= minute <= last for first, last in rule.windows):
                wording = Note.of(
                    "the duty starts at {found}, allowed are {allowed}", found=clock(minute), allowed=allowed
                )
                yield broken(rule, agent.agent_id, stint.day, clock(minute), allowed, wording)


def stable_starts(case: Case, rule: StableStarts) -> Iterator[Violation]:
    """The starts of a working week, counted from the midnight of their business dates, lie within so many minutes."""
    for agent, stints in case.bound(rule):
        starts: dict[object, list[int]] = {}
        for stint in stints:
            starts.setdefault(week_of(stint.day, case.problem.week_start), []).append(
                _wall_minute(case, stint)
            )
        for first in sorted({week_of(stint.day, case.problem.week_start) for stint in stints}):
            apart = max(starts[first]) - min(starts[first])
            if apart > rule.within_minutes:
                wording = Note.of(
                    "the starts in the week from {first} lie {found} minutes apart, {allowed} are allowed",
                    first=first,
                    found=apart,
                    allowed=rule.within_minutes,
                )
                yield broken(
                    rule, agent.agent_id, first, f"{apart} min", f"{rule.within_minutes} min", wording
                )


def availability(case: Case) -> Iterator[Violation]:
    """A duty lies inside one of the spans in which the person is available on its business date's weekday."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        available = case.agents[stint.agent_id].available
        if available is None:
            continue
        spans = available[stint.day.weekday()]
        inside = any(
            wall_instant(stint.day, span.start_minute, zone) <= stint.presence[0]
            and stint.presence[1] <= wall_instant(stint.day, span.end_minute, zone)
            for span in spans
        )
        if not inside:
            first = _wall_minute(case, stint)
            found = f"{clock(first)}-{clock(first + stint.presence[1] - stint.presence[0])}"
            allowed = ", ".join(map(str, spans)) or "-"
            wording = Note.of(
                "the duty {found} lies outside the hours the person is available: {allowed}",
                found=found,
                allowed=allowed,
            )
            yield Violation("availability", "plan", stint.agent_id, stint.day, found, allowed, wording)


def _wall_minute(case: Case, stint: Stint) -> int:
    """The start by the clock, in minutes from the business date's midnight."""
    wall = stint.duty.start.astimezone(case.problem.horizon.zone).replace(tzinfo=None)
    return int((wall - datetime.combine(stint.day, time())) / timedelta(minutes=1))
