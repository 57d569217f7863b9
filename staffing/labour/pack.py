"""Labour rule packs: the law as data, each figure with its kind and article; `packs/*.toml` holds one a file."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import MISSING, dataclass, replace
from datetime import date
from importlib.resources import files
from typing import Any

from staffing.errors import ConfigError, SettingFault
from staffing.labour.figures import (
    KINDS,
    Agreement,
    BreakLaw,
    Kind,
    MealLaw,
    MeanHours,
    Option,
    OvertimeSteps,
    RestPeriods,
)

__all__ = [
    "NO_LAW",
    "Agreement",
    "BreakLaw",
    "Kind",
    "MealLaw",
    "MeanHours",
    "Option",
    "OvertimeSteps",
    "RestPeriods",
    "RulePack",
    "available_packs",
    "load_pack",
]


@dataclass(frozen=True)
class RulePack:
    """One jurisdiction's rules from one date on; minutes and rates as the articles state them.

    A figure that is None says that the jurisdiction has no such rule. `chosen` names the options in use.
    """

    pack_id: str
    jurisdiction: str
    effective_from: date
    effective_to: date | None
    # hours and days: limits without an agreement, breaks excluded
    max_day_minutes: int | None
    max_week_minutes: int | None
    breaks: tuple[BreakLaw, ...]
    min_days_off_week: int | None
    min_rest_minutes: int | None
    # premiums: shares of the hourly wage, on top of it
    overtime_rate: float | None
    overtime_rate_beyond: float | None
    overtime_beyond_month_minutes: int | None
    night_rate: float | None
    night_start_minute: int | None
    night_end_minute: int | None
    holiday_rate: float | None
    articles: tuple[tuple[str, str], ...]  # field name -> article; a group's as "agreement.month_minutes"
    soft: frozenset[str] = frozenset()  # fields that are an effort duty, not a prohibition
    kinds: tuple[tuple[str, Kind], ...] = ()  # field name -> kind
    is_law: bool = True  # a proposal is never picked by date
    # further hours and days
    min_days_off_four_weeks: int | None = None  # in place of the week's
    max_consecutive_days: int | None = None
    weekly_rest_minutes: int | None = None  # uninterrupted, once a week
    publish_lead_days: int | None = None  # between publishing a roster and its first day
    counts_by_clock: bool = (
        False  # days and weeks run from midnight; else a duty counts for its business date
    )
    meals: tuple[MealLaw, ...] = ()
    rest_periods: RestPeriods | None = None
    steps: OvertimeSteps | None = None
    agreement: Agreement | None = None
    means: MeanHours | None = None
    month_minutes: tuple[tuple[int, int], ...] = ()  # days of the month -> most minutes, variable hours
    # under 18
    minor_night: bool = False  # may work in the night hours
    minor_overtime: bool = True  # may work beyond the two limits below
    minor_max_day_minutes: int | None = None
    minor_max_week_minutes: int | None = None
    # special provisions
    options: tuple[Option, ...] = ()
    chosen: frozenset[str] = frozenset()

    def article(self, rule: str) -> str:
        """The article behind a field, for messages; empty when none is recorded."""
        return dict(self.articles).get(rule, "")

    def kind(self, rule: str) -> Kind | None:
        """What sort of rule a field is; None when it is not recorded."""
        return dict(self.kinds).get(rule)

    def break_needed(self, work_minutes: int) -> int:
        """Minutes of break that this much working time needs."""
        return max((law.break_minutes for law in self.breaks if work_minutes > law.over_minutes), default=0)

    def choosing(self, *names: str) -> RulePack:
        """This pack with special provisions in use.

        Raises:
            ConfigError: for an option the pack does not offer, or one without those that it needs.
        """
        offered = {option.name: option for option in self.options}
        taken = self.chosen | set(names)
        changes: dict[str, Any] = {}
        articles = dict(self.articles)
        for name in names:
            option = offered.get(name)
            if option is None:
                allowed = f"known options: {', '.join(sorted(offered)) or '-'}"
                raise ConfigError("rule pack", [SettingFault("labour.options", name, allowed)])
            if missing := [other for other in option.needs if other not in taken]:
                allowed = f"needs the option {missing[0]} as well"
                raise ConfigError("rule pack", [SettingFault("labour.options", name, allowed)])
            changes |= dict(option.sets) | dict.fromkeys(option.drops)
            articles |= {field: option.article for field, _ in option.sets}
        return replace(self, **changes, articles=tuple(sorted(articles.items())), chosen=taken)

    @property
    def overtime_allowed(self) -> bool:
        """Whether work beyond the day's and week's limits is lawful, up to the agreement's caps."""
        return self.agreement is not None and "agreement" in self.chosen

    @property
    def has_variable_hours(self) -> bool:
        """Whether the month's frame stands in the place of the day's and the week's limit."""
        return "monthly_variable_hours" in self.chosen

    @property
    def plain_week_minutes(self) -> int | None:
        """The most work in a week that is neither forbidden (by itself or on the mean) nor overtime."""
        steps = self.steps.week_minutes if self.steps else None
        mean = self.means.week_minutes if self.means else None
        limits = (self.max_week_minutes, steps, mean)
        return min((limit for limit in limits if limit is not None), default=None)

    @property
    def plain_days_off_week(self) -> int:
        """Days off in a week below which work is forbidden or earns a premium; 0 when there is no such rule."""
        seventh = 1 if self.steps and self.steps.seventh_day_minutes is not None else 0
        return max(self.min_days_off_week or 0, seventh)

    def month_frame(self, year: int, month: int) -> int | None:
        """Most minutes of a calendar month under monthly variable hours; None when they are not in use."""
        return dict(self.month_minutes)[monthrange(year, month)[1]] if self.has_variable_hours else None


