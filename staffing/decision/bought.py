"""What a part of a mix buys, in words."""

from __future__ import annotations

from staffing.notes import Note
from staffing.sourcing.mix import SourcePlan


def bought(part: SourcePlan) -> Note:
    """The most of what its kind of source sells."""
    for text, most in (
        ("up to {count} agents", round(float(part.heads.max()))),
        ("up to {count} channels", int(part.channels.max())),
        ("up to {count} seats", int(part.seats.max())),
    ):
        if most:
            return Note.of(text, count=most)
    if part.hours.any():
        return Note.of("{hours} hours", hours=f"{part.hours.sum():.0f}")
    return Note.of("{calls} calls", calls=f"{part.calls.sum():.0f}")
