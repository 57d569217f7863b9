"""What a roster is made from: people, contracts, shifts, the agents each interval needs, and prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.horizon import Horizon, Span
from staffing.labour.carried import Carried
from staffing.labour.pack import RulePack
from staffing.roster.activity import Activity
from staffing.roster.service import ServiceTarget
from staffing.roster.shift_demand import ShiftDemand
from staffing.roster.wishes import Begun, FixedDay, Published, Request
from staffing.shifts.template import Shift

if TYPE_CHECKING:
    from staffing.roster.rules.rule import Rule


@dataclass(frozen=True)
class Contract:
    """Terms of employment that a roster must keep. Hours are working time, breaks excluded."""

    name: str
    min_hours_week: float
    max_hours_week: float
    max_shifts_week: int
    shifts: tuple[str, ...]  # shift template codes this contract may work
    hours_day: float | None = None  # the contract's daily hours, where pay tells them from overtime

    def __post_init__(self) -> None:
        if not 0 <= self.min_hours_week <= self.max_hours_week:
            raise ValueError(f"contract {self.name}: min_hours_week must lie between 0 and max_hours_week")
        if not 1 <= self.max_shifts_week <= 7:
            raise ValueError(f"contract {self.name}: max_shifts_week must lie between 1 and 7")
        if self.hours_day is not None and not 0 < self.hours_day <= 24:
            raise ValueError(f"contract {self.name}: hours_day must lie above 0 and at most 24")


@dataclass(frozen=True)
class Agent:
    """One employee.

    Attributes:
        agent_id: unique among the problem's people.
        name: as shown.
        queue: the queue they serve first.
        contract: name of the contract.
        wage: per hour, in the currency's smallest unit.
        leave: whole days off.
        birth_date: None for an adult.
        skills: further queues they can serve; at any moment they serve one.
        tags: groups they belong to, such as "SV", for rules on who must be on duty.
        available: for each weekday, Monday first, the spans in which a shift must lie; None is always.
        carried: what they worked before the horizon; None is nothing.
        statutory_holidays: named dates; None: as `staffing.labour.holidays` finds them.
    """

    agent_id: str
    name: str
    queue: str
    contract: str
    wage: int
    leave: frozenset[date] = frozenset()
    birth_date: date | None = None
    skills: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    available: tuple[tuple[Span, ...], ...] | None = None
    carried: Carried | None = None
    statutory_holidays: frozenset[date] | None = None

    @property
    def queues(self) -> tuple[str, ...]:
        """Every queue they can serve, sorted, each once."""
        return tuple(sorted({self.queue, *self.skills}))


@dataclass(frozen=True)
class Prices:
    """What the objective pays for, beside wages, in the currency's smallest unit."""

    shortage_per_hour: int  # one agent missing for one hour against the gross requirement
    excess_per_hour: int = 0  # one agent too many for one hour, beside the wage


@dataclass(frozen=True)
class RosterProblem:
    """A month (or any horizon) to be rostered.

    `demand` has one row per queue and open interval: `queue`, `interval_start`, `business_date`, `slot`,
    `agents_gross` (int64: people to have on the floor, breaks already taken out). `rules` stand beside the
    standard ones of contract and law; one of a standard rule's class takes its place for the people it names.

    Raises:
        ConfigError: service targets beside people who serve several queues; two activities of one name.
    """

    horizon: Horizon
    demand: pd.DataFrame
    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[tuple[str, tuple[Shift, ...]], ...]  # template code -> its shifts
    pack: RulePack
    prices: Prices
    week_start: int = 6  # weekday a working week begins on, Monday = 0; Japanese default Sunday
    rules: tuple[Rule, ...] = ()
    requests: tuple[Request, ...] = ()
    fixed: tuple[FixedDay, ...] = ()
    published: Published | None = None
    shift_demand: tuple[ShiftDemand, ...] = ()
    begun: Begun | None = None  # what has happened already, when a roster is planned again
    service: tuple[ServiceTarget, ...] = ()  # over days, weeks or months, beside what each interval needs
    activities: tuple[Activity, ...] = ()  # meetings and trainings to be placed

    def __post_init__(self) -> None:
        flexible = [agent for agent in self.agents if len(agent.queues) > 1] if self.service else []
        if flexible:
            fault = SettingFault(
                "targets.period",
                f'"{self.service[0].period}"',
                "counts everybody on one queue, but agent "
                f'{flexible[0].agent_id} has several; leave skills out of the staff list or set "interval"',
            )
            raise ConfigError("service targets", [fault])
        names = [activity.name for activity in self.activities]
        for name in {name for name in names if names.count(name) > 1}:
            twice = SettingFault("activities", name, "each activity needs a name of its own")
            raise ConfigError("activities", [twice])

    def contract_of(self, agent: Agent) -> Contract:
        """The agent's contract.

        Raises:
            KeyError: when no contract has that name.
        """
        return self._contracts[agent.contract]

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        return {contract.name: contract for contract in self.contracts}
