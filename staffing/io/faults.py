"""Collecting faults: every bad row of a long table, found at once, named by row and column."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from staffing.errors import Fault, InputError

KEPT = 1000  # rows named for one kind of fault; of more, the first one tells the number


class Faults:
    """The faults of one file; `check` raises when there are any."""

    def __init__(self, file: str, rows: NDArray[np.int64]) -> None:
        """`rows` are the line numbers, as an editor counts them, of the table's rows."""
        self._file = file
        self._rows = rows
        self._found: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """One fault."""
        self._found.append(fault)

    def mark(
        self,
        bad: NDArray[np.bool_],
        column: str | None,
        found: Callable[[int], str],
        expected: str | Callable[[int], str],
    ) -> None:
        """One fault for each row where `bad` holds.

        Args:
            bad: one flag a row of the table.
            column: the column at fault, None for the whole row.
            found: what stands there, given the row's position in the table.
            expected: what should stand there, the same for all or by position.
        """
        places = np.flatnonzero(bad)
        count = f" (the first of {len(places):,} rows with this fault)" if len(places) > KEPT else ""
        for place in places[:KEPT].tolist():
            text = expected if isinstance(expected, str) else expected(place)
            self._found.append(Fault(found(place) + count, text, int(self._rows[place]), column))
            count = ""

    def check(self) -> None:
        """Raise what was collected, in the order of rows; faults of the whole file come first.

        Raises:
            InputError: when there is any fault.
        """
        if self._found:
            raise InputError(self._file, sorted(self._found, key=lambda fault: fault.row or 0))
