"""What own agents beside a number of channels give, and the cheapest of them at a price of hours and of calls."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from staffing.sourcing.quotes.choosing import Choices, Chosen
from staffing.sourcing.quotes.overflow_rows import Table
from staffing.sourcing.rates import Bools, Floats


@dataclass(frozen=True, eq=False)
class ChannelTable:
    """One number of channels, and what each of the `numbers` of own agents (kinds, tried) gives beside them."""

    channels: int
    numbers: Floats
    table: Table
    _chosen: dict[float, list[tuple[Bools, Chosen]]] = field(default_factory=dict, repr=False)

    def cheapest(self, hourly: float, price: float, fees: float, cap: int) -> tuple[float, float, Floats]:
        """How far it misses, about what it costs, and own agents by row, of whom no row gets more than `cap`.

        Args:
            hourly: cost of an own agent for an interval.
            price: of a call to the vendor.
            fees: of the channels.
            cap: rows get the least number that is tried where that is more.
        """
        numbers, rows = self.numbers, self.table.rows
        allowed = numbers <= np.maximum(cap, numbers.min(axis=1, keepdims=True))
        choices = self.table.choices(hourly * numbers, price)
        possible = np.where(allowed, choices.cost, np.inf)
        if not np.isfinite(possible).any(axis=1).all():  # so few would give up an interval
            return np.inf, np.inf, rows.spread(numbers[:, 0])
        chosen = self._best(allowed, Choices(possible, choices.excess), price / hourly if hourly else np.inf)
        every = np.arange(len(chosen))
        excess = choices.excess[:, every, chosen].sum(axis=1)
        missed = float(np.maximum(excess, 0.0).sum()) if (excess > 1e-6).any() else 0.0
        return missed, float(possible[every, chosen].sum()) + fees, rows.spread(numbers[every, chosen])

    def _best(
        self, allowed: Bools, choices: Choices, ratio: float
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """The best choices hang on the ratio of the two prices only, and on the numbers that are held on the way."""
        known = self._chosen.setdefault(ratio, [])
        for among, found in known:
            if not (found.held & ~allowed).any() and not (allowed & ~among).any():
                return found.of
        known.append((allowed, choices.best()))
        return known[-1][1].of
