"""Lines of a bill over the months: those of one rate in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from staffing.report.memo.memo import Bill
from staffing.sourcing.lines import DIGITS


def merged(lines: Sequence[Bill]) -> list[Bill]:
    """One line for all months of the same item, unit, rate and source; quantities and amounts are added.

    Lines stand in the order of their first month; the month of a merged line names the first and the last, with
    how many where some between them are left out. The sum of the amounts is that of the lines given.
    """
    together: dict[tuple[object, ...], list[Bill]] = {}
    for line in lines:
        key = (line.option, line.item, line.unit, line.rate, line.label, line.where)
        together.setdefault(key, []).append(line)
    return [
        replace(
            group[0],
            month=span([line.month for line in group]),
            quantity=round(sum(line.quantity for line in group), DIGITS),
            amount=sum(line.amount for line in group),
        )
        for group in together.values()
    ]


def span(months: Sequence[str]) -> str:
    """The first and the last of some months ("2027-02 – 2027-05"), and their number where months are left out."""
    found = sorted(set(months))
    if len(found) == 1:
        return found[0]
    text = f"{found[0]} – {found[-1]}"
    left_out = _number(found[-1]) - _number(found[0]) + 1 > len(found)
    return f"{text} ({len(found)})" if left_out else text


def _number(month: str) -> int:
    """Months since year 0."""
    year, number = month.split("-")
    return int(year) * 12 + int(number)
