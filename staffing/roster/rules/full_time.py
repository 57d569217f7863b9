"""Work as a share of a full-time contract."""

from __future__ import annotations

from math import ceil


def full_time(hours: float, week: float) -> str:
    """Hours of one week as a number of people who work the contract's week, up to the next tenth."""
    return f"{max(1, ceil(hours / week * 10 - 1e-9)) / 10:g}" if week > 0 else "1"
