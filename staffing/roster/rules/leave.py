"""Leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule


@dataclass(frozen=True, kw_only=True)
class Leave(Rule):
    """Nobody starts a shift on a business date of leave."""

    name: ClassVar[str] = "leave"
    unit: ClassVar[str] = "day"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement's date is no day of leave."""
        return placement.day not in agent.leave
