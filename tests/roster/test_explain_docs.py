"""What `docs/explanations.md` prints is what its snippets print."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_the_page_prints_what_it_shows() -> None:
    names: dict[str, object] = {}
    found = examples("explanations.md")
    assert len(found) == 2
    for code, text in found:
        assert printed(code, names) == text
