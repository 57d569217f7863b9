"""Where everything stands in a workbook, before anything is written: charts and links need to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from staffing.report.document import Chart, Document, Section, Table

CHART_ROWS = 17
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
    def height(self) -> int:
        """Rows from the caption to below the table, its charts and its note."""
        used = 2 + len(self.table.rows) + (self.table.foot is not None) + (1 if self.table.note else 0)
        return max(used, CHART_ROWS * len(self.charts) + 1) + 1


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
