"""From numbers to places on a picture, and round numbers for the axis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_LEAST_SPAN = 1e-9  # what differs by less is equal
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A straight line from `low`..`high` to `start`..`end` (pixels, which may run backwards)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(values: Iterable[float], wanted: int = 5, *, whole: bool = False) -> tuple[float, ...]:
    """Round numbers, evenly apart, from below the least value (or 0) to above the largest.

    Args:
        values: finite numbers; without any the axis runs from 0 to 1.
        wanted: about how many steps.
        whole: steps of less than 1 say nothing, as for calls.
    """
    known = [0.0, *values]
    low, high = min(known), max(known)
    if high - low < _LEAST_SPAN:
        high = low + 1
    step = _round_step((high - low) / wanted)
    if whole:
        step = max(1.0, step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def _round_step(rough: float) -> float:
    unit = 10.0 ** math.floor(math.log10(rough))
    return next(factor * unit for factor in _STEPS if factor * unit >= rough * (1 - 1e-9))
