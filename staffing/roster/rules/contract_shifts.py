"""The shifts of a contract: which, and how many a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class ContractTemplates(Rule):
    """Nobody works a shift template that their contract does not name."""

    name: ClassVar[str] = "contract_shifts"
    unit: ClassVar[str] = "shift"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The contract names the placement's template."""
        return placement.template in problem.contract_of(agent).shifts


@dataclass(frozen=True, kw_only=True)
class ContractShiftsAWeek(Rule):
    """Nobody works more shifts in a week than their contract allows.

    Days outside the horizon count as days without work.
    """

    name: ClassVar[str] = "contract_max_shifts"
    unit: ClassVar[str] = "shift"

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over a person's shifts of one week <= the contract's number."""
        for agent, person in self.bound_agents(model.problem):
            allowed = model.problem.contract_of(person).max_shifts_week
            for week in model.weeks:
                worked = model.worked(agent, week)
                if sum(1 for options in worked if len(options.columns)) > allowed:
                    columns = model.columns(worked)
                    model.limit(self, columns, high=allowed, agent=agent, days=model.indices(week))
