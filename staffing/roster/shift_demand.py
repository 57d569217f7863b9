"""Demand by shift: so many people on a shift of a day, whatever the intervals need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ShiftDemand:
    """People wanted on one shift of one business date.

    `shift` is a template's or a shift's code; all its placements of the day count together. `under_price` and
    `over_price` are what one person too few or too many costs, in the currency's smallest unit.
    """

    day: date
    shift: str
    people: int
    under_price: int
    over_price: int = 0

    def __post_init__(self) -> None:
        if min(self.people, self.under_price, self.over_price) < 0:
            raise ValueError(f"demand for shift {self.shift} on {self.day}: figures must be 0 or more")
