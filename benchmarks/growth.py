"""Pictures of growth: curves over sizes, both axes logarithmic, as plain SVG."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 420, 320, 60, 40, 50  # of a panel, and its margins, in pixels
COLOURS = ("#1f5fa8", "#c2571a", "#3b7d3b")


@dataclass(frozen=True)
class Curve:
    """A named line through points (size, value), both above 0."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Panel:
    """Curves over one kind of size: what is counted along the axis, and the unit of the values."""

    sizes: str
    values: str
    curves: tuple[Curve, ...]


def draw(panels: tuple[Panel, ...], path: Path) -> None:
    """Write the panels side by side."""
    found = [_panel(panel, i * WIDTH) for i, panel in enumerate(panels)]
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(panels) * WIDTH}" height="{HEIGHT}"'
        f' font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="white"/>\n'
        + "".join(found)
        + "</svg>\n",
        encoding="utf-8",
    )


def _panel(panel: Panel, left: float) -> str:
    points = [point for curve in panel.curves for point in curve.points]
    if not points:
        return ""
    sizes = sorted({size for size, _ in points})
    low = floor(log10(min(value for _, value in points)))
    high = max(low + 1, ceil(log10(max(value for _, value in points))))
    right, base = left + WIDTH - 20, HEIGHT - BOTTOM
    wide = log10(sizes[-1]) - log10(sizes[0]) or 1.0

    def x(size: float) -> float:
        return left + LEFT + (log10(size) - log10(sizes[0])) / wide * (WIDTH - LEFT - 40)

    def y(value: float) -> float:
        return base - (log10(value) - low) / (high - low) * (base - TOP)

    parts = [_text(left + LEFT, 20, f"{panel.values} by {panel.sizes}", "start")]
    for power in range(low, high + 1):
        parts.append(_line([(left + LEFT, y(10.0**power)), (right, y(10.0**power))], "#cccccc", 1))
        parts.append(_text(left + LEFT - 6, y(10.0**power) + 4, f"{10.0**power:g}", "end"))
    parts.extend(_text(x(size), base + 18, f"{size:g}", "middle") for size in sizes)
    for i, curve in enumerate(panel.curves):
        places = [(x(size), y(value)) for size, value in curve.points]
        parts.append(_line(places, COLOURS[i % len(COLOURS)], 2))
        parts.extend(
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{COLOURS[i % len(COLOURS)]}"/>\n'
            for px, py in places
        )
        parts.append(
            _text(left + LEFT + 8, TOP + 14 + 16 * i, curve.name, "start", COLOURS[i % len(COLOURS)])
        )
    return "".join(parts)


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>\n'


def _line(points: list[tuple[float, float]], colour: str, width: int) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}"/>\n'
