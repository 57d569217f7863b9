"""The page on sourcing prints what it shows; the page on tariffs lists the figures of each kind's first offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from math import inf

from staffing.sourcing import Figure, Tariffs
from staffing.sourcing.figures import Checked
from staffing.sourcing.tariffs import KINDS
from tests.snippets import DOCS, examples, printed


def test_examples_print_what_the_page_shows() -> None:
    found = examples("sourcing.md")
    assert len(found) == 2
    names: dict[str, object] = {}  # the snippets go on from one another, in the order they are read
    for code, shown in found:
        assert [line.rstrip() for line in printed(code, names).splitlines()] == shown.splitlines()


def rows(part: Checked, at: str = "") -> Iterator[str]:
    """One row of a table for each figure that the file states."""
    for entry in fields(part):
        value, name = getattr(part, entry.name), f"{at}{entry.name}"
        if isinstance(value, Figure) and not value.where.startswith("not stated"):
            number = "no limit" if value.value == inf else f"{value.value:,.10g}"
            yield f"| `{name}` | {number} | {value.label} | {value.where or '-'} |"
        elif isinstance(value, Checked) and entry.name != "hidden":
            yield from rows(value, f"{name}.")
        elif isinstance(value, tuple):
            for index, item in enumerate(value, start=1):
                if isinstance(item, Checked):
                    yield from rows(item, f"{name}[{index}].")


def test_every_figure_of_the_first_offers_is_listed_with_its_label(tariffs: Tariffs) -> None:
    page = (DOCS / "tariffs.md").read_text(encoding="utf-8")
    listed = page[page.index("## The figures of the catalogue") :]
    first = [tariffs.of(kind)[0] for kind in KINDS.values()]
    assert tariffs.lost_calls is not None
    parts = [tariffs.in_house, *first, tariffs.per_call[0].hidden, tariffs.lost_calls]
    expected = [row for part in parts for row in rows(part)]
    assert len(expected) > 130
    assert [line for line in listed.splitlines() if line.startswith("| `")] == expected


def test_every_kind_is_listed_by_its_table() -> None:
    page = (DOCS / "tariffs.md").read_text(encoding="utf-8")
    assert [key for key in KINDS if f"| `[[{key}]]` |" in page] == list(KINDS)
