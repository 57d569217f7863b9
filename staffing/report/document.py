"""A report as its writers see it: sections with tables, and charts that draw columns of those tables.

Texts are in the reader's language already; values are numbers with a kind, so that a page can format them and a
workbook can keep them as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal[
    "text",
    "code",  # a short text that is not broken over lines
    "day",  # a date, shown with its weekday
    "count",  # whole numbers
    "decimal",  # one decimal
    "hours",  # one decimal
    "seconds",  # one decimal
    "share",  # between 0 and 1, shown as a percentage
    "percent",  # already in hundredths, shown as a percentage
    "points",  # percentage points
    "number",  # as many decimals as it has, four at most
    "money",  # smallest unit of the report's currency
]
Mark = Literal["bar", "line"]


@dataclass(frozen=True)
class Value:
    """A number that brings its own kind, for tables whose rows differ in unit; None is unknown."""

    number: float | None
    kind: Kind
    signed: bool = False


Cell = str | int | float | date | Value | None


@dataclass(frozen=True)
class Column:
    """A column: its key, its heading, what its cells are.

    `formula` gives the column in a workbook from the others of its row, as `"({abandoned}+{blocked})/{offered}"`;
    a row whose formula divides by 0 stays empty. `total` says that the foot of the table holds the column's sum.
    """

    key: str
    name: str
    kind: Kind = "text"
    signed: bool = False
    formula: str | None = None
    total: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; `strong` numbers rows that stand out, `anchors` name rows that others point at."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    strong: frozenset[int] = frozenset()
    foot: tuple[Cell, ...] | None = None
    anchors: tuple[str, ...] = ()
    links: tuple[str | None, ...] = ()  # the anchor that a row's first cell points to
    half: bool = False  # narrow enough to stand beside another such table

    def __post_init__(self) -> None:
        for row in (*self.rows, *(() if self.foot is None else (self.foot,))):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.key}: a row has {len(row)} cells for {len(self.columns)} columns"
                )

    def column(self, key: str) -> tuple[Cell, ...]:
        """The cells of one column.

        Raises:
            KeyError: for a column that the table lacks.
        """
        place = self.place(key)
        return tuple(row[place] for row in self.rows)

    def place(self, key: str) -> int:
        """Where a column stands, from 0.

        Raises:
            KeyError: for a column that the table lacks.
        """
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(f"table {self.key} has no column {key!r}")


@dataclass(frozen=True)
class Series:
    """A column of numbers to draw."""

    column: str
    name: str
    mark: Mark
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of a table: one mark a row and series over the labels of column `labels`.

    Bars of several series stand on one another. `kind` is that of the values; `steps` draws one series as a
    waterfall, each row beginning where the one before ended, rows of `totals` from 0. `bands` are
    numbers with a name drawn as lines across, such as a target.
    """

    table: str
    title: str
    description: str
    labels: str
    series: tuple[Series, ...]
    kind: Kind
    steps: bool = False
    totals: frozenset[int] = frozenset()
    bands: tuple[tuple[str, float], ...] = ()
    flat: bool = False  # bars from left to right, a row each


@dataclass(frozen=True)
class Tile:
    """A figure to be seen first, with its name above and what it means below."""

    name: str
    value: str
    detail: str


@dataclass(frozen=True)
class Section:
    """A part with a heading: sentences, then charts, each beside its table; `sheet` is its name in a workbook."""

    key: str
    title: str
    sheet: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    tiles: tuple[Tile, ...] = ()
    page: bool = False  # begins a new page in print
    small: bool = False  # long tables to look things up in, set small in print
    apart: bool = False  # each table has a sheet of its own in a workbook, named by its title

    def table(self, key: str) -> Table:
        """One of the tables.

        Raises:
            KeyError: for a table that the section lacks.
        """
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(f"section {self.key} has no table {key!r}")


@dataclass(frozen=True)
class Document:
    """A whole report, with what it was made from."""

    title: str
    subtitle: str
    currency: str
    day: date  # that the report is about; also the date in a workbook's properties
    sections: tuple[Section, ...]
    made_from: tuple[tuple[str, str], ...] = field(default=())

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        return (table for section in self.sections for table in section.tables)
