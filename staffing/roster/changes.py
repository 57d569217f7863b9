"""Changes to a problem that let a roster through: each worded, and applied to exactly what it names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from staffing.horizon import Span
from staffing.notes import Note
from staffing.roster.problem import Agent, Contract, RosterProblem

if TYPE_CHECKING:
    from staffing.roster.rules.rule import Rule

Term = Literal["min_hours_week", "max_hours_week", "max_shifts_week"]
EXCEPTION_PRICE = 10  # hours of shortage that one exception to a rule costs: only where nothing else helps


class Change(Protocol):
    """One change of a problem."""

    @property
    def key(self) -> Hashable:
        """What is changed; two changes of the same thing are one, as far as the further goes."""
        ...

    @property
    def wording(self) -> Note:
        """The change as an instruction."""
        ...

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The problem with this changed, and nothing else."""
        ...

    def with_(self, other: Self) -> Self:
        """One change that goes as far as both, of the same thing."""
        ...


@dataclass(frozen=True)
class ContractTerm:
    """Another figure in a contract, for everybody who has it."""

    contract: str
    term: Term
    value: float

    @property
    def key(self) -> Hashable:
        """The contract and the term."""
        return ContractTerm, self.contract, self.term

    @property
    def wording(self) -> Note:
        """Lower the least, raise the most."""
        value = f"{self.value:g}"
        if self.term == "min_hours_week":
            return Note.of(
                "lower min_hours_week of contract '{contract}' to {value}",
                contract=self.contract,
                value=value,
            )
        if self.term == "max_hours_week":
            return Note.of(
                "raise max_hours_week of contract '{contract}' to {value}",
                contract=self.contract,
                value=value,
            )
        return Note.of(
            "raise max_shifts_week of contract '{contract}' to {value}", contract=self.contract, value=value
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The contract with the new figure."""
        value = int(self.value) if self.term == "max_shifts_week" else self.value
        figures: dict[str, Any] = {self.term: value}
        contracts = tuple(
            replace(contract, **figures) if contract.name == self.contract else contract
            for contract in problem.contracts
        )
        return replace(problem, contracts=contracts)

    def with_(self, other: Self) -> Self:
        """The lower minimum or the higher maximum."""
        further = min if self.term == "min_hours_week" else max
        return replace(self, value=further(self.value, other.value))


@dataclass(frozen=True)
class ContractShift:
    """One more shift template in a contract, for everybody who has it."""

    contract: str
    template: str

    @property
    def key(self) -> Hashable:
        """The contract and the template."""
        return self

    @property
    def wording(self) -> Note:
        """Add the template."""
        return Note.of(
            "add shift {shift} to contract '{contract}'", shift=self.template, contract=self.contract
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The contract with the template."""

        def changed(contract: Contract) -> Contract:
            if contract.name != self.contract or self.template in contract.shifts:
                return contract
            return replace(contract, shifts=(*contract.shifts, self.template))

        return replace(problem, contracts=tuple(changed(contract) for contract in problem.contracts))

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class LeaveMoved:
    """A day of leave moved out of the plan."""

    agent_id: str
    day: date

    @property
    def key(self) -> Hashable:
        """The person and the day."""
        return self

    @property
    def wording(self) -> Note:
        """Move it."""
        return Note.of(
            "agent {agent}: move the leave of {day} to a day outside the plan",
            agent=self.agent_id,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The person without that day of leave."""
        return _with_agent(problem, self.agent_id, lambda a: replace(a, leave=a.leave - {self.day}))

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class FixedReleased:
    """A settled day that may be planned freely; `shift` is None where it was a day off."""

    agent_id: str
    day: date
    shift: str | None

    @property
    def key(self) -> Hashable:
        """The person and the day."""
        return FixedReleased, self.agent_id, self.day

    @property
    def wording(self) -> Note:
        """Release it."""
        if self.shift is None:
            return Note.of(
                "release the fixed day off of agent {agent} on {day}", agent=self.agent_id, day=self.day
            )
        return Note.of(
            "release the fixed shift {shift} of agent {agent} on {day}",
            shift=self.shift,
            agent=self.agent_id,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The problem without that settled day."""
        kept = tuple(f for f in problem.fixed if (f.agent_id, f.day) != (self.agent_id, self.day))
        return replace(problem, fixed=kept)

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class Available:
    """One more span in which a person is available on the weekday of a day."""

    agent_id: str
    day: date
    span: Span

    @property
    def key(self) -> Hashable:
        """The person, the weekday and the span."""
        return Available, self.agent_id, self.day.weekday(), self.span

    @property
    def wording(self) -> Note:
        """Ask for the span."""
        return Note.of(
            "agent {agent}: ask for {span} on the weekday of {day}",
            agent=self.agent_id,
            span=self.span,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The person with the span beside the others of that weekday."""

        def changed(agent: Agent) -> Agent:
            if agent.available is None:
                return agent
            week = list(agent.available)
            week[self.day.weekday()] = (*week[self.day.weekday()], self.span)
            return replace(agent, available=tuple(week))

        return _with_agent(problem, self.agent_id, changed)

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class RuleFigure:
    """Another figure of a rule, for the people named; None stands for everybody whom it binds."""

    rule: Rule
    people: frozenset[str] | None
    parameter: str
    value: object

    @property
    def key(self) -> Hashable:
        """The rule, the people and the parameter."""
        return RuleFigure, self.rule, self.people, self.parameter

    @property
    def wording(self) -> Note:
        """Set the parameter."""
        value = _shown(self.value)
        if self.people is None:
            return Note.of(
                "rule {rule}: set {parameter} to {value}",
                rule=self.rule.name,
                parameter=self.parameter,
                value=value,
            )
        return Note.of(
            "rule {rule}: set {parameter} to {value} for agent {agents}",
            rule=self.rule.name,
            parameter=self.parameter,
            value=value,
            agents=", ".join(sorted(self.people)),
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The rule as it was for everybody else, and with the new figure for these people."""
        return _with_rule(problem, self.rule, self.people, {self.parameter: self.value})

    def with_(self, other: Self) -> Self:
        """The figure further from the rule's own; of sets, what both leave."""
        mine, theirs, own = self.value, other.value, getattr(self.rule, self.parameter)
        if isinstance(mine, int) and isinstance(theirs, int) and isinstance(own, int):
            return self if abs(mine - own) >= abs(theirs - own) else other
        if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
            return replace(self, value=mine & theirs)
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            return replace(self, value=tuple(dict.fromkeys((*mine, *theirs))))
        return other


@dataclass(frozen=True)
class RuleException:
    """A rule that these people may break, each time at a price that no other means reaches."""

    rule: Rule
    people: frozenset[str] | None
    days: tuple[date, ...]  # on which exceptions are needed

    @property
    def key(self) -> Hashable:
        """The rule and the people."""
        return RuleException, self.rule, self.people

    @property
    def wording(self) -> Note:
        """Allow exceptions."""
        people = getattr(self.rule, "pair", None) or self.people
        days = ", ".join(map(str, self.days))
        if people is None:
            return Note.of(
                "rule {rule}: allow exceptions where nothing else helps (on {days})",
                rule=self.rule.name,
                days=days,
            )
        return Note.of(
            "rule {rule}: allow exceptions for agent {agents} where nothing else helps (on {days})",
            rule=self.rule.name,
            agents=", ".join(sorted(people)),
            days=days,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The rule soft for these people, at the price of `EXCEPTION_PRICE` hours of shortage a unit."""
        weight = max(1, EXCEPTION_PRICE * problem.prices.shortage_per_hour)
        return _with_rule(problem, self.rule, self.people, {"kind": "soft", "weight": weight})

    def with_(self, other: Self) -> Self:
        """The days of both."""
        return replace(self, days=tuple(sorted({*self.days, *other.days})))


def merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with those of the same thing made one, in the order in which each thing is first named."""
    found: dict[Hashable, Change] = {}
    for change in changes:
        found[change.key] = found[change.key].with_(change) if change.key in found else change
    return tuple(found.values())


def applied(problem: RosterProblem, changes: Sequence[Change]) -> RosterProblem:
    """The problem after all changes, one after another."""
    return reduce(lambda changed, change: change.apply(changed), changes, problem)


def _with_agent(problem: RosterProblem, agent_id: str, change: Callable[[Agent], Agent]) -> RosterProblem:
    agents = tuple(change(agent) if agent.agent_id == agent_id else agent for agent in problem.agents)
    return replace(problem, agents=agents)


def _with_rule(
    problem: RosterProblem, rule: Rule, people: frozenset[str] | None, figures: dict[str, Any]
) -> RosterProblem:
    """The rule changed for some people: split off from the problem's own, or put beside the standard one."""
    kept: list[Rule] = []
    found = False
    for own in problem.rules:
        if found or not _same(own, rule) or not _binds_all(own, people):
            kept.append(own)
            continue
        found = True
        if people is not None:
            bound = own.people or frozenset(agent.agent_id for agent in problem.agents)
            if bound - people:
                kept.append(replace(own, people=bound - people))
            kept.append(replace(own, people=people, **figures))
        else:
            kept.append(replace(own, **figures))
    if not found:
        kept.append(replace(rule, people=people, **figures))
    return replace(problem, rules=tuple(kept))


def _same(one: Rule, other: Rule) -> bool:
    """Whether two rules differ in the people they bind only."""
    return type(one) is type(other) and replace(one, people=None) == replace(other, people=None)


def _binds_all(rule: Rule, people: frozenset[str] | None) -> bool:
    return rule.people is None or (people is not None and people <= rule.people)


def _shown(value: object) -> str:
    """A figure as people read it."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(_shown(part) for part in value)) or "-"
    if isinstance(value, tuple):
        return "-".join(_shown(part) for part in value)
    return str(value)
