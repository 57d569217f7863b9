"""The smallest number of agents, for many queues at once: bracket, then close in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.quadrature import Floats

Margin = Callable[[Floats, npt.NDArray[np.intp]], Floats]
"""Called with numbers of agents and the rows they are for; >= 0 where the targets are met; rises with the agents."""


def smallest(margin: Margin, guess: Floats, step: Floats) -> Floats:
    """The smallest whole number >= 1 whose margin is >= 0, for each row.

    From `guess` it gallops up or down until the answer is bracketed; then it interpolates and halves in turn.
    `step` is what is thought to change the margin by 1: the first stride goes where that leads, the next ones double.
    A guess that is off costs time, never correctness.
    """
    count = len(guess)
    low, high = np.zeros(count), np.full(count, np.inf)
    at_low, at_high = np.full(count, -np.inf), np.full(count, np.inf)
    probe, stride = np.maximum(np.round(guess), 1.0), np.zeros(count)
    rows, turn = np.arange(count), 0
    while len(rows):
        tried = probe[rows]
        value = margin(tried, rows)
        met = value >= 0
        up, down = rows[~met], rows[met]
        low[up], at_low[up] = tried[~met], value[~met]
        high[down], at_high[down] = tried[met], value[met]
        rows = rows[high[rows] - low[rows] > 1]
        if turn == 0:
            needed = np.where(np.isfinite(value), np.abs(value), 1.0) * step
            stride = np.maximum(np.ceil(needed), 1.0)
        probe[rows] = _next(
            low[rows], high[rows], at_low[rows], at_high[rows], stride[rows], halve=turn % 2 == 1
        )
        stride[rows] *= 2
        turn += 1
    return high


def _next(
    low: Floats, high: Floats, at_low: Floats, at_high: Floats, stride: Floats, *, halve: bool
) -> Floats:
    """What to try next."""
    middle = np.floor((low + np.where(np.isinf(high), low, high)) / 2)
    share = at_low / (at_low - at_high)
    between = np.ceil(low + share * (high - low))
    closing = middle if halve else np.where(np.isfinite(between), between, middle)
    closing = np.clip(closing, low + 1, np.maximum(high - 1, low + 1))
    down = np.maximum(high - stride, low + 1)
    return np.where(np.isinf(high), low + stride, np.where(low == 0, down, closing))
