"""When a person can work at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule


@dataclass(frozen=True, kw_only=True)
class Availability(Rule):
    """A shift lies inside one of the spans in which the person is available on that weekday."""

    name: ClassVar[str] = "availability"
    unit: ClassVar[str] = "shift"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The person gave no spans, or the shift's presence lies in one of the weekday's."""
        if agent.available is None:
            return True
        shift = placement.shift
        return any(
            span.start_minute <= shift.start_minute and shift.end_minute <= span.end_minute
            for span in agent.available[placement.day.weekday()]
        )
