"""Cells as readers of a page see them."""

from __future__ import annotations

import math
from datetime import date

from staffing.report.document import Cell, Column, Kind, Value
from staffing.wording.language import Language

TEXTS = ("text", "code", "day")
UNKNOWN = "–"
_MOST_DIGITS = 4
DIGITS: dict[str, int] = {"count": 0, "decimal": 1, "hours": 1, "seconds": 1, "points": 1}


def shown(cell: Cell, column: Column, lang: Language, currency: str) -> str:
    """A cell of this column as text; a dash for what is not known."""
    if isinstance(cell, Value):
        return number_text(cell.number, cell.kind, lang, currency, signed=cell.signed)
    if cell is None:
        return UNKNOWN
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return lang.date(cell)
    return number_text(cell, column.kind, lang, currency, signed=column.signed)


def number_text(
    number: float | None, kind: Kind, lang: Language, currency: str, *, signed: bool = False
) -> str:
    """A number of a kind as text, with a sign where it is a difference."""
    if number is None or not math.isfinite(number):
        return UNKNOWN
    if kind == "money":
        text = lang.money(abs(number), currency)
    elif kind == "percent":
        text = lang.percent(abs(number) / 100)
    elif kind == "share":
        text = lang.percent(abs(number))
    elif kind == "number":
        text = lang.number(abs(number), min(_MOST_DIGITS, _decimals(number)))
    else:
        text = lang.number(abs(number), DIGITS.get(kind, 1))
        if kind == "points":
            text = lang.tr("{number} points", number=text)
    digit = any(character in "123456789" for character in text)
    sign = "−" if number < 0 and digit else "+" if signed and digit and number > 0 else ""
    return sign + text


def _decimals(number: float) -> int:
    """How many decimals a number has, as far as they are shown."""
    return len(f"{abs(number):.{_MOST_DIGITS}f}".rstrip("0").partition(".")[2])


def is_number(cell: Cell, column: Column) -> bool:
    """Whether a cell is set to the right, as numbers are."""
    return isinstance(cell, Value) or (column.kind not in TEXTS and not isinstance(cell, str))


def number_of(cell: Cell) -> float | None:
    """The finite number in a cell, None where there is none."""
    value = cell.number if isinstance(cell, Value) else cell
    if value is None or isinstance(value, str | date) or not math.isfinite(value):
        return None
    return float(value)
