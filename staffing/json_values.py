"""What `summary.json` holds instead of a note or a number that JSON does not know."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from staffing.notes import Note


def notes_of(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Notes with their gaps and values, so that a screen can word them in its own language."""
    return [note_of(note) for note in notes]


def note_of(note: Note) -> dict[str, Any]:
    """One of them."""
    return {"text": note.text, "values": dict(note.values)}


def number(value: float | None, digits: int = 6) -> float | None:
    """A finite rounded number, or None: JSON knows neither nan nor infinity."""
    return None if value is None or not math.isfinite(value) else round(float(value), digits)
