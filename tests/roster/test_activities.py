"""Meetings and trainings: placed where they hurt least, lawful, and never dearer than need be."""

from __future__ import annotations

from hypothesis import given, settings

from staffing.roster import RosterProblem, solve
from staffing.roster.check import check
from tests.roster.data.activity_desk import cheapest, small


@settings(max_examples=25, derandomize=True, deadline=None)
@given(problem=small())
def test_no_roster_that_the_checker_passes_is_cheaper(problem: RosterProblem) -> None:
    result = solve(problem, gap=0.0, seconds=30)
    best = cheapest(problem)
    assert (result.status == "infeasible") == (best is None)
    if best is not None:
        assert (result.status, result.objective) == ("optimal", best)
        assert check(result.roster, problem).objective == best
