"""The page on channels prints what it shows."""

from __future__ import annotations

import re

from tests.snippets import DOCS, printed

SNIPPET = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def test_the_snippets_print_what_the_page_shows() -> None:
    """One without an output below prints nothing."""
    snippets = SNIPPET.findall((DOCS / "channels.md").read_text(encoding="utf-8"))
    assert len(snippets) == 7
    names: dict[str, object] = {}  # the snippets go on from one another, in the order they are read
    for code, shown in snippets:
        assert printed(code, names) == shown
