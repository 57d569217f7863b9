"""Typed columns from text: whole numbers, seconds, names, days; every bad cell becomes a fault."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.io.faults import Faults
from staffing.io.reading import Table

LARGEST_COUNT = 1_000_000_000
LARGEST_SECONDS = 1e12
_CLOCK = re.compile(r"^(\d+):([0-5]\d):([0-5]\d)$")
_HOURS = re.compile(r"^(\d+):([0-5]\d)$")
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
Floats = NDArray[np.float64]


def counts(table: Table, column: str, faults: Faults, *, unknown: bool = False) -> Floats:
    """Whole numbers from 0; NaN where a cell is at fault, or empty and `unknown` allows it."""
    values, texts = _numbers(table, column, _number)
    kinds = (
        (np.isfinite(values) & (values != np.floor(values)), "a whole number"),
        (values > LARGEST_COUNT, f"at most {LARGEST_COUNT:,}"),
    )
    return _judge(table, column, faults, values, texts, "a whole number from 0", kinds, unknown)


def seconds(
    table: Table, column: str, faults: Faults, *, unknown: bool | NDArray[np.bool_] = False
) -> Floats:
    """Seconds from 0, as a number or as `h:mm:ss`; NaN where at fault, or empty and `unknown` allows it.

    `unknown` may differ by row.
    """
    values, texts = _numbers(table, column, _duration)
    kinds = ((values > LARGEST_SECONDS, f"at most {LARGEST_SECONDS:,.0f} seconds"),)
    return _judge(table, column, faults, values, texts, "seconds from 0, or h:mm:ss", kinds, unknown)


def hours(table: Table, column: str, faults: Faults, *, unknown: bool = False) -> Floats:
    """Minutes from hours from 0, as a number or as `h:mm`; NaN where at fault, or empty and `unknown` allows it."""
    values, texts = _numbers(table, column, _hours)
    kinds = (
        (np.isfinite(values) & (values != np.floor(values)), "hours that make whole minutes"),
        (values > LARGEST_COUNT, f"at most {LARGEST_COUNT // 60:,} hours"),
    )
    return _judge(table, column, faults, values, texts, "hours from 0 such as 12.5, or h:mm", kinds, unknown)


def weights(table: Table, column: str, faults: Faults) -> Floats:
    """Numbers from 0."""
    values, texts = _numbers(table, column, _number)
    kinds = ((values > LARGEST_SECONDS, "a smaller number"),)
    return _judge(table, column, faults, values, texts, "a number from 0", kinds, False)


def names(
    table: Table, column: str, faults: Faults, *, known: Collection[str] | None = None, what: str = "a name"
) -> pd.Series:
    """Text without surrounding spaces, never empty; one of `known` when given."""
    codes, uniques = pd.factorize(table.frame[column])
    texts = [str(text).strip() for text in uniques]
    empty = np.array([not text for text in texts], dtype=bool)[codes]
    faults.mark(empty, table.headers[column], lambda i: "an empty cell", what)
    if known is not None:
        strange = np.array([bool(text) and text not in known for text in texts], dtype=bool)[codes]
        faults.mark(
            strange,
            table.headers[column],
            lambda i: repr(texts[codes[i]]),
            lambda i: _one_of(texts[codes[i]], known),
        )
    return pd.Series(np.array(texts, dtype=object)[codes], dtype="str")


def day(text: str) -> date:
    """A calendar day written `2027-02-01`, `2027/2/1` or `2027年2月1日`.

    Raises:
        ValueError: for anything else.
    """
    match = _DAY.match(text.strip())
    if match is None:
        raise ValueError(f"expected a date such as 2027-02-01, found {text!r}")
    return date(*(int(part) for part in match.groups()))


def _numbers(table: Table, column: str, parse: Callable[[str], float]) -> tuple[Floats, Callable[[int], str]]:
    """The numbers of a column (NaN where there is none), and the text of a cell by position."""
    codes, uniques = pd.factorize(table.frame[column])
    values = np.array([parse(text) for text in uniques], dtype=np.float64)[codes]
    return values, lambda i: str(uniques[codes[i]])


def _number(text: str) -> float:
    try:
        value = math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan
    return value


def _hours(text: str) -> float:
    match = _HOURS.match(text.strip())
    if match is not None:
        return float(int(match[1]) * 60 + int(match[2]))
    return round(_number(text) * 60, 6)  # 12.1 hours are 726 minutes, not a hair more


def _duration(text: str) -> float:
    match = _CLOCK.match(text.strip())
    if match is None:
        return _number(text)
    hours, minutes, rest = (int(part) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + rest)


def _judge(
    table: Table,
    column: str,
    faults: Faults,
    values: Floats,
    text: Callable[[int], str],
    expected: str,
    kinds: tuple[tuple[NDArray[np.bool_], str], ...],
    unknown: bool | NDArray[np.bool_],
) -> Floats:
    """Mark the cells that hold no usable number, and give the values with NaN in their place."""
    name = table.headers[column]

    def shown(i: int) -> str:
        return repr(text(i)) if text(i).strip() else "an empty cell"

    unusable = ~np.isfinite(values)
    empty = np.zeros(len(values), dtype=bool)
    empty[unusable] = table.frame[column].str.strip().eq("").to_numpy()[unusable]
    faults.mark(unusable & ~(empty & unknown), name, shown, expected)
    faults.mark(values < 0, name, shown, expected)
    bad = unusable | (values < 0)
    for wrong, wanted in kinds:
        faults.mark(wrong & ~bad, name, shown, wanted)
        bad = bad | wrong
    return np.where(bad, np.nan, values)


def _one_of(text: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(text, known, n=1)
    hint = f"; nearest: {near[0]}" if near else ""
    return f"one of {', '.join(sorted(known))}{hint}"
