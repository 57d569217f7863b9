"""Break-even: the cheapest way of staffing by monthly volume, at the same service."""

from staffing.sourcing.breakeven.break_even import BreakEven, break_even
from staffing.sourcing.breakeven.envelope import Band, Crossing

__all__ = ["Band", "BreakEven", "Crossing", "break_even"]
