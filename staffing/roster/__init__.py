"""Named rosters: the problem, its rules, the solver, and a checker that shares no code with it."""

from staffing.roster.problem import Agent, Contract, Prices, RosterProblem
from staffing.roster.roster import Duty, Roster, RosterResult, Status
from staffing.roster.solve import solve

__all__ = [
    "Agent",
    "Contract",
    "Duty",
    "Prices",
    "Roster",
    "RosterProblem",
    "RosterResult",
    "Status",
    "solve",
]
