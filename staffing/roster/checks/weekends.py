"""Rules on weekends, by business date: a weekend is worked when its Saturday or its Sunday is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint
from staffing.roster.rules import WeekendsMost, WeekendsOnEndMost, WholeWeekends

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SATURDAY, SUNDAY = 5, 6


def weekends_most(case: Case, rule: WeekendsMost) -> Iterator[Violation]:
    """No more weekends of the plan are worked than the rule allows; each beyond is a unit."""
    for agent, stints in case.bound(rule):
        found = weekends_worked(stints)
        beyond = len(found) - rule.weekends
        if beyond > 0:
            wording = Note.of(
                "{found} weekends are worked, {allowed} are allowed", found=len(found), allowed=rule.weekends
            )
            yield broken(
                rule, agent.agent_id, found[rule.weekends], len(found), rule.weekends, wording, units=beyond
            )


def weekends_on_end_most(case: Case, rule: WeekendsOnEndMost) -> Iterator[Violation]:
    """No more weekends are worked in a row than the rule allows; each beyond is a unit."""
    for agent, stints in case.bound(rule):
        row: list[date] = []
        for saturday in [*weekends_worked(stints), None]:
            if row and (saturday is None or saturday != row[-1] + WEEK):
                if len(row) > rule.weekends:
                    wording = Note.of(
                        "{found} weekends on end are worked from {first}, {allowed} are allowed",
                        found=len(row),
                        first=row[0],
                        allowed=rule.weekends,
                    )
                    yield broken(
                        rule,
                        agent.agent_id,
                        row[0],
                        len(row),
                        rule.weekends,
                        wording,
                        units=len(row) - rule.weekends,
                    )
                row = []
            if saturday is not None:
                row.append(saturday)


def whole_weekends(case: Case, rule: WholeWeekends) -> Iterator[Violation]:
    """Of a weekend whose both days are planned, both are worked or none."""
    horizon = case.problem.horizon
    for agent, stints in case.bound(rule):
        worked = {stint.day for stint in stints}
        for saturday in weekends_worked(stints):
            sunday = saturday + DAY
            planned = horizon.start <= saturday and sunday <= horizon.end
            if planned and (saturday in worked) != (sunday in worked):
                wording = Note.of("only one day of the weekend of {first} is worked", first=saturday)
                yield broken(rule, agent.agent_id, saturday, 1, "0, 2", wording)


def weekends_worked(stints: Sequence[Stint]) -> list[date]:
    """The Saturdays of the weekends on which somebody works, in order; the Saturday itself may lie off the plan."""
    return sorted(
        {
            stint.day - (stint.day.weekday() - SATURDAY) * DAY
            for stint in stints
            if stint.day.weekday() in (SATURDAY, SUNDAY)
        }
    )
