"""Reports as a browser shows and prints them: nothing is fetched, nothing overflows, a decision is one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from staffing.notes import Note
from staffing.queueing import Targets
from staffing.report.html import page as html_of
from staffing.report.memo import (
    Bill,
    BreakEven,
    DecisionMemo,
    Measure,
    Mix,
    MixPart,
    Option,
    Sensitivity,
    memo_document,
)
from staffing.report.month.desk import report_of
from staffing.report.month.document import month_document
from staffing.wording.language import language

BANK = Path(__file__).parents[2] / "data" / "anonymous-bank" / "plan.toml"
# An A4 page less the margins of page.css, in CSS pixels of 1/96 inch.
PRINTED_WIDTH, PRINTED_HEIGHT = round((210 - 24) / 25.4 * 96), (297 - 27) / 25.4 * 96

OpenPage = Callable[..., Page]


def opened(open_page: OpenPage, file: Path, lang: str) -> tuple[Page, list[str]]:
    """The page, and what it asked for beside itself or complained of."""
    page, heard = open_page(lang), []

    def asked(request: Request) -> None:
        if request.url != file.as_uri():
            heard.append(request.url)

    page.on("request", asked)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(file.as_uri())
    return page, heard


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_months_report_is_whole_in_itself(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "report.html"
    document = month_document(report_of(BANK, "1999-02"), language(lang))
    file.write_text(html_of(document, language(lang)), encoding="utf-8")
    page, heard = opened(open_page, file, lang)
    assert heard == []
    assert page.title() == document.title
    pictures = page.get_by_role("img")
    assert pictures.count() == sum(len(section.charts) for section in document.sections)
    for i in range(pictures.count()):
        box = pictures.nth(i).bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 100
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": round(PRINTED_HEIGHT)})
    assert page.evaluate("document.documentElement.scrollWidth") <= PRINTED_WIDTH


def option(name: str, total: int, *, meets: bool = True) -> Option:
    notes = (Note.of("{amount} of the total is paid once, at the start", amount="0"),)
    return Option(
        name, Note.of("{agents} agents", agents=12), total, 0, 20_000.0, 0.03, 0.84, meets, notes=notes
    )


def memo() -> DecisionMemo:
    """As much as the first page can hold."""
    names = (
        "in-house",
        "per call",
        "per booth",
        "hourly plan",
        "flat monthly plan",
        "overflow to a vendor",
        "seventh",
    )
    options = tuple(option(name, 1_000_000 + 100_000 * i, meets=i != 1) for i, name in enumerate(names))
    parts = tuple(MixPart(name, Note.of("{b} booths", b=4), 60_000.0, 225_000) for name in names[:4])
    return DecisionMemo(
        title="コールセンター",
        question="自社で続けるか、一部を委託するか、すべてを委託するか。契約の更新は2027年3月で、通知の期限は3か月前です。",
        months=("2027-04", "2028-03"),
        currency="JPY",
        calls=240_000.0,
        targets=Targets(service_level=0.8, threshold=20, abandonment=0.05, asa=30),
        options=options,
        bills=tuple(
            Bill(o.name, "2027-04", "wages", 1, "month", o.total, o.total, "example") for o in options
        ),
        recommended="in-house",
        mix=Mix(parts, 900_000, 899_000),
        break_even=tuple(BreakEven("per call", "per booth", 1000 * i, Note.of("price")) for i in range(1, 6)),
        measures=tuple(Measure(f"Measure {i}", 100, 10, 220, 9.0, "example") for i in range(6)),
        sensitivity=tuple(
            Sensitivity(f"Input {i}", "1", "2", 10, 20 + i, "in-house", "per booth") for i in range(6)
        ),
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_decision_fits_one_printed_page(open_page: OpenPage, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "memo.html"
    file.write_text(html_of(memo_document(memo(), language(lang)), language(lang)), encoding="utf-8")
    page, heard = opened(open_page, file, lang)
    assert heard == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PRINTED_WIDTH, "height": round(PRINTED_HEIGHT)})
    box = page.locator("#decision").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PRINTED_HEIGHT
    page.emulate_media(media="screen")
    page.locator("#options a").first.click()
    assert page.url.endswith("#bill-in-house")


def test_a_name_that_is_markup_is_shown_as_text(open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "memo.html"
    named = replace(memo(), title='<img src=x onerror="document.title=1">')
    file.write_text(html_of(memo_document(named, language("en")), language("en")), encoding="utf-8")
    page, heard = opened(open_page, file, "en")
    assert heard == []
    assert page.locator("h1").inner_text().startswith("<img src=x")
