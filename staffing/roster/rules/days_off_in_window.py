"""Days off over several weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.program import Ints
from staffing.roster.rules.days_off import tails, touched
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class DaysOffInWindow(Rule):
    """Every window of so many days on end holds so many days off, such as 4 in 28 (LSA 35(2)).

    A day off is one without a shift, and without the tail of one, as for `DaysOff`. The windows lie inside the
    horizon; a horizon shorter than the window is one window, whose other days count as off. Each window counts for
    itself.
    """

    name: ClassVar[str] = "days_off_in_window"
    unit: ClassVar[str] = "day"

    window_days: int
    days_off: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of days that work touches in each window <= window - days off."""
        allowed = self.window_days - self.days_off
        for agent, _ in self.bound_agents(model.problem):
            taken = [self._taken(model, agent, day) for day in range(len(model.days))]
            for first in range(max(1, len(model.days) - self.window_days + 1)):
                window = range(first, min(first + self.window_days, len(model.days)))
                columns = np.concatenate([taken[day] for day in window])
                model.limit(self, columns, high=allowed, agent=agent, days=window)

    @staticmethod
    def _taken(model: RosterModel, agent: int, day: int) -> Ints:
        """The column that is 1 when work touches the day; none where none can."""
        late = tails(model, agent, model.days[day])
        if len(late):
            return touched(model, day, agent, model.options(agent, day).columns, late)
        worked = model.working(agent, day)
        return np.array([] if worked is None else [worked], dtype=np.int64)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The days off of the window."""
        return Note.of(
            "{days}: agent {agent} has at least {off} days off in {window}",
            days=limit.span(model),
            agent=limit.person(model),
            off=self.days_off,
            window=self.window_days,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Days off left."""
        return Note.of(
            "{days}: agent {agent} would have {left} days off in {window}, at least {off} are due; allow {left}",
            days=give.limit.span(model),
            agent=give.limit.person(model),
            left=max(0, self.days_off - give.amount),
            window=self.window_days,
            off=self.days_off,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Fewer days off for this person."""
        people = frozenset((give.limit.person(model),))
        return RuleFigure(self, people, "days_off", max(0, self.days_off - give.amount))
