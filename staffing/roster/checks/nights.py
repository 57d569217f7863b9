"""Rules on night shifts: how many on end, and the days off behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.runs import runs
from staffing.roster.checks.stint import Stint
from staffing.roster.rules import DaysOffAfterNights, NightsOnEndMost

DAY = timedelta(days=1)


def nights_on_end_most(case: Case, rule: NightsOnEndMost) -> Iterator[Violation]:
    """A run of business dates with a night shift is no longer than the rule allows; each night beyond is a unit."""
    for agent, stints in case.bound(rule):
        for first, length in runs(nights(case, stints, rule.night_minutes)):
            if length > rule.nights:
                wording = Note.of(
                    "{found} night shifts on end from {first}, {allowed} are allowed",
                    found=length,
                    first=first,
                    allowed=rule.nights,
                )
                yield broken(
                    rule, agent.agent_id, first, length, rule.nights, wording, units=length - rule.nights
                )


def days_off_after_nights(case: Case, rule: DaysOffAfterNights) -> Iterator[Violation]:
    """The days right behind a run of night shifts have no duty; each that has one is a unit."""
    for agent, stints in case.bound(rule):
        worked = {stint.day for stint in stints}
        for first, length in runs(nights(case, stints, rule.night_minutes)):
            last = first + (length - 1) * DAY
            taken = [day for i in range(rule.days) if (day := last + (i + 1) * DAY) in worked]
            if taken:
                wording = Note.of(
                    "{found} of the {allowed} days behind the night shift of {last} are worked",
                    found=len(taken),
                    allowed=rule.days,
                    last=last,
                )
                yield broken(rule, agent.agent_id, last, len(taken), 0, wording, units=len(taken))


def nights(case: Case, stints: Sequence[Stint], minutes: int) -> list[date]:
    """Business dates with a duty of at least so many minutes of work in the night hours, in order."""
    pack, zone = case.problem.pack, case.problem.horizon.zone
    return sorted(
        {
            stint.day
            for stint in stints
            if stint.night_minutes(pack.night_start_minute, pack.night_end_minute, zone) >= minutes
        }
    )
