"""Build the parts of a data file (tariffs, measures) from what TOML gives, by the types of their fields.

Every fault found is collected, by its dotted key, the value and what is allowed, instead of stopping at the first.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from staffing.errors import ConfigError, SettingFault
from staffing.horizon import Span
from staffing.sourcing.figures import LABELS, Checked, Figure, allowed_figures

_KNOWN: dict[type, Mapping[str, Any]] = {}  # types of the fields of each part
_LARGEST = 10**15  # whole numbers up to here are exact as floats
_Part = TypeVar("_Part", bound=Checked)


class UnusableError(Exception):
    """A value whose fault has been recorded."""


def read_text(path: Path) -> str:
    """The text of a data file.

    Raises:
        ConfigError: no such file, or one that cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(path), [SettingFault("", "", "no such file")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [SettingFault("", "", f"cannot be read: {error}")]) from None


def parse(name: str, text: str) -> dict[str, Any]:
    """The tables of a data file.

    Raises:
        ConfigError: text that is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, [SettingFault("", "", f"is not TOML: {error}")]) from None


@dataclass
class PartReader:
    """Reads figures, texts, flags, spans, lists of names, parts and lists of parts."""

    faults: list[SettingFault] = field(default_factory=list)

    def part(self, kind: type[_Part], raw: object, key: str = "", **given: object) -> _Part:
        """One part from its table; `given` are fields that the file does not hold.

        Raises:
            UnusableError: with every fault in `faults`.
        """
        if not isinstance(raw, Mapping):
            raise self.fault(key, raw, "must be a table of settings")
        known = {entry.name: entry for entry in fields(kind) if entry.init and entry.name not in given}
        self.unknown(raw, tuple(known), key)
        hints = _hints(kind)
        values: dict[str, Any] = dict(given)
        figures = allowed_figures(kind)
        lacking = False
        for name, entry in known.items():
            at = join(key, name)
            if name in raw:
                with suppress(UnusableError):
                    values[name] = self.value(hints[name], raw[name], at)
                lacking |= name not in values
            elif entry.default is MISSING and entry.default_factory is MISSING:
                allowed = f"must be given; {figures[name]}" if name in figures else "must be given"
                self.record(at, None, allowed)
                lacking = True
        if lacking:
            raise UnusableError
        return self._checked(kind, values, key)

    def parts(self, kind: type[_Part], raw: object, key: str) -> tuple[_Part, ...]:
        """A list of parts of one kind."""
        if not isinstance(raw, list):
            raise self.fault(key, raw, f"must be a list of tables: write [[{key}]]")
        found: list[_Part] = []
        for number, table in enumerate(raw, start=1):
            with suppress(UnusableError):
                found.append(self.part(kind, table, f"{key}[{number}]"))
        if len(found) < len(raw):
            raise UnusableError
        return tuple(found)

    def value(self, hint: Any, raw: object, key: str) -> object:
        """A value of the type that a field asks for."""
        if get_origin(hint) in (Union, UnionType):
            hint = next(kind for kind in get_args(hint) if kind is not type(None))
        if get_origin(hint) is tuple:
            inner = get_args(hint)[0]
            return self._names(raw, key) if inner is str else self.parts(inner, raw, key)
        if isinstance(hint, type) and issubclass(hint, Checked):
            return self.part(hint, raw, key)
        readers = {Figure: self._figure, Span: self._span, bool: self._flag}
        return readers.get(hint, self._text)(raw, key)

    def unknown(self, raw: Mapping[str, object], known: tuple[str, ...], key: str) -> None:
        """Record every setting that is not known."""
        for name in raw:
            if name not in known:
                self.record(join(key, name), raw[name], f"is not a setting{_nearest(name, known)}")

    def record(self, key: str, value: object, allowed: str) -> None:
        """Remember a fault."""
        self.faults.append(SettingFault(key, "(missing)" if value is None else repr(value), allowed))

    def fault(self, key: str, value: object, allowed: str) -> UnusableError:
        """Remember a fault and give the error to raise."""
        self.record(key, value, allowed)
        return UnusableError()

    def _checked(self, kind: type[_Part], values: dict[str, Any], key: str) -> _Part:
        try:
            return kind(**values)
        except ConfigError as error:
            for fault in error.faults:
                self.faults.append(SettingFault(join(key, fault.key), fault.value, fault.allowed))
            raise UnusableError from None

    def _figure(self, raw: object, key: str) -> Figure:
        if _is_number(raw):
            return Figure(float(raw))  # type: ignore[arg-type]
        if not isinstance(raw, Mapping):
            raise self.fault(key, raw, 'must be a number or { value = 1, label = "plan", where = "" }')
        for name in raw:
            if name not in ("value", "label", "where"):
                self.record(f"{key}.{name}", raw[name], "is not a setting; known here: value, label, where")
        value, label, where = raw.get("value"), raw.get("label", "plan"), raw.get("where", "")
        if not _is_number(value):
            raise self.fault(f"{key}.value", value, "must be a number")
        if label not in LABELS:
            raise self.fault(f"{key}.label", label, f"must be one of {', '.join(LABELS)}")
        if not isinstance(where, str):
            raise self.fault(f"{key}.where", where, "must be text")
        return Figure(float(value), label, where)  # type: ignore[arg-type]

    def _span(self, raw: object, key: str) -> Span:
        try:
            return Span.parse(self._text(raw, key))
        except ValueError as error:
            raise self.fault(key, raw, str(error)) from None

    def _names(self, raw: object, key: str) -> tuple[str, ...]:
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise self.fault(key, raw, 'must be a list of names such as ["monday", "friday"]')
        return tuple(raw)

    def _flag(self, raw: object, key: str) -> bool:
        if not isinstance(raw, bool):
            raise self.fault(key, raw, "must be true or false")
        return raw

    def _text(self, raw: object, key: str) -> str:
        if not isinstance(raw, str):
            raise self.fault(key, raw, "must be text")
        return raw


def _hints(kind: type) -> Mapping[str, Any]:
    if kind not in _KNOWN:
        _KNOWN[kind] = get_type_hints(kind)
    return _KNOWN[kind]


def join(key: str, name: str) -> str:
    """The key of a setting within a part."""
    return f"{key}.{name}" if key and name else key or name


def _is_number(raw: object) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return False
    return isinstance(raw, float) or abs(raw) <= _LARGEST


def _nearest(name: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known here: {', '.join(known)}"
