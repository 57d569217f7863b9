"""Breaks by law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from staffing.errors import SettingFault
from staffing.roster.problem import RosterProblem
from staffing.roster.rules.rule import Rule
from staffing.shifts.template import Shift


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
                if shift.unpaid_minutes < needed:
                    yield SettingFault(
                        f"shifts.{template}.break_minutes",
                        str(shift.unpaid_minutes),
                        f"at least {needed} minutes for {shift.work_minutes / 60:g} hours of work"
                        f" ({self.article(problem.pack)})",
                    )
                yield from _meal_faults(problem, template, shift)


def _meal_faults(problem: RosterProblem, template: str, shift: Shift) -> Iterator[SettingFault]:
    """A template's one break as the pack's meals want it; a second meal has no place in a template."""
    due = [law for law in problem.pack.meals if shift.work_minutes > law.over_minutes]
    article = problem.pack.article("meals")
    for law in due[:1]:
        fits = shift.break_minutes >= law.meal_minutes and shift.break_latest <= law.begin_within_minutes
        if not fits:
            yield SettingFault(
                f"shifts.{template}.break_minutes",
                str(shift.break_minutes),
                f"a meal of at least {law.meal_minutes} minutes that begins at most {law.begin_within_minutes}"
                f" minutes after the start ({article})",
            )
    for law in due[1:]:
        yield SettingFault(
            f"shifts.{template}.length_minutes",
            str(shift.length_minutes),
            f"at most {law.over_minutes} minutes of work: more needs another meal ({article})",
        )
