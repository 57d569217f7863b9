"""Bars from left to right with long names, as for options; with a low and a high end, as for a tornado."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.report import colours
from staffing.report.document import Chart
from staffing.report.svg.canvas import element, text
from staffing.report.svg.frame import RIGHT, WIDTH, width_of, wrapped
from staffing.report.svg.scale import Scale, ticks
from staffing.report.values import number_text
from staffing.wording.language import Language

ROW, MANY, CLOSE_ROW = 34.0, 4, 28.0  # more rows than MANY stand closer
MOST_LABEL = 230.0


def flat_bars(
    names: Sequence[str], values: Sequence[float | None], chart: Chart, lang: Language, currency: str
) -> tuple[float, list[str]]:
    """The height of the picture and its parts; rows of `chart.totals` stand out in blue, others in orange."""
    height = ROW if len(names) <= MANY else CLOSE_ROW
    texts = [number_text(value, chart.kind, lang, currency) for value in values]
    left = 16 + min(MOST_LABEL, max((width_of(name) for name in names), default=0))
    room = max((width_of(words) for words in texts), default=0) + 10
    steps = ticks([value for value in values if value is not None])
    scale = Scale(steps[0], steps[-1], left, WIDTH - RIGHT - room)
    parts = [
        element("line", x1=scale(0), x2=scale(0), y1=6.0, y2=10 + height * len(names), stroke=colours.GREY)
    ]
    for row, (name, value, words) in enumerate(zip(names, values, texts, strict=True)):
        middle = 10 + height * (row + 0.5)
        lines = wrapped(name, MOST_LABEL, 12)[:2]
        for number, line in enumerate(lines):
            y = middle + 4 + 13 * (number - (len(lines) - 1) / 2)
            parts.append(text(line, left - 8, y, text_anchor="end", fill=colours.INK))
        if value is None:
            parts.append(text(words, scale(0) + 6, middle + 4, fill=colours.INK))
            continue
        begin, end = sorted((scale(0), scale(value)))
        colour = colours.BLUE if row in chart.totals else colours.ORANGE
        parts.append(
            element("rect", x=begin, y=middle - 9, width=max(end - begin, 1.0), height=18.0, fill=colour)
        )
        parts.append(text(words, end + 6, middle + 4, fill=colours.INK))
    return 20 + height * len(names), parts
