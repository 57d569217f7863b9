"""The best order of measures that are introduced one after another.

With the measures of a set S in place, whichever order they came in, the time passed is the sum of their lead times,
so the least sum from there on is a function of S alone, and a recursion over sets finds the best order exactly
(R. Bellman, 1962; M. Held and R. Karp, 1962).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.measures.joint import Joint

Aim = Literal["lost", "money", "ratio"]
ROUNDS = 50
EVEN = 1e-9


@dataclass(frozen=True)
class Step:
    """One measure introduced: begun and working from the end of a month on (0 is the start)."""

    name: str
    begins: int
    works: int
    lost_month: float
    """With it and all before it in place."""
    cost_month: float


@dataclass(frozen=True)
class Order:
    """An order; sums over the horizon, cost not rounded."""

    steps: tuple[Step, ...]
    lost: float
    lost_before: float
    cost: float

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of introduction."""
        return tuple(step.name for step in self.steps)

    @property
    def avoided(self) -> float:
        """Calls."""
        return self.lost_before - self.lost

    @property
    def cost_per_call(self) -> float:
        """Cost / calls avoided; infinite when none is, 0 without measures."""
        if not self.steps:
            return 0.0
        return self.cost / self.avoided if self.avoided > 0 else inf


def best_order(
    table: Joint,
    months: int,
    *,
    aim: Aim = "lost",
    price_lost_call: float = 0.0,
    every: bool = False,
) -> Order:
    """The best order to introduce measures, one at a time.

    A measure's one-off costs are paid when it begins, its monthly costs and effect begin when its lead time is over;
    then the next begins. None begins at or after the end of the horizon.

    Args:
        table: the sets.
        months: length of the horizon.
        aim: "lost": the fewest calls lost over the horizon, among equals the cheapest. "money": the least cost +
            `price_lost_call` x lost calls. "ratio": the least cost for each call avoided, all measures introduced.
        price_lost_call: of one lost call, for "money".
        every: introduce all measures (as far as they begin within the horizon) rather than stop where it is best.

    Raises:
        ConfigError: all measures are asked for, and two exclude one another.
    """
    every = every or aim == "ratio"
    if every and not table.possible[-1]:
        fault = SettingFault(
            "measures", ", ".join(table.names), "cannot all be introduced: some exclude one another"
        )
        raise ConfigError("measures", [fault])
    if aim == "lost":
        return _path(table, months, (1.0, 0.0), (0.0, 1.0), every)
    if aim == "money":
        return _path(table, months, (price_lost_call, 1.0), (0.0, 0.0), every)
    return _least_ratio(table, months)


def _least_ratio(table: Joint, months: int) -> Order:
    """Least cost / avoided (W. Dinkelbach, 1967): the price of a call at which the best order gains nothing."""
    found = _path(table, months, (1.0, 0.0), (0.0, 1.0), True)
    for _ in range(ROUNDS):
        if not found.avoided > 0:
            return found
        better = _path(table, months, (found.cost_per_call, 1.0), (0.0, 0.0), True)
        if not better.avoided > 0 or better.cost_per_call >= found.cost_per_call * (1 - EVEN):
            return found
        found = better
    return found


def _path(
    table: Joint, months: int, first: tuple[float, float], second: tuple[float, float], every: bool
) -> Order:
    """The order with the least weighted sum of lost calls and cost; among equals by the second weights."""
    count = len(table.names)
    full = (1 << count) - 1
    time = np.minimum(((np.arange(full + 1)[:, None] >> np.arange(count)) & 1) @ table.lead, months)
    best: list[tuple[float, float]] = [(inf, inf)] * (full + 1)
    choice = [-1] * (full + 1)
    for number in range(full, -1, -1):
        if not table.possible[number]:
            continue
        lost, cost, now = float(table.lost[number]), float(table.cost[number]), int(time[number])
        remaining = months - now
        ends = remaining == 0 or number == full or not every
        options = [(_weigh(remaining, lost, cost, 0.0, first, second), -1)] if ends else []
        for bit in range(count if remaining else 0):
            after = number | 1 << bit
            if after == number or not table.possible[after]:
                continue
            passing = int(time[after]) - now
            here = _weigh(passing, lost, cost, float(table.once[bit]), first, second)
            options.append(((here[0] + best[after][0], here[1] + best[after][1]), bit))
        for value, bit in options:
            if _less(value, best[number]):
                best[number], choice[number] = value, bit
    return _walked(table, months, choice, time)


def _weigh(
    months: int,
    lost: float,
    cost: float,
    once: float,
    first: tuple[float, float],
    second: tuple[float, float],
) -> tuple[float, float]:
    lost_sum, cost_sum = months * lost, months * cost + once
    return first[0] * lost_sum + first[1] * cost_sum, second[0] * lost_sum + second[1] * cost_sum


def _less(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether a value is less than another, equal first parts being told apart by the second."""
    if other[0] == inf:
        return one[0] < inf
    room = EVEN * max(abs(one[0]), abs(other[0]), 1.0)
    if abs(one[0] - other[0]) > room:
        return one[0] < other[0]
    return one[1] < other[1] - EVEN * max(abs(other[1]), 1.0)


def _walked(table: Joint, months: int, choice: list[int], time: np.ndarray) -> Order:
    """The steps chosen, and what they sum up to."""
    steps, number, lost, cost = [], 0, 0.0, 0.0
    while choice[number] >= 0:
        bit = choice[number]
        after = number | 1 << bit
        passing = int(time[after] - time[number])
        lost += passing * float(table.lost[number])
        cost += passing * float(table.cost[number]) + float(table.once[bit])
        begins = int(time[number])
        steps.append(
            Step(
                table.names[bit],
                begins,
                begins + int(table.lead[bit]),
                float(table.lost[after]),
                float(table.cost[after]),
            )
        )
        number = after
    remaining = months - int(time[number])
    lost += remaining * float(table.lost[number])
    cost += remaining * float(table.cost[number])
    return Order(tuple(steps), lost, float(table.lost[0]) * months, cost)
