"""Find the texts that readers see of the catalogue of tariffs and measures: where each figure is from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[1] / "data" / "catalogue"
_SHOWN = "where"


def texts(folder: Path = CATALOGUE) -> Iterator[tuple[str, str]]:
    """Each text once, by file, with the name of its file."""
    for file in sorted(folder.glob("*.toml")):
        found = _under(tomllib.loads(file.read_text(encoding="utf-8")), _SHOWN)
        yield from ((text, file.name) for text in dict.fromkeys(found))


def names(folder: Path = CATALOGUE) -> Iterator[str]:
    """What offers, vendors, hours and measures are called."""
    for file in sorted(folder.glob("*.toml")):
        yield from dict.fromkeys(_under(tomllib.loads(file.read_text(encoding="utf-8")), "name"))


def _under(node: object, wanted: str) -> Iterator[str]:
    """The texts that stand under a key, at any depth."""
    if isinstance(node, list):
        for part in node:
            yield from _under(part, wanted)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == wanted and isinstance(value, str):
                yield value
            else:
                yield from _under(value, wanted)
