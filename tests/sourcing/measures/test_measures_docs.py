"""The page on measures prints what it shows and names every key of the catalogue."""

from __future__ import annotations

from dataclasses import fields

from staffing.sourcing.measures import CallBack, Capacity, Costs, SelfService, Vendor, Work
from tests.snippets import DOCS, examples, printed


def test_the_snippets_print_what_the_page_shows() -> None:
    found = examples("measures.md")
    assert len(found) == 3
    names: dict[str, object] = {}  # the snippets go on from one another, in the order they are read
    for code, shown in found:
        assert [line.rstrip() for line in printed(code, names).splitlines()] == shown.splitlines()


def test_every_key_of_the_catalogue_is_on_the_page() -> None:
    page = (DOCS / "measures.md").read_text(encoding="utf-8")
    for part in (CallBack, Capacity, Costs, SelfService, Vendor, Work):
        for field in fields(part):
            assert f"`{field.name}`" in page
