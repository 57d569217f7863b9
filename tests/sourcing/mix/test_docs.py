"""The page on the mix prints what it shows."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_example_prints_what_the_page_shows() -> None:
    found = examples("mix.md")
    assert len(found) == 1
    for code, shown in found:
        assert [line.rstrip() for line in printed(code).splitlines()] == shown.splitlines()
