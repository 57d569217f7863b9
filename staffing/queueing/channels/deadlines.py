"""Agents that deferred work needs to meet its deadline.

First in, first out, a deadline D is met if and only if the work done reaches the arrival curve shifted by D: what
came in before t must be done by t + D. A constant level of capacity does that if in every window it can do what comes
in and falls due within the window, so that the least one is

    max over s <= u of (A(u) - A(s)) / (u + D - s),   A(t) = work that came in before t

(R. L. Cruz, 1991, "A calculus for network delay"). The maximum lies at knots of A and is found in a few passes
(W. Dinkelbach, 1967, "On nonlinear fractional programming"). Where agents may differ from interval to interval, any
curve between the two serves; see `taut`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.deferred import ROUNDING, outcome
from staffing.queueing.channels.inbox import Inbox, inbox, one
from staffing.queueing.channels.taut import taut_string, whole_steps

Ints = npt.NDArray[np.int64]

COUNTABLE = 1e15
PASSES = 100


@dataclass(frozen=True)
class DeferredRequirement:
    """Agents that finish deferred work by its deadline."""

    agents: Ints
    """The smallest constant number that finishes the share asked for in time; shape (...)."""
    level: Floats
    """The smallest constant number for all of the work, in fractions of agents; shape (...)."""
    profile: Ints
    """Whole agents by interval for all of the work: the least sum and the least peak there are; (..., intervals)."""
    even_profile: Floats
    """The same in fractions of agents, as even as can be: of all that do the work due and no more it has the least
    peak and the least sum of squares; shape (..., intervals)."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row; times in intervals, work in agents x intervals."""

    come: Floats
    """What has come in by each border of the intervals; the first element is what was there at the start."""
    due_time: Floats
    due_work: Floats
    """What is to be done by then, both never falling."""


def required_deferred_agents(
    items: npt.ArrayLike,
    handling_time: npt.ArrayLike,
    *,
    deadline: float,
    share: float = 1.0,
    interval: float = 1800,
    efficiency: float = 1.0,
    backlog: npt.ArrayLike = 0.0,
    backlog_age: npt.ArrayLike = 0.0,
    finish: bool = True,
) -> DeferredRequirement:
    """The fewest agents, constant and by interval, that finish deferred work in time; arguments as `deferred_work`.

    What is overdue at the start, or would be within the first interval, is due at that interval's end, and nothing
    behind it in the line is due earlier. The profiles round the deadline down to whole intervals, by which agents are
    planned, and so may need a little more than `level`.

    Args:
        items: that come in each open interval; shape (..., intervals).
        handling_time: mean seconds an item takes; broadcasts with `items`.
        deadline: open seconds within which an item is to be finished.
        share: of the items that `agents` are to finish in time, above 0 and at most 1, done first in, first out all
            the same. With `finish` of all items, else counted as in `DeferredOutcome.share_in_time`.
        interval: length of an interval.
        efficiency: share of the agents' time that the work gets, above 0 and at most 1.
        backlog: items that are there at the start; shape (...).
        backlog_age: open seconds they have been there; shape (...).
        finish: whether what falls due after the last interval is to be done by its end; else it needs nobody, and
            where the deadline reaches beyond the end nothing does.

    Raises:
        ValueError: naming the argument.
    """
    wanted = one("share", as_floats("share", share, positive=True, at_most=1.0))
    useful = one("efficiency", as_floats("efficiency", efficiency, positive=True, at_most=1.0))
    work, _ = inbox(
        items, handling_time, deadline=deadline, interval=interval, backlog=backlog, backlog_age=backlog_age
    )
    due, rows = work.deadline / work.interval, range(len(work))
    exact = [_line(work, row, useful, due, finish=finish) for row in rows]
    coarse = [_line(work, row, useful, np.floor(due * (1 + ROUNDING)), finish=finish) for row in rows]
    level = np.array([_level(line) for line in exact])
    peaks = [_level(line) for line in coarse]
    if max(peaks) > COUNTABLE:
        raise ValueError(f"items: {max(peaks):g} agents cannot be counted")
    strings = [(taut_string(*_bounds(line)), *_bounds(line)) for line in coarse]
    steps = [whole_steps(*curves, peak=_up(peak)) for curves, peak in zip(strings, peaks, strict=True)]
    constant = np.array([_up(value) for value in level])
    agents = constant if wanted == 1 else _for_share(work, constant, useful, wanted, finish=finish)
    return DeferredRequirement(
        agents=agents.astype(np.int64).reshape(work.shape[:-1]),
        level=level.reshape(work.shape[:-1]),
        profile=np.array(steps).astype(np.int64).reshape(work.shape),
        even_profile=np.array([np.diff(string) for string, _, _ in strings]).reshape(work.shape),
    )


