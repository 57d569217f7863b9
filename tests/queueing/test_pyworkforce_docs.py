"""What `docs/pyworkforce.md` prints is what its snippets print, with the installed version of pyworkforce."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest

from tests.snippets import DOCS, printed

PAGE = DOCS / "pyworkforce.md"
FENCE = re.compile(r"```(\w+)[ ]?([\d.]*)\n(.*?)```", re.DOTALL)
NEWER = tuple(int(part) for part in version("pyworkforce").split(".")[:3]) >= (0, 5, 2)
TAG = "0.5.4" if NEWER else "0.5.1"


def snippets() -> list[tuple[str, str]]:
    """Code and output of every snippet that the installed version runs."""
    found: list[tuple[str, str]] = []
    code = ""
    for language, tag, text in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        if language == "python":
            code = text
        elif language == "text" and tag in ("", TAG):
            found.append((code, text))
    return found


def test_there_are_snippets() -> None:
    assert len(snippets()) >= (9 if NEWER else 7)


@pytest.mark.parametrize(("code", "expected"), snippets())
def test_a_snippet_prints_what_the_page_says(code: str, expected: str) -> None:
    assert printed(code) == expected
