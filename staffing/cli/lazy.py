"""Commands that are imported when somebody runs them: `--help` then takes no time, and a calculator little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from click.exceptions import NoSuchCommand


@dataclass(frozen=True)
class Place:
    """Where a command stands, and the line that lists it; the command is named like its function, with hyphens."""

    module: str
    help: str


class LazyGroup(click.Group):
    """A group whose commands are given by their places, listed in that order."""

    def __init__(self, *args: Any, places: Mapping[str, Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the places."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now.

        Raises:
            NoSuchCommand: naming those that are spelt alike.
        """
        place = self.places.get(cmd_name)
        if place is None:
            if cmd_name.startswith("-"):
                return None  # an option that nobody knows: click says so
            raise NoSuchCommand(cmd_name, possibilities=self.places, ctx=ctx)
        command: click.Command = getattr(import_module(place.module), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, written without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in self.places.items()])
