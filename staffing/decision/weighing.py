"""Where another option becomes the better one: by volume, and by every input."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.decision.question import Question
from staffing.sourcing import BreakEven, Comparison, break_even
from staffing.sourcing.sensitivity import (
    Situation,
    Threshold,
    Tornado,
    every_input,
    thresholds,
    tornado,
    value_at,
)

CURVES = 6  # options whose costs are followed over volumes
RIVALS = 3  # options whose inputs are varied
SPREAD = 0.2  # below and above what an input is
POINTS = 40  # of each curve beside the volumes where something changes
_FACTOR = 2.0  # times today's calls that a curve goes to
_FEWEST = 1000  # calls a month that it goes to at least
_TIPPING = ("case.calls", "case.aht_seconds", "in_house.wage_hour")


def curve(question: Question, comparison: Comparison) -> BreakEven:
    """Costs against monthly volume of the best options; what is paid once is spread over the months ahead."""
    names = _best(comparison, CURVES)
    most = int(max(_FEWEST, _FACTOR * question.calls_a_month))
    return break_even(
        [offer for offer in question.tariffs.every if offer.name in names],
        question.shape,
        question.context,
        month=question.first_month,
        most=most,
        spread_months=question.settings.months,
        points=POINTS,
    )


def varied(question: Question, comparison: Comparison) -> Tornado:
    """Every input of the best options and of the desk, moved alone."""
    situation = question.situation(_best(comparison, RIVALS))
    return tornado(situation, every_input(situation, SPREAD))


def tipping(question: Question, comparison: Comparison) -> tuple[Threshold, ...]:
    """From half to twice of what the main inputs are: where the best option changes."""
    situation = question.situation(_best(comparison, RIVALS))
    return tuple(found for path in _TIPPING for found in _thresholds(situation, path))


def _thresholds(situation: Situation, path: str) -> Iterator[Threshold]:
    value = value_at(situation, path)
    yield from thresholds(situation, path, value / 2, value * 2)


def _best(comparison: Comparison, count: int) -> tuple[str, ...]:
    """The cheapest options that meet the target, then those that miss it."""
    ranked = sorted(comparison.options, key=lambda found: (not found.meets_target, found.total))
    return tuple(found.option for found in ranked[:count])
