"""What a lost call is worth: orders, customers who leave, calls that come again. Nothing of it is paid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Money, Share


@dataclass(frozen=True, kw_only=True)
class LostCalls(Checked):
    """The price of lost calls; `counted` says whether it takes part in what is called the cheapest option.

    Of the lost callers `redial_share` call again; the history's offered calls hold those calls already.
    """

    counted: bool
    order_share: Share  # of calls
    order_margin: Money  # per order
    at_risk_share: Share  # of callers: customers who could go elsewhere
    customer_value: Money  # of a customer who leaves
    churn_once: Share  # leave after one bad experience
    churn_twice: Share  # leave after two or more
    redial_share: Annotated[Figure, Allowed(most=0.95)]

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, more patience with two bad experiences than with one."""
        yield from super().faults()
        if self.churn_twice.value < self.churn_once.value:
            allowed = f"must not lie below churn_once = {self.churn_once.value:.10g}"
            yield SettingFault("churn_twice", f"{self.churn_twice.value:.10g}", allowed)
