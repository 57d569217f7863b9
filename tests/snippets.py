"""Runs the Python that a page of docs/ shows, to hold it against the output that stands below."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def examples(page: str) -> list[tuple[str, str]]:
    """Code and output of every snippet of `docs/{page}` that has its output below."""
    return EXAMPLE.findall((DOCS / page).read_text(encoding="utf-8"))


def printed(code: str, names: dict[str, object] | None = None) -> str:
    """What the page's own code prints; `names` carries what earlier snippets defined."""
    output = StringIO()
    with redirect_stdout(output):
        exec(compile(code, "docs", "exec"), {} if names is None else names)
    return output.getvalue()
