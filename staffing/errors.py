"""Every exception of the package, drawn as a tree.

StaffingError                     anything a user can put right; the CLI exits with status 2
├── InputError                    one or more faults in a file, each with row, column, found, expected
├── ConfigError                   one or more faults in a plan's settings, each with key, value, allowed
└── InfeasibleError               no roster can exist; names the rules that stand in the way
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class StaffingError(Exception):
    """Base of all errors whose message is meant for the person who can fix the cause."""


@dataclass(frozen=True)
class Fault:
    """One fault in an input file.

    `row` is the line number as a text editor or spreadsheet shows it (the header is row 1).
    """

    found: str
    expected: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place + ': ' if place else ''}found {self.found}, expected {self.expected}"


class InputError(StaffingError):
    """An input file cannot be used; carries every fault found, the message shows the first few."""

    shown = 10

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lines = [f"{file}: {fault}" for fault in self.faults[: self.shown]]
        if len(self.faults) > self.shown:
            lines.append(f"{file}: and {len(self.faults) - self.shown} more faults")
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class SettingFault:
    """One setting that is wrong: its dotted key (empty for the whole file), the value found, what is allowed."""

    key: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.key} = {self.value}: {self.allowed}" if self.key else self.allowed


class ConfigError(StaffingError):
    """A plan's settings cannot be used; carries every fault found."""

    def __init__(self, file: str, faults: Iterable[SettingFault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file}: {fault}" for fault in self.faults))


class InfeasibleError(StaffingError):
    """No roster can exist; the message names the rule in the way and the smallest change that helps."""
