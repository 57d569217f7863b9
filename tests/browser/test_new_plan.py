"""A new plan from the browser: bad files are named, a search is watched and stopped, the result opens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from staffing.samples import copy_sample
from tests.browser.conftest import ACTION_MILLISECONDS
from tests.ui.run_folder import build

OpenDashboard = Callable[..., str]
SLOW = 120_000  # milliseconds from click to result on a busy machine
BAD = b"""interval_start,offered,answered,abandoned,aht_seconds
2026-12-07 09:00,12,11,1,240
2026-12-07 09:30,twelve,11,1,240
"""
expect.set_options(timeout=ACTION_MILLISECONDS)


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def open_form(page: Page, base: str) -> None:
    page.goto(f"{base}/new-plan")
    expect(page.get_by_role("heading", name="New plan", level=1)).to_be_visible()
    settled(page)


def test_a_bad_file_is_named_by_row_and_column_and_starts_nothing(
    tmp_path: Path, dashboard: OpenDashboard, page: Page
) -> None:
    plan = build(tmp_path / "plans" / "demo")
    open_form(page, dashboard(plan))
    page.get_by_text("My own history (CSV)").click()
    settled(page)
    page.locator('[class*="st-key-new_"][class*="_history"] input[type=file]').set_input_files(
        {"name": "calls.csv", "mimeType": "text/csv", "buffer": BAD}
    )
    expect(page.get_by_text("calls.csv").first).to_be_visible()
    page.get_by_role("button", name="Check and plan").click()
    table = page.get_by_test_id("stTable")
    row = table.get_by_role("row").filter(has_text="calls.csv")
    expect(row).to_have_count(1)
    expect(row.get_by_role("cell")).to_have_text(
        ["calls.csv", "3", "offered", "'twelve'", "a whole number from 0"]
    )
    assert [path.name for path in plan.parent.iterdir()] == ["demo"]


def test_a_search_is_watched_stopped_and_its_roster_opened(
    tmp_path: Path, dashboard: OpenDashboard, page: Page
) -> None:
    """Two weeks of the bank, to be searched for ten minutes until nothing is open: stopped when there is a roster."""
    plan = build(tmp_path / "plans" / "demo")
    copy_sample("anonymous-bank", plan / "inputs")
    settings = plan / "inputs" / "plan.toml"
    text = re.sub(
        r"^seconds = .*$", "seconds = 600", settings.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    text = re.sub(r"^gap = .*$", "gap = 0", text, flags=re.MULTILINE)
    text = re.sub(r"^end = .*$", "end = 1999-03-14", text, count=1, flags=re.MULTILINE)
    settings.write_text(
        re.sub(r"^name = .*$", 'name = "Long search"', text, count=1, flags=re.MULTILINE), "utf-8"
    )
    open_form(page, dashboard(plan))
    page.get_by_test_id("stSelectbox").filter(has_text="Start from").locator("input").click()
    page.get_by_role("option", name="Earlier plan: Long search (demo)").click()
    # Until the page is drawn anew, the form before may stand beside this one.
    expect(page.locator('input[aria-label="Seconds of search"][value="600"]')).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Check and plan").click()
    expect(page.get_by_role("heading", name="Planning")).to_be_visible(timeout=SLOW)
    expect(page.get_by_test_id("stMetric").filter(has_text="No roster can cost less")).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg")).to_be_visible()
    expect(page.get_by_test_id("stMetric").filter(has_text="Gap")).to_contain_text(re.compile(r"\d+\.\d %"))
    page.get_by_role("button", name="Stop and keep the best roster").click()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("heading", name="Long search")).to_be_visible()
    (made,) = (path for path in plan.parent.iterdir() if path.name != "demo")
    summary = json.loads((made / "summary.json").read_text(encoding="utf-8"))
    assert summary["check"]["passed"]
    assert summary["roster"]["seconds"] < 300
    expect(page.get_by_test_id("stMetric").filter(has_text="Wages of the roster")).to_contain_text(
        f"{summary['roster']['wages']:,}"
    )
