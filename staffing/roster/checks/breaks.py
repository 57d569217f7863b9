"""Rules on breaks: inside the work, long enough for the law, and where the shift's template wants them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, hours, span_text
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint, merged


def breaks_inside(case: Case) -> Iterator[Violation]:
    """A break runs forward and has work before and after it."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        for rest in stint.breaks:
            if not stint.inside(rest):
                found, duty = span_text(rest, zone), span_text(stint.presence, zone)
                yield breach(
                    stint,
                    "break_inside",
                    case.problem.pack.article("breaks"),
                    found,
                    duty,
                    Note.of("the break {found} does not lie inside the duty {duty}", found=found, duty=duty),
                )


def breaks_apart(case: Case) -> Iterator[Violation]:
    """Two breaks of one duty do not overlap."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        for one, other in pairwise(sorted(stint.breaks)):
            if other[0] < one[1]:
                found, earlier = span_text(other, zone), span_text(one, zone)
                yield breach(
                    stint,
                    "break_overlap",
                    "plan",
                    found,
                    earlier,
                    Note.of("the break {found} overlaps the break {earlier}", found=found, earlier=earlier),
                )


def lawful_breaks(case: Case) -> Iterator[Violation]:
    """Work beyond the law's limits has breaks as long as the law says; only breaks inside the work count."""
    for stint in case.stints:
        taken = _minutes_inside(stint)
        work = stint.work_minutes
        needed = max(
            (law.break_minutes for law in case.problem.pack.breaks if work > law.over_minutes), default=0
        )
        if taken < needed:
            yield breach(
                stint,
                "break_length",
                case.problem.pack.article("breaks"),
                f"{taken} min",
                f"{needed} min",
                Note.of(
                    "{work} hours of work need {needed} minutes of break, there are {taken}",
                    work=hours(work),
                    needed=needed,
                    taken=taken,
                ),
            )


def template_breaks(case: Case) -> Iterator[Violation]:
    """A duty with a code of the plan has the break that its template names: this long, once, or none."""
    for stint in case.stints:
        shift = case.known_shifts.get(stint.duty.shift_code)
        if shift is None:
            continue
        found = [end - start for start, end in stint.breaks]
        expected = [shift.break_minutes] if shift.break_minutes else []
        if found != expected:
            yield breach(
                stint,
                "break_template",
                f"template {shift.code}",
                _lengths(found),
                _lengths(expected),
                Note.of(
                    "shift {code} has breaks of {expected} minutes, the duty {found}",
                    code=shift.code,
                    expected=_lengths(expected),
                    found=_lengths(found),
                ),
            )


def break_windows(case: Case) -> Iterator[Violation]:
    """The break of a duty with a code of the plan begins inside its template's window."""
    for stint in case.stints:
        shift = case.known_shifts.get(stint.duty.shift_code)
        if shift is None or not shift.break_minutes:
            continue
        for start, _ in stint.breaks:
            after = start - stint.presence[0]
            if not shift.break_earliest <= after <= shift.break_latest:
                allowed = f"{shift.break_earliest}-{shift.break_latest} min"
                yield breach(
                    stint,
                    "break_window",
                    f"template {shift.code}",
                    f"{after} min",
                    allowed,
                    Note.of(
                        "the break begins {found} minutes after the start, the template allows {first} to {last}",
                        found=after,
                        first=shift.break_earliest,
                        last=shift.break_latest,
                    ),
                )


def _minutes_inside(stint: Stint) -> int:
    return sum(end - start for start, end in merged(rest for rest in stint.breaks if stint.inside(rest)))


def _lengths(minutes: list[int]) -> str:
    return " + ".join(str(length) for length in minutes) if minutes else "0"
