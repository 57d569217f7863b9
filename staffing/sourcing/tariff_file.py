"""Read a tariff file; every fault found is named by file, key, value and what is allowed."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from staffing.errors import ConfigError, SettingFault
from staffing.horizon import Span
from staffing.sourcing.figures import LABELS, Allowed, Checked, Figure, allowed_figures
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.tariffs import InHouse, PerBooth, PerCall, Tariffs, VolumeTier

_DEFAULT = "tariffs.toml"
_LARGEST = 10**15  # whole numbers up to here are exact as floats
_Part = TypeVar("_Part", bound=Checked)


class _UnusableError(Exception):
    """A value whose fault has been recorded."""


def default_tariffs_text() -> str:
    """The tariff file that comes with the package, to be copied and edited."""
    return files("staffing.sourcing").joinpath(_DEFAULT).read_text(encoding="utf-8")


def load_tariffs(path: Path | str | None = None) -> Tariffs:
    """Read a tariff file, or the one that comes with the package.

    Raises:
        ConfigError: with every fault found, each naming its key, the value and what is allowed.
    """
    name = _DEFAULT if path is None else Path(path).name
    raw = _parse(name, default_tariffs_text() if path is None else _text(Path(path)))
    reader = _Reader()
    try:
        tariffs = reader.tariffs(raw, name)
    except _UnusableError:
        raise ConfigError(name, reader.faults) from None
    return tariffs


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(path), [SettingFault("", "", "no such file")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [SettingFault("", "", f"cannot be read: {error}")]) from None


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, [SettingFault("", "", f"is not TOML: {error}")]) from None


@dataclass
class _Reader:
    """Builds the parts of a tariff from what TOML gives, collecting faults instead of stopping at the first."""

    faults: list[SettingFault] = field(default_factory=list)

    def tariffs(self, raw: Mapping[str, Any], name: str) -> Tariffs:
        """The whole file; refused when any part of it is."""
        result = self._build(Tariffs, {"per_call": [], "per_booth": [], **raw}, "", file=name)
        if self.faults:
            raise _UnusableError
        return result

    def _build(self, kind: type[_Part], raw: object, key: str, **given: object) -> _Part:
        """One part from its table; `given` are fields that the file does not hold."""
        if not isinstance(raw, Mapping):
            raise self._fault(key, raw, "must be a table of settings")
        known = [entry.name for entry in fields(kind) if entry.name not in given]
        figures = allowed_figures(kind)
        for name in raw:
            if name not in known:
                self._record(_join(key, name), raw[name], f"is not a setting{_nearest(name, known)}")
        values: dict[str, Any] = dict(given)
        for name in known:
            with suppress(_UnusableError):
                values[name] = self._value(name, raw.get(name), _join(key, name), figures.get(name))
        if not {*known, *given} <= values.keys():
            raise _UnusableError
        return self._checked(kind, values, key)

    def _checked(self, kind: type[_Part], values: dict[str, Any], key: str) -> _Part:
        try:
            return kind(**values)
        except ConfigError as error:
            for fault in error.faults:
                self.faults.append(SettingFault(_join(key, fault.key), fault.value, fault.allowed))
            raise _UnusableError from None

    def _value(self, name: str, raw: object, key: str, allowed: Allowed | None) -> object:
        if raw is None:
            raise self._fault(key, None, "must be given" if allowed is None else f"must be given; {allowed}")
        if allowed is not None:
            return self._figure(raw, key)
        nested: Mapping[str, Callable[[object, str], object]] = {
            "in_house": lambda table, at: self._build(InHouse, table, at),
            "per_call": lambda tables, at: self._list(PerCall, tables, at),
            "per_booth": lambda tables, at: self._list(PerBooth, tables, at),
            "overage": lambda tables, at: self._list(VolumeTier, tables, at),
            "hours": lambda tables, at: self._list(HoursTier, tables, at),
            "open": self._span,
            "days": self._names,
        }
        return nested.get(name, self._text)(raw, key)

    def _list(self, kind: type[_Part], raw: object, key: str) -> tuple[_Part, ...]:
        if not isinstance(raw, list):
            raise self._fault(key, raw, f"must be a list of tables: write [[{key}]]")
        parts: list[_Part] = []
        for number, table in enumerate(raw, start=1):
            with suppress(_UnusableError):
                parts.append(self._build(kind, table, f"{key}[{number}]"))
        if len(parts) < len(raw):
            raise _UnusableError
        return tuple(parts)

    def _figure(self, raw: object, key: str) -> Figure:
        if _is_number(raw):
            return Figure(float(raw))  # type: ignore[arg-type]
        if not isinstance(raw, Mapping):
            raise self._fault(key, raw, 'must be a number or { value = 1, label = "plan", where = "" }')
        for name in raw:
            if name not in ("value", "label", "where"):
                self._record(f"{key}.{name}", raw[name], "is not a setting; known here: value, label, where")
        value, label, where = raw.get("value"), raw.get("label", "plan"), raw.get("where", "")
        if not _is_number(value):
            raise self._fault(f"{key}.value", value, "must be a number")
        if label not in LABELS:
            raise self._fault(f"{key}.label", label, f"must be one of {', '.join(LABELS)}")
        if not isinstance(where, str):
            raise self._fault(f"{key}.where", where, "must be text")
        return Figure(float(value), label, where)  # type: ignore[arg-type]

    def _span(self, raw: object, key: str) -> Span:
        try:
            return Span.parse(self._text(raw, key))
        except ValueError as error:
            raise self._fault(key, raw, str(error)) from None

    def _names(self, raw: object, key: str) -> tuple[str, ...]:
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise self._fault(key, raw, 'must be a list of names such as ["monday", "friday"]')
        return tuple(raw)

    def _text(self, raw: object, key: str) -> str:
        if not isinstance(raw, str):
            raise self._fault(key, raw, "must be text")
        return raw

    def _record(self, key: str, value: object, allowed: str) -> None:
        self.faults.append(SettingFault(key, "(missing)" if value is None else repr(value), allowed))

    def _fault(self, key: str, value: object, allowed: str) -> _UnusableError:
        self._record(key, value, allowed)
        return _UnusableError()


def _is_number(raw: object) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return False
    return isinstance(raw, float) or abs(raw) <= _LARGEST


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known here: {', '.join(known)}"
