"""The part of a month's bill that follows the calls handled, while what was bought stays as it is.

One function a kind of tariff; kinds that are not named have no such part. At the calls that were forecast each gives
what the quote's own lines give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.sourcing.case import Case
from staffing.sourcing.hours import whole_tier
from staffing.sourcing.tariffs import Bundle, Flat, Offered, OtherDuties, PerCall

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bought:
    """One month of an option as it was bought: the case it was sized for and the calls it was to handle by queue."""

    offer: Offered
    case: Case
    handled: Mapping[str, float]


def variable_cost(bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    """What calls handled (attempts, by queue, arrays of one shape) cost in the month, beside the fixed lines."""
    own = _KINDS.get(type(bought.offer), _nothing)(bought.offer, bought, handled)
    hidden = bought.offer.hidden
    hours = hidden.escalation_share.value * hidden.escalation_seconds.value / 3600
    return own + hours * hidden.escalation_wage_hour.value * _total(handled)


def variable_items(offer: Offered) -> Callable[[str, str], bool]:
    """Whether a line, by item and unit, belongs to the part that follows the calls."""
    wages = isinstance(offer, OtherDuties)

    def belongs(item: str, unit: str) -> bool:
        return unit == "call" or item.startswith("escalations") or (wages and unit in ("hour", "of wages"))

    return belongs


def taken(bought: Bought, handled: Mapping[str, Floats]) -> dict[str, Floats]:
    """Calls handled after a plan has refused those beyond its number."""
    offer = bought.offer
    if not (isinstance(offer, Flat) and offer.beyond == "refused"):
        return dict(handled)
    most = offer.calls.value * bought.case.length_months
    return {queue: np.minimum(calls, most) for queue, calls in handled.items()}


def _total(handled: Mapping[str, Floats]) -> Floats:
    return np.asarray(sum(handled.values()))


def _factor(offer: PerCall | Bundle | Flat, case: Case) -> float:
    return whole_tier(offer.hours, case.starts, case.interval_minutes).factor.value


def _nothing(offer: Offered, bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    return np.zeros_like(_total(handled))


def _per_call(offer: PerCall, bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    cost = np.zeros_like(_total(handled))
    for calls in handled.values():
        beyond = np.maximum(0.0, calls - offer.included_calls.value)
        for tier in offer.overage:
            part = np.minimum(beyond, tier.to_calls.value) - tier.from_calls.value
            cost = cost + tier.price.value * np.maximum(0.0, part)
    return cost * _factor(offer, bought.case)


def _bundle(offer: Bundle, bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    cost = np.zeros_like(_total(handled))
    for queue, calls in handled.items():
        included = _bundle_calls(offer, bought.handled[queue])
        cost = cost + offer.overage.value * np.maximum(0.0, calls - included)
    return cost * _factor(offer, bought.case)


def _bundle_calls(offer: Bundle, forecast: float) -> float:
    """Calls of the size that is cheapest for the forecast."""
    sizes: Sequence[Any] = offer.sizes
    prices = [
        size.month.value + offer.overage.value * max(0.0, forecast - size.calls.value) for size in sizes
    ]
    return float(sizes[prices.index(min(prices))].calls.value)


def _flat(offer: Flat, bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    cost = np.zeros_like(_total(handled))
    if offer.beyond == "overage":
        for calls in handled.values():
            cost = cost + offer.overage.value * np.maximum(0.0, calls - offer.calls.value)
    return cost * _factor(offer, bought.case)


def _other_duties(offer: OtherDuties, bought: Bought, handled: Mapping[str, Floats]) -> Floats:
    """Handling time at the mean AHT of each queue's calls, and the way back into work."""
    case, cost = bought.case, np.zeros_like(_total(handled))
    for queue, rows in case.queues.items():
        calls = case.calls[rows] * case.days[rows]
        aht = float(calls @ case.aht[rows]) / max(float(calls.sum()), 1e-300)
        cost = cost + handled[queue] * (aht / 3600 + offer.return_minutes / 60)
    return cost * offer.wage_hour.value * (1 + offer.social_insurance.value)


_KINDS: Mapping[type[Offered], Callable[[Any, Bought, Mapping[str, Floats]], Floats]] = {
    PerCall: _per_call,
    Bundle: _bundle,
    Flat: _flat,
    OtherDuties: _other_duties,
}
