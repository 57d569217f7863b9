"""Integer programs: what the rules and prices of a roster come to, before any solver sees them.

    minimise cost @ x   subject to   low <= matrix @ x <= high,   0 <= x <= upper,   x whole

All figures are whole numbers, so that a roster's value and its admissibility are judged exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Program:
    """A minimisation over whole numbers.

    Shapes: `cost` and `upper` (columns,), `matrix` (rows, columns), `low` and `high` (rows,). `low` and `high`
    are finite: a side that cannot bind holds the least or greatest value the row can take.
    """

    cost: Ints
    upper: Ints
    matrix: sparse.csr_array
    low: Ints
    high: Ints

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def floor(self) -> int:
        """What every x costs at least, whatever the rows say: all that is negative, as much as may be."""
        return int(np.minimum(self.cost, 0) @ self.upper)

    @property
    def contradictory(self) -> bool:
        """Whether some row asks for more or less than its columns can give, so that no x is admissible."""
        return bool((self.low > self.high).any())

    def value(self, x: Ints) -> int:
        """The cost of `x`, exact."""
        return int(self.cost @ x)

    def admits(self, x: Ints) -> bool:
        """Whether `x` keeps every row and bound, exactly."""
        if bool((x < 0).any() or (x > self.upper).any()):
            return False
        rows = self.matrix @ x
        return bool((rows >= self.low).all() and (rows <= self.high).all())

    def rows_within(self, columns: Mask) -> Ints:
        """Indices of the rows that reach no column outside `columns`, a mask of shape (columns,)."""
        return np.flatnonzero(abs(self.matrix) @ (~columns).astype(np.int64) == 0)

    def span_of_rows(self, labels: Ints) -> tuple[Ints, Ints]:
        """Least and greatest label, of shape (columns,), of each row's columns; 0 and -1 of a row without any."""
        sizes = np.diff(self.matrix.indptr)
        filled = np.flatnonzero(sizes)
        least, most = np.zeros(len(sizes), dtype=np.int64), np.full(len(sizes), -1, dtype=np.int64)
        if len(filled):
            entries, starts = labels[self.matrix.indices], self.matrix.indptr[filled]
            least[filled] = np.minimum.reduceat(entries, starts)
            most[filled] = np.maximum.reduceat(entries, starts)
        return least, most

    def keeping(self, rows: Ints) -> Program:
        """The same program with some of its rows only."""
        return Program(self.cost, self.upper, self.matrix[rows], self.low[rows], self.high[rows])

    def part(self, free: Mask, x: Ints) -> Part:
        """The program left when every column outside `free` keeps its value in `x`."""
        columns = np.flatnonzero(free)
        inside = self.matrix[:, columns]
        rows = np.flatnonzero(np.diff(inside.indptr))
        inside = inside[rows]
        settled = self.matrix[rows] @ np.where(free, 0, x)
        program = bounded(
            self.cost[columns],
            self.upper[columns],
            inside,
            self.low[rows] - settled,
            self.high[rows] - settled,
        )
        return Part(program, columns, int(self.cost @ np.where(free, 0, x)))


@dataclass(frozen=True)
class Part:
    """A program over some columns of a larger one; `offset` is the cost of the columns that are settled."""

    program: Program
    columns: Ints
    offset: int

    def into(self, x: Ints, part_x: Ints) -> Ints:
        """A copy of the larger program's `x` with this part's columns replaced."""
        whole = x.copy()
        whole[self.columns] = part_x
        return whole


class Growing:
    """An array that grows at its end; it is longer than what it holds, so that it seldom moves."""

    def __init__(self) -> None:
        self._held: Ints = np.zeros(1024, dtype=np.int64)
        self._length = 0

    @property
    def values(self) -> Ints:
        """What it holds; a view that the next `extend` may leave behind."""
        return self._held[: self._length]

    def extend(self, values: Ints) -> None:
        """Append values."""
        first, self._length = self._length, self._length + len(values)
        if self._length > len(self._held):
            self._held = np.append(self._held, np.zeros(2 * self._length, dtype=np.int64))
        self._held[first : self._length] = values


class ProgramBuilder:
    """Collects columns and rows."""

    def __init__(self) -> None:
        self._cost: list[Ints] = []
        self._charges: list[tuple[Ints, int]] = []
        self._upper = Growing()
        self._columns: list[Ints] = []
        self._coefficients: list[Ints] = []
        self._low: list[int | None] = []
        self._high: list[int | None] = []

    def column(self, upper: int, cost: int = 0) -> int:
        """Add a column; returns its index."""
        return int(self.columns(np.array([upper]), np.array([cost]))[0])

    def columns(self, upper: Ints, cost: Ints) -> Ints:
        """Add columns; returns their indices. All shapes (columns,)."""
        first = len(self._upper.values)
        self._upper.extend(upper)
        self._cost.append(np.asarray(cost, dtype=np.int64))
        return np.arange(first, first + len(upper), dtype=np.int64)

    def row(
        self,
        columns: Sequence[int] | Ints,
        coefficients: Sequence[int] | Ints | int = 1,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> int:
        """Add `low <= sum of coefficients x columns <= high`; None leaves a side open. Returns the row's index.

        A row without columns is kept when its bounds exclude 0: it makes the program inadmissible.
        """
        indices = np.asarray(columns, dtype=np.int64)
        self._columns.append(indices)
        self._coefficients.append(np.broadcast_to(np.asarray(coefficients, dtype=np.int64), indices.shape))
        self._low.append(low)
        self._high.append(high)
        return len(self._low) - 1

    def charge(self, columns: Sequence[int] | Ints, cost: int) -> None:
        """Raise the cost of some columns."""
        self._charges.append((np.asarray(columns, dtype=np.int64), cost))

    def upper(self, column: int) -> int:
        """The most that a column can be."""
        return int(self._upper.values[column])

    def reach(self, columns: Ints, coefficients: Ints) -> tuple[int, int]:
        """The least and the most that a sum of columns can be."""
        upper = self._upper.values[columns]
        return int(np.minimum(coefficients, 0) @ upper), int(np.maximum(coefficients, 0) @ upper)

    def build(self) -> Program:
        """The program collected so far."""
        cost = joined(self._cost)
        for charged, amount in self._charges:
            np.add.at(cost, charged, amount)
        upper = self._upper.values.copy()
        starts = np.concatenate([[0], np.cumsum([len(row) for row in self._columns])]).astype(np.int64)
        indices, data = joined(self._columns), joined(self._coefficients)
        matrix = sparse.csr_array((data, indices, starts), shape=(len(self._columns), len(cost)))
        matrix.sum_duplicates()
        wide = np.iinfo(np.int64)
        low = np.array([wide.min if bound is None else bound for bound in self._low], dtype=np.int64)
        high = np.array([wide.max if bound is None else bound for bound in self._high], dtype=np.int64)
        return bounded(cost, upper, matrix, low, high)


def bounded(cost: Ints, upper: Ints, matrix: sparse.csr_array, low: Ints, high: Ints) -> Program:
    """A program whose open sides are closed at what its rows can reach."""
    least = _with_data(matrix, np.minimum(matrix.data, 0)) @ upper
    most = _with_data(matrix, np.maximum(matrix.data, 0)) @ upper
    # a bound beyond reach stays where it is on the side that cannot be met, so that the row still says no
    return Program(cost, upper, matrix, np.maximum(low, least), np.minimum(high, most))


def _with_data(matrix: sparse.csr_array, data: Ints) -> sparse.csr_array:
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def joined(parts: Sequence[Ints]) -> Ints:
    """Arrays end to end; of no part an empty one."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
