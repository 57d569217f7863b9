"""Where another option becomes the better one: by volume, and by every input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from staffing.decision.naming import input_name
from staffing.decision.question import Question
from staffing.sourcing import BreakEven, Comparison, Offered, Overflow, Peak, break_even
from staffing.sourcing.sensitivity import (
    Monthly,
    Threshold,
    Tornado,
    every_input,
    thresholds,
    tornado,
    value_at,
)
from staffing.sourcing.tariffs.offered import IN_HOUSE

RIVALS = 4  # options whose inputs are varied
SPREAD = 0.2  # below and above what an input is
POINTS = 12  # of each curve beside the volumes where something changes
STRETCHES = 200  # of a large desk's volumes that are looked into
_FACTOR = 2.0  # times today's calls that a curve goes to
_FEWEST = 1000  # calls a month that it goes to at least
_FINE = 5e-3  # share of an input to which its threshold is closed in on
SHARED = (Overflow, Peak)  # kinds where own people and a vendor share the calls
_TIPPING = ("case.aht_seconds", "in_house.wage_hour")  # volumes are the break-even's


def curve(question: Question, comparison: Comparison) -> BreakEven:
    """Costs against monthly volume of the best option of each kind; what is paid once is spread over the months.

    Options that share the calls of each hour between one's own people and a vendor (overflow, peaks) are left out:
    they lie between the two, and each volume of theirs takes as long as all others together.
    """
    kinds = [offer for offer in best_of_kinds(question, comparison) if not isinstance(offer, SHARED)]
    most = int(max(_FEWEST, _FACTOR * question.calls_a_month))
    return break_even(
        kinds,
        question.shape,
        question.context,
        month=question.first_month,
        most=most,
        spread_months=question.settings.months,
        points=POINTS,
        stretch=max(1, most // STRETCHES) if most > _FEWEST else 1,
        pairs=False,
    )


class Weighing:
    """Costs of the strongest options and of a desk of one's own as inputs move.

    What several questions have in common is priced once. Options that share calls take part where one is the best.
    """

    def __init__(self, question: Question, comparison: Comparison) -> None:
        kinds = best_of_kinds(question, comparison)
        others = [
            offer
            for place, offer in enumerate(kinds)
            if offer.name != IN_HOUSE and (place == 0 or not isinstance(offer, SHARED))
        ]
        rivals = [*others[: RIVALS - 1], question.tariffs.in_house]
        self.situation = question.situation(tuple(offer.name for offer in rivals))
        self._moved = (*self.situation.only, *(name for offer in rivals for name in offer.needs))
        self._costs = Monthly()

    def tornado(self) -> Tornado:
        """Every input of the options and of the desk, moved alone."""
        tariffs = self.situation.tariffs
        inputs = [
            replace(entry, name=input_name(tariffs, entry.path))
            for entry in every_input(replace(self.situation, only=self._moved), SPREAD)
        ]
        return tornado(self.situation, inputs, self._costs)

    def thresholds(self) -> tuple[Threshold, ...]:
        """From half to twice of what the main inputs are: where the best option changes."""
        return tuple(found for path in _TIPPING for found in self._along(path))

    def _along(self, path: str) -> Iterator[Threshold]:
        value = value_at(self.situation, path)
        if value > 0:
            yield from thresholds(
                self.situation, path, value / 2, value * 2, tolerance=value * _FINE, evaluate=self._costs
            )


def best_of_kinds(question: Question, comparison: Comparison) -> tuple[Offered, ...]:
    """Of each kind of tariff the cheapest option that meets the target, else the cheapest: best first."""
    ranked = sorted(comparison.options, key=lambda found: (not found.meets_target, comparison.price(found)))
    found: dict[type[Offered], Offered] = {}
    for option in ranked:
        offer = question.tariffs.named(option.option)
        found.setdefault(type(offer), offer)
    return tuple(found.values())
