"""What `docs/time-varying.md` prints is what its snippet prints."""

from __future__ import annotations

from tests.snippets import examples, printed


def test_the_snippet_prints_what_the_page_says() -> None:
    code, expected = examples("time-varying.md")[0]
    assert printed(code) == expected
