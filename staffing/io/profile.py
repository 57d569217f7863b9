"""Read a call profile: how a desk without records spreads its calls over the week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from staffing.errors import Fault, InputError
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.reading import Table, read_table
from staffing.io.weekdays import EVERY_DAY, weekday

__all__ = ["EVERY_DAY", "read_profile"]

_START = re.compile(r"^(\d{1,2}):([0-5]\d)(?::00)?$")
_WEEKDAY_EXPECTED = 'a weekday such as monday, mon or 月曜, or "*" for every day'
_START_EXPECTED = "a time of day such as 09:00 (up to 47:59 for a day that ends past midnight)"


def read_profile(path: Path | str) -> pd.DataFrame:
    """Read `weekday, start, weight` rows; a weight is the share of calls relative to the others.

    Returns:
        Columns `weekday` (`monday`...`sunday`, or `*`), `slot` (int64, minutes from midnight), `start` (`HH:MM`),
        `weight` (float64, 0 or more); one row per weekday and slot, in the file's order.

    Raises:
        InputError: with every fault found.
    """
    table = read_table(path, ("weekday", "start", "weight"))
    faults = table.faults()
    weekdays = [weekday(text) for text in table.frame["weekday"]]
    slots = [_slot(text) for text in table.frame["start"]]
    weights = columns.weights(table, "weight", faults)
    _mark(table, "weekday", weekdays, _WEEKDAY_EXPECTED, faults)
    _mark(table, "start", slots, _START_EXPECTED, faults)
    faults.check()
    frame = pd.DataFrame({"weekday": pd.Series(weekdays, dtype="str"), "slot": slots, "weight": weights})
    again = frame.duplicated(["weekday", "slot"]).to_numpy()
    faults.mark(
        again, table.headers["start"], lambda i: "the same weekday and start again", "one row for each"
    )
    faults.check()
    if not weights.sum() > 0:
        raise InputError(table.file, [Fault("only weights of 0", "a weight above 0", column="weight")])
    frame.insert(2, "start", [f"{slot // 60:02d}:{slot % 60:02d}" for slot in frame["slot"]])
    return frame


def _mark(table: Table, column: str, values: Sequence[object], expected: str, faults: Faults) -> None:
    """A fault for every cell that could not be read (None)."""
    texts = table.frame[column].tolist()
    unread = np.array([value is None for value in values], dtype=bool)
    faults.mark(unread, table.headers[column], lambda i: repr(texts[i]), expected)


def _slot(text: str) -> int | None:
    match = _START.match(text.strip())
    if match is None or int(match[1]) >= 48:
        return None
    return int(match[1]) * 60 + int(match[2])
