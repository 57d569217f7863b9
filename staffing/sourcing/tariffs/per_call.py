"""The per-call plan: a base fee with included calls and channels, and a price per call beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from staffing.errors import SettingFault
from staffing.sourcing.figures import Calls, Figure, Money
from staffing.sourcing.tariffs.by_channel import ByChannel, VolumeTier, overage_split, volume_faults

Handling = Literal["first_line", "support"]
HANDLINGS: tuple[str, ...] = get_args(Handling)


@dataclass(frozen=True, kw_only=True)
class PerCall(ByChannel):
    """A base fee by depth of handling, included calls, then calls by volume tier."""

    handling: Handling
    base_fee_first_line: Money  # per month
    base_fee_support: Money  # per month
    included_calls: Calls  # per month
    overage: tuple[VolumeTier, ...]

    @property
    def base_fee(self) -> Figure:
        """Monthly fee for the depth of handling chosen."""
        return self.base_fee_first_line if self.handling == "first_line" else self.base_fee_support

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, tiers that overlap or leave a gap, channels that contradict, no price at all."""
        yield from super().faults()
        yield from volume_faults(self.overage)
        if self.handling not in HANDLINGS:
            yield SettingFault("handling", repr(self.handling), f"must be one of {', '.join(HANDLINGS)}")
        if self.base_fee.value == 0 and all(tier.price.value == 0 for tier in self.overage):
            yield SettingFault("base_fee", "0", "the plan has no price: give a base fee or a price per call")

    def overage_split(self, calls: float) -> tuple[float, ...]:
        """Calls of a month beyond the included ones, by volume tier."""
        return overage_split(self.overage, calls, self.included_calls.value)
