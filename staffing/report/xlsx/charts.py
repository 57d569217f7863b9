"""Native charts over the cells of a table; what they need beyond it stands in grey columns to its right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from staffing.report import colours
from staffing.report.document import Chart
from staffing.report.svg.waterfall import spans_of
from staffing.report.values import number_of
from staffing.report.xlsx.formats import FONTS, SHORT_DAYS, Formats
from staffing.report.xlsx.layout import CHART_ROWS, Block
from staffing.wording.language import Language, money_unit

PIXELS_A_ROW = 20
HELPERS_AFTER = 11  # columns from where the charts begin: beyond their right edge, and not printed


class Charts:
    """Draws the charts of one sheet."""

    def __init__(
        self, book: Any, sheet: Any, name: str, formats: Formats, lang: Language, currency: str
    ) -> None:
        """Charts for a sheet of a workbook."""
        self._book, self._sheet, self._name = book, sheet, name
        self._formats, self._lang, self._currency = formats, lang, currency

    def insert(self, block: Block, left: int) -> None:
        """The charts of a table, one below the other from column `left`; helper columns stand right of them."""
        helper = left + HELPERS_AFTER
        for number, chart in enumerate(block.charts):
            made, helper = self._made(chart, block, helper)
            font = {"name": FONTS[self._lang.code]}
            made.set_title({"name": chart.title, "name_font": {**font, "size": 11}})
            made.set_legend(
                {"none": True} if chart.steps or chart.flat else {"position": "top", "font": font}
            )
            made.set_size({"width": 900 if block.below else 600, "height": (CHART_ROWS - 1) * PIXELS_A_ROW})
            options = {"description": f"{chart.title}. {chart.description}", "object_position": 3}
            at = (block.charts_row + number * CHART_ROWS, 0 if block.below else left)
            self._sheet.insert_chart(*at, made, options)

    def _made(self, chart: Chart, block: Block, helper: int) -> tuple[Any, int]:
        if chart.steps:
            return self._waterfall(chart, block, helper)
        kind = {"type": "bar"} if chart.flat else {"type": "column", "subtype": "stacked"}
        bars = self._book.add_chart(kind)
        lines = self._book.add_chart({"type": "line"})
        for series in chart.series:
            place = block.table.place(series.column)
            if series.mark == "bar":
                look = {"fill": {"color": series.colour}, "gap": 45}
                self._series(bars, block, place, series.name, chart, **look, **_points(chart, block))
            else:
                self._series(
                    lines, block, place, series.name, chart, line={"color": series.colour, "width": 2}
                )
        for name, value in chart.bands:
            self._column(block, helper, name, [value] * len(block.table.rows), chart)
            dash = {"color": colours.GREEN, "width": 2, "dash_type": "dash"}
            self._series(lines, block, helper, name, chart, line=dash)
            helper += 1
        if chart.bands or any(series.mark == "line" for series in chart.series):
            bars.combine(lines)
        self._axes(bars, chart, block)
        return bars, helper

    def _waterfall(self, chart: Chart, block: Block, helper: int) -> tuple[Any, int]:
        """Stacked columns: an invisible part to where a step begins, then levels, rises and falls."""
        values = [number_of(cell) or 0.0 for cell in block.table.column(chart.series[0].column)]
        spans = spans_of(values, chart.totals)
        made = self._book.add_chart({"type": "column", "subtype": "stacked"})
        tr = self._lang.tr
        level = [end if row in chart.totals else 0.0 for row, (_, end) in enumerate(spans)]
        rise = [max(e - b, 0.0) if r not in chart.totals else 0.0 for r, (b, e) in enumerate(spans)]
        fall = [max(b - e, 0.0) if r not in chart.totals else 0.0 for r, (b, e) in enumerate(spans)]
        base = [min(span) if row not in chart.totals else 0.0 for row, span in enumerate(spans)]
        parts: tuple[tuple[str, Sequence[float], dict[str, Any]], ...] = (
            (tr("chart: invisible"), base, {"none": True}),
            (tr("chart: level"), level, {"color": colours.BLUE}),
            (tr("chart: rise"), rise, {"color": colours.ORANGE}),
            (tr("chart: fall"), fall, {"color": colours.GREEN}),
        )
        for name, numbers, fill in parts:
            self._column(block, helper, name, numbers, chart)
            self._series(made, block, helper, name, chart, fill=fill, gap=45)
            helper += 1
        self._axes(made, chart, block)
        return made, helper

    def _column(self, block: Block, place: int, name: str, numbers: Sequence[float], chart: Chart) -> None:
        """Numbers that only a chart reads."""
        unit = money_unit(self._currency) if chart.kind == "money" else 1
        self._sheet.write_string(block.header, place, name, self._formats.small)
        for row, number in enumerate(numbers):
            self._sheet.write_number(block.first + row, place, number / unit, self._formats.small)

    def _series(self, made: Any, block: Block, place: int, name: str, chart: Chart, **look: Any) -> None:
        labels = block.table.place(chart.labels)
        made.add_series(
            {
                "name": name,
                "categories": [self._name, block.first, labels, block.last, labels],
                "values": [self._name, block.first, place, block.last, place],
                **look,
            }
        )

    def _axes(self, made: Any, chart: Chart, block: Block) -> None:
        code = self._formats.number_format(chart.kind)
        grid = {"visible": True, "line": {"color": colours.PALE}}
        font = {"name": FONTS[self._lang.code], "size": 9}
        values = {"num_format": code, "major_gridlines": grid, "num_font": font}
        labels: dict[str, Any] = {"text_axis": True, "num_font": font}
        if block.table.columns[block.table.place(chart.labels)].kind == "day":
            labels["num_format"] = SHORT_DAYS[self._lang.code]
        if chart.flat:
            made.set_x_axis(values)
            made.set_y_axis(labels | {"reverse": True})
        else:
            made.set_y_axis(values)
            made.set_x_axis(labels)


def _points(chart: Chart, block: Block) -> dict[str, Any]:
    """A colour for each of the bars from left to right, as on the page."""
    if not chart.flat:
        return {}
    rows = range(len(block.table.rows))
    return {
        "points": [
            {"fill": {"color": colours.BLUE if row in chart.totals else colours.ORANGE}} for row in rows
        ]
    }
