"""Which shifts of a day are open to a person, as far as hard rules on a single shift say."""

from __future__ import annotations

from datetime import date, timedelta

from staffing.roster.checks.case import Case
from staffing.roster.checks.rest import is_minor
from staffing.roster.checks.stint import MINUTES_A_DAY, Segment, merged, overlap, wall_instant, without
from staffing.roster.problem import Agent
from staffing.roster.rules import AllowedStarts, Availability, FixedDays, MinorsAtNight, Rule, Seats
from staffing.shifts.template import Shift


def kept(case: Case, kind: type[Rule], agent: Agent) -> bool:
    """Whether a standard rule is hard for a person: by itself, or as the problem's own rules of its class say."""
    own = [rule for rule in case.problem.rules if type(rule) is kind and _binds(rule, agent)]
    return not own or any(rule.kind == "hard" for rule in own)


def open_to(case: Case, agent: Agent, shift: Shift, template: str, day: date) -> bool:
    """Whether age, availability, allowed starts, settled days and seats let a person work a shift on a day."""
    if is_minor(agent.birth_date, day) and kept(case, MinorsAtNight, agent) and touches_night(case, shift):
        return False
    if (
        agent.available is not None
        and kept(case, Availability, agent)
        and not _available(case, agent, shift, day)
    ):
        return False
    for rule in case.problem.rules:
        if rule.kind != "hard" or not _binds(rule, agent):
            continue
        if isinstance(rule, AllowedStarts) and not any(
            first <= shift.start_minute % MINUTES_A_DAY <= last for first, last in rule.windows
        ):
            return False
        if isinstance(rule, Seats) and not rule.counts.get((day, shift.code)):
            return False
        if isinstance(rule, FixedDays) and any(
            fixed.agent_id == agent.agent_id
            and fixed.day == day
            and fixed.shift not in (shift.code, template)
            for fixed in rule.days
        ):
            return False
    return True


def fits(case: Case, shift: Shift, day: date) -> bool:
    """Whether the work of a shift lies in opening hours of its date or those beside it; its break need not."""
    horizon = case.problem.horizon
    hours = [
        (
            wall_instant(near, span.start_minute, horizon.zone),
            wall_instant(near, span.end_minute, horizon.zone),
        )
        for near in (day - timedelta(days=1), day, day + timedelta(days=1))
        for span in horizon.hours.spans(near)
    ]
    presence = _presence(case, shift, day)
    own = [(span.start_minute, span.end_minute) for span in horizon.hours.spans(day)]
    if shift.start_minute >= MINUTES_A_DAY and not any(a <= shift.start_minute < b for a, b in own):
        return False  # it would be the next date's
    closed = without(presence, merged(hours))
    if not closed:
        return True
    first = max(presence[0] + shift.break_earliest, closed[-1][1] - shift.break_minutes)
    last = min(presence[0] + shift.break_latest, closed[0][0])
    return bool(shift.break_minutes) and first <= last


def touches_night(case: Case, shift: Shift) -> bool:
    """Whether a shift has a minute in hours barred to minors, by the clock of a day without a change."""
    pack = case.problem.pack
    if pack.minor_night or pack.night_start_minute is None or pack.night_end_minute is None:
        return False
    length = (pack.night_end_minute - pack.night_start_minute) % MINUTES_A_DAY
    presence = (shift.start_minute, shift.start_minute + shift.length_minutes)
    starts = (pack.night_start_minute + days * MINUTES_A_DAY for days in (-1, 0, 1))
    return any(overlap(presence, (start, start + length)) for start in starts)


def _available(case: Case, agent: Agent, shift: Shift, day: date) -> bool:
    zone, presence = case.problem.horizon.zone, _presence(case, shift, day)
    return any(
        wall_instant(day, span.start_minute, zone) <= presence[0]
        and presence[1] <= wall_instant(day, span.end_minute, zone)
        for span in (agent.available or ((),) * 7)[day.weekday()]
    )


def _presence(case: Case, shift: Shift, day: date) -> Segment:
    start = wall_instant(day, shift.start_minute, case.problem.horizon.zone)
    return start, start + shift.length_minutes


def _binds(rule: Rule, agent: Agent) -> bool:
    return rule.people is None or agent.agent_id in rule.people
