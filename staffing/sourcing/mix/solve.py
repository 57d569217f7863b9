"""Finds the cheapest mix, with a proven bound, and has it judged by the checker before it is given out."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Literal

from staffing.errors import InfeasibleError
from staffing.sourcing.lines import CostLine
from staffing.sourcing.mix.bill import cost, lines
from staffing.sourcing.mix.check import check
from staffing.sourcing.mix.engine import Found
from staffing.sourcing.mix.explain import why_none
from staffing.sourcing.mix.model import PIECES, Model, build
from staffing.sourcing.mix.plan import MixPlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.search import search

Status = Literal["optimal", "feasible"]
GAP = 0.005
_EXPLAINING = 10.0  # seconds for finding out why there is no mix
_FEW = 18  # months that curves may be closer for


@dataclass(frozen=True, eq=False)
class MixResult:
    """A checked plan.

    `objective` is what it costs over the horizon with what is owed after it (not rounded), `bound` a lower bound on
    every plan with agents as the straight pieces overstate them, `gap` (objective - bound) / objective;
    `sizing_error` the largest mean overstatement of agents by a piece. "optimal" means within the gap asked for.
    """

    problem: MixProblem
    plan: MixPlan
    objective: float
    bound: float
    status: Status
    seconds: float
    sizing_error: float

    @property
    def gap(self) -> float:
        """How much cheaper another plan could be at most, as a share."""
        return max(0.0, self.objective - self.bound) / self.objective if self.objective else 0.0

    def lines(self) -> dict[str, tuple[CostLine, ...]]:
        """Cost lines by source."""
        return lines(self.problem, self.plan)


def solve(
    problem: MixProblem, *, seconds: float = 30.0, gap: float = GAP, pieces: int | None = None
) -> MixResult:
    """The cheapest mix found in the time; ends early when it is within `gap` of the bound.

    Args:
        problem: demand, sources, limits.
        seconds: of search; writing the program down comes on top.
        gap: share of the cost within which a plan counts as optimal.
        pieces: straight pieces a curve of agents is replaced by; more are closer and take longer. Without it 3,
            and 1 for more than 18 months.

    Raises:
        InfeasibleError: no mix keeps all rules, naming calls that nobody can take and changes that let them
            through; or none was found in the time.
    """
    started = monotonic()
    model = build(problem, pieces_for(problem) if pieces is None else pieces)
    return judged(model, search(model, model.program, seconds, gap), started, gap)


def pieces_for(problem: MixProblem) -> int:
    """Pieces a curve: fewer for long horizons, where closer curves leave a wider gap in the same time."""
    return PIECES if len(problem.months) <= _FEW else 1


def judged(model: Model, found: Found, started: float, gap: float) -> MixResult:
    """The result of a search, checked.

    Raises:
        InfeasibleError: there is no plan.
        RuntimeError: the checker refuses the plan, a defect of the program.
    """
    if found.none_exists:
        why = " ".join(f"{note}." for note in why_none(model.problem, _EXPLAINING))
        raise InfeasibleError(f"No mix takes every call at the target within the limits. {why}".rstrip())
    if found.x is None:
        raise InfeasibleError("No mix was found in the time given; one may exist")
    plan = model.read(found.x)
    verdict = check(model.problem, plan)
    if not verdict.kept:
        raise RuntimeError(
            "the plan fails its check: " + "; ".join(str(fault) for fault in verdict.faults[:5])
        )
    objective = cost(model.problem, plan)
    bound = min(found.bound, objective)
    close = objective - bound <= gap * objective + 0.5
    spent = monotonic() - started
    return MixResult(
        model.problem, plan, objective, bound, "optimal" if close else "feasible", spent, model.sizing_error
    )
