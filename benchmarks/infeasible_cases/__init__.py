"""Rosters that cannot exist: small desks, and two of thirty people, each with one cause or several at once."""

from benchmarks.infeasible_cases.desk import Case
from benchmarks.infeasible_cases.fixed import FIXED
from benchmarks.infeasible_cases.hours import HOURS
from benchmarks.infeasible_cases.teams import TEAMS

__all__ = ["Case", "cases"]


def cases() -> tuple[Case, ...]:
    """All of them."""
    return tuple(make() for make in (*HOURS, *FIXED, *TEAMS))
