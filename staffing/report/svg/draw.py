"""A chart over a table, as SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from staffing.report import colours
from staffing.report.document import Cell, Chart, Column, Series, Table, Value
from staffing.report.svg.canvas import element, picture
from staffing.report.svg.flat import flat_bars
from staffing.report.svg.frame import HEIGHT, NARROW, WIDTH, Frame, grid, labels, legend, upright
from staffing.report.svg.scale import ticks
from staffing.report.svg.waterfall import waterfall
from staffing.report.values import number_of, number_text, shown
from staffing.wording.language import Language


@dataclass(frozen=True)
class Drawn:
    """A chart's numbers: a label a row, and the values of each series (None: not known)."""

    chart: Chart
    labels: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]


def draw(chart: Chart, table: Table, lang: Language, currency: str) -> str:
    """The picture of a table."""
    name = f"{chart.table}-{'-'.join(series.column for series in chart.series)}"
    place = table.place(chart.labels)
    column = table.columns[place]
    names = tuple(
        lang.short_day(cell) if isinstance(cell, date) else shown(cell, column, lang, currency)
        for cell in table.column(chart.labels)
    )
    values = tuple(tuple(map(number_of, table.column(series.column))) for series in chart.series)
    drawn = Drawn(chart, names, values)

    def written(value: float) -> str:
        return axis_text(value, chart, lang, currency)

    if chart.flat:
        height, parts = flat_bars(names, values[0], chart, lang, currency)
        return picture(WIDTH, height, name, chart.title, chart.description, parts)
    if chart.steps:
        column = table.columns[table.place(chart.series[0].column)]
        exact = [_short(cell, column, lang, currency) for cell in table.column(chart.series[0].column)]
        parts = waterfall(names, [value or 0.0 for value in values[0]], chart.totals, exact, written)
        return picture(NARROW, HEIGHT, name, chart.title, chart.description, parts)
    parts = _marks(drawn, written)
    return picture(WIDTH, HEIGHT, name, chart.title, chart.description, parts)


def _short(cell: Cell, column: Column, lang: Language, currency: str) -> str:
    """A cell as text beside its bar: percentage points without their unit, which would not fit."""
    if isinstance(cell, Value) and cell.kind == "points":
        cell = Value(cell.number, "decimal", cell.signed)
    return shown(cell, column, lang, currency)


def axis_text(value: float, chart: Chart, lang: Language, currency: str) -> str:
    """A tick's number, without decimals that say nothing."""
    if chart.kind == "share":
        return lang.percent(value, 0 if abs(value * 100 - round(value * 100)) < 1e-6 else 1)
    if chart.kind == "percent":
        return lang.percent(value / 100, 0 if abs(value - round(value)) < 1e-6 else 1)
    if chart.kind == "money":
        return number_text(value, "money", lang, currency)
    whole = abs(value - round(value)) < 1e-6
    return ("−" if value < 0 else "") + lang.number(abs(value), 0 if whole else 1)


def _marks(drawn: Drawn, written: Callable[[float], str]) -> list[str]:
    chart = drawn.chart
    bars = [i for i, series in enumerate(chart.series) if series.mark == "bar"]
    heights = [sum(max(drawn.values[i][row] or 0.0, 0.0) for i in bars) for row in range(len(drawn.labels))]
    flat = [value for values in drawn.values for value in values if value is not None]
    across = [value for _, value in chart.bands]
    steps = ticks([*heights, *flat, *across], whole=chart.kind == "count")
    names = [written(step) for step in steps]
    frame = upright(steps, names, len(drawn.labels))
    parts = [*grid(frame, steps, names), *labels(frame, drawn.labels)]
    base = [0.0] * len(drawn.labels)
    for i in bars:
        parts += _bars(frame, drawn.values[i], base, chart.series[i])
        base = [low + max(value or 0.0, 0.0) for low, value in zip(base, drawn.values[i], strict=True)]
    for i, series in enumerate(chart.series):
        if series.mark == "line":
            parts += _line(frame, drawn.values[i], series)
    for _, value in chart.bands:
        y = frame.scale(value)
        parts.append(
            element(
                "line",
                x1=frame.left,
                x2=frame.right,
                y1=y,
                y2=y,
                stroke=colours.GREEN,
                stroke_width=2.0,
                stroke_dasharray="6 4",
            )
        )
    entries = [(s.name, s.colour, "bar" if s.mark == "bar" else "line") for s in chart.series]
    return parts + legend([*entries, *((name, colours.GREEN, "dash") for name, _ in chart.bands)], frame.left)


def _bars(frame: Frame, values: tuple[float | None, ...], base: list[float], series: Series) -> list[str]:
    width = min(frame.step * 0.72, 48)
    parts = []
    for place, (value, low) in enumerate(zip(values, base, strict=True)):
        if value:
            top, foot = frame.scale(low + value), frame.scale(low)
            x = frame.middle(place) - width / 2
            parts.append(
                element(
                    "rect", x=x, y=min(top, foot), width=width, height=abs(foot - top), fill=series.colour
                )
            )
    return parts


def _line(frame: Frame, values: tuple[float | None, ...], series: Series) -> list[str]:
    """A line through the known values, broken where one is not known, with a dot on each."""
    pieces: list[list[str]] = [[]]
    dots = []
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        x, y = frame.middle(place), frame.scale(value)
        pieces[-1].append(f"{x:.1f},{y:.1f}")
        dots.append(element("circle", cx=x, cy=y, r=2.5, fill=series.colour))
    lines = [
        element("polyline", points=" ".join(piece), fill="none", stroke=series.colour, stroke_width=2.0)
        for piece in pieces
        if len(piece) > 1
    ]
    return lines + dots
