"""The shifts of a contract: which, and how many a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import ContractShift, ContractTerm
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.full_time import full_time
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class ContractTemplates(Rule):
    """Nobody works a shift template that their contract does not name."""

    name: ClassVar[str] = "contract_shifts"
    unit: ClassVar[str] = "shift"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The contract names the placement's template."""
        return placement.template in problem.contract_of(agent).shifts

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The contract's shifts."""
        person = model.problem.agents[limit.agent]
        return Note.of(
            "contract '{contract}' of agent {agent} has the shifts {shifts} only",
            contract=person.contract,
            agent=person.agent_id,
            shifts=", ".join(model.problem.contract_of(person).shifts),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The shift that is needed."""
        person = model.problem.agents[give.limit.agent]
        return Note.of(
            "agent {agent}: shift {shift} needed on {day}, which contract '{contract}' does not have; add it to the"
            " contract",
            agent=person.agent_id,
            shift=give.worked[0].template,
            day=give.limit.day(model),
            contract=person.contract,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The template added to the contract."""
        return ContractShift(model.problem.agents[give.limit.agent].contract, give.worked[0].template)


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

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The contract's shifts a week."""
        person = model.problem.agents[limit.agent]
        return Note.of(
            "week of {week}: contract '{contract}' allows at most {shifts} shifts for agent {agent}",
            week=limit.week(model),
            contract=person.contract,
            shifts=limit.high,
            agent=person.agent_id,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Shifts needed against shifts allowed."""
        person = model.problem.agents[give.limit.agent]
        return Note.of(
            "week of {week}: {needed} shifts needed from agent {agent}, contract {most}; raise max_shifts_week of"
            " contract '{contract}' to {needed} or hire {people} FTE",
            week=give.limit.week(model),
            needed=give.total,
            agent=person.agent_id,
            most=give.limit.high,
            contract=person.contract,
            people=full_time(give.amount, give.limit.high or 1),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """More shifts a week."""
        contract = model.problem.agents[give.limit.agent].contract
        return ContractTerm(contract, "max_shifts_week", give.total)
