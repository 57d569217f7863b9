"""The page on sourcing prints what it shows, and lists the figures of the tariff file."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from staffing.sourcing import Tariffs
from staffing.sourcing.figures import allowed_figures

PAGE = Path(__file__).parents[2] / "docs" / "sourcing.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def test_examples_print_what_the_page_shows() -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) == 2
    names: dict[str, object] = {}
    for code, shown in examples:
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(code, PAGE.name, "exec"), names)  # the page's own code, in the order it is read
        assert [line.rstrip() for line in printed.getvalue().splitlines()] == shown.splitlines()


def test_every_default_figure_is_listed_with_its_label(tariffs: Tariffs) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for part in (tariffs.in_house, tariffs.per_call[0], tariffs.per_booth[0]):
        for name in allowed_figures(type(part)):
            figure = getattr(part, name)
            value = "no limit" if figure.value == float("inf") else f"{figure.value:,.10g}"
            assert f"| `{name}` | {value} | {figure.label} | {figure.where} |" in page
