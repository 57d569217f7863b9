"""Rules on one duty at a time: whose it is, when it lies, and whether it is the shift its code names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, moment, span_text
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Segment, merged, wall_instant, without


def unknown_agents(case: Case) -> Iterator[Violation]:
    """Every duty belongs to an agent of the plan; others are judged no further."""
    for stint in case.all_stints:
        if stint.agent_id not in case.agents:
            yield breach(
                stint,
                "unknown_agent",
                "plan",
                stint.agent_id,
                "an agent of the plan",
                Note.of("agent {agent} is not among the plan's agents", agent=stint.agent_id),
            )


def runs_forward(case: Case) -> Iterator[Violation]:
    """A duty ends after it starts."""
    for stint in case.stints:
        if stint.presence[1] <= stint.presence[0]:
            start, end = moment(stint.duty.start), moment(stint.duty.end)
            yield breach(
                stint,
                "runs_forward",
                "plan",
                end,
                f"after {start}",
                Note.of("the duty ends at {end}, which is not after its start {start}", start=start, end=end),
            )


def planned_days(case: Case) -> Iterator[Violation]:
    """A duty's business date is one of the days planned."""
    horizon = case.problem.horizon
    for stint in case.stints:
        if not horizon.start <= stint.day <= horizon.end:
            yield breach(
                stint,
                "planned_days",
                "plan",
                str(stint.day),
                f"{horizon.start} to {horizon.end}",
                Note.of(
                    "the duty lies on {day}, outside the days planned, {start} to {end}",
                    day=stint.day,
                    start=horizon.start,
                    end=horizon.end,
                ),
            )


def business_dates(case: Case) -> Iterator[Violation]:
    """A duty starts on its business date, or after midnight while that date's opening hours still run."""
    for stint in case.stints:
        start = stint.duty.start.astimezone(case.problem.horizon.zone)
        late = any(a <= stint.presence[0] < b for a, b in _open_segments(case, (stint.day,)))
        if start.date() != stint.day and not late:
            yield breach(
                stint,
                "business_date",
                "plan",
                moment(start),
                str(stint.day),
                Note.of(
                    "the duty starts at {start}, which is not on its business date {day}",
                    start=moment(start),
                    day=stint.day,
                ),
            )


def opening_hours(case: Case) -> Iterator[Violation]:
    """Nobody works while the desk is closed; a break may lie in a closed hour."""
    for stint in case.stints:
        hours = merged(_open_segments(case, stint.nearby_days(case.problem.horizon.zone)))
        closed = sum(b - a for work in stint.work for a, b in without(work, hours))
        if closed:
            yield breach(
                stint,
                "opening_hours",
                "plan",
                f"{closed} min",
                "0 min",
                Note.of("the duty has {minutes} minutes of work while the desk is closed", minutes=closed),
            )


def known_codes(case: Case) -> Iterator[Violation]:
    """The shift code is one of the plan's; a roster from elsewhere may have its own, so this is a remark."""
    for stint in case.stints:
        code = stint.duty.shift_code
        if code not in case.known_shifts:
            yield breach(
                stint,
                "shift_code",
                "plan",
                code,
                "a shift code of the plan",
                Note.of('shift code "{code}" is not in the plan; only its times are judged', code=code),
                "soft",
            )


def shift_times(case: Case) -> Iterator[Violation]:
    """A duty that carries a code of the plan starts and ends when that shift does."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        shift = case.known_shifts.get(stint.duty.shift_code)
        if shift is None:
            continue
        start = wall_instant(stint.day, shift.start_minute, zone)
        expected = (start, start + shift.length_minutes)
        if stint.presence != expected:
            found = span_text(stint.presence, zone)
            due = span_text(expected, zone)
            yield breach(
                stint,
                "shift_times",
                f"template {shift.code}",
                found,
                due,
                Note.of("shift {code} runs {due}, the duty {found}", code=shift.code, due=due, found=found),
            )


def contract_shifts(case: Case) -> Iterator[Violation]:
    """An agent works only the shift templates that the contract names."""
    for stint in case.stints:
        contract = case.contracts[case.agents[stint.agent_id].contract]
        template = stint.duty.shift_code.rsplit("-", 1)[0]
        if template in case.template_codes and template not in contract.shifts:
            yield breach(
                stint,
                "contract_shifts",
                f"contract {contract.name}",
                template,
                ", ".join(contract.shifts),
                Note.of(
                    "contract {contract} allows shifts {allowed}, not {template}",
                    contract=contract.name,
                    allowed=", ".join(contract.shifts),
                    template=template,
                ),
            )


def _open_segments(case: Case, days: Iterable[date]) -> list[Segment]:
    """The opening hours of some business dates."""
    horizon = case.problem.horizon
    return [
        (wall_instant(day, span.start_minute, horizon.zone), wall_instant(day, span.end_minute, horizon.zone))
        for day in days
        for span in horizon.hours.spans(day)
    ]
