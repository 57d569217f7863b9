"""Bundles: a number of calls a month for one price, in several sizes, and a price for each call beyond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Money, Positive
from staffing.sourcing.tariffs.by_channel import ByChannel


@dataclass(frozen=True, kw_only=True)
class BundleSize(Checked):
    """`calls` a month for `month`, whether they come or not."""

    calls: Annotated[Figure, Allowed(above=True, whole=True)]
    month: Positive


@dataclass(frozen=True, kw_only=True)
class Bundle(ByChannel):
    """The same size is bought for every month: the one that costs least over the period."""

    sizes: tuple[BundleSize, ...]
    overage: Money  # per call beyond the bundle

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no size, sizes that do not rise in calls and price."""
        yield from super().faults()
        if not self.sizes:
            yield SettingFault("sizes", "(none)", "the plan has no price: give at least one size")
        for number, (small, large) in enumerate(pairwise(self.sizes), start=2):
            for name in ("calls", "month"):
                low, high = getattr(small, name).value, getattr(large, name).value
                if high <= low:
                    allowed = f"must lie above that of the size before, {low:.10g}"
                    yield SettingFault(f"sizes[{number}].{name}", f"{high:.10g}", allowed)
