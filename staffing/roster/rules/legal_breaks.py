"""Breaks by law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from staffing.errors import SettingFault
from staffing.roster.problem import RosterProblem
from staffing.roster.rules.rule import Rule


@dataclass(frozen=True, kw_only=True)
class LegalBreaks(Rule):
    """Every shift has the break that the law asks for its working time; breaks lie inside the work."""

    name: ClassVar[str] = "break_length"
    figure: ClassVar[str] = "breaks"

    def faults(self, problem: RosterProblem) -> Iterator[SettingFault]:
        """Templates whose break is too short for their length."""
        for template, shifts in problem.shifts:
            for shift in shifts[:1]:  # the shifts of a template differ in their start only
                needed = problem.pack.break_needed(shift.work_minutes)
                if shift.break_minutes < needed:
                    yield SettingFault(
                        f"shifts.{template}.break_minutes",
                        str(shift.break_minutes),
                        f"at least {needed} minutes for {shift.work_minutes / 60:g} hours of work"
                        f" ({self.article(problem.pack)})",
                    )
