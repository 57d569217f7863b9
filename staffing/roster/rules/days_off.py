"""Days off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.program import Ints
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK, Week

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class DaysOff(Rule):
    """Everybody has the law's days off in every week: days without a shift, and without the tail of one.

    A date named as somebody's statutory holiday is kept free.

    A shift that runs past midnight takes both its calendar days, also where the second lies behind the horizon's
    end. Other days outside the horizon count as off.
    """

    name: ClassVar[str] = "days_off"
    unit: ClassVar[str] = "day"
    figure: ClassVar[str] = "min_days_off_week"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement touches none of the person's named statutory holidays."""
        return not agent.statutory_holidays or agent.statutory_holidays.isdisjoint(placement.dates)

    def restrict(self, model: RosterModel) -> None:
        """Sum over a week's days of (1 when work touches the day) <= 7 - days off; the same of business dates.

        Where the pack asks for days off in four weeks instead, these are counted from the horizon's first week.
        """
        pack = model.problem.pack
        length, off = DAYS_A_WEEK, pack.plain_days_off_week
        if pack.min_days_off_four_weeks is not None:
            length, off = 4 * DAYS_A_WEEK, pack.min_days_off_four_weeks
        for stretch in _stretches(model, length):
            for agent, person in self.bound_agents(model.problem):
                allowed = length - off - _worked_before(person, stretch)
                if len(stretch.days) + 1 > allowed:  # one more: the tail of the horizon's last shifts
                    self._restrict_stretch(model, agent, stretch, (length, max(0, allowed)))

    def _restrict_stretch(
        self, model: RosterModel, agent: int, stretch: Week, bounds: tuple[int, int]
    ) -> None:
        length, allowed = bounds
        days = model.indices(stretch)
        own, touching = [], []
        for day in days:
            own.append(model.options(agent, day).columns)
            late = tails(model, agent, model.days[day])
            touching.append(touched(model, day, agent, own[-1], late) if len(late) else own[-1])
        beyond = stretch.days[-1] + timedelta(days=1)
        if beyond not in model.days and (beyond - stretch.start).days < length:
            own.append(np.zeros(0, dtype=np.int64))
            touching.append(tails(model, agent, beyond))
        # the second row says more, the first makes a tighter model; where the rule may give, a day must count once
        for columns in (own, touching) if model.price(self) is None else (touching,):
            if sum(1 for found in columns if len(found)) > allowed:
                model.limit(self, np.concatenate(columns), high=allowed, agent=agent, days=days)
            if columns is own and all(a is b or not len(b) for a, b in zip(own, touching, strict=True)):
                return

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The law's days off."""
        return Note.of(
            "week of {week}: the law gives agent {agent} {days} day off ({article})",
            week=limit.week(model),
            agent=limit.person(model),
            days=model.problem.pack.plain_days_off_week,
            article=self.article(model.problem.pack),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """That nothing lawful helps."""
        return Note.of(
            "week of {week}: agent {agent} is needed on all days but {left}, the law gives {days} day off: not lawful"
            " ({article}); hire somebody",
            week=give.limit.week(model),
            agent=give.limit.person(model),
            left=model.problem.pack.plain_days_off_week - give.amount,
            days=model.problem.pack.plain_days_off_week,
            article=self.article(model.problem.pack),
        )


def _worked_before(person: Agent, stretch: Week) -> int:
    """Days of a stretch that the person worked before the horizon, as far as they run up to it."""
    days = person.carried.consecutive_days if person.carried is not None else 0
    return min(days, (stretch.days[0] - stretch.start).days)


def _stretches(model: RosterModel, length: int) -> Iterator[Week]:
    """The horizon's days in stretches of so many calendar days, counted from its first working week."""
    if length == DAYS_A_WEEK:
        yield from model.weeks
        return
    anchor = model.weeks[0].start
    for _, days in groupby(model.days, key=lambda day: (day - anchor).days // length):
        found = tuple(days)
        yield Week(anchor + timedelta(days=(found[0] - anchor).days // length * length), found)


def tails(model: RosterModel, agent: int, day: date) -> Ints:
    """Columns of the day before whose shifts run into `day`."""
    yesterday = day - timedelta(days=1)
    if yesterday not in model.days:
        return np.zeros(0, dtype=np.int64)
    before = model.options(agent, model.days.index(yesterday))
    late = [day in placement.dates for placement in before.placements]
    return before.columns[np.array(late, dtype=np.bool_)]


def touched(model: RosterModel, day: int, agent: int, own: Ints, late: Ints) -> Ints:
    """One column that is 1 when either side's work touches the day, so that none counts twice."""
    column = model.column(1, agent=agent, day=day)
    model.follow(column, np.append(own, late))
    rows = [
        model.row(np.append(columns, column), [1] * len(columns) + [-1], high=0)
        for columns in (own, late)
        if len(columns)
    ]
    model.derived.add_any(column, rows)
    return np.array([column], dtype=np.int64)
