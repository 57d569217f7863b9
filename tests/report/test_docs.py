"""The page on reports prints what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snippets import examples, printed


def test_examples_print_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(
        Path(__file__).parents[2]
    )  # the examples name the sample by its place in the repository
    found = examples("reports.md")
    assert len(found) == 3
    names: dict[str, object] = {}
    for code, shown in found:
        assert printed(code, names).splitlines() == shown.splitlines()
