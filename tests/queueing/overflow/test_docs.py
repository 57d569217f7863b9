"""The page on overflow prints what it shows."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_the_snippets_print_what_the_page_shows() -> None:
    found = examples("overflow.md")
    assert len(found) == 2
    names: dict[str, object] = {}  # the second goes on from the first
    for code, shown in found:
        assert printed(code, names) == shown
