"""The forecast: calls with their interval, and handling time, for every open interval of the horizon."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from staffing.notes import Note


@dataclass(frozen=True)
class Forecast:
    """Calls and AHT per queue and open interval.

    `frame` columns: `queue`, `interval_start` (datetime64 in the site's zone), `business_date`, `slot`,
    `calls`, `calls_low`, `calls_high` (float64, the interval holds `confidence` of outcomes), `aht_seconds`,
    `dispersion` (variance of the counts over their mean, >= 1; 1 is Poisson).
    """

    frame: pd.DataFrame
    method: str
    interval_minutes: int
    confidence: float
    notes: tuple[Note, ...] = ()
