"""Hours over a period: at least, at most, and in any window of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import gcd
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


WEEKS_A_YEAR = 52


@dataclass(frozen=True, kw_only=True)
class HoursInPeriod(Rule):
    """Working time in each week, month or the horizon lies between a least and a most; minutes, breaks excluded.

    A week is the plan's working week. A week or month that the horizon cuts is limited by the same figures: give what
    is left for its days.
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
    """Working time in any window of so many days on end is at most so much; minutes, breaks excluded.

    The windows lie inside the horizon; a horizon shorter than the window is one window. Each counts for itself.
    """

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


@dataclass(frozen=True, kw_only=True)
class LegalMean(Rule):
    """Working time over the rule pack's reference period is no more than its mean week; days of leave are left out.

    The horizon is taken in periods of whole working weeks from its first on; days outside it are without work.
    """

    name: ClassVar[str] = "mean_week"
    unit: ClassVar[str] = "minute"
    figure: ClassVar[str] = "means.week_minutes"

    def restrict(self, model: RosterModel) -> None:
        """Sum of minutes x x over each period <= mean week x its days / 7."""
        means = model.problem.pack.means
        if means is None:
            return
        length = means.reference_months * WEEKS_A_YEAR // 12
        for agent, person in self.bound_agents(model.problem):
            for first in range(0, len(model.weeks), length):
                block = model.weeks[first : first + length]
                start, end = block[0].start, block[-1].start + timedelta(days=DAYS_A_WEEK)
                away = sum(start <= day < end for day in person.leave)
                most = means.week_minutes * (DAYS_A_WEEK * len(block) - away) // DAYS_A_WEEK
                days = range(model.indices(block[0]).start, model.indices(block[-1]).stop)
                limit_minutes(self, model, agent, days, None, most)


def limit_minutes(
    rule: Rule, model: RosterModel, agent: int, days: range, least: int | None, most: int | None
) -> None:
    """A limit on a person's working minutes over some days, in the greatest unit that divides all shifts.

    Where the rule may give, the unit divides the limits too, so that what is broken is counted to the minute.
    """
    worked = [model.options(agent, day) for day in days]
    columns = model.columns(worked)
    if not len(columns):
        if least is not None and least > 0:
            model.limit(rule, columns, low=least, agent=agent, days=days)
        return
    minutes = np.concatenate([options.minutes for options in worked])
    sides = [side for side in (least, most) if side is not None] if model.price(rule) is not None else []
    unit = gcd(int(np.gcd.reduce(minutes)), *sides)
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
