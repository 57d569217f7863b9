"""Hours over a period: at least, at most, and in any window of days."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


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
