"""A waterfall: from one level to another, each part a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from staffing.report import colours
from staffing.report.svg.canvas import element, text
from staffing.report.svg.frame import NARROW, grid, labels, upright
from staffing.report.svg.scale import ticks


def waterfall(
    names: Sequence[str],
    values: Sequence[float],
    totals: frozenset[int],
    exact: Sequence[str],
    written: Callable[[float], str],
) -> list[str]:
    """Bars of levels from 0 for the rows of `totals`; the others begin where the row before ended.

    Args:
        names: a label a row.
        values: levels and parts.
        totals: which rows are levels.
        exact: the values as text, set beside their bars.
        written: a tick as text.
    """
    spans = spans_of(values, totals)
    steps = ticks([edge for span in spans for edge in span])
    texts = [written(step) for step in steps]
    frame = upright(steps, texts, len(names), NARROW)
    parts = [*grid(frame, steps, texts), *labels(frame, names)]
    width = min(frame.step * 0.62, 70)
    for place, ((begin, end), shown) in enumerate(zip(spans, exact, strict=True)):
        top, foot = sorted((frame.scale(begin), frame.scale(end)))
        colour = colours.BLUE if place in totals else colours.ORANGE if end > begin else colours.GREEN
        x = frame.middle(place) - width / 2
        parts.append(element("rect", x=x, y=top, width=width, height=max(foot - top, 1.0), fill=colour))
        parts.append(
            text(shown, frame.middle(place), top - 5, text_anchor="middle", fill=colours.INK, font_size=11)
        )
        if place + 1 < len(spans):
            y = frame.scale(end)
            reach = frame.middle(place + 1) + width / 2
            parts.append(
                element("line", x1=x, x2=reach, y1=y, y2=y, stroke=colours.GREY, stroke_dasharray="2 3")
            )
    return parts


def spans_of(values: Sequence[float], totals: frozenset[int]) -> list[tuple[float, float]]:
    """Where each bar begins and ends."""
    level, spans = 0.0, []
    for place, value in enumerate(values):
        begin = 0.0 if place in totals else level
        level = begin + value
        spans.append((begin, level))
    return spans
