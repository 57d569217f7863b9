"""The dashboard as its users meet it: served by the command line, drawn by a real browser."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ACTION_MILLISECONDS, served
from tests.ui.run_folder import build

OpenDashboard = Callable[..., str]
OpenPage = Callable[..., Page]
SLOW = 90_000  # milliseconds a plan may take from click to result
expect.set_options(timeout=ACTION_MILLISECONDS)

PAGES = {
    "": ("概要", "Overview"),
    "demand": ("着信実績と予測", "Demand and forecast"),
    "coverage": ("必要人数と配置人数", "Required and scheduled"),
    "roster": ("シフト表", "Roster"),
    "costs": ("費用比較", "Cost comparison"),
    "decision": ("結論", "Decision"),
    "calculator": ("計算ツール", "Calculator"),
    "downloads": ("ダウンロード", "Downloads"),
    "new-plan": ("新しい計画", "New plan"),
}
CHARTS = {"demand": 6, "coverage": 2, "roster": 1, "costs": 1, "calculator": 1}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished plan in a workspace of its own; not to be changed."""
    return build(tmp_path_factory.mktemp("dashboard") / "plans" / "demo")


@pytest.fixture(scope="module")
def base(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one dashboard for all tests here, which only look at it."""
    with served(plan, tmp_path_factory.mktemp("log")) as address:
        yield address


def visit(page: Page, address: str, title: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
    # Everything is drawn when the script has ended.
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def watch_for_troubles(page: Page, base: str) -> list[str]:
    """Collects what goes wrong in the browser: errors of scripts, requests to any other host."""
    troubles: list[str] = []
    own = (base, base.replace("http:", "ws:"), "data:", "blob:")
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(own) else troubles.append(request.url))
    return troubles


def test_every_page_draws_in_the_browsers_language(base: str, open_page: OpenPage) -> None:
    """Title and charts of every page in both languages, no error, nothing asked of another host."""
    for place, lang in enumerate(("ja", "en")):
        page = open_page(lang)
        troubles = watch_for_troubles(page, base)
        for address, titles in PAGES.items():
            visit(page, f"{base}/{address}", titles[place])
            expect(page.get_by_test_id("stException")).to_have_count(0)
            drawn = page.locator(
                '[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas'
            )
            expect(drawn).to_have_count(CHARTS.get(address, 0))
        assert troubles == []


def test_language_gantt_and_the_sites_times(
    plan: Path, base: str, open_page: OpenPage, browser: Browser
) -> None:
    page = open_page("en")
    # The selector overrides the browser, and a reload keeps its choice.
    visit(page, base, "Overview")
    page.get_by_text("日本語", exact=True).click()
    expect(page.get_by_role("heading", name="概要", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="概要", level=1)).to_be_visible()
    # The Gantt has a bar for every duty of the day and one for every break.
    visit(page, f"{base}/roster?lang=en", "Roster")
    rows = csv.DictReader((plan / "roster.csv").read_text(encoding="utf-8").splitlines())
    duties = [row for row in rows if row["business_date"] == "2027-02-01"]
    breaks = [row for row in duties if row["break_1_start"]]
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart.locator("svg .mark-rect path")).to_have_count(len(duties) + len(breaks))
    expect(chart.get_by_text("佐藤 花子")).to_have_count(0)  # off on that Monday
    expect(chart.get_by_text("鈴木 一郎").first).to_be_visible()
    # The made-up desk opens at 9:00 in Tokyo, and a reader in New York sees 09:00.
    abroad = browser.new_context(locale="en-GB", timezone_id="America/New_York")
    page = abroad.new_page()
    visit(page, f"{base}/coverage", "Required and scheduled")
    labels = page.get_by_test_id("stVegaLiteChart").first.locator("svg text")
    expect(labels.filter(has_text=re.compile(r"^09:00$")).first).to_be_visible()
    expect(labels.filter(has_text=re.compile(r"^18:00$")).first).to_be_visible()
    abroad.close()


def download(page: Page, key: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key}").get_by_role("button").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_downloads_give_the_files_bytes(plan: Path, base: str, page: Page) -> None:
    visit(page, f"{base}/downloads", "Downloads")
    original = (plan / "roster.csv").read_bytes()
    name, data = download(page, "download_roster-csv")
    assert (name, data) == ("roster.csv", b"\xef\xbb\xbf" + original)
    page.get_by_text("CP932", exact=False).first.click()
    # Only a page drawn anew has the other encoding behind its buttons.
    expect(page.get_by_text("KB, CP932").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    name, data = download(page, "download_roster-csv")
    assert data == original.decode().encode("cp932")
    name, data = download(page, "download_all")
    assert name == "demo.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("roster.csv") == original.decode().encode("cp932")
        assert "summary.json" in archive.namelist()
