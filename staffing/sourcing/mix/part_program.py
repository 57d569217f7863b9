"""Programs over some columns of a larger one, the others held at their values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from staffing.sourcing.mix.sheet import Bools, Floats, Ints, Program

_TINY = 1e-6


@dataclass(frozen=True, eq=False)
class Partial:
    """A smaller program; `columns` are its columns' numbers in the larger one, `offset` what the others cost."""

    program: Program
    columns: Ints
    offset: float

    def into(self, x: Floats, part_x: Floats) -> Floats:
        """A copy of the larger program's `x` with this part's columns replaced."""
        whole = x.copy()
        whole[self.columns] = part_x
        return whole


def partial(program: Program, free: Bools, rows: Bools, x: Floats) -> Partial:
    """The program of the `free` columns and those of `rows` that reach them; other columns stay as in `x`."""
    columns, held = np.flatnonzero(free), np.where(free, 0.0, x)
    inside = program.matrix[:, columns]
    kept = np.flatnonzero(rows & (np.diff(inside.indptr) > 0))
    settled = (program.matrix @ held)[kept]
    part = Program(
        program.cost[columns],
        program.lower[columns],
        program.upper[columns],
        program.whole[columns],
        program.month[columns],
        program.choice[columns],
        inside[kept],
        program.low[kept] - settled,
        program.high[kept] - settled,
    )
    return Partial(part, columns, float(program.cost @ held))


def row_months(program: Program) -> Ints:
    """The last month that each row's columns belong to; -1 where none does."""
    matrix = program.matrix
    found = np.full(matrix.shape[0], -1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        found[filled] = np.maximum.reduceat(program.month[matrix.indices], matrix.indptr[filled])
    return found


def supported(program: Program, x: Floats) -> Program:
    """The same program without the 0/1 columns that are 0 in `x`, a solution of its relaxation.

    Of a choice all columns stay if any is not 0: relaxed, one of them stands for the others.
    """
    near = x > _TINY
    chosen = np.zeros(int(program.choice.max(initial=-1)) + 2, dtype=np.bool_)
    np.logical_or.at(chosen, program.choice, near)
    kept = np.where(program.choice >= 0, chosen[program.choice], near)
    binary = program.whole & (program.upper <= 1)
    return replace(program, upper=np.where(binary & ~kept & (program.lower <= 0), 0.0, program.upper))


def relaxed(program: Program, whole: Bools) -> Program:
    """The same program with whole numbers asked of some columns only."""
    return replace(program, whole=program.whole & whole)
