"""Straight pieces that never understate a curve of agents.

Two kinds. *Above* lies on or over every step: agents may be fractions of hours. *Corners* passes on or over the last
load of each step only; a whole number that is not below it is enough, since the next whole number is due just
beyond that corner. The bends are chosen so that a given number of pieces overstates as little as may be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from staffing.sourcing.mix.curves import Curve

Floats = npt.NDArray[np.float64]
Line = tuple[float, float]  # a, b of a + b x load
Points = Callable[[Curve, int, int], tuple[Floats, Floats]]
_SEARCHES = 12


@dataclass(frozen=True)
class Segment:
    """Loads from `low` to `high`, and for each curve a line over them."""

    low: float
    high: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Pieces:
    """Segments from 0 up; `error` is the largest mean overstatement in one, a share of the first curve's agents."""

    segments: tuple[Segment, ...]
    error: float

    def up_to(self, most: float) -> tuple[Segment, ...]:
        """The segments that loads up to `most` use, the last one cut there."""
        inside = [piece for piece in self.segments if piece.low < most or piece.low == 0]
        last = inside[-1]
        return (*inside[:-1], Segment(last.low, min(last.high, most), last.lines))


def above(curves: tuple[Curve, ...], most_pieces: int) -> Pieces:
    """Pieces over steps of curves that share their loads."""
    loads = curves[0].loads

    def points(curve: Curve, first: int, last: int) -> tuple[Floats, Floats]:
        """Upper corners of the steps from `first` + 1 to `last`."""
        return (
            np.concatenate([loads[first:last], loads[first + 1 : last + 1]]),
            np.concatenate([curve.values[first + 1 : last + 1]] * 2),
        )

    return _pieces(curves, most_pieces, points, between=True)


def corners(curve: Curve, most_pieces: int) -> Pieces:
    """Pieces over the last loads of the steps."""

    def points(curve: Curve, first: int, last: int) -> tuple[Floats, Floats]:
        """Just the corners; a single step is level, so that a fraction of its agent serves none of it."""
        if last == first + 1:
            return curve.loads[[first, last]], curve.values[[last, last]]
        return curve.loads[first : last + 1], curve.values[first : last + 1]

    return _pieces((curve,), most_pieces, points, between=False)


def _pieces(
    curves: tuple[Curve, ...],
    most_pieces: int,
    points: Points,
    between: bool,
) -> Pieces:
    """The best of a few numbers of pieces: fewer can be closer, since bends are chosen from the left."""
    counts = sorted({1, max(1, most_pieces // 2), most_pieces})
    return min((_greedy(curves, count, points, between) for count in counts), key=lambda found: found.error)


def _greedy(
    curves: tuple[Curve, ...],
    most_pieces: int,
    points: Points,
    between: bool,
) -> Pieces:
    """The least tolerance with which the greedy choice of bends needs no more than `most_pieces`."""

    def greedy(tolerance: float) -> list[tuple[Segment, float]] | None:
        found: list[tuple[Segment, float]] = []
        first = 0
        while first < len(curves[0].loads) - 1:
            if len(found) == most_pieces:
                return None
            piece = _longest(curves, first, tolerance, points, between)
            found.append(piece[:2])
            first = piece[2]
        return found

    low, high = 0.0, 1.0
    best = greedy(low)
    if best is None:
        while (best := greedy(high)) is None:
            low, high = high, high * 2
        for _ in range(_SEARCHES):
            middle = (low + high) / 2
            tried = greedy(middle)
            low, high, best = (low, middle, tried) if tried is not None else (middle, high, best)
    return Pieces(tuple(segment for segment, _ in best), max(error for _, error in best))


def _longest(
    curves: tuple[Curve, ...],
    first: int,
    tolerance: float,
    points: Points,
    between: bool,
) -> tuple[Segment, float, int]:
    """The longest segment from step `first` on whose error keeps the tolerance: by doubling, then halving."""

    def piece(last: int) -> tuple[Segment, float, int]:
        lines = tuple(_over(*points(curve, first, last)) for curve in curves)
        loads = curves[0].loads
        return (
            Segment(float(loads[first]), float(loads[last]), lines),
            _error(curves[0], first, last, lines[0], between),
            last,
        )

    most = len(curves[0].loads) - 1
    good, step = piece(first + 1), 1
    while good[2] < most:
        tried = piece(min(most, good[2] + step))
        if tried[1] <= tolerance:
            good, step = tried, step * 2
        elif step == 1:
            break
        else:
            step = max(1, step // 4)
    return good


def _over(x: Floats, y: Floats) -> Line:
    """Of the lines on or over all points the one with the least mean height: the upper hull's edge at the middle."""
    middle = (x.min() + x.max()) / 2
    order = np.lexsort((y, x))
    hull: list[int] = []
    for point in order.tolist():
        while len(hull) > 1 and _turns_up(x, y, hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    for a, b in pairwise(hull):
        if x[a] <= middle <= x[b] and x[b] > x[a]:
            slope = float((y[b] - y[a]) / (x[b] - x[a]))
            return float(y[a] - slope * x[a]), slope
    return float(y.max()), 0.0


def _turns_up(x: Floats, y: Floats, a: int, b: int, c: int) -> bool:
    return bool((x[b] - x[a]) * (y[c] - y[a]) >= (x[c] - x[a]) * (y[b] - y[a]))


def _error(curve: Curve, first: int, last: int, line: Line, between: bool) -> float:
    """Mean overstatement over a segment as a share of the agents; small loads count as a quarter of the largest.

    With fractions the line stands against the step halfway along; with whole numbers, at the corner: a line that is
    higher there by a part of an agent asks for one more in that part of the step.
    """
    loads, values = curve.loads[first : last + 1], curve.values[first + 1 : last + 1]
    width = np.diff(loads)
    if not width.sum() > 0:
        return 0.0
    at = (loads[1:] + loads[:-1]) / 2 if between else loads[1:]
    usual = np.maximum(values, curve.values[-1] / 4)
    return float(max(0.0, ((line[0] + line[1] * at - values) * width).sum() / (usual * width).sum()))
