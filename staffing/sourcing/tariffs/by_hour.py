"""Tariffs that sell seats by the hour, which the vendor keeps filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Figure
from staffing.sourcing.hours import HoursTier, cheapest_tiers, tier_faults
from staffing.sourcing.tariffs.offered import Offered


@dataclass(frozen=True, kw_only=True)
class ByHour(Offered):
    """Seats by the hour, in blocks of at least `min_block_hours`; each hour at the cheapest tier that covers it."""

    min_block_hours: Annotated[Figure, Allowed(least=1, most=12, whole=True)]
    hours: tuple[HoursTier, ...]

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no hours."""
        yield from super().faults()
        yield from tier_faults(self.hours)

    def covers(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether any tier covers each span; shape of `starts`."""
        return cheapest_tiers(self.hours, starts, minutes) >= 0
