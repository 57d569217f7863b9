"""Calendar months by name ("2027-04")."""

from __future__ import annotations

from datetime import datetime

from staffing.errors import Fault, InputError

MOST_MONTHS = 60


def parts(month: str) -> tuple[int, int]:
    """Year and number of a month.

    Raises:
        InputError: not a month such as "2027-04".
    """
    try:
        found = datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise InputError("month", [Fault(repr(month), 'a month such as "2027-04"')]) from None
    return found.year, found.month


def run(start: str, count: int) -> tuple[str, ...]:
    """`count` months on end from `start` on."""
    year, number = parts(start)
    first = year * 12 + number - 1
    return tuple(f"{step // 12:04d}-{step % 12 + 1:02d}" for step in range(first, first + count))


def before(month: str, count: int) -> str:
    """The month `count` months earlier (later where negative)."""
    year, number = parts(month)
    step = year * 12 + number - 1 - count
    return f"{step // 12:04d}-{step % 12 + 1:02d}"
