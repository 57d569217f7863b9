"""Deferred work (mail, forms, call-backs): a backlog that is worked off first in, first out before a deadline.

Fluid model (G. F. Newell, 1971, "Applications of Queueing Theory"): in each open interval work comes in and is done
evenly. Only open intervals are given, so that open time is index time: a deadline of 8 business hours is 8 hours of
consecutive elements, whatever lies between them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.curves import Curve, done, pieces
from staffing.queueing.channels.inbox import Inbox, Rows, inbox

ROUNDING = 1e-12
"""Work relatively so small is a rounding error."""


@dataclass(frozen=True)
class DeferredOutcome:
    """Arrays of shape (..., intervals), the last three (...); times are open seconds."""

    completed: Floats
    """Items finished in the interval."""
    backlog: Floats
    """Items not finished at the interval's end."""
    backlog_seconds: Floats
    """The handling time they need."""
    oldest: Floats
    """Age at the interval's end of the item that is next in turn; 0 without a backlog."""
    use: Floats
    """Share of the interval's capacity spent on the work; 0 without capacity."""
    in_time: Floats
    """Of the items that came in the interval, the share finished by the deadline. Items that are neither finished nor
    due when the last interval ends are left out; nan where nothing is left to judge."""
    delay: Floats
    """Mean time from coming in to being finished of the interval's items; 0 without items, infinite where some
    of them are not finished at the end."""
    share_in_time: Floats
    """Of all items due or finished by the end, those there at the start too, the share finished by the deadline; nan
    where there are none."""
    late: Floats
    """Items finished after their deadline, or overdue at the end."""
    open_at_end: Floats
    """Items neither finished nor due at the end."""


def deferred_work(
    items: npt.ArrayLike,
    handling_time: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    deadline: float,
    interval: float = 1800,
    efficiency: npt.ArrayLike = 1.0,
    backlog: npt.ArrayLike = 0.0,
    backlog_age: npt.ArrayLike = 0.0,
) -> DeferredOutcome:
    """What becomes of deferred work; the last axis is the open intervals, those before it are independent rows.

    Args:
        items: that come in each open interval, >= 0; shape (..., intervals).
        handling_time: mean seconds an item takes, >= 0; broadcasts with `items`.
        agents: on this work in each interval, >= 0; fractions are allowed (the idle time of others, say).
        deadline: open seconds within which an item is to be finished, >= 0.
        interval: length of an interval, > 0.
        efficiency: share of the agents' time that the work gets, from 0 to 1.
        backlog: items that are there at the start, >= 0, with the first interval's handling time; shape (...).
        backlog_age: open seconds they have been there, >= 0; shape (...).

    Raises:
        ValueError: naming the argument that is negative, not finite or out of range, and shapes that do not fit.
    """
    work, (staff, useful) = inbox(
        items,
        handling_time,
        deadline=deadline,
        interval=interval,
        backlog=backlog,
        backlog_age=backlog_age,
        agents=as_floats("agents", agents),
        efficiency=as_floats("efficiency", efficiency, at_most=1.0),
    )
    return outcome(work, staff * useful)


def outcome(work: Inbox, agents: Rows) -> DeferredOutcome:
    """What becomes of checked work; `agents` fully on it, shape (rows, intervals)."""
    found = [_one(work, row, agents[row] * work.interval) for row in range(len(work))]
    result = {}
    for field in fields(DeferredOutcome):
        each = [one[field.name] for one in found]
        shape = work.shape if np.ndim(each[0]) else work.shape[:-1]
        result[field.name] = np.array(each, dtype=np.float64).reshape(shape)
    return DeferredOutcome(**result)


def _one(work: Inbox, row: int, capacity: Floats) -> dict[str, Floats | float]:
    """One row."""
    items, there = work.items[row], float(work.backlog[row])
    come = work.curve(row)
    finished = done(come, capacity, work.interval)
    grid = np.arange(1.0, len(items) + 1) * work.interval
    so_far = finished.before(grid)
    left = np.maximum(come.height[3:] - so_far, 0.0)
    waiting = left > ROUNDING * come.height[-1]
    total = there + np.cumsum(items)
    count = Curve(come.height, np.concatenate([[0.0, there, there], total]))
    items_done = np.where(waiting, count.before(so_far), total)
    used = np.diff(so_far, prepend=0.0)
    oldest = grid - come.when(so_far, last=True)
    return _timeliness(work, row, come, finished) | {
        "completed": np.maximum(np.diff(items_done, prepend=0.0), 0.0),
        "backlog": np.maximum(total - items_done, 0.0),
        "backlog_seconds": np.where(waiting, left, 0.0),
        "oldest": np.where(waiting, np.maximum(oldest, 0.0), 0.0),
        "use": np.divide(np.minimum(used, capacity), capacity, out=np.zeros_like(used), where=capacity > 0),
    }


def _timeliness(work: Inbox, row: int, come: Curve, finished: Curve) -> dict[str, Floats | float]:
    """Shares and delays by the interval of arrival; what was there at the start counts in the totals only."""
    size, undue_since = work.shape[-1], float(come.time[-1]) - work.deadline
    undue_from = float(come.before(np.array([undue_since]))[0]) if undue_since > come.time[0] else 0.0
    part = pieces(come, finished, undue_from)
    # Each piece came in one interval; the index after the last one stands for what was there at the start.
    origin = np.minimum(np.searchsorted(come.height[3:], part.middle), size - 1)
    origin = np.where(part.middle < come.height[2], size, origin)
    seconds = work.seconds[row]
    amount = part.amount / np.append(seconds, seconds[0])[origin]
    share = part.share_within(work.deadline)
    undue = np.isinf(part.delay) & (part.middle > undue_from)

    def by_origin(values: Floats) -> Floats:
        return np.bincount(origin, weights=values, minlength=size + 1).astype(np.float64)

    good, still = by_origin(amount * share), by_origin(np.where(undue, amount, 0.0))
    late = by_origin(np.where(undue, 0.0, amount * (1 - share)))
    judged, weight, delays = good + late, by_origin(amount), by_origin(amount * part.delay)
    return {
        "in_time": np.divide(good, judged, out=np.full(size + 1, np.nan), where=judged > 0)[:size],
        "delay": np.divide(delays, weight, out=np.zeros(size + 1), where=weight > 0)[:size],
        "share_in_time": float(good.sum() / judged.sum()) if judged.sum() > 0 else np.nan,
        "late": float(late.sum()),
        "open_at_end": float(still.sum()),
    }
