"""The price of lost calls, by month: orders not placed and customers who leave. Nothing of it is paid out.

Of F callers who lose a first call, a share d (`redial_share`) calls again and loses that call with the abandon rate
p; so L = F (1 + d p + (d p)^2 + ...) = F / (1 - d p) lost calls are F = L (1 - d p) callers, of whom F d p lose two
or more and F (1 - d p) one. A lost call is a lost order only when the caller does not call again: L (1 - d).
"""

from __future__ import annotations

from collections.abc import Iterator

from staffing.sourcing.figures import Figure
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.tariffs import LostCalls


def lost_lines(prices: LostCalls, reached: Reached) -> Iterator[CostLine]:
    """Lost orders, customers lost after one bad experience and after more; nothing without lost calls."""
    redial, risk = prices.redial_share.value, prices.at_risk_share.value
    for month, offered in reached.offered.items():
        lost = offered - reached.handled[month]
        if lost <= 1e-9:
            continue
        again = redial * lost / offered
        orders = lost * (1 - redial) * prices.order_share.value
        once = lost * (1 - again) ** 2 * risk * prices.churn_once.value
        twice = lost * (1 - again) * again * risk * prices.churn_twice.value
        value = prices.customer_value
        yield CostLine.of(month, "lost orders", orders, "order", prices.order_margin)
        yield _churn(month, "customers lost after one bad experience", once, value, prices.churn_once)
        yield _churn(month, "customers lost after two or more", twice, value, prices.churn_twice)


def _churn(month: str, item: str, customers: float, value: Figure, share: Figure) -> CostLine:
    return CostLine.of(month, item, customers, "customer", value, 1, f"{share.value:g} leave: {share.where}")
