"""The hourly plan: a vendor's agent-hours at a rate, with a least number of hours a month."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.sourcing.figures import Hours, Money, Positive
from staffing.sourcing.tariffs.by_hour import ByHour


@dataclass(frozen=True, kw_only=True)
class Hourly(ByHour):
    """Agent-hours at `hour`, in blocks of at least `min_block_hours`; at least `min_hours_month` are paid."""

    setup_fee: Money  # once
    training: Money  # once, per client
    management_month: Money
    hour: Positive
    min_hours_month: Hours
