"""A mixed-integer program as it is written down: columns, rows, and charges by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Term = tuple[int, float]  # column, coefficient


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise cost @ x subject to low <= matrix @ x <= high, lower <= x <= upper, x whole where `whole`.

    Shapes: `cost`, `lower`, `upper`, `whole`, `leading` (columns,); `low`, `high` (rows,). `leading` marks the
    columns that say which contracts run, which tiers of prices are reached and what is leased for long: those that
    matter most to the cost.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    whole: Bools
    leading: Bools
    matrix: sparse.csr_array
    low: Floats
    high: Floats

    def with_rows(self, rows: Sequence[tuple[list[Term], float, float]]) -> Program:
        """The same program with further rows, each of terms, low and high."""
        more = sparse.lil_array((len(rows), len(self.cost)))
        for number, (terms, _, _) in enumerate(rows):
            for column, coefficient in terms:
                more[number, column] += coefficient
        low = [row[1] for row in rows]
        high = [row[2] for row in rows]
        return replace(
            self,
            matrix=sparse.csr_array(sparse.vstack([self.matrix, more.tocsr()], format="csr")),
            low=np.append(self.low, low),
            high=np.append(self.high, high),
        )


class Sheet:
    """Collects columns, rows and charges."""

    def __init__(self) -> None:
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._whole: list[Bools] = []
        self._leading: list[Bools] = []
        self._count = 0
        self._columns: list[int] = []
        self._coefficients: list[float] = []
        self._ends: list[int] = [0]
        self._low: list[float] = []
        self._high: list[float] = []
        self._charges: list[tuple[Ints, Floats, Ints]] = []

    def add(
        self,
        shape: int | tuple[int, ...],
        upper: npt.ArrayLike = np.inf,
        lower: npt.ArrayLike = 0.0,
        *,
        whole: bool = False,
        leading: bool = False,
    ) -> Ints:
        """New columns; returns their numbers, in the shape asked for."""
        sizes = (shape,) if isinstance(shape, int) else shape
        count = int(np.prod(sizes))
        self._lower.append(np.broadcast_to(np.asarray(lower, dtype=np.float64), sizes).ravel())
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), sizes).ravel())
        self._whole.append(np.full(count, whole))
        self._leading.append(np.full(count, leading))
        first, self._count = self._count, self._count + count
        return np.arange(first, first + count).reshape(sizes)

    def row(self, terms: Iterable[Term], low: float = -np.inf, high: float = np.inf) -> None:
        """A row over some columns; a column named twice counts twice."""
        for column, coefficient in terms:
            self._columns.append(column)
            self._coefficients.append(coefficient)
        self._ends.append(len(self._columns))
        self._low.append(low)
        self._high.append(high)

    def charge(self, columns: npt.ArrayLike, amount: npt.ArrayLike, months: npt.ArrayLike) -> None:
        """Each unit of a column costs an amount, paid in a month (the number after the last: after the plan)."""
        parts = np.broadcast_arrays(
            np.asarray(columns), np.asarray(amount, dtype=np.float64), np.asarray(months)
        )
        columns, amount, months = (np.ravel(part) for part in parts)
        some = np.flatnonzero(amount)
        self._charges.append((columns[some], amount[some], months[some]))

    def month_terms(self, month: int) -> list[Term]:
        """What is paid in a month, as the terms of a row."""
        found: list[Term] = []
        for columns, amounts, months in self._charges:
            here = months == month
            found.extend(zip(columns[here].tolist(), amounts[here].tolist(), strict=True))
        return found

    def build(self) -> Program:
        """The program collected so far."""
        cost = np.zeros(self._count)
        for columns, amounts, _ in self._charges:
            np.add.at(cost, columns, amounts)
        matrix = sparse.csr_array(
            (self._coefficients, self._columns, self._ends), shape=(len(self._low), self._count)
        )
        matrix.sum_duplicates()
        return Program(
            cost,
            np.concatenate(self._lower),
            np.concatenate(self._upper),
            np.concatenate(self._whole),
            np.concatenate(self._leading),
            matrix,
            np.array(self._low),
            np.array(self._high),
        )
