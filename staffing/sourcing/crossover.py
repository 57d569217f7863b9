"""The crossover: the monthly volume at which a per-booth plan gets cheaper than a per-call plan, at equal service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.queueing import Targets
from staffing.sourcing.hours import cheapest_tiers, whole_tier
from staffing.sourcing.rates import Bools, Floats, Rates, rates
from staffing.sourcing.tariffs import PerBooth, PerCall

_MONDAY_OPENING = "2024-01-01 09:00"
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Crossover:
    """Where booths become the cheaper way, and the curves behind it.

    `calls` is the smallest monthly volume at which booths cost no more than the per-call plan ("price"), or from
    which the per-call plan cannot reach the target ("capacity"); None when neither happens up to the largest volume
    looked at. `switches` are all volumes at which the cheaper way changes. `curve` columns: `calls`, `channels`,
    `booths`, `per_call`, `per_booth` (smallest currency unit a month, one-off fees left out; NaN where the plan is
    not sold), `abandonment`, `service_level` (of the per-call plan).
    """

    calls: int | None
    reason: Literal["price", "capacity"] | None
    switches: tuple[int, ...]
    curve: pd.DataFrame

    @property
    def calls_for_good(self) -> int | None:
        """The smallest volume from which booths stay the better way up to the largest volume looked at."""
        booths_last = self.calls is not None and (len(self.switches) % 2 == (0 if self.calls == 1 else 1))
        if not booths_last:
            return None
        return self.switches[-1] if self.switches else self.calls


@dataclass(frozen=True)
class _Desk:
    """A month of equal weekdays: calls come by hour in the shares of `profile`."""

    targets: Targets | None
    aht_seconds: float
    days: int
    profile: Floats
    patience_seconds: float

    def rates(self, calls: Ints, servers: npt.ArrayLike, waiting_places: float) -> Rates:
        """The service of each monthly volume; shape (volume, hour)."""
        hourly = calls[:, np.newaxis] / self.days * self.profile
        return rates(
            hourly,
            np.full_like(hourly, self.aht_seconds),
            np.reshape(np.asarray(servers), (-1, 1)),
            Targets() if self.targets is None else self.targets,
            interval_seconds=3600,
            patience_seconds=self.patience_seconds,
            waiting_places=waiting_places,
        )

    def servers(self, calls: Ints, waiting_places: float) -> Ints:
        """The fewest servers that reach the target at each volume; 1 without a target."""
        found = np.ones(len(calls), dtype=np.int64)
        if self.targets is None:
            return found
        open_rows: Bools = np.ones(len(calls), dtype=np.bool_)
        while True:
            open_rows[open_rows] = ~self.rates(calls[open_rows], found[open_rows], waiting_places).meets()
            if not open_rows.any():
                return found
            found[open_rows] += 1


def crossover(
    per_call: PerCall,
    per_booth: PerBooth,
    targets: Targets | None,
    *,
    aht_seconds: float = 300,
    days: int = 21,
    hours: int = 9,
    patience_seconds: float = inf,
    profile: Sequence[float] | None = None,
    max_calls: int = 5000,
) -> Crossover:
    """Compare the two plans at every monthly volume up to `max_calls`, for weekdays from 9:00.

    Args:
        per_call: the per-call plan; below its minimum volume it is priced all the same.
        per_booth: the per-booth plan, booths bought for all `hours`.
        targets: what both must reach over the month; None compares one channel with one booth, whatever they give.
        aht_seconds: handling time.
        days: weekdays a month.
        hours: open hours a day.
        patience_seconds: callers' mean patience; infinite is Erlang C.
        profile: relative calls of each open hour; even when left out.
        max_calls: largest monthly volume looked at.

    Raises:
        ValueError: a profile of another length than `hours`, or without calls.
    """
    weights = np.ones(hours) if profile is None else np.asarray(profile, dtype=np.float64)
    if weights.shape != (hours,) or (weights < 0).any() or weights.sum() <= 0:
        raise ValueError(f"profile must hold {hours} shares of at least 0, not all 0, found {profile}")
    desk = _Desk(targets, aht_seconds, days, weights / weights.sum(), patience_seconds)
    calls = np.arange(1, max_calls + 1)
    places = per_call.waiting_places.value
    channels = np.maximum(desk.servers(calls, places), int(per_call.included_channels.value))
    booths = desk.servers(calls, inf)
    service = desk.rates(calls, channels, places)
    curve = pd.DataFrame(
        {
            "calls": calls,
            "channels": channels,
            "booths": booths,
            "per_call": _per_call(per_call, channels, service.handled_total() * days, hours),
            "per_booth": _per_booth(per_booth, booths, days, hours),
            "abandonment": service.abandonment(),
            "service_level": service.service_level(),
        }
    )
    return _found(curve)


def _found(curve: pd.DataFrame) -> Crossover:
    sold = curve["per_call"].notna().to_numpy()
    booths_win = ~sold | (curve["per_booth"] <= curve["per_call"] + 0.5).to_numpy()
    flips = np.flatnonzero(np.diff(booths_win)) + 1
    volumes = curve["calls"].to_numpy()
    switches = tuple(int(volume) for volume in volumes[flips])
    if not booths_win.any():
        return Crossover(None, None, switches, curve)
    first = int(np.argmax(booths_win))
    return Crossover(int(volumes[first]), "price" if sold[first] else "capacity", switches, curve)


def _clock(hours: int) -> pd.DatetimeIndex:
    return pd.date_range(_MONDAY_OPENING, periods=hours, freq="h")


def _per_call(tariff: PerCall, channels: Ints, handled: Floats, hours: int) -> Floats:
    """Monthly price of each volume; NaN where more channels are needed than are sold."""
    overage = np.array(
        [
            sum(
                calls * tier.price.value
                for calls, tier in zip(tariff.overage_split(volume), tariff.overage, strict=True)
            )
            for volume in handled
        ]
    )
    extra = (channels - tariff.included_channels.value) * tariff.extra_channel_month.value
    factor = whole_tier(tariff.hours, _clock(hours), 60).factor.value
    price = (tariff.base_fee.value + extra + overage) * factor
    return np.where(channels <= tariff.max_channels.value, price, np.nan)


def _per_booth(tariff: PerBooth, booths: Ints, days: int, hours: int) -> Floats:
    tiers = cheapest_tiers(tariff.hours, _clock(hours), 60)
    factors = [tariff.hours[tier].factor.value if tier >= 0 else np.nan for tier in tiers]
    price = tariff.management_month.value + booths * tariff.booth_hour * days * float(sum(factors))
    return np.asarray(price, dtype=np.float64)
