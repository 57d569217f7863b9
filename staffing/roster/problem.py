"""What a roster is made from: people, contracts, shifts, the agents each interval needs, and prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from staffing.horizon import Horizon
from staffing.labour.pack import RulePack
from staffing.shifts.template import Shift


@dataclass(frozen=True)
class Contract:
    """Terms of employment that a roster must keep. Hours are working time, breaks excluded."""

    name: str
    min_hours_week: float
    max_hours_week: float
    max_shifts_week: int
    shifts: tuple[str, ...]  # shift template codes this contract may work

    def __post_init__(self) -> None:
        if not 0 <= self.min_hours_week <= self.max_hours_week:
            raise ValueError(f"contract {self.name}: min_hours_week must lie between 0 and max_hours_week")
        if not 1 <= self.max_shifts_week <= 7:
            raise ValueError(f"contract {self.name}: max_shifts_week must lie between 1 and 7")


@dataclass(frozen=True)
class Agent:
    """One employee. `wage` is per hour in the currency's smallest unit; `leave` are whole days off."""

    agent_id: str
    name: str
    queue: str
    contract: str
    wage: int
    leave: frozenset[date] = frozenset()
    birth_date: date | None = None


@dataclass(frozen=True)
class Prices:
    """What the objective pays for, beside wages, in the currency's smallest unit."""

    shortage_per_hour: int  # one agent missing for one hour against the gross requirement


@dataclass(frozen=True)
class RosterProblem:
    """A month (or any horizon) to be rostered.

    `demand` has one row per queue and open interval: `queue`, `interval_start`, `business_date`, `slot`,
    `agents_gross` (int64: people to have on the floor, breaks already taken out).
    """

    horizon: Horizon
    demand: pd.DataFrame
    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[tuple[str, tuple[Shift, ...]], ...]  # template code -> its shifts
    pack: RulePack
    prices: Prices
    week_start: int = 6  # weekday a working week begins on, Monday = 0; Japanese default Sunday

    def contract_of(self, agent: Agent) -> Contract:
        """The agent's contract.

        Raises:
            KeyError: when no contract has that name.
        """
        return self._contracts[agent.contract]

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        return {contract.name: contract for contract in self.contracts}
