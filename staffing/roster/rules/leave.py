"""Leave."""

from __future__ import annotations

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule


class Leave(Rule):
    """Nobody starts a shift on a business date of leave."""

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement's date is no day of leave."""
        return placement.day not in agent.leave
