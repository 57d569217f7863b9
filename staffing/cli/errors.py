"""Errors on the command line: a message for the person who can fix it, and exit status 2."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Any

import click

from staffing.cli.lazy import LazyGroup
from staffing.errors import ConfigError, InfeasibleError, InputError, StaffingError

EXIT_BAD_INPUT = 2


class FriendlyGroup(LazyGroup):
    """A command group that words the package's own errors and leaves all others as they are."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a StaffingError ends it with status 2."""
        if isinstance(sys.stdout, TextIOWrapper):  # a name that the terminal cannot show must not end a plan
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except StaffingError as error:
            click.echo(f"staffing: {error}", err=True)
            sys.exit(EXIT_BAD_INPUT)


def as_json(error: StaffingError) -> dict[str, Any]:
    """An error as the last progress event of a child process."""
    fields: dict[str, Any] = {"stage": "error", "error": "other", "message": str(error), "faults": []}
    if isinstance(error, InputError):
        faults = [
            {"row": fault.row, "column": fault.column, "found": fault.found, "expected": fault.expected}
            for fault in error.faults
        ]
        return fields | {"error": "input", "file": error.file, "faults": faults}
    if isinstance(error, ConfigError):
        faults = [
            {"row": None, "column": fault.key, "found": fault.value, "expected": fault.allowed}
            for fault in error.faults
        ]
        return fields | {"error": "config", "file": error.file, "faults": faults}
    if isinstance(error, InfeasibleError):
        return fields | {"error": "infeasible"}
    return fields
