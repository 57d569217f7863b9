"""The page on sourcing prints what it shows, and lists the figures of the tariff file."""

from __future__ import annotations

from staffing.sourcing import Tariffs
from staffing.sourcing.figures import allowed_figures
from tests.snippets import DOCS, examples, printed


def test_examples_print_what_the_page_shows() -> None:
    found = examples("sourcing.md")
    assert len(found) == 2
    names: dict[str, object] = {}  # the snippets go on from one another, in the order they are read
    for code, shown in found:
        assert [line.rstrip() for line in printed(code, names).splitlines()] == shown.splitlines()


def test_every_default_figure_is_listed_with_its_label(tariffs: Tariffs) -> None:
    page = (DOCS / "sourcing.md").read_text(encoding="utf-8")
    for part in (tariffs.in_house, tariffs.per_call[0], tariffs.per_booth[0]):
        for name in allowed_figures(type(part)):
            figure = getattr(part, name)
            value = "no limit" if figure.value == float("inf") else f"{figure.value:,.10g}"
            assert f"| `{name}` | {value} | {figure.label} | {figure.where} |" in page
