"""One choice for each interval, so that the target is reached over the period at little cost.

What each choice adds beyond the target's share is a number per target, and the target is reached where its sum over
all intervals is 0 or less. Starting from the cheapest choices, the change with the most progress for its price is
made until all sums are (marginal allocation: B. Fox, 1966), then every saving that still fits is taken back. On the
way to the target no interval goes back to a choice that it left, so that targets which pull against each other do
not keep it going for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.sourcing.rates import Bools, Floats

Ints = npt.NDArray[np.int64]
SLACK = 1e-9


@dataclass(frozen=True)
class Chosen:
    """A choice for each interval, and which choices were held on the way to it: shape (intervals, choices).

    Without the choices that were never held the way is the same, and so is its end.
    """

    of: Ints
    held: Bools


@dataclass(frozen=True)
class Choices:
    """`cost` of each choice, shape (intervals, choices), infinite where there is none; `excess` (targets, ...)."""

    cost: Floats
    excess: Floats

    def best(self) -> Chosen:
        """A choice for each interval; where no choices reach the target, those that come closest."""
        chosen = np.asarray(self.cost.argmin(axis=1), dtype=np.int64)
        held = np.zeros(self.cost.shape, dtype=np.bool_)
        if not len(chosen):
            return Chosen(chosen, held)
        every = np.arange(len(chosen))
        held[every, chosen] = True
        found = self.excess[:, every, chosen].sum(axis=1)
        limit = np.maximum(np.abs(self.excess).max(axis=(1, 2)), 1e-12)
        steps = _Steps(self, chosen, held, limit)
        while (found > SLACK * limit).any():
            row, choice, worth = steps.best(found)
            if worth <= 0:
                return Chosen(chosen, held)
            found = found + steps.change[:, row, choice]
            chosen[row] = choice
            held[row, choice] = True
            steps.moved(row, choice)
        self._trim(chosen, held, found, limit)
        return Chosen(chosen, held)

    def _trim(self, chosen: Ints, held: Bools, found: Floats, limit: Floats) -> None:
        """Take back every saving that still fits, the largest first."""
        every = np.arange(len(chosen))
        change = self.excess - self.excess[:, every, chosen][:, :, None]
        saving = self.cost[every, chosen][:, None] - self.cost
        while True:
            fits = (found[:, None, None] + change <= SLACK * limit[:, None, None]).all(axis=0)
            possible = np.where(fits, saving, 0.0)
            row, choice = np.unravel_index(int(possible.argmax()), possible.shape)
            if possible[row, choice] <= 1e-9:
                return
            found = found + change[:, row, choice]
            chosen[row] = choice
            held[row, choice] = True
            change[:, row] = self.excess[:, row] - self.excess[:, row, choice][:, None]
            saving[row] = self.cost[row, choice] - self.cost[row]


class _Steps:
    """The step of each interval with the most progress for its price, worked out anew only where it may differ.

    Progress counts as far as a target is still missed. So a step's worth changes only with its own interval's
    choice, with a target that is reached or missed again, or where the step would overshoot.
    """

    def __init__(self, choices: Choices, chosen: Ints, held: Bools, limit: Floats) -> None:
        every = np.arange(len(chosen))
        self._choices, self._held, self._limit = choices, held, limit
        self.change = choices.excess - choices.excess[:, every, chosen][:, :, None]
        self._price = choices.cost - choices.cost[every, chosen][:, None]
        self._most = -self.change.min(axis=2)  # an interval's longest step, shape (targets, intervals)
        self._worth = np.zeros(len(chosen))
        self._choice = np.zeros(len(chosen), dtype=np.int64)
        self._stale = np.ones(len(chosen), dtype=np.bool_)
        self._missed = np.zeros(len(limit), dtype=np.bool_)
        self._found = np.zeros(len(limit))

    def best(self, found: Floats) -> tuple[int, int, float]:
        """Interval, choice and worth of the best step, the first of equals, where the excess is `found`."""
        missed = found > SLACK * self._limit
        if (missed != self._missed).any():
            self._stale[:] = True
        overshoots = self._most[missed] > np.minimum(found, self._found)[missed][:, None]
        self._refresh(np.flatnonzero(self._stale | overshoots.any(axis=0)), found, missed)
        self._missed, self._found = missed, found
        self._stale[:] = False
        row = int(self._worth.argmax())
        return row, int(self._choice[row]), float(self._worth[row])

    def moved(self, row: int, choice: int) -> None:
        """An interval has another choice."""
        excess, cost = self._choices.excess, self._choices.cost
        self.change[:, row] = excess[:, row] - excess[:, row, choice][:, None]
        self._price[row] = cost[row] - cost[row, choice]
        self._most[:, row] = -self.change[:, row].min(axis=1)
        self._stale[row] = True

    def _refresh(self, rows: Ints, found: Floats, missed: Bools) -> None:
        gain = np.minimum(-self.change[:, rows], np.maximum(found, 0.0)[:, None, None])
        counted = np.where(missed[:, None, None], gain, 0.0) / self._limit[:, None, None]
        progress, price = counted.sum(axis=0), self._price[rows]
        possible = (progress > 1e-12) & np.isfinite(price) & ~self._held[rows]
        worth = np.where(possible, progress / np.maximum(price, 1e-9), 0.0)
        self._choice[rows] = choice = worth.argmax(axis=1)
        self._worth[rows] = worth[np.arange(len(rows)), choice]
