"""The page on decisions prints what it shows, and lists what is written and what may be set."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from staffing.config.schema import SourcingTable
from staffing.report.decided import FILES
from staffing.sourcing.measures import load_measures
from staffing.wording.measures import MEASURES
from tests.snippets import DOCS, examples, printed

DATA = Path(__file__).parents[2] / "data"


def test_the_example_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DATA / "small-desk", tmp_path / "data" / "small-desk")
    monkeypatch.chdir(tmp_path)
    ((code, shown),) = examples("decision.md")
    assert printed(code).splitlines() == shown.splitlines()
    assert (tmp_path / "out" / "decision" / "memo-ja.html").exists()


def test_every_file_and_setting_is_listed() -> None:
    page = (DOCS / "decision.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in page] == []
    settings = (DOCS / "files.md").read_text(encoding="utf-8")
    assert [name for name in SourcingTable.model_fields if f"| `{name}` |" not in settings] == []


def test_the_measures_of_the_catalogue_have_words() -> None:
    assert load_measures().names == MEASURES
