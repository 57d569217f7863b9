"""Calls of a month over tiers of prices, which may rise (convex) or fall (concave)."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from staffing.sourcing.figures import Figure
from staffing.sourcing.mix.sheet import Sheet, Term
from staffing.sourcing.mix.sources import Tier


def priced(included: float, tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """The tiers with the included calls before them; without tiers every call is included."""
    free = Tier(Figure(0.0, "plan", "included in the monthly fee"), included if tiers else inf)
    return (free, *tiers) if included > 0 or not tiers else tiers


def add_tiers(
    sheet: Sheet, billed: list[Term], active: int, tiers: tuple[Tier, ...], ceiling: float, month: int
) -> None:
    """Columns that split the billed calls over the tiers, and their charges.

    Where a price falls, 0/1 columns let a tier be used only when those before it are full.
    """
    widths: list[float] = []
    for tier in tiers:
        widths.append(min(tier.calls, max(0.0, ceiling - sum(widths))))
    prices = [tier.price.value for tier in tiers]
    columns = sheet.add(len(tiers), widths)
    sheet.row([*billed, *((int(column), -1.0) for column in columns)], 0, 0)
    sheet.charge(columns, prices, month)
    falls = any(after < before for before, after in pairwise(prices))
    full = sheet.add(len(tiers) - 1, 1.0, whole=True, leading=True) if falls else None
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        opener = active if full is None or number == 0 else int(full[number - 1])
        sheet.row([(int(column), 1.0), (opener, -width)], high=0)
        if full is not None and number < len(tiers) - 1:
            sheet.row([(int(column), 1.0), (int(full[number]), -width)], low=0)
