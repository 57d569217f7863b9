"""The tables `[[shift_demand]]` of `plan.toml`: people wanted on a shift, by weekday or date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from staffing.config.build import shift_families
from staffing.config.schema import PlanConfig
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import WEEKDAYS, Horizon
from staffing.roster.shift_demand import ShiftDemand


def shift_demand(config: PlanConfig, horizon: Horizon) -> tuple[ShiftDemand, ...]:
    """One demand a day and shift; what is said of a date takes the place of what is said of its weekday."""
    by_weekday = {(table.weekday, table.shift): table for table in config.shift_demand if table.weekday}
    by_date = {(table.date, table.shift): table for table in config.shift_demand if table.date}
    found: list[ShiftDemand] = []
    for day in horizon.days:
        own = {
            shift: table
            for (weekday, shift), table in by_weekday.items()
            if weekday == WEEKDAYS[day.weekday()]
        }
        own |= {shift: table for (date_, shift), table in by_date.items() if date_ == day}
        found += [
            ShiftDemand(day, shift, table.people, table.under_price, table.over_price)
            for shift, table in own.items()
        ]
    return tuple(found)


def shift_demand_faults(config: PlanConfig) -> Iterator[SettingFault]:
    """Tables without exactly one of date and weekday, shifts that are not known, and one thing said twice."""
    codes = shift_codes(config)
    seen: set[tuple[date | str | None, str]] = set()
    for number, table in enumerate(config.shift_demand, start=1):
        key = f"shift_demand[{number}]"
        if (table.date is None) == (table.weekday is None):
            yield SettingFault(key, "(a table)", "give either date or weekday")
        if table.shift not in codes:
            yield SettingFault(f"{key}.shift", table.shift, f"known shifts: {listed(codes)}")
        day = table.date or table.weekday
        if (day, table.shift) in seen:
            yield SettingFault(key, f"{day}, {table.shift}", "is said already by a table above; take one out")
        seen.add((day, table.shift))


def shift_codes(config: PlanConfig) -> list[str]:
    """The codes of the templates, each followed by those of the shifts that it expands to."""
    try:
        families = shift_families(config)
    except ConfigError:  # told by the shifts' own check
        return [table.code for table in config.shifts]
    return [code for name, shifts in families for code in (name, *(shift.code for shift in shifts))]


def listed(codes: Collection[str]) -> str:
    """The templates' codes, for a message."""
    return ", ".join(code for code in codes if "-" not in code)
