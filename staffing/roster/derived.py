"""Columns that follow from the work columns: sums, "any of these", and by how much limits are broken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from staffing.roster.limits import Limit
from staffing.roster.program import Ints, Program


class Derived:
    """Columns with the rows that define them, evaluated in the order: sums, steps, any, levels, limits' slack."""

    def __init__(self) -> None:
        self._sums: list[tuple[int, int]] = []  # column, row: sum of the others - column = 0
        self._steps: list[
            tuple[tuple[int, ...], int]
        ] = []  # columns filled in order, row: columns - people <= 0
        self._any: list[tuple[int, tuple[int, ...]]] = []  # column, rows: other - column <= 0
        self._lacking: list[
            tuple[int, int, int]
        ] = []  # column, row, factor: makes up what lacks to the row's low side
        self._excesses: list[tuple[int, int, int]] = []  # column, row, what one unit takes
        self._allowed: list[tuple[int, tuple[int, ...]]] = []  # column, rows
        self._flags: list[tuple[int, int]] = []  # column, row
        self._balances: list[tuple[int, int, int]] = []  # too few, too many, row: others + few - many = side
        self._top_ups: list[tuple[tuple[int, ...], int]] = []  # columns, row
        self._levels: list[
            tuple[Ints, int]
        ] = []  # columns filled in order, row: sum of the others - columns <= 0

    def add_sum(self, column: int, row: int) -> None:
        """A column that is the sum of the row's other columns."""
        self._sums.append((column, row))

    def add_steps(self, columns: Sequence[int], row: int) -> None:
        """Columns filled in order, each to its upper bound, while the row leaves room below its high side."""
        self._steps.append((tuple(columns), row))

    @property
    def sums(self) -> list[tuple[int, int]]:
        """The columns that are sums, each with the row that defines it."""
        return self._sums

    @property
    def any(self) -> list[tuple[int, tuple[int, ...]]]:
        """The columns that say "any of these", each with its rows."""
        return self._any

    def add_any(self, column: int, rows: Sequence[int]) -> None:
        """A column that is 1 when the other column of one of the rows is."""
        self._any.append((column, tuple(rows)))

    def add_lack(self, column: int, row: int, factor: int = 1) -> None:
        """A column, with a factor above 0, that makes up what the row's others lack to its low side."""
        self._lacking.append((column, row, factor))

    def add_levels(self, columns: Ints, row: int) -> None:
        """Columns of 0 or 1, each dearer than the one before, that hold the sum of the row's others."""
        self._levels.append((columns, row))

    def add_excess(self, column: int, row: int, factor: int) -> None:
        """A column, with factor -factor, that takes what the row's others exceed its high side by."""
        self._excesses.append((column, row, factor))

    def add_flag(self, column: int, row: int) -> None:
        """A column of 0 or 1, with a factor below 0, that is 1 when the row's others exceed its high side."""
        self._flags.append((column, row))

    def add_allowed(self, column: int, rows: Sequence[int]) -> None:
        """A column of 0 or 1 that is 1 whenever its rows, in which its factor is 1, leave room for it."""
        self._allowed.append((column, tuple(rows)))

    def add_balance(self, few: int, many: int, row: int) -> None:
        """Two columns, with factors 1 and -1, that bring the row's others up or down to its side."""
        self._balances.append((few, many, row))

    def add_top_up(self, columns: Sequence[int], row: int) -> None:
        """Columns of 0 or 1, of which the cheapest are raised until the row's low side is reached.

        Where the row may be broken, only those that cost less than its slack.
        """
        self._top_ups.append((tuple(columns), row))

    def fill(self, program: Program, x: Ints, limits: Sequence[Limit]) -> None:
        """Set all derived columns of `x` from its other columns."""
        soft = [limit for limit in limits if limit.under is not None or limit.over is not None]
        for limit in soft:
            x[[column for column in (limit.under, limit.over) if column is not None]] = 0
        if self._sums:
            columns, rows = (np.array(part, dtype=np.int64) for part in zip(*self._sums, strict=True))
            x[columns] = 0
            x[columns] = program.matrix[rows] @ x
        if self._steps:
            self._fill_steps(program, x)
        if self._any:
            columns = np.array([column for column, _ in self._any], dtype=np.int64)
            x[columns] = 0
            sums = program.matrix[[row for _, among in self._any for row in among]] @ x
            starts = np.cumsum([0, *(len(among) for _, among in self._any[:-1])])
            x[columns] = np.maximum.reduceat(sums, starts) > 0
        if self._lacking:
            columns, rows, factors = (
                np.array(part, dtype=np.int64) for part in zip(*self._lacking, strict=True)
            )
            x[columns] = 0
            lacks: Ints = program.low[rows] - program.matrix[rows] @ x
            x[columns] = np.maximum(-(-lacks // factors), 0)
        for column, among in self._allowed:
            x[column] = 0
            found = list(among)
            x[column] = int((program.matrix[found] @ x < program.high[found]).all())
        for column, row, factor in self._excesses:
            x[column] = 0
            beyond = int((program.matrix[[row]] @ x)[0] - program.high[row])
            x[column] = max(0, -(-beyond // factor))
        for column, row in self._flags:
            x[column] = 0
            x[column] = int((program.matrix[[row]] @ x)[0] > program.high[row])
        if self._balances:
            few, many, rows = (np.array(part, dtype=np.int64) for part in zip(*self._balances, strict=True))
            x[few], x[many] = 0, 0
            lack: Ints = program.low[rows] - program.matrix[rows] @ x
            x[few], x[many] = np.maximum(lack, 0), np.maximum(-lack, 0)
        slack = {limit.row: limit.under for limit in soft}
        for columns_raised, row in self._top_ups:
            lacking = int(program.low[row] - (program.matrix[[row]] @ x)[0])
            under = slack.get(row)
            idle = [
                column
                for column in columns_raised
                if not x[column] and (under is None or program.cost[column] < program.cost[under])
            ]
            for column in sorted(idle, key=lambda c: int(program.cost[c]))[: max(0, lacking)]:
                x[column] = 1
        for levels, row in self._levels:
            x[levels] = 0
            held = int((program.matrix[[row]] @ x)[0])
            x[levels[:held]] = 1
        self._fill_slack(program, x, soft)

    def _fill_steps(self, program: Program, x: Ints) -> None:
        columns = np.array([c for group, _ in self._steps for c in group], dtype=np.int64)
        rows = np.array([row for _, row in self._steps], dtype=np.int64)
        sizes = np.array([len(group) for group, _ in self._steps], dtype=np.int64)
        x[columns] = 0
        room: Ints = program.high[rows] - program.matrix[rows] @ x
        widths = program.upper[columns]
        filled = np.concatenate([[0], np.cumsum(widths)])[:-1]
        firsts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        x[columns] = np.clip(np.repeat(room + filled[firsts], sizes) - filled, 0, widths)

    @staticmethod
    def _fill_slack(program: Program, x: Ints, soft: Sequence[Limit]) -> None:
        if not soft:
            return
        sums: Ints = program.matrix[[limit.row for limit in soft]] @ x
        for limit, total in zip(soft, map(int, sums), strict=True):
            if limit.under is not None and limit.low is not None:
                x[limit.under] = max(x[limit.under], limit.low - total, 0)
            if limit.over is not None and limit.high is not None:
                x[limit.over] = max(x[limit.over], total - limit.high, 0)
