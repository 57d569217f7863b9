"""The page Decision in a real browser: every part in both languages, and the files it hands out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_dashboard import OpenDashboard, OpenPage, download, visit, watch_for_troubles
from tests.ui.decision_folder import build_decision
from tests.ui.run_folder import build

# Charts in the order of the tabs: options, months, mix, break-even, lost calls, inputs, bills, files.
CHARTS = (1, 3, 2, 1, 2, 1, 0, 0)
TABS = {
    "ja": (
        "選択肢",
        "月ごとの推移",
        "最適な組み合わせ",
        "損益分岐",
        "失った呼",
        "結論を左右するもの",
        "費用明細",
        "ファイル",
    ),
    "en": (
        "Options",
        "Over the months",
        "Best mix",
        "Break-even",
        "Lost calls",
        "What the answer hangs on",
        "Bills",
        "Files",
    ),
}
TITLES = {"ja": "結論", "en": "Decision"}


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """A finished plan with a decision, in a workspace of its own."""
    plan = build(tmp_path / "plans" / "demo")
    build_decision(plan)
    return plan


def test_every_part_draws_in_both_languages(
    decided: Path, dashboard: OpenDashboard, open_page: OpenPage
) -> None:
    """Every tab shows its charts with a text for those who cannot see them; nothing is asked of another host."""
    base = dashboard(decided)
    for lang, tabs in TABS.items():
        page = open_page(lang)
        troubles = watch_for_troubles(page, base)
        visit(page, f"{base}/decision", TITLES[lang])
        assert page.get_by_role("tab").all_inner_texts() == list(tabs)
        for name, count in zip(tabs, CHARTS, strict=True):
            page.get_by_role("tab", name=name, exact=True).click()
            panel = page.get_by_role("tabpanel").filter(visible=True)
            # A chart without a text of its own has no label.
            drawn = panel.locator('[data-testid="stVegaLiteChart"][aria-label]')
            expect(drawn.locator("svg, canvas").filter(visible=True)).to_have_count(count)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert troubles == []


def test_the_memo_is_handed_out_as_it_was_made(decided: Path, dashboard: OpenDashboard, page: Page) -> None:
    visit(page, f"{dashboard(decided)}/decision?lang=en", "Decision")
    page.get_by_role("tab", name="Files", exact=True).click()
    name, data = download(page, "decision_memo-ja-xlsx")
    assert (name, data) == ("memo-ja.xlsx", (decided / "decision" / "memo-ja.xlsx").read_bytes())
    name, data = download(page, "decision_bills-csv")
    assert data == b"\xef\xbb\xbf" + (decided / "decision" / "bills.csv").read_bytes()


def test_nothing_is_cut_off_on_a_narrow_screen(decided: Path, dashboard: OpenDashboard, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    visit(page, f"{dashboard(decided)}/decision?lang=en", "Decision")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400
