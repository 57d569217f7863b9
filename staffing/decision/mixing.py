"""The best mix of a question: its months, its offers, and the mixes nearly as cheap."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from staffing.decision.decision import Mixed
from staffing.decision.question import Question
from staffing.sourcing.mix import MixResult, RunnerUp, runners_up, solve
from staffing.sourcing.mix.of_tariffs import Opening, mix_of
from staffing.sourcing.mix.runners_up import compared
from staffing.sourcing.mix.solve import GAP

NEARLY = 0.05  # share that another mix may cost more and still be told of
OTHERS = 2
_SHARE = 0.25  # of the time for the best mix that each other one is given


def best_mix(question: Question, seconds: float) -> Mixed:
    """Search for the best mix for so many seconds, then less than as long for other sets of contracts.

    Raises:
        InfeasibleError: no mix reaches the target, or none was found in the time.
    """
    problem, notes = mix_of(question.months, question.tariffs, _opening(question))
    best = solve(problem, seconds=seconds)
    others = runners_up(best, within=NEARLY, most=OTHERS, seconds=seconds * _SHARE)
    return Mixed(*cheapest_first(best, others), notes)


def cheapest_first(best: MixResult, others: tuple[RunnerUp, ...]) -> tuple[MixResult, tuple[RunnerUp, ...]]:
    """The best of all that were found, and the others beside it; a search may find a cheaper mix after the first.

    The bound of the first search holds for every mix.
    """
    if not others or others[0].extra >= 0:
        return best, others
    found = others[0].result
    bound = min(best.bound, found.objective)
    close = found.objective - bound <= GAP * found.objective
    cheapest = replace(found, bound=bound, status="optimal" if close else "feasible")
    beside = [compared(cheapest, result) for result in (*(other.result for other in others[1:]), best)]
    most = NEARLY * cheapest.objective
    return cheapest, tuple(sorted((x for x in beside if x.extra <= most), key=lambda x: x.extra))


def _opening(question: Question) -> Opening:
    """The desk as it is; where there is none, everything can be ordered in time for the first month."""
    heads = question.settings.heads_now
    if heads:
        return Opening(heads=heads, places=heads)
    leads = [offer.terms.lead_months.value for offer in question.tariffs.every]
    return Opening(ahead=ceil(max(leads)))
