"""Progress on the command line: a line a step for people, JSON lines for programs; Ctrl-C ends a search."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event
from types import FrameType
from typing import Any, Literal

import click

from staffing.cli.errors import as_json
from staffing.errors import StaffingError
from staffing.progress import Progress, ProgressEvent

Style = Literal["text", "json", "none"]


def reporter(style: Style) -> Progress:
    """A callback that prints each step: to stderr for people, as JSON lines on stdout for programs."""
    if style == "json":
        return _print_json
    return _print_text if style == "text" else lambda event: None


def _print_json(event: ProgressEvent) -> None:
    fields = asdict(event) | {"message": {"text": event.message.text, "values": dict(event.message.values)}}
    _print_line(fields)


def _print_line(fields: dict[str, Any]) -> None:
    """One event, in ASCII so that no terminal's encoding stands in the way; written at once."""
    click.echo(json.dumps(fields))


def _print_text(event: ProgressEvent) -> None:
    line = f"[{event.share:4.0%}] {event.message}"
    if event.objective is not None and event.bound is not None:
        gap = (event.objective - event.bound) / event.objective if event.objective else 0.0
        line = (
            f"[{event.share:4.0%}] Best roster so far: {event.objective:,} with its shortages; no roster can "
            f"cost less than {event.bound:,} (gap {gap:.1%}), after {event.seconds or 0:.0f} s"
        )
    click.echo(line, err=True)


@contextmanager
def stoppable(style: Style, *, search: bool = True) -> Iterator[Event]:
    """The first Ctrl-C asks the search to end and keeps the best roster, the second ends the program.

    Without a search to end (`search` False) the first one ends the program. An error is told as a JSON line too.
    """
    stop = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set() or not search:
            raise KeyboardInterrupt
        stop.set()
        if style == "text":
            click.echo("Stopping the search: its best roster is kept (Ctrl-C again to give up)", err=True)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    except StaffingError as error:
        if style == "json":
            _print_line(as_json(error))
        raise
    finally:
        signal.signal(signal.SIGINT, before)
