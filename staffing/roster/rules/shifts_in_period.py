"""How many shifts, or shifts of one type, over a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.periods import Period, spans_of
from staffing.roster.rules.pick import Pick, of_codes
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
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

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """How many shifts."""
        values = {"days": limit.span(model), "agent": limit.person(model), "shifts": self._which()}
        if self.least is None:
            return Note.of(
                "{days}: agent {agent} works at most {most} shifts ({shifts})", **values, most=self.most
            )
        if self.most is None:
            return Note.of(
                "{days}: agent {agent} works at least {least} shifts ({shifts})", **values, least=self.least
            )
        return Note.of(
            "{days}: agent {agent} works {least} to {most} shifts ({shifts})",
            **values,
            least=self.least,
            most=self.most,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Shifts needed or possible."""
        values = {
            "days": give.limit.span(model),
            "agent": give.limit.person(model),
            "shifts": self._which(),
            "count": give.total,
        }
        if give.amount < 0:
            return Note.of(
                "{days}: agent {agent} can work {count} shifts ({shifts}), at least {bound} are asked for; ask for"
                " {count}",
                **values,
                bound=self.least,
            )
        return Note.of(
            "{days}: {count} shifts ({shifts}) needed from agent {agent}, at most {bound} are allowed; allow {count}",
            **values,
            bound=self.most,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Another number for this person."""
        name = "least" if give.amount < 0 else "most"
        return RuleFigure(self, frozenset((give.limit.person(model),)), name, give.total)

    def _which(self) -> str:
        return ", ".join(sorted(self.shifts)) or "*"
