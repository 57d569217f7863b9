"""Days on end: the most and the least on which somebody works, and the least days off between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.rule import Rule, about

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class ConsecutiveDaysMost(Rule):
    """Nobody works on more than so many days on end, the days worked before the horizon included."""

    name: ClassVar[str] = "consecutive_days_most"
    unit: ClassVar[str] = "day"

    days: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of days worked in each stretch of days + 1 <= days."""
        limit_days_on_end(self, model, self.days)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Days on end."""
        return about(
            limit,
            model,
            "{days}: agent {agent} works at most {most} days on end",
            most=self.days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The run that would be worked."""
        return about(
            give.limit,
            model,
            "{days}: agent {agent} would work {needed} days on end, at most {most} are allowed; allow {needed} days"
            " on end",
            needed=self._run(give, model),
            most=self.days,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A longer run for this person."""
        return RuleFigure(self, frozenset((give.limit.person(model),)), "days", self._run(give, model))

    @staticmethod
    def _run(give: Give, model: RosterModel) -> int:
        """Days on end that the limit's run would come to, those before the horizon included."""
        first, last, worked = give.limit.first, give.limit.last, give.days_worked
        while first - 1 in worked:
            first -= 1
        while last + 1 in worked:
            last += 1
        carried = model.problem.agents[give.limit.agent].carried
        return last + 1 - first + (carried.consecutive_days if carried is not None and first == 0 else 0)


@dataclass(frozen=True, kw_only=True)
class LegalRun(Rule):
    """Nobody works on more days on end than the rule pack allows, the days before the horizon included."""

    name: ClassVar[str] = "consecutive_days"
    unit: ClassVar[str] = "day"
    figure: ClassVar[str] = "max_consecutive_days"

    def restrict(self, model: RosterModel) -> None:
        """Sum of days worked in each stretch of the pack's days + 1 <= days."""
        days = model.problem.pack.max_consecutive_days
        if days is not None:
            limit_days_on_end(self, model, days)


@dataclass(frozen=True, kw_only=True)
class ConsecutiveDaysLeast(Rule):
    """Who begins to work does so for at least so many days on end; shorter only at the horizon's edges."""

    name: ClassVar[str] = "consecutive_days_least"
    unit: ClassVar[str] = "run"

    days: int

    def restrict(self, model: RosterModel) -> None:
        """For each shorter run: day before - days of the run + day after >= 1 - days of the run."""
        for agent, _ in self.bound_agents(model.problem):
            for window, inner in _runs(model, self.days):
                worked = days_worked(model, agent, inner)
                if len(worked) == len(inner):
                    edges = days_worked(model, agent, (window[0], window[-1]))
                    signs = [1] * len(edges) + [-1] * len(worked)
                    model.limit(self, [*edges, *worked], signs, low=1 - len(inner), agent=agent, days=window)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Days on end."""
        return about(
            limit,
            model,
            "{days}: agent {agent} works at least {least} days on end",
            least=self.days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The short run."""
        return about(
            give.limit,
            model,
            "{days}: days worked on end by agent {agent}: {needed}, at least {least} are due; allow {needed}",
            needed=len(give.limit.days) - 2,
            least=self.days,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A shorter run for this person."""
        return RuleFigure(self, frozenset((give.limit.person(model),)), "days", len(give.limit.days) - 2)


@dataclass(frozen=True, kw_only=True)
class ConsecutiveDaysOffLeast(Rule):
    """Days off come at least so many on end; fewer only at the horizon's edges."""

    name: ClassVar[str] = "consecutive_days_off_least"
    unit: ClassVar[str] = "run"

    days: int

    def restrict(self, model: RosterModel) -> None:
        """For each shorter run: day before - days between + day after <= 1."""
        for agent, _ in self.bound_agents(model.problem):
            for window, inner in _runs(model, self.days):
                edges = days_worked(model, agent, (window[0], window[-1]))
                if len(edges) == 2:
                    between = days_worked(model, agent, inner)
                    signs = [1, 1] + [-1] * len(between)
                    model.limit(self, [*edges, *between], signs, high=1, agent=agent, days=window)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Days off on end."""
        return about(
            limit,
            model,
            "{days}: agent {agent} has at least {least} days off on end",
            least=self.days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The short run."""
        return about(
            give.limit,
            model,
            "{days}: days off on end of agent {agent}: {needed}, at least {least} are due; allow {needed}",
            needed=len(give.limit.days) - 2,
            least=self.days,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A shorter run for this person."""
        return RuleFigure(self, frozenset((give.limit.person(model),)), "days", len(give.limit.days) - 2)


def limit_days_on_end(rule: Rule, model: RosterModel, most: int) -> None:
    """At most so many days on end, those before the horizon included."""
    for agent, person in rule.bound_agents(model.problem):
        before = person.carried.consecutive_days if person.carried is not None else 0
        for first in range(-min(before, most), len(model.days) - most):
            window = range(max(first, 0), first + most + 1)
            columns = days_worked(model, agent, window)
            if len(columns) == len(window):
                model.limit(rule, columns, high=most + min(first, 0), agent=agent, days=window)


def days_worked(model: RosterModel, agent: int, days: range | tuple[int, ...]) -> list[int]:
    """The columns that are 1 on worked days, of those of the days on which the person can work at all."""
    columns = (model.working(agent, day) for day in days)
    return [column for column in columns if column is not None]


def _runs(model: RosterModel, least: int) -> Iterator[tuple[range, range]]:
    """Every run shorter than `least` that lies inside the horizon: with the day before and after, and alone."""
    for length in range(1, least):
        for first in range(len(model.days) - length - 1):
            yield range(first, first + length + 2), range(first + 1, first + length + 1)