def _up(level: float) -> float:
    """Whole agents; a level above a whole number by rounding only is that number."""
    return float(np.ceil(level * (1 - ROUNDING) - ROUNDING))


def _for_share(work: Inbox, most: Floats, useful: float, share: float, *, finish: bool) -> Floats:
    """The smallest constant numbers, by bisection below `most`."""
    low, high, total = np.full(len(work), -1.0), most, work.items.sum(axis=1) + work.backlog
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        staff = np.broadcast_to(np.maximum(middle, 0.0)[:, None] * useful, work.items.shape)
        found = outcome(work, staff)
        if finish:
            enough = (found.late + found.open_at_end).ravel() <= (1 - share + ROUNDING) * total
        else:
            enough = np.nan_to_num(found.share_in_time.ravel(), nan=1.0) >= share - ROUNDING
        wide = high - low > 1
        low, high = np.where(wide & ~enough, middle, low), np.where(wide & enough, middle, high)
    return high


def _line(work: Inbox, row: int, useful: float, due: float, *, finish: bool) -> _Line:
    """A row with a deadline of `due` intervals."""
    per_item = work.seconds[row] / (work.interval * useful)
    there, size = float(work.backlog[row] * per_item[0]), work.shape[-1]
    come = there + np.concatenate([[0.0], np.cumsum(work.items[row] * per_item)])
    first = max(due - float(work.age[row]) / work.interval, 1.0) if there > 0 else 0.0
    border = np.arange(size + 1.0)
    last = np.clip(size - due, 0.0, size)
    came = np.append(border[border < last], last) if size >= due else np.zeros(0)
    time = np.maximum(came + due, first)
    amount = np.interp(came, border, come)
    if there > 0:
        time, amount = np.append(first, time), np.append(there, amount)
    time, amount = (np.append(time, size), np.append(amount, come[-1])) if finish else (time, amount)
    inside = time <= size
    return _Line(come, time[inside], amount[inside])


def _level(line: _Line) -> float:
    """The largest amount that falls due in a window over the window's length."""
    if not len(line.due_time):
        return 0.0
    border = np.arange(float(len(line.come)))
    before = np.concatenate([[0.0], line.come[1:]])
    latest = np.minimum(np.ceil(line.due_time).astype(np.intp) - 1, len(border) - 1)
    level, latest = 0.0, np.maximum(latest, 0)
    for _ in range(PASSES):
        ahead = level * border - before
        best = np.maximum.accumulate(ahead)
        place = int(np.argmax(line.due_work - level * line.due_time + best[latest]))
        start = int(np.argmax(ahead[: latest[place] + 1]))
        length = float(line.due_time[place]) - start
        found = float(line.due_work[place] - before[start]) / length if length > 0 else 0.0
        if found <= level:
            break
        level = found
    return level


def _bounds(line: _Line) -> tuple[Floats, Floats]:
    """What must and what can be done by each border, for due times on the borders."""
    low = np.zeros(len(line.come))
    np.maximum.at(low, np.floor(line.due_time).astype(np.intp), line.due_work)
    return np.minimum(np.maximum.accumulate(low), line.come), np.concatenate([[0.0], line.come[1:]])
