"""The tables `[[rules]]` of `plan.toml`: any rule of the roster by its name, its parameters by theirs."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from staffing.config.people_tables import RuleTable
from staffing.config.schema import PlanConfig
from staffing.config.shift_demands import listed, shift_codes
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import Span
from staffing.roster import rules as roster_rules
from staffing.roster.problem import Agent
from staffing.roster.rules import (
    Apart,
    Attendance,
    EvenShare,
    FixedDays,
    LeaveAllowance,
    LegalBreaks,
    LegalDay,
    MinimumOnDuty,
    OneShiftADay,
    Rule,
    Seats,
    Together,
)

_INTERNAL = (Rule, Seats, FixedDays, OneShiftADay, Attendance)
_TEAM = (MinimumOnDuty, LeaveAllowance, Apart, Together)  # about everybody or a pair: bind no chosen people
_UNPRICED = (LegalDay, LegalBreaks)  # judge the shift templates, which are lawful or not
_COMMON = frozenset(field.name for field in fields(Rule))

RULES: Mapping[str, type[Rule]] = {
    found.name: found
    for found in (getattr(roster_rules, name) for name in roster_rules.__all__)
    if isinstance(found, type) and issubclass(found, Rule) and found not in _INTERNAL
}


@dataclass(frozen=True)
class Reader:
    """How a parameter is read from TOML: None from `read` says that the value is not allowed."""

    read: Callable[[Any], Any]
    allowed: str


def rule_faults(config: PlanConfig) -> Iterator[SettingFault]:
    """What is wrong with the rules, as far as the settings alone can tell; people are known only later."""
    codes = shift_codes(config)
    names = [contract.name for contract in config.contracts]
    for number, table in enumerate(config.rules, start=1):
        key = f"rules[{number}]"
        for name in table.contracts:
            if name not in names:
                yield SettingFault(f"{key}.contracts", name, f"known contracts: {', '.join(names)}")
        if table.rule not in RULES:
            near = difflib.get_close_matches(table.rule, RULES, n=1)
            hint = f"; nearest: {near[0]}" if near else ""
            yield SettingFault(f"{key}.rule", table.rule, f"known rules: {', '.join(sorted(RULES))}{hint}")
            continue
        yield from _kind_faults(key, table)
        yield from _parameter_faults(key, table, codes)


def rules_from(config: PlanConfig, agents: Collection[Agent]) -> tuple[Rule, ...]:
    """The rules that the settings add to, or put in the place of, the standard ones.

    Raises:
        ConfigError: a rule names somebody who is not on the staff list.
    """
    known = [agent.agent_id for agent in agents]
    faults = [
        SettingFault(f"rules[{number}].{name}", agent_id, "an agent_id of the staff list")
        for number, table in enumerate(config.rules, start=1)
        for name, agent_id in _named_agents(table)
        if agent_id not in known
    ]
    if faults:
        raise ConfigError(config.file.name, faults)
    return tuple(_rule(table, agents) for table in config.rules if not _says_nothing(table))


def _says_nothing(table: RuleTable) -> bool:
    """Whether a rule is off that is not a standard one: it is not in force anyway, and may lack parameters."""
    return table.kind == "off" and any(_parameters(table.rule).values())


def _rule(table: RuleTable, agents: Collection[Agent]) -> Rule:
    parameters = {name: _reader(table.rule, name).read(value) for name, value in _given(table).items()}
    people = None
    if table.contracts or table.agents:
        people = frozenset(
            agent.agent_id
            for agent in agents
            if agent.contract in table.contracts or agent.agent_id in table.agents
        )
    return RULES[table.rule](kind=table.kind, weight=table.weight, people=people, **parameters)


# --- checks ------------------------------------------------------------------------------------------------


def _kind_faults(key: str, table: RuleTable) -> Iterator[SettingFault]:
    found = RULES[table.rule]
    if table.kind == "soft" and not table.weight:
        yield SettingFault(f"{key}.weight", str(table.weight), "a soft rule needs a price a unit, above 0")
    if table.kind != "soft" and table.weight:
        yield SettingFault(f"{key}.weight", str(table.weight), 'only a rule of kind = "soft" has a weight')
    if found is EvenShare and table.kind == "hard":
        yield SettingFault(f"{key}.kind", table.kind, '"soft", with a weight, or "off"')
    if found in _UNPRICED and table.kind == "soft":
        yield SettingFault(f"{key}.kind", table.kind, '"hard" or "off": shift templates are lawful or not')
    if found in _TEAM:
        for name in ("contracts", "agents"):
            if getattr(table, name):
                yield SettingFault(
                    f"{key}.{name}", ", ".join(getattr(table, name)), "is no setting of a rule for the team"
                )


def _parameter_faults(key: str, table: RuleTable, codes: Collection[str]) -> Iterator[SettingFault]:
    known = _parameters(table.rule)
    given = _given(table)
    for name, value in given.items():
        if name not in known:
            allowed = ", ".join(known) or "none"
            yield SettingFault(
                f"{key}.{name}", repr(value), f"is no parameter of this rule; it has: {allowed}"
            )
            continue
        reader = _reader(table.rule, name)
        found = reader.read(value)
        if found is None:
            yield SettingFault(f"{key}.{name}", repr(value), reader.allowed)
        elif name in ("shifts", "barred"):
            for code in sorted(_flat(found) - {*codes}):
                yield SettingFault(f"{key}.{name}", code, f"known shifts: {listed(codes)}")
    if table.kind == "off":
        return  # what it would ask for does not matter
    for name, needed in known.items():
        if needed and name not in given:
            allowed = f": {_reader(table.rule, name).allowed}"
            yield SettingFault(f"{key}.{name}", "(missing)", f"must be given{allowed}")
    yield from _fit_faults(key, table, given)


def _fit_faults(key: str, table: RuleTable, given: Mapping[str, Any]) -> Iterator[SettingFault]:
    """Parameters that must fit one another."""
    for low, high in (("least", "most"), ("least_minutes", "most_minutes"), ("days_off", "window_days")):
        least, most = given.get(low), given.get(high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield SettingFault(f"{key}.{low}", str(least), f"must not exceed {high} = {most}")
    if RULES[table.rule] is EvenShare and (given.get("of", "nights") == "shifts") != bool(
        given.get("shifts")
    ):
        yield SettingFault(
            f"{key}.shifts", repr(given.get("shifts", [])), 'belongs to of = "shifts", which needs it'
        )


def _named_agents(table: RuleTable) -> Iterator[tuple[str, str]]:
    """The parameters that name people, with each of them."""
    for agent_id in table.agents:
        yield "agents", agent_id
    given = _given(table)
    for agent_id in given.get("pair", ()):
        yield "pair", agent_id
    for agent_id in given.get("history", {}):
        yield "history", agent_id


# --- parameters --------------------------------------------------------------------------------------------


def _given(table: RuleTable) -> Mapping[str, Any]:
    return table.model_extra or {}


def _parameters(rule: str) -> dict[str, bool]:
    """The parameters of a rule by name, and whether each must be given."""
    found = (field for field in fields(RULES[rule]) if field.name not in _COMMON)
    return {field.name: field.default is MISSING for field in found}


def _reader(rule: str, name: str) -> Reader:
    kind = next(str(field.type) for field in fields(RULES[rule]) if field.name == name)
    return _BY_NAME.get(name) or _READERS[kind]


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _some(value: Any) -> int | None:
    return _whole(value) or None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    fits = isinstance(value, list) and value and all(isinstance(part, str) for part in value)
    return tuple(value) if fits else None


def _pair(value: Any) -> tuple[str, str] | None:
    found = _texts(value)
    return (found[0], found[1]) if found is not None and len(found) == 2 and found[0] != found[1] else None


def _successions(value: Any) -> frozenset[tuple[str, str]] | None:
    pairs = [_texts(part) for part in value] if isinstance(value, list) and value else [None]
    if any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return frozenset((pair[0], pair[1]) for pair in pairs if pair is not None)


def _windows(value: Any) -> tuple[tuple[int, int], ...] | None:
    texts = _texts(value)
    try:
        spans = [Span.parse(text) for text in texts or ()]
    except ValueError:
        return None
    return tuple((span.start_minute, span.end_minute) for span in spans) or None


def _counts(value: Any) -> tuple[tuple[str, int], ...] | None:
    if not isinstance(value, dict) or any(_whole(count) is None for count in value.values()):
        return None
    return tuple(value.items())


def _codes_of(value: Any) -> frozenset[str] | None:
    found = _texts(value)
    return None if found is None else frozenset(found)


def _one_of(*words: str) -> Reader:
    allowed = ", ".join(f'"{word}"' for word in words)
    return Reader(lambda value: value if value in words else None, f"a choice of {allowed}")


_BY_NAME: Mapping[str, Reader] = {
    "days": Reader(_some, "a whole number from 1"),
    "window_days": Reader(_some, "a whole number from 1"),
    "of": _one_of("nights", "weekends", "shifts"),
    "windows": Reader(_windows, 'a list of spans in which shifts begin, such as ["08:00-10:00"]'),
}
_READERS: Mapping[str, Reader] = {
    "int": Reader(_whole, "a whole number from 0"),
    "int | None": Reader(_whole, "a whole number from 0"),
    "str": Reader(_text, 'a text such as "SV"'),
    "Period": _one_of("week", "month", "horizon"),
    "frozenset[str]": Reader(_codes_of, 'a list of shift codes such as ["N8"]'),
    "frozenset[tuple[str, str]]": Reader(
        _successions, 'a list of pairs of shift codes such as [["L8", "F8"]]'
    ),
    "tuple[str, str]": Reader(_pair, 'two different agent ids such as ["A01", "A02"]'),
    "tuple[tuple[str, int], ...]": Reader(
        _counts, "lines of agent ids and whole numbers, such as history.A01 = 3"
    ),
}


def _flat(found: Collection[Any]) -> set[str]:
    return {code for part in found for code in ((part,) if isinstance(part, str) else part)}
