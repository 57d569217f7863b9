"""Finds the template behind a sentence whose gaps are already filled, so that it can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

_FEWEST_LETTERS = 4  # fixed letters a template needs: fewer, such as "{a} {b}", would match anything
_JOINING = re.compile(r"\{\w+\}[;:]")  # how a template that joins two sentences begins
# What a gap may hold that follows a word or another gap without a space: nothing, or an addition.
_AFTER_WORD, _AFTER_GAP = "(?:[;:( ].*?)?", "(?:(?:[;:(]| or ).*?)?"


@dataclass(frozen=True, eq=False)
class Templates:
    """Templates with named gaps: those that join two sentences first, then those with the most fixed text."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Templates:
        """Keep the texts that have gaps and enough fixed text to be told apart."""
        found: list[tuple[bool, int, str, re.Pattern[str]]] = []
        for text in texts:
            letters, pattern = _compiled(text)
            if pattern.groups and letters >= _FEWEST_LETTERS:
                found.append((_JOINING.match(text) is None, -letters, text, pattern))
        found.sort(key=lambda item: item[:3])
        return cls(tuple((text, pattern) for _, _, text, pattern in found))

    def match(self, sentence: str) -> tuple[str, Mapping[str, str]] | None:
        """The template that gives this sentence, and what fills its gaps; None when none does."""
        for template, pattern in self.patterns:
            match = pattern.fullmatch(sentence)
            if match is not None:
                return template, match.groupdict()
        return None


def _compiled(text: str) -> tuple[int, re.Pattern[str]]:
    """Number of fixed letters, and the pattern that matches filled sentences."""
    parts: list[str] = []
    letters = 0
    seen: set[str] = set()
    pieces = [*Formatter().parse(text)]
    for (literal, name, _, _), follower in zip(pieces, [*pieces[1:], ("", None, None, None)], strict=True):
        letters += sum(character.isalpha() for character in literal)
        parts.append(re.escape(literal))
        if name is None:
            continue
        inside = ".+?"
        if literal[-1:].isalpha():
            inside = _AFTER_WORD
        elif not literal and seen:
            inside = _AFTER_GAP
        elif follower[0][:1].isalpha():  # a word follows without a space: the gap brings its own, or is empty
            inside = ".*?"
        parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{inside})")
        seen.add(name)
    return letters, re.compile("".join(parts), re.DOTALL)
