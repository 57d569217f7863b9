"""Sums over the states of a birth-death chain, walking away from one of them.

The states 1, 2, ... lie in a row beyond an anchor, state 0, and the ratio of each weight to the one before never
rises: the weights are log-concave. So only a window around the heaviest state counts. A window of more than NODES
states is summed in blocks by two nodes each (the Gauss rule for equally spaced points): up to NODES states nothing is
lost but rounding, beyond them less than 1e-8 of a sum of smooth values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Rows = npt.NDArray[np.intp]
States = npt.NDArray[np.float64]
"""Shape (rows, states)."""

Rise = Callable[[States, States, Rows], States]
"""Logarithm of weight(state) / weight(before), called with before, state >= 1 and the rows; see `steps`."""

Values = Callable[[States, States, Rows], tuple[States, ...]]
"""What to sum, called with the states, their weights (over the heaviest) and the rows."""

SHORT = 1024
"""So many states are summed without asking which of them count."""

NODES = 1 << 18
CELLS = 1 << 18
"""Rows x states summed at once."""

AHEAD = 42.0
"""States beyond the peak whose weight is below exp(-AHEAD) of it are left out."""

BEHIND = 700.0
"""The same between anchor and peak: the anchor's own share is then 0 in double precision."""

FAR = 2.0**53


def steps(before: States, state: States) -> tuple[States, States]:
    """How many states lie beyond `before` up to `state`, and their mean: for ratios that change slowly."""
    return state - before, (before + state + 1) / 2


@dataclass(frozen=True, slots=True)
class Walk:
    """Weights relative to the anchor's, every array of shape (rows,)."""

    scale: Floats
    """All sums are to be multiplied by exp(scale); minus infinity without states, infinite for a lost anchor."""
    mass: Floats
    """Sum of the weights."""
    sums: tuple[Floats, ...]
    """Weighted sums of the values asked for."""

    @property
    def log_mass(self) -> Floats:
        """Logarithm of the sum of the weights."""
        return np.where(self.mass > 0, self.scale + np.log(np.maximum(self.mass, 1e-300)), -np.inf)

    def means(self, share: Floats) -> tuple[Floats, ...]:
        """The sums when all states of the walk together have the probability `share`."""
        return tuple(np.where(self.mass > 0, value / self.mass, 0.0) * share for value in self.sums)


def walk(length: Floats, rise: Rise, values: Values) -> Walk:
    """Sums over the states 1 ... `length` (whole, may be infinite) of each row."""
    count = len(length)
    first, last = _window(length, rise)
    width = np.maximum(last - first + 1, 0.0)
    stride = np.ceil(np.maximum(width, 1.0) / NODES)
    nodes = np.ceil(width / stride).astype(np.intp)
    scale, mass = np.full(count, -np.inf), np.zeros(count)
    sums: list[Floats] = []
    rest = np.argsort(nodes, kind="stable")
    while len(rest):
        most = max(int(nodes[rest[-1]]), 1)
        some = max(1, CELLS // most)
        rows, rest = rest[-some:], rest[:-some]
        state, weight, scale[rows] = _weights(first[rows], last[rows], stride[rows], most, rise, rows)
        mass[rows] = weight.sum(axis=1)
        found = values(state, weight, rows)
        sums = sums or [np.zeros(count) for _ in found]
        for total, value in zip(sums, found, strict=True):
            total[rows] = (weight * value).sum(axis=1)
    return Walk(np.where(first > 1, np.inf, scale), mass, tuple(sums))


def _weights(
    first: Floats, last: Floats, stride: Floats, most: int, rise: Rise, rows: Rows
) -> tuple[States, States, Floats]:
    """The nodes, their weights over exp(scale), and the scale."""
    start = first[:, None] + np.arange(most) * stride[:, None]
    size = np.clip(last[:, None] + 1 - start, 0.0, stride[:, None])
    state = start + np.maximum(size - 1, 0.0) / 2
    if stride.max() > 1:
        apart = np.sqrt(np.maximum(size**2 - 1, 0.0) / 12)
        state = np.stack([state - apart, state + apart], axis=-1).reshape(len(state), -1)
        size = np.repeat(size / 2, 2, axis=-1)
    inside = size > 0
    before = np.concatenate([np.where(first > 1, state[:, 0] - 1, 0.0)[:, None], state[:, :-1]], axis=1)
    logarithm = np.cumsum(np.where(inside, rise(before, state, rows), 0.0), axis=1)
    logarithm = np.where(inside, logarithm, -np.inf)
    scale = logarithm.max(axis=1, initial=-np.inf)
    shift = np.where(np.isfinite(scale), scale, 0.0)
    return state, size * np.exp(logarithm - shift[:, None]), scale


def _window(length: Floats, rise: Rise) -> tuple[Floats, Floats]:
    """First and last state that count."""
    first, last = np.ones(len(length)), np.minimum(length, FAR)
    rows = np.flatnonzero(length > SHORT)
    if not len(rows):
        return first, last

    def at(state: Floats) -> Floats:
        near = np.maximum(state, 1.0)[:, None]
        return rise(near - 1, near, rows)[:, 0]

    end = last[rows]
    peak = _peak(end, at)
    begun, ended = peak <= SHORT, np.zeros(len(rows), dtype=np.bool_)
    step = 1.0
    while step < FAR and not (begun.all() and ended.all()):
        back, on = np.maximum(peak - step, 1.0), np.minimum(peak + step, end)
        # The steps are steeper further out, so twice the distance has dropped by at least this much.
        down = ~begun & ((step * at(back) >= BEHIND) | (back == 1))
        up = ~ended & ((step * at(on) <= -AHEAD) | (on == end))
        first[rows[down]] = np.maximum(peak[down] - 2 * step, 1.0)
        last[rows[up]] = np.minimum(peak[up] + 2 * step, end[up])
        begun, ended, step = begun | down, ended | up, 2 * step
    return first, last


def _peak(end: Floats, at: Callable[[Floats], Floats]) -> Floats:
    """The heaviest state, 0 for the anchor."""
    low, high = np.zeros(len(end)), end + 1
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        rises, wide = at(middle) >= 0, high - low > 1
        low, high = np.where(wide & rises, middle, low), np.where(wide & ~rises, middle, high)
    return low
