"""The smallest number of agents, for many queues at once: bracket, then close in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Margin = Callable[[Floats, npt.NDArray[np.intp]], Floats]
"""Called with numbers of agents and the rows they are for; >= 0 where the targets are met; rises with the agents."""


FEW = 4
"""Rows up to which a fan of numbers is tried at once."""

FAN = np.array([-4.0, -2.7, -1.8, -1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.8, 2.7, 4.0])
"""Where the first fan looks: steps from the guess."""


def smallest(margin: Margin, guess: Floats, step: Floats) -> Floats:
    """The smallest whole number >= 1 whose margin is >= 0, for each row.

    From `guess` it gallops up or down until the answer is bracketed; then it interpolates and halves in turn.
    `step` is what is thought to change the margin by 1: the first stride goes where that leads, the next ones double.
    A guess that is off costs time, never correctness. Few rows are searched with many numbers at once, since a call
    of `margin` then costs more than its rows.
    """
    count = len(guess)
    if count <= FEW:
        return _by_fans(margin, guess, step)
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


def _by_fans(margin: Margin, guess: Floats, step: Floats) -> Floats:
    """The same by fans: first about the guess, then evenly between the numbers that missed and met."""
    count, width = len(guess), len(FAN)
    low, high = np.zeros(count), np.full(count, np.inf)
    fan = np.maximum(np.round(guess[:, None] + step[:, None] * FAN), 1.0)
    stride = np.maximum(step, 1.0)
    rows = np.arange(count)
    while len(rows):
        met = margin(fan.ravel(), np.repeat(rows, width)).reshape(fan.shape) >= 0
        high[rows] = np.minimum(np.where(met, fan, np.inf).min(axis=1), high[rows])
        missed = ~met & (fan < high[rows, None])
        low[rows] = np.maximum(np.where(missed, fan, 0.0).max(axis=1), low[rows])
        rows = rows[high[rows] - low[rows] > 1]
        if len(rows):
            fan = _fan(low[rows, None], high[rows, None], stride[rows, None])
            stride[rows] *= 2.0**width
    return high


def _fan(low: Floats, high: Floats, stride: Floats) -> Floats:
    """What to try next, shape (rows, len(FAN))."""
    place = np.arange(1.0, len(FAN) + 1)
    gap = high - low
    inside = low + np.clip(np.ceil(gap * place / (len(FAN) + 1)), 1.0, np.maximum(gap - 1, 1.0))
    return np.where(np.isinf(high), np.round(low + stride * 2.0**place), inside)


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
