"""Changes of rules, for the people named only."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from staffing.notes import Note
from staffing.roster.problem import RosterProblem

if TYPE_CHECKING:
    from staffing.roster.rules.rule import Rule

EXCEPTION_PRICE = 10  # hours of shortage that one exception to a rule costs: only where nothing else helps


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
