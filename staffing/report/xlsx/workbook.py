"""A document as the bytes of an Excel workbook; the same document gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from staffing.report.document import Document
from staffing.report.xlsx.cells import Targets, set_heights, widths, write_table
from staffing.report.xlsx.charts import HELPERS_AFTER, Charts
from staffing.report.xlsx.formats import FONTS, Formats
from staffing.report.xlsx.layout import Sheet, sheets
from staffing.wording.language import Language

A4 = 9


def workbook(document: Document, lang: Language) -> bytes:
    """A sheet a section, A4 when printed, panes frozen below the title, or below the only table's header."""
    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONTS[lang.code], "font_size": 10},
    }
    book = xlsxwriter.Workbook(target, options)
    made = datetime.combine(document.day, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": document.title, "subject": document.subtitle, "created": made})
    formats = Formats(book, lang, document.currency)
    plan = sheets(document)
    places = _targets(plan)
    for number, sheet in enumerate(plan):
        _write(book, sheet, document, lang, formats, places, last=number == len(plan) - 1)
    book.close()
    return target.getvalue()


def _targets(plan: tuple[Sheet, ...]) -> Targets:
    """Where the tables and rows stand that others point at."""
    places = {block.table.key: (sheet.name, block.row) for sheet in plan for block in sheet.blocks}
    return places | {
        anchor: (sheet.name, block.first + number)
        for sheet in plan
        for block in sheet.blocks
        for number, anchor in enumerate(block.table.anchors)
        if anchor
    }


def _write(
    book: Any,
    sheet: Sheet,
    document: Document,
    lang: Language,
    formats: Formats,
    places: Targets,
    *,
    last: bool,
) -> None:
    page = book.add_worksheet(sheet.name)
    page.hide_gridlines(2)
    page.write_string(0, 0, sheet.title, formats.title)
    for row, sentence in enumerate(sheet.text, start=1):
        page.write_string(row, 0, sentence)
    tables = [block.table for block in sheet.blocks]
    columns = widths(tables, lang, document.currency)
    for place, width in enumerate(columns):
        page.set_column(place, place, width)
    left = max((len(table.columns) for table in tables), default=0) + 1
    charts = Charts(book, page, sheet.name, formats, lang, document.currency)
    for block in sheet.blocks:
        write_table(page, block, formats, document.currency, places)
        set_heights(page, block, columns)
        charts.insert(block, left)
    if last:
        _made_from(page, sheet, document, formats)
    _frozen(page, sheet)
    _printed(page, sheet, document)


def _made_from(page: Any, sheet: Sheet, document: Document, formats: Formats) -> None:
    """What the report was made from, below the last sheet's sentences and tables."""
    begin = 2 + len(sheet.text) if not sheet.blocks else sheet.blocks[-1].row + sheet.blocks[-1].height
    for row, (name, value) in enumerate(document.made_from, start=begin):
        page.write_string(row, 0, f"{name}: {value}", formats.small)


def _frozen(page: Any, sheet: Sheet) -> None:
    """The only table's header and first column stay in sight; above several tables, the title does."""
    if len(sheet.blocks) == 1:
        page.freeze_panes(sheet.blocks[0].first, 1)
    else:
        page.freeze_panes(1, 0)


def _printed(page: Any, sheet: Sheet, document: Document) -> None:
    page.set_paper(A4)
    if any(block.charts for block in sheet.blocks):  # what only charts read stays off the paper
        last = max(block.row + block.height for block in sheet.blocks)
        columns = max(len(block.table.columns) for block in sheet.blocks)
        page.print_area(0, 0, last, columns + (0 if sheet.blocks[0].below else HELPERS_AFTER - 1))
    if any(not block.below and block.charts for block in sheet.blocks) or (
        any(block.below for block in sheet.blocks) and not any(block.charts for block in sheet.blocks)
    ):
        page.set_landscape()
    page.fit_to_pages(1, 1 if len(sheet.blocks) == 1 and sheet.blocks[0].charts else 0)
    page.set_footer("&L" + document.title.replace("&", "&&") + "&R&P / &N")
    if len(sheet.blocks) == 1:
        page.repeat_rows(sheet.blocks[0].header)
