"""Labour rule packs: the law as data, each rule with its article, one TOML file a pack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from staffing.errors import ConfigError, SettingFault


@dataclass(frozen=True)
class BreakLaw:
    """Work longer than `over_minutes` needs breaks of at least `break_minutes` inside it."""

    over_minutes: int
    break_minutes: int


@dataclass(frozen=True)
class RulePack:
    """One jurisdiction's rules from one date on; minutes and rates as the articles state them."""

    pack_id: str
    jurisdiction: str
    effective_from: date
    effective_to: date | None
    max_day_minutes: int
    max_week_minutes: int
    breaks: tuple[BreakLaw, ...]
    min_days_off_week: int
    min_rest_minutes: int
    overtime_rate: float
    overtime_rate_beyond: float
    overtime_beyond_month_minutes: int
    night_rate: float
    night_start_minute: int
    night_end_minute: int
    holiday_rate: float
    articles: tuple[tuple[str, str], ...]  # field name -> article
    soft: frozenset[str] = frozenset()  # fields that are an effort duty, not a prohibition

    def article(self, rule: str) -> str:
        """The article behind a field, for messages; empty when none is recorded."""
        return dict(self.articles).get(rule, "")

    def break_needed(self, work_minutes: int) -> int:
        """Minutes of break that this much working time needs."""
        return max((law.break_minutes for law in self.breaks if work_minutes > law.over_minutes), default=0)


def available_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the package, sorted."""
    names = (entry.name for entry in files("staffing.labour").joinpath("packs").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_pack(pack_id: str) -> RulePack:
    """The rule pack of that id.

    Raises:
        ConfigError: when no such pack comes with the package; the message lists those that do.
    """
    known = available_packs()
    if pack_id not in known:
        allowed = "must be one of " + ", ".join(known)
        raise ConfigError("rule pack", [SettingFault("rule_pack", pack_id, allowed)])
    text = files("staffing.labour").joinpath("packs", f"{pack_id}.toml").read_text(encoding="utf-8")
    return _pack(tomllib.loads(text))


def _pack(data: dict[str, Any]) -> RulePack:
    figures = data["hours"] | data["premiums"]
    articles = {name: figure["article"] for name, figure in figures.items()}
    soft = frozenset(name for name, figure in figures.items() if figure.get("kind") == "soft")
    articles |= {"breaks": data["breaks"]["article"]} | data["articles"]
    return RulePack(
        pack_id=data["id"],
        jurisdiction=data["jurisdiction"],
        effective_from=data["effective_from"],
        effective_to=data.get("effective_to"),
        breaks=tuple(BreakLaw(**law) for law in data["breaks"]["laws"]),
        articles=tuple(sorted(articles.items())),
        soft=soft,
        **{name: figure["value"] for name, figure in figures.items()},
    )
