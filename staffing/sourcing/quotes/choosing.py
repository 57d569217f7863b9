"""One choice for each interval, so that the target is reached over the period at little cost.

What each choice adds beyond the target's share is a number per target, and the target is reached where its sum over
all intervals is 0 or less. Starting from the cheapest choices, the change with the most progress for its price is
made until all sums are (marginal allocation: B. Fox, 1966), then every saving that still fits is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.sourcing.rates import Floats

Ints = npt.NDArray[np.int64]
SLACK = 1e-9


@dataclass(frozen=True)
class Choices:
    """`cost` of each choice, shape (intervals, choices), infinite where there is none; `excess` (targets, ...)."""

    cost: Floats
    excess: Floats

    def best(self) -> Ints:
        """A choice for each interval; where no choices reach the target, those that come closest."""
        chosen = np.asarray(self.cost.argmin(axis=1), dtype=np.int64)
        if not len(chosen):
            return chosen
        every = np.arange(len(chosen))
        found = self.excess[:, every, chosen].sum(axis=1)
        scale = np.maximum(np.abs(self.excess).max(axis=(1, 2)), 1e-12)
        while (found > SLACK * scale).any():
            change = self.excess - self.excess[:, every, chosen][:, :, None]
            gain = np.minimum(-change, np.maximum(found, 0.0)[:, None, None])
            progress = (
                np.where((found > SLACK * scale)[:, None, None], gain, 0.0) / scale[:, None, None]
            ).sum(0)
            price = self.cost - self.cost[every, chosen][:, None]
            worth = np.where((progress > 1e-12) & np.isfinite(price), progress / np.maximum(price, 1e-9), 0.0)
            row, choice = np.unravel_index(int(worth.argmax()), worth.shape)
            if worth[row, choice] <= 0:
                return chosen
            found = found + change[:, row, choice]
            chosen[row] = choice
        return self._trimmed(chosen, found, scale)

    def _trimmed(self, chosen: Ints, found: Floats, scale: Floats) -> Ints:
        every = np.arange(len(chosen))
        while True:
            change = self.excess - self.excess[:, every, chosen][:, :, None]
            fits = (found[:, None, None] + change <= SLACK * scale[:, None, None]).all(axis=0)
            saving = np.where(fits, self.cost[every, chosen][:, None] - self.cost, 0.0)
            row, choice = np.unravel_index(int(saving.argmax()), saving.shape)
            if saving[row, choice] <= 1e-9:
                return chosen
            found = found + change[:, row, choice]
            chosen[row] = choice
