"""Which sort of step to take next: what earned most in the time it took, and now and then another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

MEMORY = 0.9  # of what a step earned and took is left after the next of its sort
HOPE = 0.5  # of the best rate is granted to every sort


class Moves:
    """Gives each sort of step time in proportion to what it earns in a second.

    Args:
        sorts: their names; all are tried before any is preferred.
        draw: for what is left to chance.
    """

    def __init__(self, sorts: Sequence[str], draw: np.random.Generator) -> None:
        self._sorts = tuple(sorts)
        self._draw = draw
        self._earned = dict.fromkeys(sorts, 0.0)
        self._seconds = dict.fromkeys(sorts, 0.0)
        self._steps = dict.fromkeys(sorts, 0.0)

    def choose(self) -> str:
        """The sort of the next step."""
        new = [sort for sort in self._sorts if not self._seconds[sort]]
        if new:
            return new[0]
        rates = np.array([self._earned[sort] / self._seconds[sort] for sort in self._sorts])
        lengths = np.array([self._seconds[sort] / self._steps[sort] for sort in self._sorts])
        chances = (rates + HOPE * rates.max() + 1e-9) / lengths
        return str(self._draw.choice(self._sorts, p=chances / chances.sum()))

    def learn(self, sort: str, earned: float, seconds: float) -> None:
        """What a step earned, in units of cost, and the time it took."""
        self._earned[sort] = MEMORY * self._earned[sort] + max(0.0, earned)
        self._seconds[sort] = MEMORY * self._seconds[sort] + max(seconds, 1e-3)
        self._steps[sort] = MEMORY * self._steps[sort] + 1
