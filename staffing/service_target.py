"""Service targets over days, weeks or months, asked of the roster instead of every interval's requirement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import pandas as pd

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.curves import TOLERANCE, UNITS_A_CALL, concave_steps, kept_calls
from staffing.requirement import Requirement
from staffing.roster.program import Ints
from staffing.roster.service import (
    MEASURES,
    Measure,
    ServicePeriod,
    ServiceTarget,
    periods_of,
    units_of_calls,
)
from staffing.shrinkage import gross

_LEAST_USE = (
    50  # a person at a target's margin is taken to keep at least this part of what the first one keeps
)
_PRICE_STEP = (
    1000  # a price found is rounded up to a multiple, so that a thousandth of a call has a whole price
)


@dataclass(frozen=True)
class IntervalFloor:
    """What every interval keeps although the target is for a longer period; None asks for nothing.

    `share` is that of the agents each interval would need to meet the targets by itself.
    """

    service_level: float | None = None
    abandonment: float | None = None
    share: float | None = None


def floor_requirement(requirement: Requirement, floor: IntervalFloor) -> Requirement:
    """The agents that every interval needs for the floor alone, at least `minimum_agents`.

    The frame is that of `requirement`, with `agents_net`, `agents_gross` and the service that they give.
    """
    staffing, frame, interval = requirement.staffing, requirement.frame, requirement.interval_minutes * 60
    sized, aht = frame["calls_sized"].to_numpy(float), frame["aht_seconds"].to_numpy(float)
    net = np.full(len(frame), staffing.minimum_agents, dtype=np.int64)
    if floor.service_level is not None or floor.abandonment is not None:
        least = replace(
            requirement.targets,
            service_level=floor.service_level,
            abandonment=floor.abandonment,
            asa=None,
            occupancy=None,
        )
        patience = staffing.modelled_patience
        net = np.maximum(net, required_agents(sized, aht, least, interval=interval, patience=patience))
    if floor.share is not None:
        part = np.ceil(floor.share * frame["agents_net"].to_numpy(float) - 1e-9).astype(np.int64)
        net = np.maximum(net, part)
    reached = performance(
        frame["calls"].to_numpy(float),
        aht,
        net,
        interval=interval,
        patience=staffing.modelled_patience,
        threshold=requirement.targets.threshold,
    )
    return replace(
        requirement,
        frame=frame.assign(
            agents_net=net,
            agents_gross=gross(net, staffing.shrinkage),
            service_level=reached.service_level,
            abandonment=reached.abandonment,
            occupancy=reached.occupancy,
            asa_seconds=reached.asa,
        ),
    )


def service_targets(
    floor: Requirement,
    period: ServicePeriod,
    people: Mapping[str, int],
    *,
    shortage_price_per_hour: int,
    price_per_call: int | None = None,
    week_start: int = 6,
) -> tuple[ServiceTarget, ...]:
    """The abandonment and service level of `floor.targets` as targets for each period.

    Args:
        floor: the agents every interval keeps; its frame has the calls that are sized for.
        period: over which the targets hold.
        people: of each queue, the most that can be on its floor.
        shortage_price_per_hour: what one agent missing for an hour costs.
        price_per_call: of a call short of the target; None: as much as makes one agent-hour at the target's margin
            worth `shortage_price_per_hour`, so that the period's target weighs what every interval's would.
        week_start: weekday a working week begins on, Monday = 0.
    """
    frame, staffing = floor.frame, floor.staffing
    calls = frame["calls_sized"].to_numpy(float)
    most = max(people.values(), default=0)
    kept = kept_calls(
        calls,
        frame["aht_seconds"].to_numpy(float),
        most,
        shrinkage=staffing.shrinkage,
        interval=floor.interval_minutes * 60,
        patience=staffing.modelled_patience,
        threshold=floor.targets.threshold,
    )
    shares = least_shares(floor.targets)
    found = []
    for measure, share in shares.items():
        curve = concave_steps(kept.answered if measure == "abandonment" else kept.in_time, TOLERANCE * calls)
        target = ServiceTarget(measure, share, period, price_per_call or 0, units_of_calls(calls), curve)
        if price_per_call is None:
            hourly = shortage_price_per_hour * floor.interval_minutes / 60
            target = replace(target, price_per_call=_price(target, floor, hourly, week_start))
        found.append(target)
    return tuple(found)


def least_shares(targets: Targets) -> dict[Measure, float]:
    """The least share of calls to keep by each measure that has a target."""
    shares: dict[Measure, float | None] = {
        "abandonment": None if targets.abandonment is None else 1 - targets.abandonment,
        "service_level": targets.service_level,
    }
    return {measure: share for measure in MEASURES if (share := shares[measure]) is not None}


def _price(target: ServiceTarget, floor: Requirement, interval_price: float, week_start: int) -> int:
    """The price of a call that makes a person for one interval worth `interval_price` at the target's margin."""
    frame = floor.frame
    dates = pd.to_datetime(frame["business_date"]).dt.date.to_numpy()
    queues = frame["queue"].astype(str).to_numpy(dtype=object)
    people = frame["agents_gross"].to_numpy(np.int64)
    gains: list[int] = []
    for queue in set(queues.tolist()):
        own: Ints = np.flatnonzero(queues == queue)
        for rows in periods_of(dates[own].tolist(), target.period, week_start):
            gains.append(target.last_gain(own[rows], people))
    most = int(target.curve.gains.max(initial=UNITS_A_CALL))
    gain = max(min((found for found in gains if found), default=most), most // _LEAST_USE, 1)
    return _PRICE_STEP * ceil(interval_price * UNITS_A_CALL / gain / _PRICE_STEP)
