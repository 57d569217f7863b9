"""The per-booth plan: seats by booth-months, with management, training and manual per client."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.sourcing.figures import Money, Positive
from staffing.sourcing.tariffs.by_hour import ByHour


@dataclass(frozen=True, kw_only=True)
class PerBooth(ByHour):
    """A per-booth plan: seats that the vendor keeps filled (breaks and absence included), by the hour.

    A booth-month is `booth_month_hours` booth-hours; other hours are charged in proportion, in blocks of at
    least `min_block_hours`, at the factor of their hours tier.
    """

    setup_fee: Money  # once
    training: Money  # once, per client
    manual: Money  # once, per client
    management_month: Money
    booth_month: Positive
    booth_month_hours: Positive

    @property
    def booth_hour(self) -> float:
        """Price of one booth-hour before the hours factor."""
        return self.booth_month.value / self.booth_month_hours.value
