"""Rules on the team: how many of a group are on duty, seats of a selection, how many may have leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from staffing.notes import Note
from staffing.roster.checks.allowance import denials
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Segment, overlap, wall_instant
from staffing.roster.rules import LeaveAllowance, MinimumOnDuty, Seats


def minimum_on_duty(case: Case, rule: MinimumOnDuty) -> Iterator[Violation]:
    """In every open minute at least so many of the group are present; each person missing for a minute is a unit."""
    group = [
        stint.presence
        for agent, stints in case.bound(rule)
        if not rule.tag or rule.tag in agent.tags
        for stint in stints
    ]
    for day in case.problem.horizon.days:
        lacking = sum(_lacking(span, group, rule.least) for span in _open(case, day))
        if lacking:
            wording = Note.of(
                "fewer than {least} of {group} are on duty while the desk is open: {minutes} minutes are missing",
                least=rule.least,
                group=rule.tag or "*",
                minutes=lacking,
            )
            yield broken(rule, "", day, f"-{lacking} min", rule.least, wording, units=lacking)


def leave_allowance(case: Case, rule: LeaveAllowance) -> Iterator[Violation]:
    """No more wishes for a day off are granted than the rule lets.

    Wishes can always be denied, so only a soft rule is ever broken: where that is cheaper than to deny one more.
    """
    place = case.rules(LeaveAllowance).index(rule)
    for day in case.problem.horizon.days:
        beyond = denials(case, day).beyond[place]
        if beyond:
            wording = Note.of(
                "{found} people more than the {allowed} allowed have the day off that they asked for",
                found=beyond,
                allowed=rule.most,
            )
            yield broken(rule, "", day, f"+{beyond}", rule.most, wording, units=beyond)


def seats(case: Case, rule: Seats) -> Iterator[Violation]:
    """No more people work a shift of a day than it has seats; a shift that is not named has none."""
    taken: defaultdict[tuple[date, str], int] = defaultdict(int)
    for _, stints in case.bound(rule):
        for stint in stints:
            taken[stint.day, stint.duty.shift_code] += 1
    for (day, code), people in sorted(taken.items()):
        allowed = rule.counts.get((day, code), 0)
        if people > allowed:
            wording = Note.of(
                "{found} people on shift {code}, {allowed} seats are there",
                found=people,
                code=code,
                allowed=allowed,
            )
            yield broken(rule, "", day, people, allowed, wording, units=people - allowed)


def _open(case: Case, day: date) -> Iterator[Segment]:
    zone = case.problem.horizon.zone
    for span in case.problem.horizon.hours.spans(day):
        yield wall_instant(day, span.start_minute, zone), wall_instant(day, span.end_minute, zone)


def _lacking(span: Segment, group: list[Segment], least: int) -> int:
    """Person-minutes lacking to `least` in a span of time."""
    near = [presence for presence in group if overlap(presence, span)]
    cuts = sorted({*span, *(cut for presence in near for cut in presence if span[0] < cut < span[1])})
    return sum(
        (end - start) * max(0, least - sum(a <= start < b for a, b in near)) for start, end in pairwise(cuts)
    )
