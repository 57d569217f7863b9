"""Rules on breaks: inside the work, long enough for the law, and where the shift's template wants them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, hours, span_text
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint, merged
from staffing.shifts.template import Break, Shift


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
    """Two breaks of one duty do not overlap, paid or not."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        for one, other in pairwise(sorted((*stint.breaks, *stint.paid_breaks))):
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
    """A duty with a code of the plan has its template's breaks: this long, paid or not, in this order."""
    for stint in case.stints:
        shift = case.known_shifts.get(stint.duty.shift_code)
        if shift is None:
            continue
        found = [(end - start, paid) for start, end, paid in _taken(stint)]
        expected = [(own.minutes, own.paid) for own in _due(shift)]
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
    """The breaks of a duty with a code of the plan begin inside their windows, and far enough from one another."""
    for stint in case.stints:
        shift = case.known_shifts.get(stint.duty.shift_code)
        if shift is None:
            continue
        taken, due = _taken(stint), _due(shift)
        for number, (start, _, _) in enumerate(taken if due else ()):
            own = due[min(number, len(due) - 1)]
            after = start - stint.presence[0]
            if not own.earliest <= after <= own.latest:
                allowed = f"{own.earliest}-{own.latest} min"
                yield breach(
                    stint,
                    "break_window",
                    f"template {shift.code}",
                    f"{after} min",
                    allowed,
                    Note.of(
                        "the break begins {found} minutes after the start, the template allows {first} to {last}",
                        found=after,
                        first=own.earliest,
                        last=own.latest,
                    ),
                )
        for (_, before, _), (start, _, _) in pairwise(taken):
            if (
                0 <= start - before < shift.break_gap_minutes
            ):  # less than nothing is an overlap, told elsewhere
                yield breach(
                    stint,
                    "break_window",
                    f"template {shift.code}",
                    f"{start - before} min",
                    f"{shift.break_gap_minutes} min",
                    Note.of(
                        "{found} minutes lie between two breaks, the template wants {least}",
                        found=start - before,
                        least=shift.break_gap_minutes,
                    ),
                )


def _taken(stint: Stint) -> list[tuple[int, int, bool]]:
    """A duty's breaks in time: start, end, and whether it is paid."""
    paid = [(start, end, True) for start, end in stint.paid_breaks]
    return sorted([*((start, end, False) for start, end in stint.breaks), *paid])


def _due(shift: Shift) -> list[Break]:
    """A template's breaks in the order of their windows."""
    main = Break(shift.break_minutes, shift.break_earliest, shift.break_latest)
    due = [main, *shift.further] if shift.break_minutes else list(shift.further)
    return sorted(due, key=lambda own: (own.earliest, own.latest))


def _minutes_inside(stint: Stint) -> int:
    return sum(end - start for start, end in merged(rest for rest in stint.breaks if stint.inside(rest)))


def _lengths(breaks: list[tuple[int, bool]]) -> str:
    """Minutes of each break, a paid one in brackets."""
    return " + ".join(f"({length})" if paid else str(length) for length, paid in breaks) or "0"
