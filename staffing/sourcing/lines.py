"""Cost lines: quantity x rate = amount, with the unit and where the rate is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from staffing.sourcing.figures import Figure, Label

ONCE = "once"
COLUMNS = ("option", "month", "item", "quantity", "unit", "rate", "source", "amount", "currency", "where")
DIGITS = 6  # decimals a quantity keeps, so that what is shown is what was multiplied


@dataclass(frozen=True)
class CostLine:
    """One line of an option's bill for one month; `unit` "once" marks what is paid only at the start."""

    month: str  # "2027-02", of the business date
    item: str
    quantity: float
    unit: str
    rate: float  # smallest currency unit per unit
    source: Label
    where: str = ""

    @classmethod
    def of(
        cls,
        month: str,
        item: str,
        quantity: float,
        unit: str,
        figure: Figure,
        factor: float = 1,
        note: str = "",
    ) -> CostLine:
        """A line at a tariff's figure, times `factor` (which `note` explains)."""
        rate = float(figure.value * factor)
        where = f"{figure.where}; {note}" if note and figure.where else figure.where or note
        return cls(month, item, round(float(quantity), DIGITS), unit, rate, figure.label, where)

    @property
    def amount(self) -> int:
        """Quantity x rate, rounded half up to the smallest currency unit."""
        exact = Decimal(repr(self.quantity)) * Decimal(repr(self.rate))
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def total(lines: Iterable[CostLine]) -> int:
    """Sum of the rounded amounts."""
    return sum(line.amount for line in lines)


def ledger(bills: Iterable[tuple[str, Iterable[CostLine]]], currency: str) -> pd.DataFrame:
    """All options' lines as one table, in the order given; columns as `Comparison.lines`, then `where`."""
    rows = [
        (name, x.month, x.item, x.quantity, x.unit, x.rate, x.source, x.amount, currency, x.where)
        for name, lines in bills
        for x in lines
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"quantity": "float64", "rate": "float64", "amount": "int64"})
