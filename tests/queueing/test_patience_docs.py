"""The page on patience prints what it shows."""

from __future__ import annotations

import pytest

from tests.snippets import DOCS, examples, printed

EXAMPLES = examples("patience.md")


def test_every_snippet_has_its_output() -> None:
    assert len(EXAMPLES) == (DOCS / "patience.md").read_text(encoding="utf-8").count("```python") == 2


@pytest.mark.parametrize(("code", "shown"), EXAMPLES)
def test_a_snippet_prints_what_the_page_says(code: str, shown: str) -> None:
    assert printed(code) == shown
