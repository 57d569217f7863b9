"""Nights: how many on end, and the days off behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.program import Ints
from staffing.roster.rules.pick import Pick
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

NIGHT_MINUTES = 180  # of a shift in the pack's night hours that make it a night shift


@dataclass(frozen=True, kw_only=True)
class NightsOnEndMost(Rule):
    """Nobody works more than so many night shifts on consecutive days.

    A night shift has at least `night_minutes` of work in the rule pack's night hours.
    """

    name: ClassVar[str] = "nights_on_end_most"
    unit: ClassVar[str] = "night"

    nights: int
    night_minutes: int = NIGHT_MINUTES

    def restrict(self, model: RosterModel) -> None:
        """Sum of nights worked in each stretch of nights + 1 days <= nights."""
        at_night = Pick(lambda placement: placement.night_minutes >= self.night_minutes)
        for agent, _ in self.bound_agents(model.problem):
            for first in range(len(model.days) - self.nights):
                days = range(first, first + self.nights + 1)
                columns = [at_night(model.options(agent, day)) for day in days]
                model.limit(self, np.concatenate(columns), high=self.nights, agent=agent, days=days)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Nights on end."""
        return Note.of(
            "{days}: agent {agent} works at most {most} nights on end",
            days=limit.span(model),
            agent=limit.person(model),
            most=self.nights,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The run of nights."""
        return Note.of(
            "{days}: agent {agent} would work {needed} nights on end, at most {most} are allowed; allow {needed}",
            days=give.limit.span(model),
            agent=give.limit.person(model),
            needed=self.nights + give.amount,
            most=self.nights,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A longer run for this person."""
        people = frozenset((give.limit.person(model),))
        return RuleFigure(self, people, "nights", self.nights + give.amount)


@dataclass(frozen=True, kw_only=True)
class DaysOffAfterNights(Rule):
    """Behind a run of night shifts lie at least so many days without a shift, or the horizon's end.

    A run is of consecutive days; each of the days behind it that is worked is one broken.
    """

    name: ClassVar[str] = "days_off_after_nights"
    unit: ClassVar[str] = "day"

    days: int
    night_minutes: int = NIGHT_MINUTES

    def restrict(self, model: RosterModel) -> None:
        """Night of a day + other shifts of each of the days behind it <= 1, and a night only right behind it.

        For the days after the first, nights too are barred unless the day between is a night as well.
        """
        at_night = Pick(lambda placement: placement.night_minutes >= self.night_minutes)
        by_day = Pick(lambda placement: placement.night_minutes < self.night_minutes)
        for agent, _ in self.bound_agents(model.problem):
            for first in range(len(model.days)):
                nights = at_night(model.options(agent, first))
                if not len(nights):
                    continue
                if model.price(self) is not None:
                    self._count(model, agent, first, nights, at_night)
                    continue
                for behind in range(1, min(self.days, len(model.days) - first - 1) + 1):
                    days = range(first, first + behind + 1)
                    others = by_day(model.options(agent, days[-1]))
                    if len(others):
                        model.limit(self, np.append(nights, others), high=1, agent=agent, days=days)
                    if behind > 1:
                        again = at_night(model.options(agent, days[-1]))
                        between = at_night(model.options(agent, first + 1))
                        signs = [1] * (len(nights) + len(again)) + [-1] * len(between)
                        columns = np.concatenate([nights, again, between])
                        model.limit(self, columns, signs, high=1, agent=agent, days=days)

    def _count(self, model: RosterModel, agent: int, first: int, nights: Ints, at_night: Pick) -> None:
        """For a rule that may give: night - next day's night + work of a day behind <= 1, so that each counts once.

        The rows of a hard rule say more, but a day behind several nights of a run breaks several of them.
        """
        for behind in range(1, min(self.days, len(model.days) - first - 1) + 1):
            worked = model.options(agent, first + behind).columns
            between = at_night(model.options(agent, first + 1))
            signs = [1] * (len(nights) + len(worked)) + [-1] * len(between)
            columns = np.concatenate([nights, worked, between])
            model.limit(self, columns, signs, high=1, agent=agent, days=range(first, first + behind + 1))

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Days off behind nights."""
        return Note.of(
            "{days}: agent {agent} has {off} days off behind night shifts",
            days=limit.span(model),
            agent=limit.person(model),
            off=self.days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The days off that are left."""
        return Note.of(
            "{days}: agent {agent} would have {left} days off behind a night shift, {off} are due; allow {left}",
            days=give.limit.span(model),
            agent=give.limit.person(model),
            left=len(give.limit.days) - 2,
            off=self.days,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Fewer days off behind nights for this person."""
        return RuleFigure(self, frozenset((give.limit.person(model),)), "days", len(give.limit.days) - 2)
