"""Concave steps: a curve of calls kept as whole numbers that an integer program can add up.

With n people a row keeps

    base + sum over its steps of gain x (how many of the n people stand on the step)

where people fill the steps in order, `width` on each. Gains fall from step to step, so a program that maximises
fills them in that order by itself, without any choice to make.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Ints = npt.NDArray[np.int64]

UNITS_A_CALL = 1000  # a unit is a thousandth of a call

TOLERANCE = 0.0005  # of a row's calls that joining steps may hide: 0.05 percentage points at most


@dataclass(frozen=True)
class Steps:
    """One concave curve a row, in units of 1 / `UNITS_A_CALL` call.

    Row i has the steps `starts[i]` to `starts[i + 1]`. Shapes: `starts` (rows + 1,), `widths` and `gains`
    (steps,), `base` (rows,). Gains are above 0 and fall within a row; `base` may lie below 0 (see `concave_steps`).
    """

    starts: Ints
    widths: Ints
    gains: Ints
    base: Ints

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.base) + 1 or self.starts[-1] != len(self.widths):
            raise ValueError("starts must say where each row's steps begin, and where the last ones end")
        inner = np.ones(len(self.gains), dtype=np.bool_)
        inner[self.starts[:-1][self.starts[:-1] < len(self.gains)]] = False
        falling = np.diff(self.gains, prepend=0)[inner] <= 0
        if not (falling.all() and (self.gains > 0).all() and (self.widths > 0).all()):
            raise ValueError("widths and gains must be above 0, and gains must not rise within a row")

    @property
    def rows(self) -> Ints:
        """The row of each step. Shape (steps,)."""
        return np.repeat(np.arange(len(self.base)), np.diff(self.starts))

    @property
    def before(self) -> Ints:
        """People who stand on a row's earlier steps when they are full. Shape (steps,)."""
        running = np.concatenate([[0], np.cumsum(self.widths)])
        return np.asarray(running[:-1] - running[self.starts[:-1]][self.rows], dtype=np.int64)

    def kept(self, people: npt.ArrayLike) -> Ints:
        """Units kept with so many people in each row; whole numbers >= 0 that broadcast to (rows,)."""
        counts = np.broadcast_to(np.asarray(people, dtype=np.int64), self.base.shape)
        standing = np.clip(counts[self.rows] - self.before, 0, self.widths)
        total = self.base.copy()
        np.add.at(total, self.rows, standing * self.gains)
        return total


def concave_steps(kept: Floats, tolerance: Floats | float = 0.0) -> Steps:
    """The highest concave curve below `kept` that its right end allows, in whole units, never above `kept`.

    Where `kept` is concave from some number of people on, the curve is equal to it there, but for rounding and for
    `tolerance`. Before that point (a service level under heavy overload is convex) the curve goes on straight at the
    steepest gain: below `kept`, below 0 even. What a program reaches on the curve is thus always reached in truth.

    Args:
        kept: calls kept with 0, 1, 2, ... people, rising. Shape (rows, people + 1).
        tolerance: calls by which a step of several people may lie below `kept`. Shape (rows,).
    """
    gains = np.maximum.accumulate(np.diff(kept, axis=1)[:, ::-1], axis=1)[:, ::-1]
    gains = np.maximum(gains, 0.0)
    base = kept[:, -1] - gains.sum(axis=1)
    rows, widths, means, concave = _joined(gains, base, np.broadcast_to(tolerance, base.shape))
    whole = np.rint(means * UNITS_A_CALL).astype(np.int64)
    useful = whole > 0
    count = np.bincount(rows[useful], minlength=len(base))
    starts = np.concatenate([[0], np.cumsum(count)])
    # rounded gains drift away from the curve; the base takes up what they are above it at the worst corner
    drift = whole * widths
    first = np.searchsorted(rows, np.arange(len(base)))
    total = np.concatenate([[0], np.cumsum(drift)])
    climbed = total[1:] - total[first][rows]
    room = base * UNITS_A_CALL
    np.minimum.at(room, rows, concave * UNITS_A_CALL - climbed)
    return Steps(starts, widths[useful], whole[useful], np.floor(room + 1e-6).astype(np.int64))


def _joined(gains: Floats, base: Floats, tolerance: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    """Neighbouring gains joined while the chord stays within `tolerance` of the curve.

    It is at most a quarter of the width times the difference of gains away.

    Returns:
        Row, width, mean gain of each step, and the curve at its right end; by row, people ascending.
    """
    rows, people = gains.shape
    label = np.zeros(gains.shape, dtype=np.int64)  # steps counted from the right
    current = np.zeros(rows, dtype=np.int64)
    width = np.zeros(rows, dtype=np.int64)
    least = gains[:, -1].copy() if people else np.zeros(rows)
    for n in range(people - 1, -1, -1):
        apart = (width > 0) & ((gains[:, n] - least) * (width + 1) > 4 * tolerance)
        current += apart
        width = np.where(apart, 1, width + 1)
        least = np.where(apart, gains[:, n], least)
        label[:, n] = current
    key = (np.arange(rows)[:, None] * (people + 1) + (people - label)).ravel()
    keys, place = np.unique(key, return_inverse=True)
    widths = np.bincount(place, minlength=len(keys)).astype(np.int64)
    sums = np.bincount(place, weights=gains.ravel(), minlength=len(keys))
    owner = (keys // (people + 1)).astype(np.int64)
    running = np.cumsum(gains, axis=1) + base[:, None]
    ends = np.zeros(len(keys))
    ends[place.ravel()] = running.ravel()  # the last one written is the right end
    return owner, widths, sums / widths, ends
