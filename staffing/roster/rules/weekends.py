"""Weekends: how many are worked, how many on end, and that both days are worked or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.rule import Rule, about

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class WeekendsMost(Rule):
    """Nobody works on more than so many weekends of the horizon; Saturday or Sunday makes it one."""

    name: ClassVar[str] = "weekends_most"
    unit: ClassVar[str] = "weekend"

    weekends: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of weekends worked <= weekends."""
        if len(weekends_of(model)) <= self.weekends:
            return
        for agent, _ in self.bound_agents(model.problem):
            worked = [column for _, column in weekends_worked(model, agent)]
            model.limit(self, worked, high=self.weekends, agent=agent, days=range(len(model.days)))

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Weekends."""
        return about(
            limit,
            model,
            "{days}: weekends worked by agent {agent}: at most {most}",
            most=self.weekends,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Weekends needed."""
        return about(
            give.limit,
            model,
            "{days}: weekends needed from agent {agent}: {needed}, allowed: {most}; allow {needed}",
            needed=self.weekends + give.amount,
            most=self.weekends,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """More weekends for this person."""
        people = frozenset((give.limit.person(model),))
        return RuleFigure(self, people, "weekends", self.weekends + give.amount)


@dataclass(frozen=True, kw_only=True)
class WeekendsOnEndMost(Rule):
    """Nobody works on more than so many weekends on end."""

    name: ClassVar[str] = "weekends_on_end_most"
    unit: ClassVar[str] = "weekend"

    weekends: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of weekends worked among each weekends + 1 on end <= weekends."""
        spans = weekends_of(model)
        for agent, _ in self.bound_agents(model.problem):
            worked = dict(weekends_worked(model, agent))
            for first in range(len(spans) - self.weekends):
                among = range(first, first + self.weekends + 1)
                columns = [worked[number] for number in among if number in worked]
                days = range(spans[first].start, spans[first + self.weekends].stop)
                model.limit(self, columns, high=self.weekends, agent=agent, days=days)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Weekends on end."""
        return about(
            limit,
            model,
            "{days}: weekends on end worked by agent {agent}: at most {most}",
            most=self.weekends,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Weekends needed."""
        return about(
            give.limit,
            model,
            "{days}: weekends on end needed from agent {agent}: {needed}, allowed: {most}; allow {needed}",
            needed=self.weekends + give.amount,
            most=self.weekends,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """More weekends for this person."""
        people = frozenset((give.limit.person(model),))
        return RuleFigure(self, people, "weekends", self.weekends + give.amount)


@dataclass(frozen=True, kw_only=True)
class WholeWeekends(Rule):
    """Who works on a Saturday works on the Sunday too, and the other way round, where both are planned."""

    name: ClassVar[str] = "whole_weekends"
    unit: ClassVar[str] = "weekend"

    def restrict(self, model: RosterModel) -> None:
        """Saturday worked - Sunday worked = 0."""
        for agent, _ in self.bound_agents(model.problem):
            for days in weekends_of(model):
                columns = [model.working(agent, day) for day in days]
                found = [column for column in columns if column is not None]
                if len(days) == 2 and found:
                    signs = [1, -1][: len(found)]
                    model.limit(self, found, signs, low=0, high=0, agent=agent, days=days)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Both days or none."""
        return about(
            limit,
            model,
            "{days}: agent {agent} works on both days of the weekend or on none",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The half weekend."""
        return Note.of(
            "{days}: agent {agent} would work on one day of the weekend; allow half weekends for agent {agent}",
            days=give.limit.span(model),
            agent=give.limit.person(model),
        )


def weekends_of(model: RosterModel) -> list[range]:
    """The indices of each weekend's planned days, in order."""
    found: list[range] = []
    for i, day in enumerate(model.days):
        if day.weekday() == SATURDAY or (day.weekday() > SATURDAY and i == 0):
            last = i + (day.weekday() == SATURDAY and i + 1 < len(model.days))
            found.append(range(i, last + 1))
    return found


def weekends_worked(model: RosterModel, agent: int) -> list[tuple[int, int]]:
    """The number of each weekend that can be worked, and the column that says whether it is."""
    found = []
    for number, days in enumerate(weekends_of(model)):
        column = model.working_any(agent, days)
        if column is not None:
            found.append((number, column))
    return found
