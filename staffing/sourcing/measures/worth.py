"""What a lost call is worth, from the prices of lost calls in a tariff file: a price to hold measures against."""

from __future__ import annotations

from math import nan

import pandas as pd

from staffing.sourcing.lines import total
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.quotes.lost import lost_lines
from staffing.sourcing.tariffs import LostCalls

MANY = 1e9  # calls, so that rounding to whole amounts does not count
FEWEST = 1e-6  # share lost; with fewer the worth of each does not change


def worth_of_lost_call(prices: LostCalls, abandonment: float) -> float:
    """Orders and customers lost with one more lost call, in the smallest currency unit; nothing of it is paid out.

    Args:
        prices: of a tariff file.
        abandonment: share of calls lost, which says how many lose a second one when they call again.

    Raises:
        ValueError: a share that is none.
    """
    if not 0 <= abandonment <= 1:
        raise ValueError(f"abandonment must be from 0 to 1; found {abandonment:g}")
    lost = max(abandonment, FEWEST) * MANY
    reached = Reached(
        abandonment=abandonment,
        service_level=nan,
        asa_seconds=nan,
        offered={"": MANY},
        handled={"": MANY - lost},
        misses=(),
        table=pd.DataFrame(),
    )
    return total(lost_lines(prices, reached)) / lost
