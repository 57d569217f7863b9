"""Writes settings as TOML text: the kinds of values that `plan.toml` holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any


def dumps(settings: Mapping[str, Any]) -> str:
    """TOML that reads back as `settings`: tables of text, numbers, flags, dates, lists and further tables.

    Raises:
        TypeError: for a value of another kind.
    """
    return "\n".join(_table(settings, ())).lstrip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    inner = {name: value for name, value in table.items() if _is_table(value)}
    for name, value in table.items():
        if name not in inner and value is not None:
            yield f"{_key(name)} = {_value(value)}"
    for name, value in inner.items():
        place = (*path, name)
        title = ".".join(_key(part) for part in place)
        if isinstance(value, Mapping):
            yield f"\n[{title}]"
            yield from _table(value, place)
            continue
        for row in value:
            yield f"\n[[{title}]]"
            yield from _table(row, place)


def _is_table(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _text(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    raise TypeError(f"{type(value).__name__} has no place in plan.toml: {value!r}")


def _text(text: str) -> str:
    """JSON's escapes are TOML's, but for DEL, which TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
