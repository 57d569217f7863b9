"""Reads what was written: an HTML page by the standard parser, a workbook by its XML."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

VOID = {"meta", "link", "br", "img", "input", "hr"}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Element:
    """A tag with its attributes and the text in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Every element in order of its end; a page whose tags do not close one another fails."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        assert not page.open, [element.tag for element in page.open]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        if tag in VOID:
            self.elements.append(element)
        else:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        element = self.open.pop()
        assert element.tag == tag, f"</{tag}> closes <{element.tag}>"
        self.elements.append(element)

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells by reference: values as text or number, formulas, number formats."""

    cells: dict[str, str | float]
    formulas: dict[str, str]
    formats: dict[str, str]
    fonts: dict[str, str]
    frozen: str | None
    charts: int


def read_workbook(content: bytes) -> dict[str, Sheet]:
    """Every sheet by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = [
        "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
        for item in ET.fromstring(parts["xl/sharedStrings.xml"])
    ]
    book = ET.fromstring(parts["xl/workbook.xml"])
    targets = {
        element.attrib["Id"]: element.attrib["Target"]
        for element in ET.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    styles = _styles(parts["xl/styles.xml"])
    sheets = {}
    for element in book.iter(f"{MAIN}sheet"):
        path = f"xl/{targets[element.attrib[REL]]}"
        relations = parts.get(path.replace("worksheets/", "worksheets/_rels/") + ".rels", b"")
        sheets[element.attrib["name"]] = _sheet(parts, path, relations, strings, styles)
    return sheets


def _styles(content: bytes) -> list[tuple[str, str]]:
    """Number format and font of each cell style."""
    root = ET.fromstring(content)
    codes = {e.attrib["numFmtId"]: e.attrib["formatCode"] for e in root.iter(f"{MAIN}numFmt")}
    fonts = [font.find(f"{MAIN}name") for font in root.find(f"{MAIN}fonts") or ()]
    names = ["" if font is None else font.attrib["val"] for font in fonts]
    known = {"0": "General", "3": "#,##0", "10": "0.00%"}
    return [
        (
            codes.get(e.attrib["numFmtId"], known.get(e.attrib["numFmtId"], "?")),
            names[int(e.attrib["fontId"])],
        )
        for e in root.find(f"{MAIN}cellXfs") or ()
    ]


def _sheet(
    parts: dict[str, bytes], path: str, relations: bytes, strings: list[str], styles: list[tuple[str, str]]
) -> Sheet:
    root = ET.fromstring(parts[path])
    values: dict[str, str | float] = {}
    formulas, formats, fonts = {}, {}, {}
    for cell in root.iter(f"{MAIN}c"):
        place, style = cell.attrib["r"], styles[int(cell.attrib.get("s", "0"))]
        formats[place], fonts[place] = style
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        if formula is not None:
            formulas[place] = formula.text or ""
        if value is not None and value.text is not None:
            shared = cell.attrib.get("t") == "s"
            values[place] = strings[int(value.text)] if shared else float(value.text)
    pane = root.find(f".//{MAIN}pane")
    drawings = re.findall(rb"drawings/(drawing\d+)\.xml", relations)
    charts = sum(parts[f"xl/drawings/{name.decode()}.xml"].count(b"<c:chart ") for name in drawings)
    frozen = None if pane is None else pane.attrib.get("topLeftCell")
    return Sheet(values, formulas, formats, fonts, frozen, charts)
