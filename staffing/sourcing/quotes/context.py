"""What a quote depends on beside the offer and the case: the other offers, and what a roster pays and gives."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import pandas as pd

from staffing.sourcing.tariffs import InHouse, Tariffs


@dataclass(frozen=True)
class InHouseFacts:
    """What a roster pays and gives.

    `wages` has one row a month: `month` ("2027-02", of the business date), `paid_hours`, `wages` (premiums
    included, in the currency's smallest unit). `abandonment` and `service_level` are what the roster is expected
    to give over the horizon. `seats` are the most people on the floor at once; without it the largest gross
    requirement is taken. `asa_seconds` NaN is not judged.
    """

    wages: pd.DataFrame
    heads: int
    abandonment: float
    service_level: float
    asa_seconds: float = nan
    seats: int | None = None


@dataclass(frozen=True)
class Context:
    """The tariffs an offer is one of; `facts` of a roster; `new_desk` hires and trains all heads at the start."""

    tariffs: Tariffs
    facts: InHouseFacts | None = None
    new_desk: bool = False

    @property
    def in_house(self) -> InHouse:
        """What a desk of one's own costs."""
        return self.tariffs.in_house
