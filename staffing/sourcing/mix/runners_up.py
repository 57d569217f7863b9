"""Other mixes that cost little more: distinct sets of contracts, and the price at which each would win."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from staffing.sourcing.mix.bill import cost
from staffing.sourcing.mix.model import Model, build
from staffing.sourcing.mix.plan import MixPlan
from staffing.sourcing.mix.prices import cost_at, most_of, prices
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.search import search
from staffing.sourcing.mix.sheet import Term
from staffing.sourcing.mix.solve import GAP, MixResult, judged, pieces_for
from staffing.sourcing.mix.sources import OwnDesk, Source

_STEPS = 20  # of the search for a price, exact in one where the cost is linear in it


@dataclass(frozen=True)
class Tip:
    """A price at which another plan costs what the best does, both with their decisions as they are.

    `price` is the path of a figure of `source`; `now` and `then` in its unit.
    """

    source: str
    price: str
    now: float
    then: float

    @property
    def change(self) -> float:
        """The change as a share of today's price."""
        return (self.then - self.now) / self.now


@dataclass(frozen=True, eq=False)
class RunnerUp:
    """Another plan: what it costs more than the best, which contracts it has instead, and what would tip the balance.

    `tips` are in order of the size of the change.
    """

    result: MixResult
    extra: float
    without: tuple[str, ...]
    instead: tuple[str, ...]
    tips: tuple[Tip, ...]


def runners_up(
    best: MixResult,
    *,
    within: float = 0.05,
    most: int = 3,
    least_use: float = 0.01,
    seconds: float = 30.0,
    gap: float = GAP,
    pieces: int | None = None,
) -> tuple[RunnerUp, ...]:
    """The next cheapest plans with other sets of contracts, in order of cost.

    Args:
        best: the plan to compare with.
        within: share of its cost that a runner-up may cost more.
        most: how many are looked for.
        least_use: share of all calls that a vendor must take to count, so that no contract is bought for nothing.
        seconds: of search for each.
        gap: share of the cost within which each is the cheapest of what is left.
        pieces: as for `solve`; the same as for `best`.

    A plan cheaper than `best` (found because `best` was within its gap only) has an `extra` below 0.
    """
    model = build(best.problem, pieces_for(best.problem) if pieces is None else pieces)
    found: list[RunnerUp] = []
    seen = [best.plan]
    while len(found) < most:
        program = model.program.with_rows(
            [
                *(_not_again(model, plan) for plan in seen),
                *_in_earnest(model, least_use),
                _no_dearer(model, best.objective * (1 + within)),
            ]
        )
        started = monotonic()
        solution = search(model, program, seconds, gap)
        if solution.x is None:
            break
        result = judged(model, solution, started, gap)
        if result.objective > best.objective * (1 + within) + 1:
            break
        seen.append(result.plan)
        found.append(compared(best, result))
    return tuple(sorted(found, key=lambda runner: runner.extra))


def tips(problem: MixProblem, best: MixPlan, other: MixPlan) -> tuple[Tip, ...]:
    """Every single price at which `other` costs what `best` does, the smallest change first."""
    found = [
        Tip(source.name, path, figure.value, then)
        for source in problem.sources
        for path, figure in prices(source)
        if figure.value > 0
        for then in _where_equal(problem, best, other, source, path, figure.value)
    ]
    return tuple(sorted(found, key=lambda tip: abs(tip.change)))


def _where_equal(
    problem: MixProblem, best: MixPlan, other: MixPlan, source: Source, path: str, now: float
) -> Iterator[float]:
    """The price at which the costs meet, by secants: one step where both are linear, few at a floor's bend."""

    def difference(price: float) -> float:
        return cost_at(problem, other, source.name, path, price) - cost_at(
            problem, best, source.name, path, price
        )

    a, b = now, now * 0.999
    at_a, at_b = difference(a), difference(b)
    tolerance = 1e-9 * max(1.0, cost(problem, best))
    for _ in range(_STEPS):
        if abs(at_b - at_a) <= 1e-12 * max(1.0, abs(at_a)):
            return
        a, b = b, b - at_b * (b - a) / (at_b - at_a)
        if not 0 <= b <= most_of(source, path):
            return
        at_a, at_b = at_b, difference(b)
        if abs(at_b) <= tolerance:
            yield b
            return


def compared(best: MixResult, result: MixResult) -> RunnerUp:
    """Another plan of the same problem beside the best."""
    mine, its = set(best.plan.contracts), set(result.plan.contracts)
    order = [source.name for source in best.problem.sources]
    return RunnerUp(
        result,
        result.objective - best.objective,
        tuple(name for name in order if name in mine - its),
        tuple(name for name in order if name in its - mine),
        tips(best.problem, best.plan, result.plan),
    )


def _not_again(model: Model, plan: MixPlan) -> tuple[list[Term], float, float]:
    """At least one contract more or less than in a plan."""
    used = [part.used for part in plan.sources]
    terms = [(int(column), -1.0 if one else 1.0) for column, one in zip(model.used, used, strict=True)]
    return terms, 1.0 - sum(used), np.inf


def _in_earnest(model: Model, share: float) -> Iterator[tuple[list[Term], float, float]]:
    """A vendor that is used takes at least a share of all calls."""
    problem = model.problem
    months, every = range(len(problem.months)), float(problem.calls.sum())
    desk = next((part.cells for part in model.parts if isinstance(part.source, OwnDesk)), None)
    for part, column in zip(model.parts, model.used, strict=True):
        if isinstance(part.source, OwnDesk):
            continue
        if part.cells is not None:
            taken = [term for month in months for term in part.cells.calls_of(month, 1 / every)]
        else:
            taken = [
                term
                for number, point in enumerate(desk.points if desk else ())
                if desk is not None and point.overflow == part.source.name
                for month in months
                for term in desk.calls_at(number, month, (1 - point.kept) / every)
            ]
        yield [*taken, (int(column), -share)], 0.0, np.inf


def _no_dearer(model: Model, most: float) -> tuple[list[Term], float, float]:
    scale = max(1.0, most / 1000)
    costs = model.program.cost / scale
    return [(int(column), float(costs[column])) for column in np.flatnonzero(costs)], -np.inf, most / scale
