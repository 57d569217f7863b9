"""A document as an HTML page; every text is escaped by the template, pictures by the module that draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from staffing.report.document import Cell, Chart, Document, Section, Table
from staffing.report.svg import draw
from staffing.report.values import is_number, shown
from staffing.wording.language import Language


@dataclass(frozen=True)
class _Shown:
    """A cell as the template shows it."""

    text: str
    look: str  # the class that sets it
    link: str | None = None


@dataclass(frozen=True)
class _Row:
    cells: tuple[_Shown, ...]
    strong: bool
    anchor: str | None


@dataclass(frozen=True)
class _Picture:
    svg: Markup
    caption: str
    description: str


@dataclass(frozen=True)
class _Block:
    """A table and the pictures of it."""

    table: Table
    rows: tuple[_Row, ...]
    foot: _Row | None
    pictures: tuple[_Picture, ...]

    @property
    def beside(self) -> bool:
        """Whether picture and table are narrow enough to stand beside one another."""
        return len(self.pictures) == 1 and len(self.table.columns) <= 3


def page(document: Document, lang: Language) -> str:
    """The whole page."""
    blocks = {section.key: _blocks(section, document, lang) for section in document.sections}
    return _template().render(document=document, lang=lang, tr=lang.tr, blocks=blocks, style=_style())


@cache
def _template() -> Template:
    loader = PackageLoader("staffing.report.html", "templates")
    surroundings = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return surroundings.get_template("page.html")


@cache
def _style() -> Markup:
    return Markup(
        resources.files("staffing.report.html").joinpath("templates", "page.css").read_text("utf-8")
    )


def _blocks(section: Section, document: Document, lang: Language) -> tuple[_Block, ...]:
    return tuple(_block(table, section.charts, document, lang) for table in section.tables)


def _picture(chart: Chart, table: Table, document: Document, lang: Language) -> _Picture:
    return _Picture(Markup(draw(chart, table, lang, document.currency)), chart.title, chart.description)


def _block(table: Table, charts: Iterable[Chart], document: Document, lang: Language) -> _Block:
    anchors = dict(enumerate(table.anchors))
    links = dict(enumerate(table.links))

    def row(cells: tuple[Cell, ...], number: int | None) -> _Row:
        return _Row(
            cells=tuple(
                _Shown(
                    shown(cell, column, lang, document.currency),
                    "number" if is_number(cell, column) else "code" if column.kind == "code" else "",
                    links.get(number) if place == 0 and number is not None else None,
                )
                for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True))
            ),
            strong=number in table.strong,
            anchor=None if number is None else anchors.get(number),
        )

    return _Block(
        table=table,
        rows=tuple(row(cells, number) for number, cells in enumerate(table.rows)),
        foot=None if table.foot is None else row(table.foot, None),
        pictures=tuple(
            _picture(chart, table, document, lang) for chart in charts if chart.table == table.key
        ),
    )
