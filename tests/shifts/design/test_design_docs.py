"""The page on shift design prints what it shows."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_the_example_prints_what_the_page_shows() -> None:
    found = examples("shift-design.md")
    assert len(found) == 1
    for code, shown in found:
        assert printed(code) == shown
