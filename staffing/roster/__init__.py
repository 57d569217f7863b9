"""Named rosters: the problem, its rules, the solver, and a checker that shares no code with it."""

from staffing.roster.activity import Activity
from staffing.roster.problem import Agent, Contract, Prices, RosterProblem
from staffing.roster.roster import Duty, Roster, RosterResult, Session, Status
from staffing.roster.solve import solve

__all__ = [
    "Activity",
    "Agent",
    "Contract",
    "Duty",
    "Prices",
    "Roster",
    "RosterProblem",
    "RosterResult",
    "Session",
    "Status",
    "solve",
]
