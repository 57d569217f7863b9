"""Days off over several weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.roster.rules.rule import Rule
from staffing.roster.rules.runs import days_worked

if TYPE_CHECKING:
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
