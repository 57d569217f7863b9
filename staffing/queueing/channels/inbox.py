"""Deferred work as callers state it, checked and in rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.curves import Curve, arrived

SHORTEST = 1e-6
"""Seconds an item takes at least, so that items without handling time keep their place in the line."""

MOST = 1e100
"""Items, seconds and agents are held below, so that their products stay finite."""

Rows = npt.NDArray[np.float64]
"""Shape (rows, intervals)."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What comes in, row by row."""

    items: Rows
    seconds: Rows
    """Of handling time an item."""
    backlog: Floats
    """Items there at the start, shape (rows,)."""
    age: Floats
    """Seconds they have been there, shape (rows,)."""
    deadline: float
    interval: float
    shape: tuple[int, ...]
    """Of the arguments together; the last axis is the intervals."""

    def __len__(self) -> int:
        return len(self.items)

    def curve(self, row: int) -> Curve:
        """The seconds of work that have come in."""
        work, there = self.items[row] * self.seconds[row], float(self.backlog[row] * self.seconds[row, 0])
        return arrived(work, self.interval, there, float(self.age[row]))


def inbox(
    items: npt.ArrayLike,
    handling_time: npt.ArrayLike,
    *,
    deadline: float,
    interval: float,
    backlog: npt.ArrayLike,
    backlog_age: npt.ArrayLike,
    **others: Floats,
) -> tuple[Inbox, tuple[Rows, ...]]:
    """The arguments in rows, with `others` (already checked) in the same shape.

    Raises:
        ValueError: naming the argument that is negative, not finite or has no intervals; naming all that do not
            broadcast.
    """
    item, seconds, *rest = broadcast(
        items=as_floats("items", items), handling_time=as_floats("handling_time", handling_time), **others
    )
    shape = item.shape
    if not shape or not shape[-1]:
        raise ValueError("items must have an axis of at least one open interval")
    start, age = (
        _by_row(name, value, shape) for name, value in (("backlog", backlog), ("backlog_age", backlog_age))
    )
    found = Inbox(
        items=np.minimum(item, MOST).reshape(-1, shape[-1]),
        seconds=np.clip(seconds, SHORTEST, MOST).reshape(-1, shape[-1]),
        backlog=np.minimum(start, MOST),
        age=age,
        deadline=one("deadline", as_floats("deadline", deadline)),
        interval=one("interval", as_floats("interval", interval, positive=True)),
        shape=shape,
    )
    return found, tuple(np.minimum(array, MOST).reshape(-1, shape[-1]) for array in rest)


def one(name: str, value: Floats) -> float:
    """The only element of a checked argument."""
    if value.ndim:
        raise ValueError(f"{name} must be one number; found shape {value.shape}")
    return float(value)


def _by_row(name: str, value: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    given = as_floats(name, value)
    try:
        return np.broadcast_to(given, shape[:-1]).ravel()
    except ValueError as error:
        raise ValueError(f"{name} must fit the rows {shape[:-1]}; found shape {given.shape}") from error
