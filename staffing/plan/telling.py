"""How a plan tells of its steps."""

from __future__ import annotations

from staffing.notes import Note
from staffing.progress import Progress, ProgressEvent, Stage

SHARES: dict[Stage, float] = {
    "demand": 0.02,
    "forecast": 0.06,
    "requirement": 0.1,
    "roster": 0.12,
    "check": 0.93,
    "costs": 0.96,
    "export": 0.98,
    "done": 1.0,
}


def tell(progress: Progress, stage: Stage, text: str, **values: object) -> None:
    """Say that a step begins."""
    progress(ProgressEvent(stage, SHARES[stage], Note.of(text, **values)))
