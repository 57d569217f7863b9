"""What couples people: the rows that no chain keeps, and what they cost as a function of people's patterns alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from staffing.roster.patterns.chain import NO_COLUMN, Chain
from staffing.roster.patterns.layout import Layout
from staffing.roster.program import Ints, Mask, Program

HARD = 100_000  # price of a unit that breaks a hard row, in searches that pass through broken rosters


@dataclass(frozen=True)
class Rows:
    """A program seen from its patterns.

    `rows` are the indices of the program's rows that stay in the master, `loose` the columns that no pattern
    settles (shortage, excess) and that may be other than 0. `by_option` (master rows, options of all) and
    `by_weekend` (master rows, people x days) say what an option and a worked weekend that begins on a day add to
    each row; `weekend_columns` (people x days) names the weekend's column, -1 for none. `by_loose` (master rows,
    loose) is what loose columns add. Master rows beyond those of the program are totals of loose columns.
    """

    program: Program
    rows: Ints
    loose: Ints
    by_option: sparse.csc_array
    by_weekend: sparse.csc_array
    weekend_columns: Ints
    low: Ints
    high: Ints
    option_cost: Ints
    weekend_cost: Ints
    by_loose: sparse.csc_array

    def with_total(self, columns: Mask, low: int, high: int) -> Rows:
        """The same with one more master row: how much the loose `columns` are in all. Shape (loose,)."""
        row = sparse.csc_array(columns[np.newaxis].astype(np.int64))
        return replace(
            self,
            by_option=_under(self.by_option),
            by_weekend=_under(self.by_weekend),
            by_loose=sparse.csc_array(sparse.vstack([self.by_loose, row])),
            low=np.append(self.low, low),
            high=np.append(self.high, high),
        )


def rows_of(program: Program, chains: Sequence[Chain], layout: Layout) -> Rows:
    """Drop from a program what its chains keep by themselves."""
    kept = np.diff(program.matrix.indptr) > 0
    kept |= (program.low > 0) | (program.high < 0)  # an empty row that says no
    settled = program.upper <= 0
    settled[layout.columns] = True
    days = layout.packed.days
    weekend_columns = np.full(len(chains) * days, NO_COLUMN, dtype=np.int64)
    for p, (chain, tracks) in enumerate(zip(chains, layout.tracks, strict=True)):
        kept[list(chain.rows)] = False
        for i, count in enumerate(chain.counts):
            if i not in tracks.outside:
                kept[list(count.rows)] = False
                settled[[c for c in (count.under_column, count.over_column) if c != NO_COLUMN]] = True
        if chain.weekends is not None:
            kept[list(chain.weekends.link_rows)] = False
            if tracks.weekends or chain.weekends.high >= len(chain.weekends.saturdays):
                kept[list(chain.weekends.limit_rows)] = False
            settled[chain.weekends.columns] = True
            weekend_columns[p * days + np.maximum(chain.weekends.saturdays, 0)] = chain.weekends.columns
    rows, there = np.flatnonzero(kept), weekend_columns >= 0
    matrix = sparse.csc_array(program.matrix[rows])
    by_weekend = sparse.csc_array((len(rows), len(weekend_columns)), dtype=np.int64)
    if there.any() and abs(matrix[:, weekend_columns[there]]).sum():
        place = np.flatnonzero(there)
        found = matrix[:, weekend_columns[there]].tocoo()
        by_weekend = sparse.csc_array(
            (found.data, (found.row, place[found.col])), shape=(len(rows), len(weekend_columns))
        )
    weekend_cost = np.zeros(len(weekend_columns), dtype=np.int64)
    weekend_cost[there] = program.cost[weekend_columns[there]]
    return Rows(
        program,
        rows,
        np.flatnonzero(~settled),
        sparse.csc_array(matrix[:, layout.columns]),
        sparse.csc_array(by_weekend),
        weekend_columns,
        program.low[rows],
        program.high[rows],
        program.cost[layout.columns],
        weekend_cost,
        sparse.csc_array(matrix[:, np.flatnonzero(~settled)]),
    )


def _under(matrix: sparse.csc_array) -> sparse.csc_array:
    """A matrix with an empty row below."""
    return sparse.csc_array(
        (matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0] + 1, matrix.shape[1])
    )


def own_rows(rows: Rows, owners: Ints, people: int) -> Mask:
    """Which master rows bind one person only, with weights of 0 or more and a most.

    Args:
        rows: the master's.
        owners: whose each option is, 0 to people - 1; shape (options of all,), none where nobody has any.
        people: how many there are.
    """
    days = rows.by_weekend.shape[1] // people
    whose = np.concatenate([owners, np.repeat(np.arange(people), days)])
    entries = sparse.csr_array(sparse.hstack([rows.by_option, rows.by_weekend]))
    row = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr))
    first, last = np.full(entries.shape[0], people), np.full(entries.shape[0], -1)
    np.minimum.at(first, row, whose[entries.indices])
    np.maximum.at(last, row, whose[entries.indices])
    negative = np.bincount(row, entries.data < 0, entries.shape[0]) > 0
    loose = np.diff(sparse.csr_array(rows.program.matrix[rows.rows][:, rows.loose]).indptr) > 0
    return np.asarray((first == last) & ~negative & ~loose & (rows.low <= 0))


@dataclass(frozen=True)
class Tables:
    """What each master row costs at each sum of people's entries: `values[start[r] + sum - least[r]]`.

    Exact as long as every loose column stands in one row only (`exact`): the row's loose columns are then set
    to their cheapest. Where they cannot reach the row's sides, each missing unit costs HARD.
    """

    start: Ints
    least: Ints
    values: Ints
    exact: bool


def tables_of(rows: Rows) -> Tables:
    """Tables of all master rows."""
    by_people = sparse.csr_array(sparse.hstack([rows.by_option, rows.by_weekend]))
    least, most = _reach(by_people)
    loose = sparse.csr_array(rows.program.matrix[rows.rows][:, rows.loose])
    alone = np.bincount(loose.indices, minlength=len(rows.loose)) <= 1
    cost, upper = rows.program.cost[rows.loose], rows.program.upper[rows.loose]
    start = np.concatenate([[0], np.cumsum(most - least + 1)])
    values = np.zeros(start[-1], dtype=np.int64)
    for r in range(len(rows.rows)):
        inside = slice(loose.indptr[r], loose.indptr[r + 1])
        column, factor = loose.indices[inside], loose.data[inside]
        single = alone[column]
        sums = np.arange(least[r], most[r] + 1)
        short = np.maximum(rows.low[r] - sums, 0)
        beyond = np.maximum(sums - rows.high[r], 0)
        terms = [(factor[i], cost[column[i]], upper[column[i]]) for i in np.flatnonzero(single)]
        values[start[r] : start[r + 1]] = _cheapest(short, [t for t in terms if t[0] > 0]) + _cheapest(
            beyond, [(-f, c, u) for f, c, u in terms if f < 0]
        )
    return Tables(start[:-1], least, values, bool(alone.all() and (cost >= 0).all()))


def _reach(matrix: sparse.csr_array) -> tuple[Ints, Ints]:
    down = sparse.csr_array((np.minimum(matrix.data, 0), matrix.indices, matrix.indptr), shape=matrix.shape)
    up = sparse.csr_array((np.maximum(matrix.data, 0), matrix.indices, matrix.indptr), shape=matrix.shape)
    return np.asarray(down.sum(axis=1)).astype(np.int64), np.asarray(up.sum(axis=1)).astype(np.int64)


def _cheapest(units: Ints, terms: list[tuple[int, int, int]]) -> Ints:
    """The cost of so many units from (size, cost, upper) terms, those cheap by the unit first; HARD beyond them."""
    left, total = units.copy(), np.zeros(len(units), dtype=np.int64)
    for size, cost, upper in sorted(terms, key=lambda term: term[1] / term[0]):
        used = np.minimum(-(-left // size), upper)
        total += used * cost
        left = np.maximum(left - used * size, 0)
    return total + left * HARD


def sums_of(rows: Rows, options: Ints, weekends: Ints) -> Ints:
    """The master rows' sums over chosen options and worked weekends (indices, repeated ones counted)."""
    chosen = np.bincount(options, minlength=rows.by_option.shape[1])
    worked = np.bincount(weekends, minlength=rows.by_weekend.shape[1])
    return np.asarray(rows.by_option @ chosen + rows.by_weekend @ worked, dtype=np.int64)


def weekends_of(patterns: Ints, marks: Ints) -> Mask:
    """Which days begin a worked weekend. Shapes (people, days); `marks` is the weekend column of `Packed.marks`."""
    work = patterns >= 0
    second = np.zeros_like(work)
    second[:, :-1] = work[:, 1:] & (marks[:, 1:] == 2)
    return np.asarray((marks == 1) & (work | second), dtype=np.bool_)
