"""What share of calls own agents keep with fewer of them than the target asks for, by the overflow model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing import Targets, overflow_performance, required_agents
from staffing.sourcing.mix.case_demand import CaseDemand
from staffing.sourcing.quotes.joint import level_of, lost_share
from staffing.sourcing.tariffs.overflow import Overflow
from staffing.sourcing.tariffs.per_call import PerCall

_HOUR = 3600.0
_MOST = 4  # points that are kept, those furthest from the straight line between their neighbours
_SLACK = 1e-9
Point = tuple[float, float]


@dataclass(frozen=True)
class OverflowCurve:
    """Points (share of the agents that the desk would need by itself, share of calls kept), and channels for them."""

    points: tuple[Point, ...]
    channels: int


def overflow_curve(offer: Overflow, vendor: PerCall, demand: CaseDemand) -> OverflowCurve:
    """The curve at the mean load that calls meet, all queues together at their mean handling time.

    For each smaller number of own agents the fewest of the vendor's channels are taken with which callers get the
    target from both together. Fewer agents at a smaller load keep less: the curve is a mean.
    """
    case, volume = demand.case, demand.calls.sum(axis=1)
    weight = demand.calls.sum(axis=(0, 2))
    if not weight.sum():
        return OverflowCurve((), 0)
    aht = float(weight @ demand.aht) / float(weight.sum())
    hourly = volume / demand.hours
    calls = float((hourly * volume).sum() / volume.sum())
    need = int(required_agents(calls, aht, case.targets, interval=_HOUR, patience=case.patience_seconds))
    least, most = int(vendor.included_channels.value), int(vendor.max_channels.value)
    channels = np.arange(least, most + 1)
    found: list[Point] = []
    used = least
    for agents in range(max(1, int(offer.own_least.value)), need):
        both = overflow_performance(
            calls,
            aht,
            agents,
            channels,
            after=offer.after_seconds.value,
            interval=_HOUR,
            patience=case.patience_seconds,
            threshold=case.targets.threshold,
            handling_factor=vendor.hidden.aht_factor.value,
        )
        aim: Targets = case.targets
        met = np.ones(len(channels), dtype=np.bool_)
        if aim.abandonment is not None:
            met &= lost_share(both) <= aim.abandonment + _SLACK
        if aim.service_level is not None:
            met &= level_of(both, aim) >= aim.service_level - _SLACK
        if aim.asa is not None:
            met &= both.asa <= aim.asa + _SLACK
        if met.any():
            first = int(np.argmax(met))
            used = max(used, int(channels[first]))
            found.append((agents / need, float(1 - both.overflow[first])))
    return OverflowCurve(_few(_concave(found)), used)


def _concave(points: list[Point]) -> list[Point]:
    """Those on the upper hull from (0, 0) to (1, 1), ends left out."""
    hull: list[Point] = []
    for point in [(0.0, 0.0), *points, (1.0, 1.0)]:
        while len(hull) > 1 and _rise(hull[-2], hull[-1]) <= _rise(hull[-1], point) + _SLACK:
            hull.pop()
        hull.append(point)
    return hull[1:-1]


def _rise(a: Point, b: Point) -> float:
    return (b[1] - a[1]) / (b[0] - a[0])


def _few(points: list[Point]) -> tuple[Point, ...]:
    """The ones whose loss would lower the curve the most."""
    kept = [(0.0, 0.0), *points, (1.0, 1.0)]
    while len(kept) > _MOST + 2:
        lost = [
            kept[n][1] - kept[n - 1][1] - _rise(kept[n - 1], kept[n + 1]) * (kept[n][0] - kept[n - 1][0])
            for n in range(1, len(kept) - 1)
        ]
        del kept[1 + int(np.argmin(lost))]
    return tuple(kept[1:-1])
