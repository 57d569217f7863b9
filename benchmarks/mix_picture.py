"""The picture of a mix: calls of each source by month, stacked."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from staffing.sourcing.mix import MixResult, Overflow, OwnDesk

COLOURS = ("#1f5fa8", "#3b7d3b", "#c2571a", "#8a3b8f", "#b0902c", "#7a7a7a", "#a02c2c")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 360, 70, 120, 40, 40


def draw(result: MixResult, path: Path) -> None:
    """Write an SVG of the calls that each source answers, month by month."""
    problem, plan = result.problem, result.plan
    months = len(problem.months)
    taken = {part.name: part.calls.sum(axis=(1, 2)) for part in plan.sources if part.used}
    left = sum(
        (taken[x.name] for x in problem.sources if isinstance(x, Overflow) and x.name in taken),
        np.zeros(months),
    )
    for source in problem.sources:
        if isinstance(source, OwnDesk) and source.name in taken:
            taken[source.name] = taken[source.name] - left
    top = 1.08 * float(sum(taken.values(), np.zeros(months)).max())
    step, height = (WIDTH - LEFT - RIGHT) / months, HEIGHT - TOP - BOTTOM

    def y(calls: float) -> float:
        return HEIGHT - BOTTOM - calls / top * height

    parts = [_text(LEFT, 22, "Calls answered by each source, month by month", "start")]
    for calls in range(0, int(top), 5000 if top > 12_000 else 1000):
        line = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(calls):.1f}" y2="{y(calls):.1f}"'
        parts.append(f'<line {line} stroke="#dddddd"/>\n')
        parts.append(_text(LEFT - 6, y(calls) + 4, f"{calls:,}", "end"))
    below = np.zeros(months)
    for number, (name, calls) in enumerate(taken.items()):
        colour = COLOURS[number % len(COLOURS)]
        for month in np.flatnonzero(calls > 0).tolist():
            high, low = y(float(below[month] + calls[month])), y(float(below[month]))
            place = f'x="{LEFT + month * step:.1f}" y="{high:.1f}" width="{step * 0.92:.1f}"'
            parts.append(f'<rect {place} height="{low - high:.1f}" fill="{colour}"/>\n')
        below = below + calls
        key = TOP + 18 * number
        parts.append(f'<rect x="{WIDTH - RIGHT + 8}" y="{key}" width="10" height="10" fill="{colour}"/>\n')
        parts.append(_text(WIDTH - RIGHT + 22, key + 9, name, "start"))
    for month in range(0, months, max(1, months // 6)):
        parts.append(_text(LEFT + month * step, HEIGHT - BOTTOM + 18, problem.months[month], "start"))
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
        ' font-size="12">\n<title>Calls answered by each source, month by month</title>\n'
        '<rect width="100%" height="100%" fill="white"/>\n' + "".join(parts) + "</svg>\n",
        encoding="utf-8",
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>\n'
