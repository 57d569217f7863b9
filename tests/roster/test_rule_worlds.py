"""Random problems with rules of every kind: the solver's roster before the checker, and before every other roster."""

from __future__ import annotations

from hypothesis import given, settings

from staffing.roster import RosterProblem, solve
from staffing.roster.check import check
from tests.roster.data.rule_desk import best_by_force, ruled_problems
from tests.roster.data.solve_desk import AMPLE


@settings(max_examples=20, derandomize=True)
@given(problem=ruled_problems(tiny=False))
def test_a_solved_roster_breaks_no_hard_rule_and_is_worth_what_the_solver_says(
    problem: RosterProblem,
) -> None:
    result = solve(problem, gap=0.0, seconds=AMPLE, work=4)
    if result.status != "infeasible":
        report = check(result.roster, problem)
        assert [str(v) for v in report.violations if v.severity == "hard"] == []
        assert report.objective == result.objective
        assert result.bound <= result.objective


@settings(max_examples=15, derandomize=True)
@given(problem=ruled_problems(tiny=True))
def test_no_roster_that_the_checker_passes_is_cheaper(problem: RosterProblem) -> None:
    result = solve(problem, gap=0.0, seconds=AMPLE)
    cheapest = best_by_force(problem)
    assert (result.status == "infeasible") == (cheapest is None)
    if cheapest is not None:
        assert (result.status, result.objective) == ("optimal", cheapest)
