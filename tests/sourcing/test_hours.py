"""Hours tiers on the wall clock, through changes of the clocks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.horizon import WEEKDAYS, Span
from staffing.sourcing import Figure, HoursTier


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize(
    ("days", "span"),
    [(WEEKDAYS[:5], "09:00-18:00"), (WEEKDAYS[5:], "00:00-24:00"), (("sunday", "wednesday"), "05:15-22:00")],
)
def test_a_span_is_covered_by_its_wall_clock(zone: str | None, days: tuple[str, ...], span: str) -> None:
    """A year of quarter-hours, each covered when both its first and its last minute lie inside."""
    tier = HoursTier(name="tier", days=days, open=Span.parse(span), factor=Figure(1))
    starts = pd.date_range("2027-01-01", "2027-12-31", freq="15min", tz=zone)

    def inside(moments: pd.DatetimeIndex) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        minute = np.asarray(moments.hour) * 60 + np.asarray(moments.minute)
        named = np.isin(np.asarray(moments.day_name().str.lower(), dtype=object), list(days))
        return named & (minute >= tier.open.start_minute) & (minute < tier.open.end_minute)

    expected = inside(starts) & inside(starts + pd.Timedelta(minutes=14))
    np.testing.assert_array_equal(tier.covers(starts, 15), expected)
    assert 0 < expected.sum() < len(starts)
