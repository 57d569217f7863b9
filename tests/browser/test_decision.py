"""The page Decision in a real browser: every part in both languages, and the files it hands out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served
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
        "結果を左右する要因",
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


REPOSITORY = Path(__file__).parents[2]
# What makes the small desk quick to decide on: one month without paths of calls, one offer, one measure.
QUICK = {
    "months = 12 ": 'tariffs = "tariffs.toml"\nmeasures = "measures.toml"\nmonths = 1 ',
    "calls_error = 0.1 ": "calls_error = 0 ",
    "seconds = 60": "seconds = 1",
}


@pytest.fixture
def undecided(tmp_path: Path) -> Path:
    """A finished plan with the inputs of the small desk, on which nothing has been decided."""
    plan = build(tmp_path / "plans" / "demo")
    inputs = shutil.copytree(REPOSITORY / "data" / "small-desk", plan / "inputs", dirs_exist_ok=True)
    settings = (inputs / "plan.toml").read_text(encoding="utf-8")
    for old, new in QUICK.items():
        assert settings.count(old) == 1, old
        settings = settings.replace(old, new)
    (inputs / "plan.toml").write_text(settings, encoding="utf-8")
    offers = (REPOSITORY / "tests" / "sourcing" / "plain.toml").read_text(encoding="utf-8")
    (inputs / "tariffs.toml").write_text(offers.split("[[per_booth]]")[0], encoding="utf-8")
    head, first, *_ = (
        (REPOSITORY / "data" / "catalogue" / "measures.toml")
        .read_text(encoding="utf-8")
        .split("\n[[measures]]\n")
    )
    (inputs / "measures.toml").write_text(f"{head}\n[[measures]]\n{first}", encoding="utf-8")
    return plan


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished plan with a decision, in a workspace of its own; not to be changed."""
    plan = build(tmp_path_factory.mktemp("decided") / "plans" / "demo")
    build_decision(plan)
    return plan


@pytest.fixture(scope="module")
def base(decided: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one dashboard that shows the decision, for those who only look at it."""
    with served(decided, tmp_path_factory.mktemp("log")) as address:
        yield address


def test_every_part_draws_in_both_languages(base: str, open_page: OpenPage) -> None:
    """Every tab shows its charts with a text for those who cannot see them; nothing is asked of another host."""
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


def test_the_memo_is_handed_out_as_it_was_made(decided: Path, base: str, page: Page) -> None:
    visit(page, f"{base}/decision?lang=en", "Decision")
    page.get_by_role("tab", name="Files", exact=True).click()
    name, data = download(page, "decision_memo-ja-xlsx")
    assert (name, data) == ("memo-ja.xlsx", (decided / "decision" / "memo-ja.xlsx").read_bytes())
    name, data = download(page, "decision_bills-csv")
    assert data == b"\xef\xbb\xbf" + (decided / "decision" / "bills.csv").read_bytes()


def test_the_button_works_out_the_decision_in_a_process_of_its_own(
    undecided: Path, dashboard: OpenDashboard, page: Page
) -> None:
    """Nothing stands in for the work: the small desk is planned, decided on, and the answer read from files."""
    visit(page, f"{dashboard(undecided)}/decision?lang=en", "Decision")
    expect(page.get_by_text("Nothing has been decided on this plan yet")).to_be_visible()
    page.get_by_role("button", name="Work out the decision").click()
    expect(page.get_by_role("heading", name="Working out the decision")).to_be_visible()
    expect(page.get_by_text("At this target Outsourced, per call is the cheapest")).to_be_visible(
        timeout=120_000
    )
    assert page.get_by_role("tab").all_inner_texts() == list(TABS["en"])
    expect(page.get_by_role("button", name="Work it out again")).to_be_enabled()
    found = json.loads((undecided / "decision" / "decision.json").read_text(encoding="utf-8"))
    assert (found["recommended"], found["months"]) == ("per call", ["2027-02"])
    assert {"memo-ja.html", "memo-en.xlsx"} <= {path.name for path in (undecided / "decision").iterdir()}


def test_nothing_is_cut_off_on_a_narrow_screen(base: str, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    visit(page, f"{base}/decision?lang=en", "Decision")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400
