"""Days off over several weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.rule import Rule
from staffing.roster.rules.runs import days_worked

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class DaysOffInWindow(Rule):
    """Every window of so many days on end holds so many days off, such as 4 in 28 (LSA 35(2))."""

    name: ClassVar[str] = "days_off_in_window"
    unit: ClassVar[str] = "day"

    window_days: int
    days_off: int

    def restrict(self, model: RosterModel) -> None:
        """Sum of days worked in each window <= window - days off; a horizon shorter than it is one window."""
        allowed = self.window_days - self.days_off
        for agent, _ in self.bound_agents(model.problem):
            for first in range(max(1, len(model.days) - self.window_days + 1)):
                window = range(first, min(first + self.window_days, len(model.days)))
                columns = days_worked(model, agent, window)
                model.limit(self, columns, high=allowed, agent=agent, days=window)

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
