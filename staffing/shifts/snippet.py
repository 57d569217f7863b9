"""Shift templates as the `[[shifts]]` tables of a plan.toml."""

from __future__ import annotations

from collections.abc import Iterable

from staffing.horizon import clock
from staffing.shifts.template import ShiftTemplate


def shifts_toml(templates: Iterable[ShiftTemplate]) -> str:
    """TOML to paste into plan.toml in place of its `[[shifts]]`; the contracts name the codes they may work."""
    return "\n".join(_table(template) for template in templates)


def _table(template: ShiftTemplate) -> str:
    work = template.length_minutes - template.break_minutes
    return "\n".join(
        [
            "[[shifts]]",
            f'code = "{template.code}"  # {work / 60:g} h of work, until '
            f"{clock(template.last_start_minute + template.length_minutes)}",
            f'first_start = "{clock(template.first_start_minute)}"',
            f'last_start = "{clock(template.last_start_minute)}"',
            f"step_minutes = {template.step_minutes}",
            f"length_minutes = {template.length_minutes}",
            f"break_minutes = {template.break_minutes}",
            f"break_earliest_minutes = {template.break_earliest}",
            f"break_latest_minutes = {template.break_latest}",
            "",
        ]
    )
