"""A public shift-scheduling instance as a roster problem of the product: its people, shifts, rules and wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import TypeVar

import pandas as pd

from benchmarks.nurse_instance import Employee, Instance
from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour.pack import RulePack
from staffing.roster import Agent, Contract, Prices, RosterProblem
from staffing.roster.rules import (
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    ConsecutiveDaysOffLeast,
    ContractHours,
    DaysOff,
    ForbiddenSuccession,
    HoursInPeriod,
    LegalWeek,
    MinimumRest,
    Rule,
    ShiftsInPeriod,
    WeekendsMost,
)
from staffing.roster.shift_demand import ShiftDemand
from staffing.roster.wishes import Request
from staffing.shifts.template import Shift

Figure = TypeVar("Figure", bound=Hashable)

MONDAY = date(2024, 1, 1)  # every instance starts on a Monday


def problem_of(instance: Instance) -> RosterProblem:
    """The instance with neither wages nor law: each shift begins at midnight of its day, and its length counts."""
    codes = tuple(shift.name for shift in instance.shifts)
    hours = OpeningHours(((Span.parse("00:00-24:00"),),) * 7)
    last = MONDAY + timedelta(days=instance.days - 1)
    contract = Contract("any", 0, 168, 7, codes)
    return RosterProblem(
        horizon=Horizon(MONDAY, last, "UTC", 60, hours),
        demand=_no_demand(),
        agents=tuple(
            Agent(person.name, person.name, "desk", contract.name, 0, frozenset(map(_day, person.days_off)))
            for person in instance.employees
        ),
        contracts=(contract,),
        shifts=tuple((shift.name, (Shift(shift.name, 0, shift.minutes),)) for shift in instance.shifts),
        pack=_no_law(),
        prices=Prices(shortage_per_hour=0),
        rules=(*_switched_off(), *_rules(instance)),
        requests=tuple(
            Request(asked.employee, _day(asked.day), wants, asked.weight, asked.shift)
            for wants, all_asked in (("on", instance.on_requests), ("off", instance.off_requests))
            for asked in all_asked
        ),
        shift_demand=tuple(
            ShiftDemand(_day(cover.day), cover.shift, cover.required, cover.under, cover.over)
            for cover in instance.cover
        ),
        week_start=0,
    )


def _rules(instance: Instance) -> list[Rule]:
    barred = frozenset((s.name, after) for s in instance.shifts for after in s.not_followed_by)
    rules: list[Rule] = [ForbiddenSuccession(barred=barred)] if barred else []
    for people, days in _alike(instance, lambda person: person.max_work_days):
        rules.append(ConsecutiveDaysMost(days=days, people=people))
    for people, days in _alike(instance, lambda person: person.min_work_days):
        rules.append(ConsecutiveDaysLeast(days=days, people=people))
    for people, days in _alike(instance, lambda person: person.min_days_off):
        rules.append(ConsecutiveDaysOffLeast(days=days, people=people))
    for people, weekends in _alike(instance, lambda person: person.max_weekends):
        rules.append(WeekendsMost(weekends=weekends, people=people))
    for people, (least, most) in _alike(instance, lambda person: (person.min_minutes, person.max_minutes)):
        rules.append(HoursInPeriod(period="horizon", least_minutes=least, most_minutes=most, people=people))
    for shift in instance.shifts:
        for people, most in _alike(instance, lambda person, name=shift.name: person.max_shifts[name]):
            if most < instance.days:
                rules.append(
                    ShiftsInPeriod(period="horizon", shifts=frozenset({shift.name}), most=most, people=people)
                )
    return rules


def _alike(instance: Instance, figure: Callable[[Employee], Figure]) -> list[tuple[frozenset[str], Figure]]:
    """People by a figure of theirs."""
    found: defaultdict[Figure, set[str]] = defaultdict(set)
    for person in instance.employees:
        found[figure(person)].add(person.name)
    return [(frozenset(names), value) for value, names in found.items()]


def _switched_off() -> tuple[Rule, ...]:
    return (ContractHours(kind="off"), DaysOff(kind="off"), LegalWeek(kind="off"), MinimumRest(kind="off"))


def _day(index: int) -> date:
    return MONDAY + timedelta(days=index)


def _no_demand() -> pd.DataFrame:
    moments = pd.Series(pd.DatetimeIndex([], tz="UTC"))
    return pd.DataFrame(
        {
            "queue": pd.Series([], dtype=str),
            "interval_start": moments,
            "business_date": pd.Series([], dtype="datetime64[s]"),
            "slot": pd.Series([], dtype="int64"),
            "agents_gross": pd.Series([], dtype="int64"),
        }
    )


def _no_law() -> RulePack:
    return RulePack(
        pack_id="none",
        jurisdiction="",
        effective_from=date.min,
        effective_to=None,
        max_day_minutes=24 * 60,
        max_week_minutes=7 * 24 * 60,
        breaks=(),
        min_days_off_week=0,
        min_rest_minutes=0,
        overtime_rate=0.0,
        overtime_rate_beyond=0.0,
        overtime_beyond_month_minutes=0,
        night_rate=0.0,
        night_start_minute=0,
        night_end_minute=0,
        holiday_rate=0.0,
        articles=(),
    )
