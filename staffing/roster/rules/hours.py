"""Hours over a period: at least, at most, and in any window of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


WEEKS_A_YEAR = 52


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
