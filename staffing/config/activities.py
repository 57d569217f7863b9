"""The tables `[[activities]]` of `plan.toml`: meetings and trainings that the roster is to place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby

from staffing.config.people_tables import ActivityTable
from staffing.config.schema import PlanConfig
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import WEEKDAYS, Horizon, Span
from staffing.roster.activity import Activity
from staffing.roster.problem import Agent


def activities_from(config: PlanConfig, horizon: Horizon, agents: Collection[Agent]) -> tuple[Activity, ...]:
    """The activities of the settings, one a working week where they are for every week.

    Raises:
        ConfigError: an activity names somebody, or a tag, that is not on the staff list, or is for nobody.
    """
    faults = [fault for key, table in _tables(config) for fault in _people_faults(key, table, agents)]
    if faults:
        raise ConfigError(config.file.name, faults)
    return tuple(
        _activity(table, name, first, last, agents)
        for _, table in _tables(config)
        for name, first, last in _terms(config, table, horizon)
    )


def activity_faults(config: PlanConfig) -> Iterator[SettingFault]:
    """What is wrong with the activities, as far as the settings alone can tell; people are known only later."""
    contracts = [contract.name for contract in config.contracts]
    seen: set[str] = set()
    for key, table in _tables(config):
        if table.name in seen:
            yield SettingFault(
                f"{key}.name", table.name, "is an activity above; each needs a name of its own"
            )
        seen.add(table.name)
        for name in table.contracts:
            if name not in contracts:
                yield SettingFault(f"{key}.contracts", name, f"known contracts: {', '.join(contracts)}")
        yield from _date_faults(key, table, config)
        window = Span.parse(table.window)
        if window.end_minute - window.start_minute < table.minutes:
            yield SettingFault(
                f"{key}.window", table.window, f"must leave room for the activity's {table.minutes} minutes"
            )
        yield from _fit_faults(key, table)


def _date_faults(key: str, table: ActivityTable, config: PlanConfig) -> Iterator[SettingFault]:
    start, end = config.horizon.start, config.horizon.end
    for name, day in (("first", table.first), ("last", table.last)):
        if day is not None and not start <= day <= end:
            yield SettingFault(f"{key}.{name}", str(day), f"a date of the horizon, {start} to {end}")
    if table.first is not None and table.last is not None and table.last < table.first:
        yield SettingFault(f"{key}.last", str(table.last), f"must not lie before first = {table.first}")


def _fit_faults(key: str, table: ActivityTable) -> Iterator[SettingFault]:
    """Settings that must fit one another: what may be left out, at what price, and with how many it is held."""
    if table.kind == "soft" and not table.price:
        yield SettingFault(f"{key}.price", str(table.price), "a soft activity needs a price above 0")
    if table.kind == "hard" and table.price and table.least is None:
        yield SettingFault(
            f"{key}.price", str(table.price), 'belongs to kind = "soft", or to least: else nobody is left out'
        )
    if table.places is not None and table.together:
        yield SettingFault(f"{key}.places", str(table.places), "a meeting (together = true) has no places")
    if table.least is not None and table.kind == "soft" and not table.together:
        yield SettingFault(
            f"{key}.least", str(table.least), 'belongs to a meeting (together = true) or to kind = "hard"'
        )


def _people_faults(key: str, table: ActivityTable, agents: Collection[Agent]) -> Iterator[SettingFault]:
    ids, tags = {agent.agent_id for agent in agents}, {tag for agent in agents for tag in agent.tags}
    for agent_id in table.agents:
        if agent_id not in ids:
            yield SettingFault(f"{key}.agents", agent_id, "an agent_id of the staff list")
    for tag in table.tags:
        if tag not in tags:
            yield SettingFault(f"{key}.tags", tag, f"known tags: {', '.join(sorted(tags)) or 'none'}")
    people = _people(table, agents)
    if not people:
        yield SettingFault(key, table.name, "is for nobody: nobody has such a contract, tag or id")
    elif table.least is not None and table.least > len(people):
        yield SettingFault(f"{key}.least", str(table.least), f"it is for {len(people)} people")


def _activity(
    table: ActivityTable, name: str, first: date, last: date, agents: Collection[Agent]
) -> Activity:
    return Activity(
        name=name,
        minutes=table.minutes,
        people=_people(table, agents),
        first=first,
        last=last,
        window=Span.parse(table.window),
        together=table.together,
        places=table.places,
        kind=table.kind,
        price=table.price,
        least=table.least,
        step_minutes=table.step_minutes,
    )


def _people(table: ActivityTable, agents: Collection[Agent]) -> frozenset[str]:
    """Everybody whom the table names, by id, contract or tag; all people where it names none."""
    named = table.agents or table.contracts or table.tags
    return frozenset(
        agent.agent_id
        for agent in agents
        if not named
        or agent.agent_id in table.agents
        or agent.contract in table.contracts
        or not agent.tags.isdisjoint(table.tags)
    )


def _terms(config: PlanConfig, table: ActivityTable, horizon: Horizon) -> list[tuple[str, date, date]]:
    """The name, first and last date of each time that an activity is to be held."""
    first, last = table.first or horizon.start, table.last or horizon.end
    if table.every == "horizon":
        return [(table.name, first, last)]
    start = WEEKDAYS.index(config.labour.week_start)
    days = [day for day in horizon.days if first <= day <= last]
    weeks = [list(own) for _, own in groupby(days, lambda day: day.toordinal() - (day.weekday() - start) % 7)]
    return [(f"{table.name} {week[0]}", week[0], week[-1]) for week in weeks]


def _tables(config: PlanConfig) -> Iterator[tuple[str, ActivityTable]]:
    return ((f"activities[{number}]", table) for number, table in enumerate(config.activities, start=1))
