"""The files a plan was made from, as they are kept beside its results: in one folder, ready to be planned again."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from staffing.config.schema import PlanConfig

Setting = tuple[str, str]  # table, key
SETTINGS = "plan.toml"
_TEXT = re.compile(r""" "(?:[^"\\\n]|\\.)*" | '[^'\n]*' """, re.VERBOSE)


def named_files(config: PlanConfig) -> dict[Setting, Path]:
    """The files that the settings name, where they lie."""
    named: dict[Setting, Path | None] = {
        ("history", "file"): None if config.history is None else config.history.file,
        ("forecast", "profile"): config.forecast.profile if config.forecast.method == "profile" else None,
        ("staff", "file"): config.staff.file,
        ("staff", "requests"): config.staff.requests,
        ("staff", "fixed"): config.staff.fixed,
        ("staff", "carried"): config.staff.carried,
        ("sourcing", "tariffs"): config.sourcing.tariffs,
        ("sourcing", "measures"): config.sourcing.measures,
    }
    return {setting: config.beside(path) for setting, path in named.items() if path is not None}


def kept_inputs(config: PlanConfig) -> dict[str, bytes]:
    """The settings and the files they name, as they are now, by the name each is kept under.

    Files keep their names; one whose name is taken by a file of another folder gets its table's before it
    (`staff-list.csv`). `plan.toml` names them so, and is otherwise kept to the letter. What cannot be read is left
    to the readers to find, and left out.
    """
    contents = {setting: _content(path) for setting, path in named_files(config).items()}
    found = {setting: content for setting, content in contents.items() if content is not None}
    names = _names(config, found)
    settings = _content(config.file)  # None for settings made in Python
    kept = {} if settings is None else {SETTINGS: _renamed_bytes(settings, names)}
    return kept | {names[setting]: content for setting, content in found.items()}


def kept_name(config: PlanConfig, setting: Setting) -> str:
    """The name that a file of the settings is kept under."""
    return _names(config, [setting])[setting]


def renamed(text: str, names: Mapping[Setting, str]) -> str:
    """The text of a `plan.toml` with other file names, the rest to the letter as it was."""
    settings = _parsed(text) or {}
    for (table, key), name in names.items():
        old = settings.get(table, {}).get(key)
        if old is not None and Path(old) != Path(name):
            settings = deepcopy(settings)
            settings[table][key] = name
            text = next(_replacing(text, old, name, settings), text)
    return text


def _renamed_bytes(content: bytes, names: Mapping[Setting, str]) -> bytes:
    text = content.decode("utf-8-sig")
    changed = renamed(text, names)
    return content if changed == text else changed.encode()


def _names(config: PlanConfig, settings: Collection[Setting]) -> dict[Setting, str]:
    taken = {SETTINGS: config.file.resolve()}
    names: dict[Setting, str] = {}
    for (table, key), path in named_files(config).items():
        name = path.name
        while taken.setdefault(name.casefold(), path.resolve()) != path.resolve():
            name = f"{table}-{name}"
        if (table, key) in settings:
            names[table, key] = name
    return names


def _replacing(text: str, old: str, new: str, meant: Mapping[str, Any]) -> Iterator[str]:
    """The text with one string of the value `old` replaced, wherever it then reads as `meant`."""
    for match in _TEXT.finditer(text):
        if _parsed(f"text = {match[0]}") == {"text": old}:
            literal = json.dumps(new, ensure_ascii=False)  # TOML writes such strings alike
            changed = text[: match.start()] + literal + text[match.end() :]
            if _parsed(changed) == meant:
                yield changed


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
