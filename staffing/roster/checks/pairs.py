"""Rules on two people: the same shifts, or never present at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import overlap
from staffing.roster.rules import Apart, Together


def together(case: Case, rule: Together) -> Iterator[Violation]:
    """On every day the two have duties of the same shift codes, or none."""
    one, other = rule.pair
    codes: dict[date, tuple[list[str], list[str]]] = {}
    for place, agent_id in enumerate((one, other)):
        for stint in case.by_agent.get(agent_id, ()):
            codes.setdefault(stint.day, ([], []))[place].append(stint.duty.shift_code)
    for day, (own, theirs) in sorted(codes.items()):
        if sorted(own) != sorted(theirs):
            found, allowed = ", ".join(sorted(own)) or "-", ", ".join(sorted(theirs)) or "-"
            wording = Note.of(
                "{one} works {found} and {other} works {allowed}; they are to work the same shift",
                one=one,
                found=found,
                other=other,
                allowed=allowed,
            )
            yield broken(rule, one, day, found, allowed, wording)


def apart(case: Case, rule: Apart) -> Iterator[Violation]:
    """No minute finds both present, breaks included; a meeting counts for the later of the two business dates."""
    one, other = rule.pair
    minutes: dict[date, int] = {}
    for own in case.by_agent.get(one, ()):
        for theirs in case.by_agent.get(other, ()):
            both = overlap(own.presence, theirs.presence)
            if both:
                day = max(own.day, theirs.day)
                minutes[day] = minutes.get(day, 0) + both
    for day, both in sorted(minutes.items()):
        wording = Note.of(
            "{one} and {other} are present together for {minutes} minutes", one=one, other=other, minutes=both
        )
        yield broken(rule, one, day, f"{both} min", "0 min", wording)
