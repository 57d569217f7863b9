"""The level of each weekday and slot: the middle of the recorded days, and what stands in where none is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from staffing.forecast.recent import Floats, Ints

Method = Literal["median", "mean"]
Bools = npt.NDArray[np.bool_]


def centre(values: Floats, method: Method) -> Floats:
    """The median or mean over the last axis, NaN left out; NaN where nothing is left."""
    count = np.sum(~np.isnan(values), axis=-1)
    if method == "mean":
        total = np.nansum(values, axis=-1)
        mean: Floats = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
        return mean
    ordered = np.sort(values, axis=-1)  # NaN last
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    high = np.where(count > 0, high, 0)
    pair = np.take_along_axis(ordered, np.stack([low, high], axis=-1), axis=-1)
    middle: Floats = pair.mean(axis=-1)
    return middle


@dataclass(frozen=True)
class Filled:
    """A week without gaps: `level` (7 weekdays, slots), and which of them were taken from where."""

    level: Floats
    from_weekdays: Bools
    from_neighbours: Bools


def fill(week: Floats, slots: Ints) -> Filled:
    """Fill the NaN of one week, shape (7, slots).

    First from the same slot of the other weekdays, each scaled by the ratio of the two weekdays' totals over the
    slots that both have (1 when they share none, or the other's total is 0), as a mean; then, where no weekday
    has the slot, from the weekday's nearest slot in time.

    Raises:
        ValueError: the week holds nothing at all.
    """
    known = ~np.isnan(week)
    if not known.any():
        raise ValueError("a week without any value cannot be filled")
    zeroed = np.where(known, week, 0.0)
    shared = zeroed @ known.T  # [w, v]: total of weekday w over the slots that v has too
    ratio = np.divide(shared, shared.T, out=np.ones((7, 7)), where=shared.T > 0)
    donors = known.sum(axis=0)
    lent = np.divide(ratio @ zeroed, donors, out=np.full(week.shape, np.nan), where=donors > 0)
    across = np.where(known, week, lent)
    from_weekdays = ~known & ~np.isnan(across)
    values = across.copy()
    # a slot has all seven weekdays now, or none
    have = np.flatnonzero(donors > 0)
    for lost in np.flatnonzero(donors == 0):
        values[:, lost] = across[:, have[np.argmin(np.abs(slots[have] - slots[lost]))]]
    return Filled(values, from_weekdays, np.isnan(across))
