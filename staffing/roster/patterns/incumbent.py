"""The best roster known: patterns made whole, verified in integers, and told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from staffing.roster.engines import branch
from staffing.roster.patterns.columns import Costing
from staffing.roster.patterns.rows import HARD, Rows, Tables
from staffing.roster.program import Ints

COMPLETE_SECONDS = 10.0  # for the columns of nobody, when they hang together

Told = Callable[[int], None]


class Incumbent:
    """Keeps the best patterns and x; may be offered to from several threads."""

    def __init__(self, rows: Rows, tables: Tables, costing: Costing, told: Told) -> None:
        self._rows = rows
        self._tables = tables
        self._costing = costing
        self._told = told
        self._lock = threading.Lock()
        self.patterns: Ints | None = None
        self.x: Ints | None = None
        self.value = np.iinfo(np.int64).max

    def offer(self, patterns: Ints) -> bool:
        """Take patterns when they make a better admissible roster. Shape (people, days)."""
        x = self.complete(patterns)
        if x is None or not self._rows.program.admits(x):
            return False
        value = self._rows.program.value(x)
        with self._lock:
            if value >= self.value:
                return False
            self.value, self.x, self.patterns = value, x, patterns.copy()
        self._told(value)
        return True

    def complete(self, patterns: Ints) -> Ints | None:
        """The program's x for patterns, the loose columns at their cheapest; None when they cannot be."""
        x = self._costing.settle(patterns)
        program, loose = self._rows.program, self._rows.loose
        if not len(loose):
            return x
        if self._tables.exact:
            return self._fill(x)
        free = np.zeros(program.columns, dtype=np.bool_)
        free[loose] = True
        part = program.part(free, x)
        found = branch(part.program, COMPLETE_SECONDS).x
        return None if found is None else part.into(x, found)

    def _fill(self, x: Ints) -> Ints:
        """Set loose columns that stand in one row each, row by row, the cheap ones first."""
        rows = self._rows
        sums = np.asarray(rows.program.matrix[rows.rows] @ x)
        by_row = rows.by_loose.tocsr()
        cost, upper = rows.program.cost[rows.loose], rows.program.upper[rows.loose]
        for r in np.flatnonzero((sums < rows.low) | (sums > rows.high)).tolist():
            inside = slice(by_row.indptr[r], by_row.indptr[r + 1])
            columns, factors = by_row.indices[inside], by_row.data[inside]
            need = max(rows.low[r] - sums[r], 0) - max(sums[r] - rows.high[r], 0)
            sign = 1 if need > 0 else -1
            left = abs(int(need))
            fitting = np.flatnonzero(factors * sign > 0)
            for i in fitting[
                np.argsort(cost[columns[fitting]] / abs(factors[fitting]), kind="stable")
            ].tolist():
                used = min(-(-left // abs(int(factors[i]))), int(upper[columns[i]]))
                x[rows.loose[columns[i]]] = used
                left = max(0, left - used * abs(int(factors[i])))
        return x

    def cost_of(self, patterns: Ints, sums: Ints) -> int:
        """What patterns cost by the rows' tables, HARD for each unit of a hard row; without soft counts."""
        tables, rows = self._tables, self._rows
        options = patterns[patterns >= 0]
        _, weekends = self._costing.weekends(np.arange(len(patterns)), patterns)
        own = rows.option_cost[options].sum() + rows.weekend_cost[weekends].sum()
        return int(own + tables.values[tables.start + sums - tables.least].sum())

    @property
    def sound(self) -> bool:
        """Whether a roster is known that breaks nothing."""
        return self.x is not None and self.value < HARD * len(self._rows.rows) * 1000
