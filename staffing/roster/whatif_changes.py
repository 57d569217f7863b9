"""Changes of a problem whose worth can be asked for: a person, a shift, a rule, hours, leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import median_low
from typing import Protocol

from staffing.labour.wages import half_up
from staffing.roster.problem import Agent, Contract, RosterProblem
from staffing.roster.rules import Kind, OneShiftADay, Rule, least_minutes, standard_rules
from staffing.roster.weeks import weeks_of
from staffing.shifts.template import ShiftTemplate


class Change(Protocol):
    """A change of a problem."""

    @property
    def allows_more(self) -> int:
        """1 when every roster stays possible at no higher cost, -1 when none becomes possible or cheaper, else 0."""
        ...

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the change made.

        Raises:
            ValueError: a change that does not fit the problem.
        """
        ...

    def least_cost(self, problem: RosterProblem) -> int | None:
        """Wages that the change costs at the least, where it brings a person."""
        ...


class _NoPerson:
    """A change that brings nobody."""

    def least_cost(self, problem: RosterProblem) -> int | None:
        """None: nobody new is paid."""
        return None


@dataclass(frozen=True)
class AddAgent:
    """One more person on a contract; without a wage, at the middle one of those on the contract."""

    contract: str
    queue: str
    wage: int | None = None
    skills: tuple[str, ...] = ()

    @property
    def allows_more(self) -> int:
        """A person's least hours cost wages, so more people may cost more."""
        return 0

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the person among its people."""
        return replace(problem, agents=(*problem.agents, self.person(problem)))

    def least_cost(self, problem: RosterProblem) -> int:
        """The contract's least hours over the horizon x the wage."""
        person = self.person(problem)
        weeks = weeks_of(problem.horizon, problem.week_start)
        minutes = sum((least_minutes(problem, person, week) for week in weeks), start=Fraction(0))
        return half_up(minutes * person.wage / 60)

    def person(self, problem: RosterProblem) -> Agent:
        """Who joins, with an id that nobody has.

        Raises:
            ValueError: a contract or queue that the problem does not have, or a wage that cannot be told.
        """
        _contract(problem, self.contract)
        queues = sorted({str(queue) for queue in problem.demand["queue"]})
        for queue in (self.queue, *self.skills):
            if queue not in queues:
                raise ValueError(f"queue {queue} is not known; known queues: {', '.join(queues)}")
        wages = [agent.wage for agent in problem.agents if agent.contract == self.contract]
        if self.wage is None and not wages:
            raise ValueError(f"nobody works on contract {self.contract}: give the new person's wage")
        taken = {agent.agent_id for agent in problem.agents}
        agent_id = next(name for name in (f"NEW{i}" for i in range(1, len(taken) + 2)) if name not in taken)
        wage = median_low(wages) if self.wage is None else self.wage
        return Agent(agent_id, agent_id, self.queue, self.contract, wage, skills=self.skills)


@dataclass(frozen=True)
class AddShift(_NoPerson):
    """A further shift template, for some contracts or, with none named, for all."""

    template: ShiftTemplate
    contracts: tuple[str, ...] = ()

    @property
    def allows_more(self) -> int:
        """Nobody has to work it."""
        return 1

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the template and the contracts that name it."""
        code = self.template.code
        if code in dict(problem.shifts):
            raise ValueError(f"there is a shift {code} already; choose another code")
        for name in self.contracts:
            _contract(problem, name)
        contracts = tuple(
            replace(contract, shifts=(*contract.shifts, code))
            if contract.name in self.contracts or not self.contracts
            else contract
            for contract in problem.contracts
        )
        return replace(
            problem, shifts=(*problem.shifts, (code, tuple(self.template.shifts()))), contracts=contracts
        )


@dataclass(frozen=True)
class ChangeRule(_NoPerson):
    """A rule in force made hard, soft at a weight, or off; its parameters and people stay."""

    name: str
    kind: Kind
    weight: int = 0

    @property
    def allows_more(self) -> int:
        """Off allows more, hard forbids more; what a soft rule does depends on what it was."""
        return {"off": 1, "soft": 0, "hard": -1}[self.kind]

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the rule of that name changed wherever it stands."""
        in_force = [
            rule for rule in standard_rules() if not isinstance(rule, OneShiftADay)
        ]  # how the model is made
        standard = [rule for rule in in_force if rule.name == self.name]
        own = [rule for rule in problem.rules if rule.name == self.name]
        if not standard and not own:
            known = sorted({rule.name for rule in (*in_force, *problem.rules)})
            raise ValueError(f"rule {self.name} is not in force; rules in force: {', '.join(known)}")
        others = tuple(rule for rule in problem.rules if rule.name != self.name)
        changed = tuple(self._changed(rule) for rule in (own or standard))
        return replace(problem, rules=(*others, *changed, *self._rest(problem, standard, own)))

    def _changed(self, rule: Rule) -> Rule:
        return replace(rule, kind=self.kind, weight=self.weight)

    def _rest(
        self, problem: RosterProblem, standard: Sequence[Rule], own: Sequence[Rule]
    ) -> tuple[Rule, ...]:
        """The standard rule for the people whom none of the problem's own of its class names."""
        if not standard or not own or any(rule.people is None for rule in own):
            return ()
        named = frozenset[str]().union(*(rule.people or () for rule in own))
        everybody = frozenset(agent.agent_id for agent in problem.agents)
        return tuple(replace(self._changed(rule), people=everybody - named) for rule in standard)


@dataclass(frozen=True)
class MoreHours(_NoPerson):
    """More hours a week that people on a contract may work; the law's limits stay."""

    contract: str
    hours: float = 1

    @property
    def allows_more(self) -> int:
        """Nobody has to work them."""
        return (self.hours > 0) - (self.hours < 0)

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the contract's maximum raised."""
        found = _contract(problem, self.contract)
        raised = replace(found, max_hours_week=found.max_hours_week + self.hours)
        return replace(problem, contracts=tuple(raised if c is found else c for c in problem.contracts))


@dataclass(frozen=True)
class GrantLeave(_NoPerson):
    """Days of leave for one person; they lower the contract's least hours, so that leave may even save money."""

    agent_id: str
    days: frozenset[date]

    @property
    def allows_more(self) -> int:
        """Neither more nor less: fewer shifts, but fewer hours that must be worked."""
        return 0

    def applied(self, problem: RosterProblem) -> RosterProblem:
        """The problem with the leave granted."""
        if self.agent_id not in {agent.agent_id for agent in problem.agents}:
            raise ValueError(f"agent {self.agent_id} is not among the people")
        agents = (
            replace(agent, leave=agent.leave | self.days) if agent.agent_id == self.agent_id else agent
            for agent in problem.agents
        )
        return replace(problem, agents=tuple(agents))


def _contract(problem: RosterProblem, name: str) -> Contract:
    for contract in problem.contracts:
        if contract.name == name:
            return contract
    known = ", ".join(contract.name for contract in problem.contracts)
    raise ValueError(f"contract {name} is not known; known contracts: {known}")
