"""What `docs/time-varying.md` prints is what its snippet prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "time-varying.md"


def test_the_snippet_prints_what_the_page_says() -> None:
    text = PAGE.read_text(encoding="utf-8")
    code, expected = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", text, re.DOTALL)[0]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, str(PAGE), "exec"), {})
    assert printed.getvalue() == expected
