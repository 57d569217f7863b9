"""The page on queues that share agents prints what it shows."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from staffing.queueing.skills.estimate import BANDS
from staffing.queueing.skills.lingering import REST, SHARE

PAGE = Path(__file__).parents[3] / "docs" / "multi-skill.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def test_examples_print_what_the_page_shows() -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 1
    for code, shown in examples:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(code, PAGE.name, "exec"), {})
        assert printed.getvalue() == shown


def test_the_page_names_the_constants() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"(factor {SHARE})" in page
    assert f"(factor {REST}, twice)" in page
    near, far = zip(*BANDS.values(), strict=True)
    assert f"are {100 * near[0]:.0f} and {100 * near[1]:.0f} points" in page
    assert f"and {100 * far[0]:.0f} and {100 * far[1]:.0f} where not" in page
