"""Many roots of one increasing function at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Function = Callable[[Floats, npt.NDArray[np.intp]], Floats]
"""Called with some positions and the rows they belong to."""

ROUNDS = 250


def rising_roots(function: Function, low: Floats, high: Floats, *, flat: float) -> Floats:
    """Where each row's function passes zero between `low` and `high`; nan where it does not.

    Regula falsi after N. Anderson and A. Bjorck (1973), every fourth step a bisection: at worst four times the
    evaluations of bisection, usually five or six. Accurate to the last place or to where |function| <= `flat`.
    """
    low, high = low.copy(), high.copy()
    rows = np.arange(len(low))
    at_low, at_high = function(low, rows), function(high, rows)
    root = np.where(np.abs(at_low) <= flat, low, np.where(np.abs(at_high) <= flat, high, np.nan))
    rows = np.flatnonzero(np.isnan(root) & (at_low < 0) & (at_high > 0))
    side = np.zeros(len(low), dtype=np.bool_)
    for turn in range(ROUNDS):
        if not len(rows):
            return root
        a, b, fa, fb = low[rows], high[rows], at_low[rows], at_high[rows]
        middle = (a + b) / 2 if turn % 4 == 3 else (a * fb - b * fa) / (fb - fa)
        middle = np.where((middle > a) & (middle < b), middle, (a + b) / 2)
        value = function(middle, rows)
        below = value < 0
        shrink = 1 - value / np.where(below, fa, fb)
        shrink = np.where(shrink > 0, shrink, 0.5)
        shrink[below != side[rows]] = 1.0  # only an end that stays twice is pulled in
        side[rows] = below
        low[rows], high[rows] = np.where(below, middle, a), np.where(below, b, middle)
        at_low[rows] = np.where(below, value, fa * shrink)
        at_high[rows] = np.where(below, fb * shrink, value)
        root[rows] = middle
        wide = high[rows] - low[rows] > 4e-16 * np.abs(middle)
        rows = rows[wide & (np.abs(value) > flat)]
    return root
