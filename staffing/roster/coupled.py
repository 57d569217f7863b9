"""Rows that bind several people at once, while people are placed one after another."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from staffing.roster.program import Ints, Program


class Coupled:
    """A program of people's columns, seen by one person at a time.

    A row that binds several people asks a person only for what those who come later cannot make up for: it is let out
    by the most and the least that their columns can add to it.
    """

    def __init__(self, program: Program, owners: Ints) -> None:
        self._program = program
        self._owners = owners
        entries = program.matrix.tocoo()
        row_of, owner_of = entries.row, owners[entries.col]
        first = np.full(len(program.low), np.iinfo(np.int64).max)
        last = np.full(len(program.low), -1)
        np.minimum.at(first, row_of, owner_of)
        np.maximum.at(last, row_of, owner_of)
        self._rows = np.flatnonzero(first < last)
        self._matrix = program.matrix[self._rows]

    def __bool__(self) -> bool:
        """Whether any row binds several people."""
        return bool(len(self._rows))

    def before(self, agent: int) -> Program:
        """The program as it binds this person, when everybody after them is still to be placed."""
        if not len(self._rows):
            return self._program
        program, matrix = self._program, self._matrix
        later = np.where(self._owners > agent, program.upper, 0)
        low, high = program.low.copy(), program.high.copy()
        low[self._rows] -= _of(matrix, np.maximum(matrix.data, 0)) @ later
        high[self._rows] -= _of(matrix, np.minimum(matrix.data, 0)) @ later
        return Program(program.cost, program.upper, program.matrix, low, high)


def _of(matrix: sparse.csr_array, data: Ints) -> sparse.csr_array:
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
