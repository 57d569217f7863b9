"""Calls that enter a source, and the agents that its teams need for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.sourcing.mix.activity import Activity
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.segments import Pieces, Segment
from staffing.sourcing.mix.sheet import Floats, Ints, Sheet, Term
from staffing.sourcing.mix.sources import Contract, OwnDesk

NONE = -1  # no column


@dataclass(frozen=True)
class Point:
    """A way to run own agents: a share `agents` of the full need takes a share `kept` of the calls.

    The rest goes to `overflow`, a contract's activity; None for the full need.
    """

    agents: float = 1.0
    kept: float = 1.0
    overflow: str | None = None


FULL = (Point(),)


@dataclass(frozen=True, eq=False)
class Cells:
    """Columns of the shares of `calls` (months, types, classes) that enter a source.

    `shares` (points, months, types, classes) holds the columns' numbers, `NONE` where the source takes none. Shares
    keep the program's coefficients near 1.
    """

    points: tuple[Point, ...]
    shares: Ints
    calls: Floats

    def entering(self, month: int, kind: int, part: int) -> list[Term]:
        """The share of one cell that enters the source, as terms."""
        return [(int(column), 1.0) for column in self.shares[:, month, kind, part] if column != NONE]

    def calls_at(self, point: int, month: int, factor: float = 1.0) -> list[Term]:
        """All calls of a month at a point, as terms."""
        inside = self.shares[point, month]
        some = inside != NONE
        amounts = self.calls[month][some] * factor
        return list(zip(inside[some].tolist(), amounts.tolist(), strict=True))

    def calls_of(self, month: int, factor: float = 1.0) -> list[Term]:
        """All calls of a month, as terms."""
        return [term for point in range(len(self.points)) for term in self.calls_at(point, month, factor)]

    def amounts(self, x: Floats) -> Floats:
        """Calls by point, month, type and class in a solution."""
        return np.asarray(np.maximum(np.append(x, 0.0)[self.shares], 0.0) * self.calls)


def add_cells(
    sheet: Sheet, problem: MixProblem, source: Contract, activity: Activity, points: tuple[Point, ...] = FULL
) -> Cells:
    """The columns; while the contract is active at least its least share of all calls enters.

    That none enters otherwise follows from the sizing (`add_sizing`).
    """
    months, kinds, parts = problem.shape
    serves = problem.serves(source)
    shape = (len(points), months, kinds, parts)
    columns = np.full(shape, NONE, dtype=np.int64)
    some = np.broadcast_to((problem.calls > 0) & serves, shape)
    columns[some] = sheet.add(int(some.sum()), 1.0)
    cells = Cells(points, columns, problem.calls)
    if source.least_share:
        for month in range(months):
            least = -source.least_share * float(problem.calls[month].sum())
            sheet.row([*cells.calls_of(month), (int(activity.active[month]), least)], low=0)
    return cells


@dataclass(frozen=True, eq=False)
class Sized:
    """What a team needs in a month and class: terms for each curve of its pieces, and the shares of its points.

    `picks` (points, segments) sum to 1 where the team is there: one segment is picked, and the points share it.
    `whole` are the 0/1 columns that pick the segment.
    """

    needs: tuple[list[Term], ...]
    picks: Ints
    whole: Ints


Needs = dict[tuple[int, int], dict[int, Sized]]  # by month and class, then by team


def add_sizing(
    sheet: Sheet,
    problem: MixProblem,
    source: Contract,
    cells: Cells,
    activity: Activity,
    pieces: dict[tuple[int, int], Pieces],
    running: dict[str, Activity],
) -> Needs:
    """The agents that each team needs; `pieces` by team and class, `running` the overflow contracts by name.

    In each month and class 0/1 columns pick a team's segment of loads. The shares of the points interpolate between
    them; calls of a type enter at a point up to its share. That is asked type by type: asked of their sum alone, a
    part of a pick would let one type in whole, and the relaxation would be loose.
    """
    load = problem.erlangs(source) * problem.calls
    found: Needs = {}
    for (team, part), curve in pieces.items():
        for month in range(problem.shape[0]):
            kinds = [k for k in problem.teams(source)[team] if cells.shares[0, month, k, part] != NONE]
            most = sum(float(load[month, k, part]) for k in kinds)
            if most <= 0:
                continue
            loads = [
                [(int(cells.shares[j, month, k, part]), float(load[month, k, part])) for k in kinds]
                for j in range(len(cells.points))
            ]
            sized = _one(sheet, curve.up_to(most), loads, cells.points, month)
            there = (int(activity.active[month]), -1.0)
            low = 0.0 if isinstance(source, OwnDesk) and source.every_class else -np.inf
            sheet.row([*_ones(sized.picks), there], low, 0.0)
            _overflow(sheet, cells.points, sized, running, month)
            found.setdefault((month, part), {})[team] = sized
    return found


def _overflow(
    sheet: Sheet, points: tuple[Point, ...], sized: Sized, running: dict[str, Activity], month: int
) -> None:
    """Points of an overflow contract are used while it is active, and of one contract only."""
    names = sorted({point.overflow for point in points if point.overflow is not None})
    chosen = sheet.add(len(names), 1.0, whole=True) if len(names) > 1 else None
    for number, name in enumerate(names):
        rows = [n for n, point in enumerate(points) if point.overflow == name]
        gate = int(running[name].active[month])
        if chosen is not None:
            sheet.row([(int(chosen[number]), 1.0), (gate, -1.0)], high=0)
            gate = int(chosen[number])
        sheet.row([*_ones(sized.picks[rows]), (gate, -1.0)], high=0)
    if chosen is not None:
        sheet.row(_ones(chosen), high=1)


def _ones(columns: Ints) -> list[Term]:
    return [(column, 1.0) for column in columns.ravel().tolist()]


def _one(
    sheet: Sheet,
    segments: tuple[Segment, ...],
    loads: list[list[Term]],
    points: tuple[Point, ...],
    month: int,
) -> Sized:
    shape = (len(points), len(segments))
    picks = sheet.add(shape, 1.0, whole=len(points) == 1)
    segment = picks
    if len(points) > 1:
        segment = sheet.add((1, len(segments)), 1.0, whole=True)[0]
        for k, column in enumerate(segment.tolist()):
            sheet.row([*_ones(picks[:, k]), (column, -1.0)], 0, 0)
    for j, load in enumerate(loads):
        for column, _ in load:
            sheet.row([(column, 1.0), *((pick, -1.0) for pick in picks[j].tolist())], high=0)
    parts = [[load] for load in loads] if len(segments) == 1 else _split(sheet, segments, loads, picks, month)
    needs = tuple(
        [
            term
            for j, point in enumerate(points)
            for k, piece in enumerate(segments)
            for term in (
                (int(picks[j, k]), point.agents * piece.lines[number][0]),
                *((column, point.agents * piece.lines[number][1] * by) for column, by in parts[j][k]),
            )
        ]
        for number in range(len(segments[0].lines))
    )
    return Sized(needs, picks, segment)


def _split(
    sheet: Sheet, segments: tuple[Segment, ...], loads: list[list[Term]], picks: Ints, month: int
) -> list[list[list[Term]]]:
    """The load at each point by segment, within the bounds of the one picked."""
    parts = sheet.add(picks.shape, [piece.high for piece in segments])
    for j, load in enumerate(loads):
        sheet.row([*load, *((int(column), -1.0) for column in parts[j])], 0, 0)
        for k, piece in enumerate(segments):
            sheet.row([(int(parts[j, k]), 1.0), (int(picks[j, k]), -piece.high)], high=0)
            if piece.low > 0:
                sheet.row([(int(parts[j, k]), 1.0), (int(picks[j, k]), -piece.low)], low=0)
    return [[[(int(column), 1.0)] for column in row] for row in parts]
