"""The page on queues that share agents prints what it shows."""

from __future__ import annotations

from staffing.queueing.skills.estimate import BANDS
from staffing.queueing.skills.lingering import REST, SHARE
from tests.snippets import DOCS, examples, printed


def test_examples_print_what_the_page_shows() -> None:
    found = examples("multi-skill.md")
    assert len(found) == 1
    for code, shown in found:
        assert printed(code) == shown


def test_the_page_names_the_constants() -> None:
    page = " ".join((DOCS / "multi-skill.md").read_text(encoding="utf-8").split())
    assert f"(factor {SHARE})" in page
    assert f"(factor {REST}, twice)" in page
    near, far = zip(*BANDS.values(), strict=True)
    assert f"are {100 * near[0]:.0f} and {100 * near[1]:.0f} points" in page
    assert f"and {100 * far[0]:.0f} and {100 * far[1]:.0f} where not" in page
