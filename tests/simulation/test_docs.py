"""The page on the simulator prints what it shows."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_examples_print_what_the_page_shows() -> None:
    found = examples("simulation.md")
    assert len(found) == 3
    names: dict[str, object] = {}  # the snippets go on from one another, in the order they are read
    for code, shown in found:
        assert printed(code, names) == shown
