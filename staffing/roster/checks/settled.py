"""Days that are settled: what somebody works on them, or that they are off."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.roster.checks.case import Case, broken
from staffing.roster.checks.report import Violation
from staffing.roster.rules import FixedDays


def fixed_days(case: Case, rule: FixedDays) -> Iterator[Violation]:
    """On a settled day of the plan the person has a duty of the shift settled and no other, or none when off."""
    horizon = case.problem.horizon
    for agent, stints in case.bound(rule):
        for fixed in rule.days:
            if fixed.agent_id != agent.agent_id or not horizon.start <= fixed.day <= horizon.end:
                continue
            there = [stint for stint in stints if stint.day == fixed.day]
            if fixed.shift is None:
                kept = not there
            else:
                kept = bool(there) and all(case.is_of(stint, frozenset({fixed.shift})) for stint in there)
            if not kept:
                found = ", ".join(stint.duty.shift_code for stint in there) or "-"
                allowed = fixed.shift or "-"
                wording = Note.of(
                    "the day is settled as {allowed}, the roster has {found}", allowed=allowed, found=found
                )
                yield broken(rule, agent.agent_id, fixed.day, found, allowed, wording)
