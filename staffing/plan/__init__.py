"""The whole path from a history of calls to a costed, checked roster."""

from staffing.plan.path import MOST_SECONDS, Last, basis_of, plan, problem_of
from staffing.plan.replanning import News, replan_desk
from staffing.plan.result import Plan, Redone, Rostered
from staffing.plan.rostering import Stop

__all__ = [
    "MOST_SECONDS",
    "Last",
    "News",
    "Plan",
    "Redone",
    "Rostered",
    "Stop",
    "basis_of",
    "plan",
    "problem_of",
    "replan_desk",
]