NO_LAW = RulePack(
    pack_id="none",
    jurisdiction="",
    effective_from=date.min,
    effective_to=None,
    max_day_minutes=None,
    max_week_minutes=None,
    breaks=(),
    min_days_off_week=None,
    min_rest_minutes=None,
    overtime_rate=None,
    overtime_rate_beyond=None,
    overtime_beyond_month_minutes=None,
    night_rate=None,
    night_start_minute=None,
    night_end_minute=None,
    holiday_rate=None,
    articles=(),
    minor_night=True,
)
"""No law at all: for problems that state every rule themselves."""


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


_GROUPS = {"agreement": Agreement, "steps": OvertimeSteps, "means": MeanHours, "rest_periods": RestPeriods}
_FIELDS = ("hours", "premiums", "minors")  # tables whose figures are fields of the pack itself
_LISTS = {"breaks": BreakLaw, "meals": MealLaw}
_REQUIRED = tuple(name for name, field in RulePack.__dataclass_fields__.items() if field.default is MISSING)


def _pack(data: dict[str, Any]) -> RulePack:
    """A pack from its file: every table holds figures, each with value, kind and article."""
    fields: dict[str, Any] = dict.fromkeys(_REQUIRED) | {"breaks": ()}
    figures: dict[str, Any] = {}
    for table in _FIELDS:
        own = data.get(table, {})
        figures |= own
        fields |= {name: figure["value"] for name, figure in own.items()}
    for table, group in _GROUPS.items():
        if table in data:
            figures |= {f"{table}.{name}": figure for name, figure in data[table].items()}
            fields[table] = group(**{name: figure["value"] for name, figure in data[table].items()})
    for table, law in _LISTS.items():
        if table in data:
            figures[table] = data[table]
            fields[table] = tuple(law(**entry) for entry in data[table]["laws"])
    if "month_minutes" in data:
        figures["month_minutes"] = data["month_minutes"]
        fields["month_minutes"] = _by_days(data["month_minutes"]["value"])
    kinds = {name: figure["kind"] for name, figure in figures.items()}
    assert set(kinds.values()) <= set(KINDS), f"{data['id']}: unknown kind among {kinds}"
    articles = {name: figure["article"] for name, figure in figures.items()} | data.get("articles", {})
    fields |= {name: data.get(name) for name in ("jurisdiction", "effective_from", "effective_to")}
    return RulePack(
        **fields
        | {
            "pack_id": data["id"],
            "is_law": data.get("is_law", True),
            "counts_by_clock": data.get("counts_by_clock", False),
            "articles": tuple(sorted(articles.items())),
            "kinds": tuple(sorted(kinds.items())),
            "soft": frozenset(name for name, kind in kinds.items() if kind == "soft"),
            "options": tuple(_option(name, table) for name, table in data.get("options", {}).items()),
        }
    )


def _option(name: str, table: dict[str, Any]) -> Option:
    values: dict[str, Any] = table.get("sets", {}).copy()
    if "month_minutes" in values:
        values["month_minutes"] = _by_days(values["month_minutes"])
    if "meals" in values:
        values["meals"] = tuple(MealLaw(**law) for law in values["meals"])
    return Option(
        name=name,
        article=table["article"],
        sets=tuple(values.items()),
        drops=tuple(table.get("drops", ())),
        needs=tuple(table.get("needs", ())),
    )


def _by_days(table: dict[str, int]) -> tuple[tuple[int, int], ...]:
    """Minutes by the number of a month's days."""
    return tuple((int(days), minutes) for days, minutes in table.items())
