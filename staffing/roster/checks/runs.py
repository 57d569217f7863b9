"""Rules on days in a row: days on and off on end, days off in a window, which shift may follow which.

A day is a business date: it is worked when a duty counts for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint
from staffing.roster.rules import (
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    DaysOffInWindow,
    ForbiddenSuccession,
)

DAY = timedelta(days=1)


def days_on_end_most(case: Case, rule: ConsecutiveDaysMost) -> Iterator[Violation]:
    """A run of days worked is no longer than the rule allows; one at the start adds those worked before the plan.

    Each day of the plan beyond is one unit.
    """
    for agent, stints in case.bound(rule):
        before = agent.carried.consecutive_days if agent.carried is not None else 0
        for first, length in worked_runs(case, stints):
            total = length + (before if first == case.problem.horizon.start else 0)
            beyond = min(length, total - rule.days)
            if beyond > 0:
                wording = Note.of(
                    "{found} days of work on end from {first}, {allowed} are allowed",
                    found=total,
                    first=first,
                    allowed=rule.days,
                )
                yield broken(rule, agent.agent_id, first, total, rule.days, wording, units=beyond)


def days_on_end_least(case: Case, rule: ConsecutiveDaysLeast) -> Iterator[Violation]:
    """A run of days worked that begins and ends inside the plan is no shorter than the rule asks."""
    for agent, stints in case.bound(rule):
        for first, length in _inner(case, worked_runs(case, stints)):
            if length < rule.days:
                wording = Note.of(
                    "{found} days of work on end from {first}, at least {least} are asked for",
                    found=length,
                    first=first,
                    least=rule.days,
                )
                yield broken(rule, agent.agent_id, first, length, rule.days, wording)


def days_off_on_end_least(case: Case, rule: ConsecutiveDaysOffLeast) -> Iterator[Violation]:
    """A run of days off between two days worked is no shorter than the rule asks."""
    for agent, stints in case.bound(rule):
        worked = {stint.day for stint in stints}
        off = runs([day for day in case.problem.horizon.days if day not in worked])
        for first, length in _inner(case, off):
            if length < rule.days:
                wording = Note.of(
                    "{found} days off on end from {first}, at least {least} are asked for",
                    found=length,
                    first=first,
                    least=rule.days,
                )
                yield broken(rule, agent.agent_id, first, length, rule.days, wording)


def days_off_in_window(case: Case, rule: DaysOffInWindow) -> Iterator[Violation]:
    """Every window of planned days has its days off: no business date and no minute of a duty."""
    zone, days = case.problem.horizon.zone, case.problem.horizon.days
    for agent, stints in case.bound(rule):
        taken = {day for stint in stints for day in (stint.day, *stint.dates(zone))}
        for first in range(max(1, len(days) - rule.window_days + 1)):
            window = [days[first] + i * DAY for i in range(rule.window_days)]
            off = sum(day not in taken or day > days[-1] for day in window)
            if off < rule.days_off:
                wording = Note.of(
                    "{found} days off in the {days} days from {first}, {allowed} are needed",
                    found=off,
                    days=rule.window_days,
                    first=window[0],
                    allowed=rule.days_off,
                )
                yield broken(
                    rule, agent.agent_id, window[0], off, rule.days_off, wording, units=rule.days_off - off
                )


def forbidden_succession(case: Case, rule: ForbiddenSuccession) -> Iterator[Violation]:
    """No duty of a business date is of a shift that may not follow one of the day before."""
    for agent, stints in case.bound(rule):
        for stint in stints:
            before = [other for other in stints if other.day == stint.day - DAY]
            for other in before:
                if any(
                    case.is_of(other, frozenset({one})) and case.is_of(stint, frozenset({two}))
                    for one, two in rule.barred
                ):
                    wording = Note.of(
                        "shift {code} may not follow shift {before} of the day before",
                        code=stint.duty.shift_code,
                        before=other.duty.shift_code,
                    )
                    yield broken(
                        rule,
                        agent.agent_id,
                        stint.day,
                        stint.duty.shift_code,
                        f"not after {other.duty.shift_code}",
                        wording,
                    )


def runs(days: Sequence[date]) -> list[tuple[date, int]]:
    """Sorted days as runs without a gap: first day and length."""
    groups = groupby(enumerate(days), key=lambda pair: pair[1] - pair[0] * DAY)
    found = [[day for _, day in group] for _, group in groups]
    return [(group[0], len(group)) for group in found]


def worked_runs(case: Case, stints: Sequence[Stint]) -> list[tuple[date, int]]:
    """Runs of planned business dates with a duty."""
    return runs(sorted({stint.day for stint in stints}))


def _inner(case: Case, found: Sequence[tuple[date, int]]) -> Iterator[tuple[date, int]]:
    """The runs that touch neither the plan's first day nor its last."""
    horizon = case.problem.horizon
    for first, length in found:
        if horizon.start < first and first + (length - 1) * DAY < horizon.end:
            yield first, length
