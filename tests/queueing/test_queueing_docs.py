"""What `docs/queueing.md` prints is what its snippets print."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "queueing.md"
SNIPPET = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
SNIPPETS = SNIPPET.findall(PAGE.read_text(encoding="utf-8"))


def test_every_python_snippet_shows_what_it_prints() -> None:
    assert len(SNIPPETS) == PAGE.read_text(encoding="utf-8").count("```python") >= 7


@pytest.mark.parametrize(("code", "expected"), SNIPPETS)
def test_a_snippet_prints_what_the_page_says(code: str, expected: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, str(PAGE), "exec"), {})
    assert printed.getvalue() == expected
