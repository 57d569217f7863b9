"""Notes: things a user should know about a result, worded once and translatable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """A sentence with named gaps, and the values that fill them; the sentence is the translation key."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, **values: object) -> Note:
        """A note whose values are shown as `str` gives them."""
        return cls(text, tuple((name, str(value)) for name, value in values.items()))

    def __str__(self) -> str:
        return self.text.format(**dict(self.values))
