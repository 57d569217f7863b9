"""Hours over a period: at least, at most, and in any window of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class HoursInPeriod(Rule):
    """Working time in each week, month or the horizon lies between a least and a most; minutes, breaks excluded.

    A week or month that the horizon cuts is limited by the same figures: give what is left for its days.
    """

    name: ClassVar[str] = "hours_in_period"
    unit: ClassVar[str] = "minute"

    period: Period
    least_minutes: int | None = None
    most_minutes: int | None = None

    def restrict(self, model: RosterModel) -> None:
        """Least <= sum of minutes x x over a person's shifts of the period <= most."""
        for agent, _ in self.bound_agents(model.problem):
            for days in spans_of(model, self.period):
                limit_minutes(self, model, agent, days, self.least_minutes, self.most_minutes)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The hours of the period."""
        return _states(limit, model, self.least_minutes, self.most_minutes)

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Hours needed or possible."""
        return _explained(give, model, self.least_minutes if give.amount < 0 else self.most_minutes)

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Other hours for this person."""
        name = "least_minutes" if give.amount < 0 else "most_minutes"
        return RuleFigure(self, frozenset((give.limit.person(model),)), name, give.total)


@dataclass(frozen=True, kw_only=True)
class HoursInWindow(Rule):
    """Working time in any window of so many days on end is at most so much; minutes, breaks excluded."""

    name: ClassVar[str] = "hours_in_window"
    unit: ClassVar[str] = "minute"

    days: int
    most_minutes: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of minutes x x over each window <= most."""
        for agent, _ in self.bound_agents(model.problem):
            for first in range(max(1, len(model.days) - self.days + 1)):
                window = range(first, min(first + self.days, len(model.days)))
                limit_minutes(self, model, agent, window, None, self.most_minutes)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The hours of the window."""
        return Note.of(
            "{days}: agent {agent} works at most {most} h in any {window} days",
            days=limit.span(model),
            agent=limit.person(model),
            most=f"{self.most_minutes / 60:g}",
            window=self.days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Hours needed."""
        return _explained(give, model, self.most_minutes)

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """More hours for this person."""
        return RuleFigure(self, frozenset((give.limit.person(model),)), "most_minutes", give.total)


def limit_minutes(
    rule: Rule, model: RosterModel, agent: int, days: range, least: int | None, most: int | None
) -> None:
    """A limit on a person's working minutes over some days, in the greatest unit that divides all shifts."""
    worked = [model.options(agent, day) for day in days]
    columns = model.columns(worked)
    if not len(columns):
        if least is not None and least > 0:
            model.limit(rule, columns, low=least, agent=agent, days=days)
        return
    minutes = np.concatenate([options.minutes for options in worked])
    unit = int(np.gcd.reduce(minutes))
    model.limit(
        rule,
        columns,
        minutes // unit,
        low=None if least is None else -(-least // unit),
        high=None if most is None else most // unit,
        agent=agent,
        days=days,
        size=unit,
    )


def _states(limit: Limit, model: RosterModel, least: int | None, most: int | None) -> Note:
    values = {"days": limit.span(model), "agent": limit.person(model)}
    if least is None:
        return Note.of("{days}: agent {agent} works at most {most} h", **values, most=f"{(most or 0) / 60:g}")
    if most is None:
        return Note.of("{days}: agent {agent} works at least {least} h", **values, least=f"{least / 60:g}")
    return Note.of(
        "{days}: agent {agent} works from {least} to {most} h",
        **values,
        least=f"{least / 60:g}",
        most=f"{most / 60:g}",
    )


def _explained(give: Give, model: RosterModel, bound: int | None) -> Note:
    values = {
        "days": give.limit.span(model),
        "agent": give.limit.person(model),
        "hours": f"{give.total / 60:g}",
        "bound": f"{(bound or 0) / 60:g}",
    }
    if give.amount < 0:
        return Note.of(
            "{days}: agent {agent} can work {hours} h, at least {bound} are asked for; ask for {hours}",
            **values,
        )
    return Note.of(
        "{days}: {hours} h needed from agent {agent}, at most {bound} are allowed; allow {hours}", **values
    )
