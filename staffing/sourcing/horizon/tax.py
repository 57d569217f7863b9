"""Consumption tax, shown apart: which lines carry it is data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.figures import LABELS, Checked, Figure, Share

_DEFAULT = "tax.toml"


@dataclass(frozen=True)
class Untaxed:
    """Lines that carry no tax: an item (with * for any text), of one option or of all."""

    item: str
    option: str = "*"
    where: str = ""

    def covers(self, option: str, item: str) -> bool:
        """Whether a line of this option and item is meant."""
        return fnmatchcase(item, self.item) and fnmatchcase(option, self.option)


@dataclass(frozen=True, kw_only=True)
class Tax(Checked):
    """One rate on every line that is not named as untaxed."""

    name: str
    rate: Share
    untaxed: tuple[Untaxed, ...] = ()

    def applies(self, option: str, item: str) -> bool:
        """Whether a line carries tax."""
        return not any(rule.covers(option, item) for rule in self.untaxed)

    def of(self, taxable: float) -> int:
        """The tax on an amount, rounded half up: once an option and month, as on one bill."""
        exact = Decimal(repr(float(taxable))) * Decimal(repr(self.rate.value))
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    def marked(self, lines: pd.DataFrame) -> pd.Series[bool]:
        """Whether each line of a ledger carries tax."""
        pairs = lines[["option", "item"]].drop_duplicates()
        known = {(option, item): self.applies(option, item) for option, item in pairs.itertuples(index=False)}
        keys = zip(lines["option"], lines["item"], strict=True)
        return pd.Series([known[key] for key in keys], index=lines.index, dtype=bool)


NO_TAX = Tax(name="none", rate=Figure(0.0, "plan"))


def load_tax(path: Path | str | None = None) -> Tax:
    """Read the rules of a tax, or those that come with the package.

    Raises:
        ConfigError: with every fault found, each naming its key, the value and what is allowed.
    """
    name = _DEFAULT if path is None else Path(path).name
    try:
        text = (
            files("staffing.sourcing.horizon").joinpath(_DEFAULT).read_text(encoding="utf-8")
            if path is None
            else Path(path).read_text(encoding="utf-8-sig")
        )
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(name, [SettingFault("", "", f"cannot be read: {error}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, [SettingFault("", "", f"is not TOML: {error}")]) from None
    faults = list(_faults(raw))
    if faults:
        raise ConfigError(name, faults)
    rate = raw["rate"]
    figure = Figure(**rate) if isinstance(rate, Mapping) else Figure(float(rate))
    try:
        return Tax(
            name=raw.get("name", name),
            rate=figure,
            untaxed=tuple(Untaxed(**entry) for entry in raw.get("untaxed", [])),
        )
    except ConfigError as error:
        raise ConfigError(name, error.faults) from None


def _faults(raw: Mapping[str, Any]) -> Iterator[SettingFault]:
    for key in raw.keys() - {"name", "rate", "untaxed"}:
        yield SettingFault(key, repr(raw[key]), "is not a setting; known here: name, rate, untaxed")
    yield from _rate_faults(raw.get("rate"))
    rules = raw.get("untaxed", [])
    if not isinstance(rules, list):
        yield SettingFault("untaxed", repr(rules), "must be a list of tables: write [[untaxed]]")
        return
    for number, rule in enumerate(rules, start=1):
        if not isinstance(rule, Mapping) or "item" not in rule:
            yield SettingFault(f"untaxed[{number}].item", "(missing)", "must be given")
            continue
        for key, value in rule.items():
            if key not in ("item", "option", "where"):
                known = "is not a setting; known here: item, option, where"
                yield SettingFault(f"untaxed[{number}].{key}", repr(value), known)
            elif not isinstance(value, str):
                yield SettingFault(f"untaxed[{number}].{key}", repr(value), "must be text")


def _rate_faults(rate: object) -> Iterator[SettingFault]:
    value = rate.get("value") if isinstance(rate, Mapping) else rate
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield SettingFault("rate", repr(value), "must be a share such as 0.10")
    if isinstance(rate, Mapping):
        if rate.get("label", "plan") not in LABELS:
            yield SettingFault("rate.label", repr(rate["label"]), f"must be one of {', '.join(LABELS)}")
        for key in rate.keys() - {"value", "label", "where"}:
            yield SettingFault(
                f"rate.{key}", repr(rate[key]), "is not a setting; known here: value, label, where"
            )
