"""Where everything stands in a workbook, before anything is written: charts and links need to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from staffing.report.document import Chart, Document, Section, Table

CHART_ROWS = 17
WIDE = 6  # columns; beside a wider table there is no room on a page for a chart
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31  # of a sheet's name


@dataclass(frozen=True)
class Block:
    """A table at its place: the row of its caption, from 0; its header is the row below."""

    table: Table
    charts: tuple[Chart, ...]
    row: int

    @property
    def header(self) -> int:
        """The row of the columns' names."""
        return self.row + 1

    @property
    def first(self) -> int:
        """The first row of cells."""
        return self.row + 2

    @property
    def last(self) -> int:
        """The last row of cells, the foot left out."""
        return self.row + 1 + len(self.table.rows)

    @property
    def below(self) -> bool:
        """Whether the charts stand below the table, not to its right."""
        return len(self.table.columns) > WIDE

    @property
    def used(self) -> int:
        """Rows from the caption to the note."""
        return 2 + len(self.table.rows) + (self.table.foot is not None) + bool(self.table.note)

    @property
    def charts_row(self) -> int:
        """Where the first chart begins."""
        return self.row + self.used + 1 if self.below else self.row

    @property
    def height(self) -> int:
        """Rows from the caption to below everything."""
        pictures = CHART_ROWS * len(self.charts)
        return (self.used + pictures if self.below else max(self.used, pictures)) + 2


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its title, sentences below it, then tables one below the other."""

    name: str
    title: str
    text: tuple[str, ...]
    blocks: tuple[Block, ...]


def sheets(document: Document) -> tuple[Sheet, ...]:
    """The document's sections as sheets."""
    taken: set[str] = set()
    return tuple(sheet for section in document.sections for sheet in _of(section, document.title, taken))


def _of(section: Section, title: str, taken: set[str]) -> Iterator[Sheet]:
    groups = [(table,) for table in section.tables] if section.apart and section.tables else [section.tables]
    for number, group in enumerate(groups):
        name = group[0].title if section.apart and group else section.sheet
        text = section.text if number == 0 else ()
        blocks, row = [], 2 + len(text) + bool(text)
        for table in group:
            charts = tuple(chart for chart in section.charts if chart.table == table.key)
            blocks.append(Block(table, charts, row))
            row += blocks[-1].height
        yield Sheet(_free(name, taken), f"{title}: {section.title}", text, tuple(blocks))


def _free(name: str, taken: set[str]) -> str:
    """A name that Excel takes and no sheet has; Excel does not tell cases apart."""
    plain = _FORBIDDEN.sub(" ", name).strip()[:_LONGEST] or "-"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: _LONGEST - 4]} {number}"
    taken.add(found.casefold())
    return found
