"""What `docs/queueing.md` prints is what its snippets print."""

from __future__ import annotations

import pytest

from tests.snippets import DOCS, examples, printed

SNIPPETS = examples("queueing.md")


def test_every_python_snippet_shows_what_it_prints() -> None:
    assert len(SNIPPETS) == (DOCS / "queueing.md").read_text(encoding="utf-8").count("```python") >= 7


@pytest.mark.parametrize(("code", "expected"), SNIPPETS)
def test_a_snippet_prints_what_the_page_says(code: str, expected: str) -> None:
    assert printed(code) == expected
