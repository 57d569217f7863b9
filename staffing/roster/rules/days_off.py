"""Days off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.program import Ints
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK, Week

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class DaysOff(Rule):
    """Everybody has the law's days off in every week: days without a shift, and without the tail of one.

    A shift that runs past midnight takes both its calendar days, also where the second lies behind the horizon's
    end. Other days outside the horizon count as off.
    """

    name: ClassVar[str] = "days_off"
    unit: ClassVar[str] = "day"
    figure: ClassVar[str] = "min_days_off_week"

    def restrict(self, model: RosterModel) -> None:
        """Sum over a week's days of (1 when work touches the day) <= 7 - days off; the same of business dates."""
        allowed = DAYS_A_WEEK - model.problem.pack.min_days_off_week
        for week in model.weeks:
            if len(week.days) + 1 > allowed:  # one more: the tail of the horizon's last shifts
                for agent, _ in self.bound_agents(model.problem):
                    self._restrict_week(model, agent, week, allowed)

    def _restrict_week(self, model: RosterModel, agent: int, week: Week, allowed: int) -> None:
        own, touching = [], []
        for day in model.indices(week):
            own.append(model.options(agent, day).columns)
            late = _tails(model, agent, model.days[day])
            touching.append(_touched(model, day, agent, own[-1], late) if len(late) else own[-1])
        beyond = week.days[-1] + timedelta(days=1)
        if beyond not in model.days and (beyond - week.start).days < DAYS_A_WEEK:
            own.append(np.zeros(0, dtype=np.int64))
            touching.append(_tails(model, agent, beyond))
        for columns in (own, touching):
            if sum(1 for found in columns if len(found)) > allowed:
                model.limit(
                    self, np.concatenate(columns), high=allowed, agent=agent, days=model.indices(week)
                )
            if columns is own and all(a is b or not len(b) for a, b in zip(own, touching, strict=True)):
                return

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The law's days off."""
        return Note.of(
            "week of {week}: the law gives agent {agent} {days} day off ({article})",
            week=limit.week(model),
            agent=limit.person(model),
            days=model.problem.pack.min_days_off_week,
            article=self.article(model.problem.pack),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """That nothing lawful helps."""
        return Note.of(
            "week of {week}: agent {agent} is needed on all days but {left}, the law gives {days} day off: not lawful"
            " ({article}); hire somebody",
            week=give.limit.week(model),
            agent=give.limit.person(model),
            left=model.problem.pack.min_days_off_week - give.amount,
            days=model.problem.pack.min_days_off_week,
            article=self.article(model.problem.pack),
        )


def _tails(model: RosterModel, agent: int, day: date) -> Ints:
    """Columns of the day before whose shifts run into `day`."""
    yesterday = day - timedelta(days=1)
    if yesterday not in model.days:
        return np.zeros(0, dtype=np.int64)
    before = model.options(agent, model.days.index(yesterday))
    late = [day in placement.dates for placement in before.placements]
    return before.columns[np.array(late, dtype=np.bool_)]


def _touched(model: RosterModel, day: int, agent: int, own: Ints, late: Ints) -> Ints:
    """One column that is 1 when either side's work touches the day, so that none counts twice."""
    column = model.column(1, agent=agent, day=day)
    for columns in (own, late):
        if len(columns):
            signs = np.append(np.ones(len(columns), dtype=np.int64), -1)
            model.row(np.append(columns, column), signs, high=0)
    return np.array([column], dtype=np.int64)
