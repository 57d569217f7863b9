"""Cumulative curves of work over open time: what came in, what was done, and how long work lay in between.

A curve is continuous or jumps up, never falls, and is straight between its knots (fluid: work comes in and is done
evenly within an interval). First in, first out: the work at height v came in when the first curve passed v and is
done when the second does (G. F. Newell, 1971, "Applications of Queueing Theory").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats


@dataclass(frozen=True, slots=True)
class Curve:
    """Knots (time, height), both never falling; equal times are a jump."""

    time: Floats
    height: Floats

    def when(self, height: Floats, *, last: bool = False) -> Floats:
        """When the curve passes each height: the first moment, or the `last` one where it is flat."""
        top = len(self.height) - 1
        right = np.clip(np.searchsorted(self.height, height, side="right" if last else "left"), 1, top)
        left = right - 1
        rise, run = self.height[right] - self.height[left], self.time[right] - self.time[left]
        part = np.divide(height - self.height[left], rise, out=np.zeros_like(height), where=rise > 0)
        place = self.time[left] + np.clip(part, 0.0, 1.0) * run
        return np.where(last & (rise <= 0), self.time[right], place)

    def before(self, time: Floats) -> Floats:
        """Height at each time; the lower one at a jump."""
        right = np.clip(np.searchsorted(self.time, time, side="left"), 1, len(self.time) - 1)
        left = right - 1
        run, rise = self.time[right] - self.time[left], self.height[right] - self.height[left]
        part = np.divide(time - self.time[left], run, out=np.ones_like(time), where=run > 0)
        return np.asarray(self.height[left] + np.clip(part, 0.0, 1.0) * rise)


def arrived(work: Floats, interval: float, backlog: float, age: float) -> Curve:
    """What has come in: `backlog`, `age` seconds before the start, then `work` of each interval."""
    time = np.concatenate([[-age, -age], np.arange(len(work) + 1) * interval])
    height = backlog + np.concatenate([[0.0], np.cumsum(work)])
    return Curve(time, np.concatenate([[0.0, backlog], height]))


def done(come: Curve, capacity: Floats, interval: float) -> Curve:
    """What is done when `capacity` can be done in each interval, and never more than has come in.

    The work left follows D. V. Lindley's recursion (1952); where it runs out within an interval there is a knot more.
    """
    height = come.height[2:]
    work = np.diff(height)
    left = np.empty(len(height))
    left[0] = still = height[0]
    for place, (more, less) in enumerate(zip(work.tolist(), capacity.tolist(), strict=True)):
        left[place + 1] = still = max(still + more - less, 0.0)
    time = np.arange(len(height)) * interval
    finished = height - left
    out = np.flatnonzero((left[:-1] > 0) & (left[1:] == 0) & (capacity > work))
    when = left[out] / (capacity[out] - work[out])
    part = np.clip(when, 0.0, 1.0)
    middle_time, middle = time[out] + part * interval, height[out] + part * work[out]
    order = np.argsort(np.concatenate([time, middle_time]), kind="stable")
    knots = np.concatenate([time, middle_time])[order], np.concatenate([finished, middle])[order]
    return Curve(knots[0], np.maximum.accumulate(knots[1]))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The work in pieces within which arrival and completion are both straight; arrays of shape (pieces,)."""

    middle: Floats
    """Height of both curves at the middle of the piece."""
    amount: Floats
    delay: Floats
    """From coming in to being done, at the middle; infinite for what is not done."""
    spread: Floats
    """Delay at the end of the piece less the delay at its start."""

    def share_within(self, limit: float) -> Floats:
        """Share of each piece whose delay is at most `limit`."""
        slack = limit * (1 + 1e-12) + 1e-9 - self.delay
        wide = np.abs(self.spread)
        part = np.divide(slack, wide, out=np.where(slack >= 0, 0.5, -0.5), where=wide > 1e-9)
        return np.clip(0.5 + part, 0.0, 1.0)


def pieces(come: Curve, finished: Curve, cut: float) -> Pieces:
    """The work piece by piece, in the order in which it came and is done, with a border at the height `cut`."""
    heights = np.unique(np.concatenate([come.height, finished.height, [cut]]))
    start, amount = heights[:-1], np.diff(heights)
    early, middle, late = (start + share * amount for share in (0.25, 0.5, 0.75))
    complete = middle <= finished.height[-1]
    lag = finished.when(middle) - come.when(middle)
    spread = 2 * ((finished.when(late) - come.when(late)) - (finished.when(early) - come.when(early)))
    return Pieces(
        middle=middle,
        amount=amount,
        delay=np.where(complete, np.maximum(lag, 0.0), np.inf),
        spread=np.where(complete, spread, 0.0),
    )
