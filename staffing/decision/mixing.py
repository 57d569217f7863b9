"""The best mix of a question: its months, its offers, and the mixes nearly as cheap."""

from __future__ import annotations

from math import ceil

from staffing.decision.decision import Mixed
from staffing.decision.question import Question
from staffing.sourcing.mix import runners_up, solve
from staffing.sourcing.mix.of_tariffs import Opening, mix_of

NEARLY = 0.05  # share that another mix may cost more and still be told of
OTHERS = 3


def best_mix(question: Question, seconds: float) -> Mixed:
    """Search for the best mix for so many seconds at most, then as long for all other sets of contracts together.

    Raises:
        InfeasibleError: no mix reaches the target, or none was found in the time.
    """
    problem, notes = mix_of(question.months, question.tariffs, _opening(question))
    best = solve(problem, seconds=seconds)
    others = runners_up(best, within=NEARLY, most=OTHERS, seconds=seconds / OTHERS)
    return Mixed(best, others, notes)


def _opening(question: Question) -> Opening:
    """The desk as it is; where there is none, everything can be ordered in time for the first month."""
    heads = question.settings.heads_now
    if heads:
        return Opening(heads=heads, places=heads)
    leads = [offer.terms.lead_months.value for offer in question.tariffs.every]
    return Opening(ahead=ceil(max(leads)))
