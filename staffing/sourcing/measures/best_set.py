"""The best set of measures within a budget: all possible sets are compared, so none is overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from staffing.sourcing.measures.desk import Floats
from staffing.sourcing.measures.joint import Joint

EVEN = 1e-9  # relative; what differs by less is equal


@dataclass(frozen=True)
class BestSet:
    """Measures begun together at the start of the horizon; sums over the horizon."""

    names: tuple[str, ...]
    lost: float
    lost_before: float
    """Lost over the same months without any measure."""
    cost: float
    """Not rounded."""
    sets: int
    """Possible sets within the budget that were compared."""

    @property
    def avoided(self) -> float:
        """Calls."""
        return self.lost_before - self.lost

    @property
    def cost_per_call(self) -> float:
        """Cost / calls avoided; infinite when none is, 0 without measures."""
        if not self.names:
            return 0.0
        return self.cost / self.avoided if self.avoided > 0 else inf


def sums(table: Joint, months: int) -> tuple[Floats, Floats]:
    """Lost calls and cost over the horizon of each set when its measures all begin at once.

    In each month those work whose time has come; one-off costs are paid at the start. NaN where a set is impossible.
    """
    numbers = np.arange(len(table.lost))
    bits = numbers[:, None] >> np.arange(len(table.names)) & 1
    lost, cost = np.zeros(len(numbers)), bits @ table.once
    for month in range(months):
        there = (bits * (table.starts <= month)) @ (1 << np.arange(len(table.names)))
        lost = lost + table.lost[there]
        cost = cost + table.cost[there]
    return np.where(table.possible, lost, np.nan), np.where(table.possible, cost, np.nan)


def best_set(
    table: Joint, months: int, *, budget: float = inf, price_lost_call: float | None = None
) -> BestSet:
    """The best possible set whose cost over the horizon is within the budget.

    Without a price of a lost call: the fewest lost calls, among equals the cheapest. With one: the least sum of cost
    and price x lost calls, among equals the fewest measures. The empty set is always possible.
    """
    lost, cost = sums(table, months)
    within = table.possible & (cost <= budget * (1 + EVEN) if budget < inf else table.possible)
    within[0] = True
    chosen = np.flatnonzero(within)
    first = lost[chosen] if price_lost_call is None else cost[chosen] + price_lost_call * lost[chosen]
    equal = chosen[first <= first.min() + EVEN * max(abs(first.min()), 1.0)]
    size = np.array([int(number).bit_count() for number in equal])
    second = cost[equal] if price_lost_call is None else np.zeros(len(equal))
    number = int(equal[np.lexsort((size, second))[0]])
    return BestSet(
        names=table.members(number),
        lost=float(lost[number]),
        lost_before=float(table.lost[0] * months),
        cost=float(cost[number]),
        sets=len(chosen),
    )
