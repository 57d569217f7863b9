"""Inputs by dotted path: every figure of the tariff file, and what the desk and the horizon depend on.

`in_house.wage_hour`, `per_call[1].overage[1].price` (numbered as in the file, from 1) or `per_call[name].setup_fee`;
`case.calls`, `case.aht_seconds`, `case.patience_seconds`, `case.shrinkage`, `case.targets.service_level` (or
`.abandonment`, `.asa`, `.threshold`, `.occupancy`); `horizon.growth`, `horizon.rate`, `horizon.months`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from math import isfinite
from typing import Any

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.figures import Figure, allowed_figures
from staffing.sourcing.sensitivity.situation import Situation
from staffing.sourcing.tariffs import KINDS, Tariffs

_STEP = re.compile(r"(?P<name>\w+)(?:\[(?P<key>[^\]]+)\])?(?:\.|$)")
_CASE = ("calls", "aht_seconds", "patience_seconds", "shrinkage")
_HORIZON = ("growth", "rate", "months")


@dataclass(frozen=True)
class Input:
    """One input and the range it may lie in; `name` is what tables call it."""

    path: str
    low: float
    high: float
    name: str = ""

    @property
    def shown(self) -> str:
        """The name, or the path."""
        return self.name or self.path


def value_at(situation: Situation, path: str) -> float:
    """The value of an input.

    Raises:
        ConfigError: there is no such input, or it holds no number.
    """
    found = _get(situation, _steps(path), path)
    value = found.value if isinstance(found, Figure) else found
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _unknown(path, "must name a figure or number that is given")
    return float(value)


def with_value(situation: Situation, path: str, value: float) -> Situation:
    """The same situation with one input changed; the tariffs check themselves anew.

    Raises:
        ConfigError: there is no such input, or it may not take the value.
    """
    before = value_at(situation, path)
    if value == before:
        return situation
    return _put_situation(situation, _steps(path), path, value)


def every_input(situation: Situation, spread: float = 0.2) -> tuple[Input, ...]:
    """Every finite figure above 0 of the tariff file, calls, AHT and patience, each `spread` below and above."""
    found = [f"case.{name}" for name in _CASE]
    found += [f"in_house.{rest}" for rest in _figures(situation.tariffs.in_house)]
    for key, kind in KINDS.items():
        for number, offer in enumerate(situation.tariffs.of(kind), start=1):
            if not situation.only or offer.name in situation.only:
                found += [f"{key}[{number}].{rest}" for rest in _figures(offer)]
    return tuple(entry for path in found if (entry := _around(situation, path, spread)) is not None)


def _around(situation: Situation, path: str, spread: float) -> Input | None:
    """The range about a value, as far as the input allows it; None where it may take no other."""
    value = value_at(situation, path)
    if not (isfinite(value) and value > 0):
        return None
    ends = []
    for factor, step in ((1 - spread, -1.0), (1 + spread, 1.0)):
        whole = float(round(value * factor))
        for wanted in (value * factor, whole if whole != value else value + step, value):
            try:
                with_value(situation, path, wanted)
            except ConfigError:
                continue
            ends.append(wanted)
            break
    return Input(path, ends[0], ends[1]) if ends[0] < ends[1] else None


def _figures(part: Any) -> Iterator[str]:
    yield from allowed_figures(type(part))
    for entry in fields(part):
        value = getattr(part, entry.name)
        if isinstance(value, tuple):
            for number, inner in enumerate(value, start=1):
                if is_dataclass(inner):
                    yield from (f"{entry.name}[{number}].{rest}" for rest in _figures(inner))
        elif is_dataclass(value) and not isinstance(value, Figure) and hasattr(value, "faults"):
            yield from (f"{entry.name}.{rest}" for rest in _figures(value))


def _steps(path: str) -> tuple[tuple[str, str | None], ...]:
    found, at = [], 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise _unknown(path, "must be a dotted path such as per_call[1].overage[1].price")
        found.append((match["name"], match["key"]))
        at = match.end()
    if not found:
        raise _unknown(path, "must be a dotted path such as in_house.wage_hour")
    return tuple(found)


def _get(situation: Situation, steps: tuple[tuple[str, str | None], ...], path: str) -> Any:
    (head, _), rest = steps[0], steps[1:]
    if head == "case" and rest:
        if rest[0][0] == "targets":
            return _follow(situation.shape.targets, rest[1:], path)
        holder = situation if rest[0][0] in ("calls", "aht_seconds") else situation.shape
        return _follow(holder, rest, path) if rest[0][0] in _CASE else _missing(path, _CASE)
    if head == "horizon" and rest:
        return _follow(situation, rest, path) if rest[0][0] in _HORIZON else _missing(path, _HORIZON)
    return _follow(situation.tariffs, steps, path)


def _missing(path: str, known: tuple[str, ...]) -> Any:
    raise _unknown(path, f"is not an input; known here: {', '.join(known)}")


def _follow(part: Any, steps: tuple[tuple[str, str | None], ...], path: str) -> Any:
    for name, key in steps:
        part = _child(part, name, path)
        if key is not None:
            part = part[_index(part, key, path)]
    return part


def _child(part: Any, name: str, path: str) -> Any:
    if isinstance(part, Tariffs) and name in KINDS:
        return part.of(KINDS[name])
    if not hasattr(part, name) or name.startswith("_") or callable(getattr(part, name)):
        known = [entry.name for entry in fields(part)] if is_dataclass(part) else []
        raise _unknown(path, f"is not an input; known at {name!r}: {', '.join(known) or 'nothing'}")
    return getattr(part, name)


def _index(parts: Any, key: str, path: str) -> int:
    names = [getattr(part, "name", "") for part in parts] if isinstance(parts, tuple) else []
    if key in names:
        return names.index(key)
    if key.isdigit() and 1 <= int(key) <= len(names):
        return int(key) - 1
    raise _unknown(path, f"has no entry {key!r}; there are {len(names)}: {', '.join(filter(None, names))}")


def _put_situation(
    situation: Situation, steps: tuple[tuple[str, str | None], ...], path: str, value: float
) -> Situation:
    head, rest = steps[0][0], steps[1:]
    if head == "case":
        if rest[0][0] == "aht_seconds":
            return situation.with_aht(value)
        if rest[0][0] == "calls":
            return replace(situation, calls=value)
        return replace(situation, shape=_put(situation.shape, rest, path, value))
    if head == "horizon":
        changed: dict[str, Any] = {rest[0][0]: int(value) if rest[0][0] == "months" else value}
        return replace(situation, **changed)
    return replace(situation, tariffs=_put(situation.tariffs, steps, path, value))


def _put(part: Any, steps: tuple[tuple[str, str | None], ...], path: str, value: float) -> Any:
    if not steps:
        return replace(part, value=value) if isinstance(part, Figure) else value
    (name, key), rest = steps[0], steps[1:]
    inner = _child(part, name, path)
    if key is None:
        return replace(part, **{name: _put(inner, rest, path, value)})
    index = _index(inner, key, path)
    changed = _put(inner[index], rest, path, value)
    if isinstance(part, Tariffs) and name in KINDS:
        offers = tuple(changed if offer is inner[index] else offer for offer in part.offers)
        return replace(part, offers=offers)
    return replace(part, **{name: (*inner[:index], changed, *inner[index + 1 :])})


def _unknown(path: str, allowed: str) -> ConfigError:
    return ConfigError("sensitivity", [SettingFault("path", repr(path), allowed)])
