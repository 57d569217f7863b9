"""Rules on sums over a period or a window: hours and shifts, at least and at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken, hours
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint, week_of
from staffing.roster.rules import HoursInPeriod, HoursInWindow, ShiftsInPeriod


def hours_in_period(case: Case, rule: HoursInPeriod) -> Iterator[Violation]:
    """Working minutes of each planned week, month or of the plan lie between least and most; a minute is a unit."""
    for agent, stints in case.bound(rule):
        for first, group in _periods(case, rule.period, stints):
            work = sum(stint.work_minutes for stint in group)
            if rule.least_minutes is not None and work < rule.least_minutes:
                found, allowed = hours(work), hours(rule.least_minutes)
                note = Note.of(
                    "{found} hours of work in the period from {first}, at least {allowed} are asked for",
                    found=found,
                    first=first,
                    allowed=allowed,
                )
                lacking = rule.least_minutes - work
                yield broken(rule, agent.agent_id, first, found, allowed, note, units=lacking)
            if rule.most_minutes is not None and work > rule.most_minutes:
                found, allowed = hours(work), hours(rule.most_minutes)
                note = Note.of(
                    "{found} hours of work in the period from {first}, {allowed} are allowed",
                    found=found,
                    first=first,
                    allowed=allowed,
                )
                beyond = work - rule.most_minutes
                yield broken(rule, agent.agent_id, first, found, allowed, note, units=beyond)


def hours_in_window(case: Case, rule: HoursInWindow) -> Iterator[Violation]:
    """Working minutes of each window of planned days are at most so many; a plan shorter than it is one window."""
    days = case.problem.horizon.days
    for agent, stints in case.bound(rule):
        for i in range(max(1, len(days) - rule.days + 1)):
            last = days[i] + timedelta(days=rule.days - 1)
            work = sum(stint.work_minutes for stint in stints if days[i] <= stint.day <= last)
            if work > rule.most_minutes:
                found, allowed = hours(work), hours(rule.most_minutes)
                note = Note.of(
                    "{found} hours of work in the {days} days from {first}, {allowed} are allowed",
                    found=found,
                    days=rule.days,
                    first=days[i],
                    allowed=allowed,
                )
                yield broken(
                    rule, agent.agent_id, days[i], found, allowed, note, units=work - rule.most_minutes
                )


def shifts_in_period(case: Case, rule: ShiftsInPeriod) -> Iterator[Violation]:
    """The number of duties, of the shifts named or of all, lies between least and most in each period."""
    shifts = ", ".join(sorted(rule.shifts)) or "*"
    for agent, stints in case.bound(rule):
        counted = [stint for stint in stints if not rule.shifts or case.is_of(stint, rule.shifts)]
        for first, group in _periods(case, rule.period, counted):
            number = len(group)
            if rule.least is not None and number < rule.least:
                note = Note.of(
                    "{found} of the shifts {shifts} in the period from {first}, at least {allowed} are asked for",
                    found=number,
                    shifts=shifts,
                    first=first,
                    allowed=rule.least,
                )
                yield broken(rule, agent.agent_id, first, number, rule.least, note, units=rule.least - number)
            if rule.most is not None and number > rule.most:
                note = Note.of(
                    "{found} of the shifts {shifts} in the period from {first}, {allowed} are allowed",
                    found=number,
                    shifts=shifts,
                    first=first,
                    allowed=rule.most,
                )
                yield broken(rule, agent.agent_id, first, number, rule.most, note, units=number - rule.most)


def _periods(case: Case, period: str, stints: Sequence[Stint]) -> Iterator[tuple[date, list[Stint]]]:
    """The plan's weeks or months, or the plan, by their first planned day, with the duties of each."""
    groups: dict[object, tuple[date, list[Stint]]] = {}
    for day in case.problem.horizon.days:
        groups.setdefault(_period_of(case, period, day), (day, []))
    for stint in stints:
        groups[_period_of(case, period, stint.day)][1].append(stint)
    yield from groups.values()


def _period_of(case: Case, period: str, day: date) -> object:
    if period == "week":
        return week_of(day, case.problem.week_start)
    return (day.year, day.month) if period == "month" else None
