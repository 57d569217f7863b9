"""The page: whole, escaped, without other hosts, and the same figures in it as in the report."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from staffing.demand import History
from staffing.report.document import Document
from staffing.report.html import page
from staffing.report.month.document import month_document
from staffing.report.month.planned import Planned
from staffing.report.month.report import month_report
from staffing.report.values import shown
from staffing.wording.language import language
from tests.report.pages import Page

NASTY = '<script>alert("x")</script> & {{ 7 * 7 }}'


@pytest.fixture(scope="module")
def document(history: History, plan: Planned) -> Document:
    return month_document(month_report(history, "2027-02", name="窓口", plan=plan), language("ja"))


@pytest.fixture(scope="module")
def text(document: Document) -> str:
    return page(document, language("ja"))


def test_nothing_is_fetched_from_anywhere(text: str) -> None:
    parsed = Page.of(text)
    for element in parsed.elements:
        assert element.tag not in ("script", "link", "iframe", "img")
        for name in ("src", "href", "action", "data"):
            assert (element.attributes.get(name) or "#").startswith("#"), element
    assert "url(" not in text
    assert "@import" not in text
    policy = [e for e in parsed.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in str(policy[0].attributes["content"])
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}


def test_the_page_says_its_language_and_has_one_heading(text: str, document: Document) -> None:
    parsed = Page.of(text)
    assert parsed.all("html")[0].attributes["lang"] == "ja"
    assert [heading.text for heading in parsed.all("h1")] == [document.title] == ["窓口 2027年2月月次報告"]
    assert [heading.text for heading in parsed.all("h2")] == [section.title for section in document.sections]


def test_every_table_has_a_caption_and_heads_with_scope(text: str, document: Document) -> None:
    parsed = Page.of(text)
    assert [caption.text for caption in parsed.all("caption")] == [table.title for table in document.tables]
    assert {head.attributes.get("scope") for head in parsed.all("th")} == {"col", "row"}


def test_every_picture_has_a_title_and_a_description_of_its_own(text: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    seen: set[str] = set()
    assert len(pictures) == 8
    for picture in pictures:
        root = ET.fromstring(picture)
        space = "{http://www.w3.org/2000/svg}"
        title, words = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title is not None
        assert words is not None
        assert title.text
        assert words.text
        named = root.attrib["aria-labelledby"].split()
        assert named == [title.attrib["id"], words.attrib["id"]]
        assert not seen & set(named)
        seen |= set(named)


def test_ids_are_unique_and_links_lead_somewhere(text: str) -> None:
    parsed = Page.of(text)
    ids = [str(e.attributes["id"]) for e in parsed.elements if e.attributes.get("id")]
    assert len(ids) == len(set(ids))
    links = {str(e.attributes["href"])[1:] for e in parsed.all("a")}
    assert links <= set(ids)


@pytest.mark.parametrize("code", ["ja", "en"])
def test_every_cell_of_every_table_is_on_the_page(code: str, history: History, plan: Planned) -> None:
    lang = language(code)
    document = month_document(month_report(history, "2027-02", name="窓口", plan=plan), lang)
    wanted = [
        shown(cell, column, lang, document.currency)
        for table in document.tables
        for row in (*table.rows, *(() if table.foot is None else (table.foot,)))
        for cell, column in zip(row, table.columns, strict=True)
    ]
    parsed = Page.of(page(document, lang))
    cells = [
        e.text
        for e in parsed.elements
        if e.tag == "td" or (e.tag == "th" and e.attributes.get("scope") == "row")
    ]
    assert cells == wanted


def test_what_others_wrote_is_text(document: Document) -> None:
    text = page(replace(document, title=NASTY, made_from=((NASTY, NASTY),)), language("en"))
    assert "<script" not in text
    parsed = Page.of(text)
    assert parsed.all("h1")[0].text == NASTY
    assert parsed.all("dt")[-1].text == NASTY


def test_a_report_of_records_alone(history: History) -> None:
    report = month_report(history, "2027-01", name="Desk")
    text = page(month_document(report, language("en")), language("en"))
    assert "There is no plan for this month" in text
    assert "There are no records of the month before" in text
    assert "Planned" not in text
