"""Tariffs that sell channels: lines that a vendor's shared pool answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Annotated

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Calls, Checked, Figure, Money
from staffing.sourcing.hours import HoursTier, tier_faults, whole_tier
from staffing.sourcing.tariffs.offered import Offered


@dataclass(frozen=True, kw_only=True)
class VolumeTier(Checked):
    """Price per call for the calls of a month from `from_calls` up to `to_calls`, beyond those included."""

    from_calls: Calls
    to_calls: Annotated[Figure, Allowed(above=True, endless=True)]
    price: Money


@dataclass(frozen=True, kw_only=True)
class ByChannel(Offered):
    """Channels, each of which takes one call at a time from a pool of agents shared with other clients.

    A caller beyond the channels waits in one of `waiting_places`, or hears the busy tone (0: every such caller does).
    One tier of hours is bought for the whole contract.
    """

    setup_fee: Money  # once
    included_channels: Annotated[Figure, Allowed(least=1, whole=True)]
    extra_channel_month: Money
    max_channels: Annotated[Figure, Allowed(least=1, whole=True)]
    waiting_places: Annotated[Figure, Allowed(whole=True, endless=True)]
    minimum_calls: Calls  # per month
    hours: tuple[HoursTier, ...]

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, channels that contradict, no hours."""
        yield from super().faults()
        yield from tier_faults(self.hours)
        if self.max_channels.value < self.included_channels.value:
            yield SettingFault(
                "max_channels",
                f"{self.max_channels.value:.10g}",
                f"must not lie below included_channels = {self.included_channels.value:.10g}",
            )

    def covers(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether the tier that is bought covers each span; shape of `starts`."""
        return whole_tier(self.hours, starts, minutes).covers(starts, minutes)


def overage_split(tiers: Sequence[VolumeTier], calls: float, included: float) -> tuple[float, ...]:
    """Calls of a month beyond the included ones, by volume tier."""
    beyond = max(0.0, calls - included)
    return tuple(max(0.0, min(beyond, tier.to_calls.value) - tier.from_calls.value) for tier in tiers)


def volume_faults(tiers: Sequence[VolumeTier]) -> Iterator[SettingFault]:
    """Tiers must run from 0 to inf without gap or overlap."""
    if not tiers:
        yield SettingFault("overage", "(none)", "the plan has no price per call: give at least one tier")
        return
    if tiers[0].from_calls.value != 0:
        yield SettingFault("overage[1].from_calls", f"{tiers[0].from_calls.value:.10g}", "must be 0")
    for number, tier in enumerate(tiers, start=1):
        if tier.to_calls.value <= tier.from_calls.value:
            allowed = f"must lie above from_calls = {tier.from_calls.value:.10g}"
            yield SettingFault(f"overage[{number}].to_calls", f"{tier.to_calls.value:.10g}", allowed)
    for number, (before, after) in enumerate(pairwise(tiers), start=2):
        end, start = before.to_calls.value, after.from_calls.value
        if start != end:
            what = "overlaps the tier before" if start < end else "leaves a gap after the tier before"
            allowed = f"{what}: must be {end:.10g}"
            yield SettingFault(f"overage[{number}].from_calls", f"{start:.10g}", allowed)
    if tiers[-1].to_calls.value != inf:
        yield SettingFault(
            f"overage[{len(tiers)}].to_calls",
            f"{tiers[-1].to_calls.value:.10g}",
            "the last tier must end at inf",
        )
