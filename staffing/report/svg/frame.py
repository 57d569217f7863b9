"""What surrounds the marks of a chart: axes, grid, labels, legend."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from staffing.report import colours
from staffing.report.svg.canvas import element, text
from staffing.report.svg.scale import Scale

WIDTH, HEIGHT = 760.0, 300.0
NARROW = 560.0  # beside a table
TOP, RIGHT, BOTTOM = 40.0, 16.0, 46.0


def width_of(words: str, size: float = 12) -> float:
    """About how wide a text is drawn: full-width characters take an em, others a good half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.58 for c in words)


@dataclass(frozen=True)
class Frame:
    """The plot of an upright chart: its scale of values, and the middle and width of each label's place."""

    scale: Scale
    left: float
    right: float
    bottom: float
    count: int

    @property
    def step(self) -> float:
        """How wide a label's place is."""
        return (self.right - self.left) / max(self.count, 1)

    def middle(self, place: int) -> float:
        """The middle of a label's place."""
        return self.left + (place + 0.5) * self.step


def upright(steps: Sequence[float], names: Sequence[str], count: int, width: float = WIDTH) -> Frame:
    """A frame whose left margin fits the names of its ticks."""
    left = 14 + max((width_of(name) for name in names), default=0)
    bottom = HEIGHT - BOTTOM
    return Frame(Scale(steps[0], steps[-1], bottom, TOP), left, width - RIGHT, bottom, count)


def grid(frame: Frame, steps: Sequence[float], names: Sequence[str]) -> list[str]:
    """Lines across at the ticks, with their names to the left."""
    parts = []
    for step, name in zip(steps, names, strict=True):
        y = frame.scale(step)
        colour = colours.GREY if step == 0 else colours.PALE
        parts.append(element("line", x1=frame.left, x2=frame.right, y1=y, y2=y, stroke=colour))
        parts.append(text(name, frame.left - 6, y + 4, text_anchor="end", fill=colours.INK))
    return parts


def labels(frame: Frame, names: Sequence[str]) -> list[str]:
    """The labels below; every second, third, ... where all would run into one another, or two lines for few."""
    widest = max((width_of(name, 11) for name in names), default=0)
    if len(names) <= 8 and widest > frame.step - 6:
        return [part for place, name in enumerate(names) for part in _lines(frame, place, name)]
    every = max(1, -(-int(widest + 8) // max(int(frame.step), 1)))
    return [
        text(
            name, frame.middle(place), frame.bottom + 17, text_anchor="middle", fill=colours.INK, font_size=11
        )
        for place, name in enumerate(names)
        if place % every == 0
    ]


def _lines(frame: Frame, place: int, name: str) -> Iterable[str]:
    for number, line in enumerate(wrapped(name, frame.step - 6, 11)[:3]):
        yield text(
            line,
            frame.middle(place),
            frame.bottom + 15 + 13 * number,
            text_anchor="middle",
            fill=colours.INK,
            font_size=11,
        )


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width`, broken at spaces, or anywhere in Japanese."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and width_of(line + piece.rstrip(), size) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _pieces(words: str) -> list[str]:
    """Where a line may break: after a space, and on both sides of a full-width character."""
    pieces = [""]
    for before, character in pairwise(f" {words}"):
        wide = unicodedata.east_asian_width(character) in "WF" and character not in "、。)）」"
        if before == " " or wide:
            pieces.append("")
        pieces[-1] += character
    return [piece for piece in pieces if piece]


def legend(entries: Iterable[tuple[str, str, str]], left: float) -> list[str]:
    """Names beside their colour, above the plot; an entry is (name, colour, "bar", "line" or "dash")."""
    parts, x = [], left
    for name, colour, mark in entries:
        if mark == "bar":
            parts.append(element("rect", x=x, y=10.0, width=14.0, height=12.0, fill=colour))
        else:
            dash = "6 4" if mark == "dash" else None
            parts.append(
                element(
                    "line",
                    x1=x,
                    x2=x + 18,
                    y1=16.0,
                    y2=16.0,
                    stroke=colour,
                    stroke_width=2.5,
                    stroke_dasharray=dash,
                )
            )
        parts.append(text(name, x + 24, 20.0, fill=colours.INK))
        x += 24 + width_of(name) + 22
    return parts
