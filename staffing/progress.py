"""Progress of a plan: what is being done, how far it is, and how good the roster is so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from staffing.notes import Note

Stage = Literal["demand", "forecast", "requirement", "roster", "costs", "decision", "check", "export", "done"]


@dataclass(frozen=True)
class ProgressEvent:
    """One step. `share` is the part of the whole plan that is done; money in the smallest currency unit."""

    stage: Stage
    share: float
    message: Note
    objective: int | None = None
    bound: int | None = None
    seconds: float | None = None


Progress = Callable[[ProgressEvent], None]


def silent(event: ProgressEvent) -> None:
    """A progress callback that ignores every event."""
