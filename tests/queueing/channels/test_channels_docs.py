"""The page on channels prints what it shows, and states the bounds that the tests hold it to."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "channels.md"
SNIPPET = re.compile(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


def test_the_snippets_print_what_the_page_shows() -> None:
    snippets = SNIPPET.findall(PAGE.read_text(encoding="utf-8"))
    assert len(snippets) == 6
    names: dict[str, object] = {}
    for code, shown in snippets:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(code, PAGE.name, "exec"), names)  # the page's own code, in the order it is read
        assert printed.getvalue() == shown
