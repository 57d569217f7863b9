"""A table's cells in a sheet: text as text, numbers as numbers, formulas with their results."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from staffing.report.document import Cell, Column, Table, Value
from staffing.report.svg.frame import width_of, wrapped
from staffing.report.values import TEXTS, number_of, shown
from staffing.report.xlsx.formats import Formats
from staffing.report.xlsx.layout import Block
from staffing.wording.language import Language, money_unit

_GAP = re.compile(r"\{(\w+)\}")
CHARACTER = 0.55  # width of a digit in ems, which Excel measures columns by
MIN_WIDTH, HEADING_WIDTH, MAX_WIDTH = 8.0, 14.0, 46.0
LINE_POINTS = 14.0
Targets = Mapping[str, tuple[str, int]]  # anchor -> sheet and row


def write_table(sheet: Any, block: Block, formats: Formats, currency: str, targets: Targets) -> None:
    """Caption, header, rows, foot and note; text is never taken for a formula."""
    table = block.table
    sheet.write_string(block.row, 0, table.title, formats.caption)
    for place, column in enumerate(table.columns):
        numeric = column.kind not in TEXTS
        sheet.write_string(block.header, place, column.name, formats.heading(number=numeric))
    for number, row in enumerate(table.rows):
        for place, column in enumerate(table.columns):
            at = (block.first + number, place)
            link = table.links[number] if place == 0 and number < len(table.links) else None
            if link is not None and link in targets:
                name, line = targets[link]
                sheet.write_url(*at, f"internal:'{name}'!A{line + 1}", formats.link, str(row[place]))
            else:
                _write(sheet, at, row[place], column, table, formats, currency, strong=number in table.strong)
    if table.foot is not None:
        _write_foot(sheet, block, formats, currency)
    if table.note:
        below = block.last + 1 + (table.foot is not None)
        sheet.write_string(below, 0, table.note, formats.small)


def _write_foot(sheet: Any, block: Block, formats: Formats, currency: str) -> None:
    """Sums as formulas over the column; figures from the foot's own sums."""
    table = block.table
    if table.foot is None:
        return
    for place, (cell, column) in enumerate(zip(table.foot, table.columns, strict=True)):
        at = (block.last + 1, place)
        if column.total and isinstance(cell, int | float):
            top, end = xl_rowcol_to_cell(block.first, place), xl_rowcol_to_cell(block.last, place)
            look = formats.cell(column.kind, signed=column.signed, foot=True)
            sheet.write_formula(*at, f"=SUM({top}:{end})", look, _scaled(cell, column.kind, currency))
        else:
            _write(sheet, at, cell, column, table, formats, currency, foot=True)


def _write(
    sheet: Any,
    at: tuple[int, int],
    cell: Cell,
    column: Column,
    table: Table,
    formats: Formats,
    currency: str,
    *,
    strong: bool = False,
    foot: bool = False,
) -> None:
    own = (cell.kind, cell.signed) if isinstance(cell, Value) else (column.kind, column.signed)
    number = number_of(cell)
    if isinstance(cell, str):
        sheet.write_string(*at, cell, formats.cell(strong=strong, foot=foot))
        return
    look = formats.cell(own[0], signed=own[1], strong=strong, foot=foot)
    if isinstance(cell, date):
        sheet.write_datetime(*at, cell, look)
    elif number is None:
        sheet.write_blank(*at, None, look)
    elif column.formula is not None and not isinstance(cell, Value):
        sheet.write_formula(
            *at, formula(column.formula, table, at[0]), look, _scaled(number, own[0], currency)
        )
    else:
        sheet.write_number(*at, _scaled(number, own[0], currency), look)


def formula(template: str, table: Table, row: int) -> str:
    """A column's formula for one row; empty where it divides by 0."""
    filled = _GAP.sub(lambda gap: xl_rowcol_to_cell(row, table.place(gap[1])), template)
    return f'=IFERROR({filled},"")'


def _scaled(number: float, kind: str, currency: str) -> float:
    """Money in whole units of the currency, as people write it."""
    return number / money_unit(currency) if kind == "money" else number


def widths(tables: Sequence[Table], lang: Language, currency: str) -> list[float]:
    """A width for each column that fits its numbers and most of its texts, in characters."""
    found = [MIN_WIDTH] * max((len(table.columns) for table in tables), default=0)
    for table in tables:
        rows = table.rows if table.foot is None else (*table.rows, table.foot)
        for place, column in enumerate(table.columns):
            texts = [shown(row[place], column, lang, currency) for row in rows]
            widest = max((_characters(text) for text in texts), default=0.0) + 2
            name = min(_characters(column.name), HEADING_WIDTH) + 2
            found[place] = max(found[place], name, min(widest, MAX_WIDTH))
    return found


def set_heights(sheet: Any, block: Block, column_widths: Sequence[float]) -> None:
    """Rows as high as their longest wrapped text."""
    table = block.table
    heads = [column.name for column in table.columns]
    for row, cells in enumerate([heads, *table.rows], start=block.header):
        lines = max(
            (
                _lines(cell, width)
                for cell, width in zip(cells, column_widths, strict=False)
                if isinstance(cell, str)
            ),
            default=1,
        )
        if lines > 1:
            sheet.set_row(row, LINE_POINTS * lines + 3)


def _lines(text: str, width: float) -> int:
    return len(wrapped(text, (width - 1) * CHARACTER, 1.0))


def _characters(text: str) -> float:
    """How many digits wide a text is."""
    return width_of(text, 1.0) / CHARACTER
