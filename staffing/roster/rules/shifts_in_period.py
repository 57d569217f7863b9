"""How many shifts, or shifts of one type, over a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.pick import Pick, of_codes
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class ShiftsInPeriod(Rule):
    """The number of shifts, of some types or of all, in each week, month or the horizon lies between two figures.

    `shifts` are codes of templates or shifts; empty stands for all.
    """

    name: ClassVar[str] = "shifts_in_period"
    unit: ClassVar[str] = "shift"

    period: Period
    shifts: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None

    def restrict(self, model: RosterModel) -> None:
        """Least <= sum of x over a person's shifts of these types in the period <= most."""
        chosen = of_codes(self.shifts) if self.shifts else Pick(lambda placement: True)
        for agent, _ in self.bound_agents(model.problem):
            for days in spans_of(model, self.period):
                columns = [c for day in days for c in chosen(model.options(agent, day)).tolist()]
                model.limit(self, columns, low=self.least, high=self.most, agent=agent, days=days)
