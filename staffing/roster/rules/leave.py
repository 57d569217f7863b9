"""Leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import LeaveMoved
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class Leave(Rule):
    """Nobody starts a shift on a business date of leave."""

    name: ClassVar[str] = "leave"
    unit: ClassVar[str] = "day"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement's date is no day of leave."""
        return placement.day not in agent.leave

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The day of leave."""
        return Note.of("{days}: agent {agent} is on leave", days=limit.span(model), agent=limit.person(model))

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The day on which the person is needed."""
        return Note.of(
            "agent {agent}: needed on {day}, a day of leave; move leave of {day}",
            agent=give.limit.person(model),
            day=give.limit.day(model),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The day of leave moved."""
        return LeaveMoved(give.limit.person(model), give.limit.day(model))
