"""Where a falling function of a positive number passes zero, however far off that is: gallop, then close in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.roots import rising_roots

Function = Callable[[Floats, npt.NDArray[np.intp]], Floats]
"""Called with positive numbers and the rows they belong to; falls as the numbers grow."""

SMALLEST = 1e-300
LARGEST = 1e300
"""Crossings beyond these are reported as 0 and infinity."""

FLAT = 1e-13
"""A function value this near to zero is zero."""

MARGIN = 4.0
"""First factor of the gallop; it is squared from step to step."""


def last_positive(function: Function, start: Floats) -> Floats:
    """The largest number whose value is >= 0; 0 where none is and infinity where all are.

    Args:
        function: the value of a number must not depend on the rows it is asked with.
        start: where to begin, shape (rows,); a bad start costs time, never correctness.
    """
    low, high = _bracket(function, np.clip(start, 1 / LARGEST, LARGEST))
    result = np.where(np.isinf(high), np.inf, 0.0)
    rows = np.flatnonzero((low > 0) & np.isfinite(high))
    result[rows] = _between(function, rows, low[rows], high[rows])
    return result


def first_negative(function: Function, low: Floats, high: Floats) -> Floats:
    """The same between `low`, whose value is >= 0, and `high`, whose value is below."""
    return _between(function, np.arange(len(low)), low, high)


def _between(function: Function, rows: npt.NDArray[np.intp], low: Floats, high: Floats) -> Floats:
    def fallen(logarithm: Floats, some: npt.NDArray[np.intp]) -> Floats:
        return -function(np.exp(logarithm), rows[some])

    found = np.exp(rising_roots(fallen, np.log(low), np.log(high), flat=FLAT))
    found = np.where(np.isnan(found), high, found)  # an end itself is within rounding of the crossing
    back = 2.0**-52
    outside = np.flatnonzero(function(found, rows) < 0)
    while len(outside):  # a root is met from either side; the answer has to hold
        found[outside] = np.maximum(found[outside] * (1 - back), low[outside])
        back *= 2
        outside = outside[(function(found[outside], rows[outside]) < 0) & (found[outside] > low[outside])]
    return found


def _bracket(function: Function, start: Floats) -> tuple[Floats, Floats]:
    """Numbers on either side of the crossing; 0 or infinity where there is none."""
    low, high = np.zeros(len(start)), np.full(len(start), np.inf)
    probe, factor = start.copy(), MARGIN
    rows = np.arange(len(start))
    while len(rows):
        tried = probe[rows]
        met = function(tried, rows) >= 0
        low[rows[met]], high[rows[~met]] = tried[met], tried[~met]
        up = met & np.isinf(high[rows]) & (tried < LARGEST)
        down = ~met & (low[rows] == 0) & (tried > SMALLEST)
        with np.errstate(over="ignore"):
            probe[rows] = np.where(
                met, np.minimum(tried * factor, LARGEST), np.maximum(tried / factor, SMALLEST)
            )
        rows, factor = rows[up | down], min(factor * factor, 1e100)
    return low, high
