"""Agents against load, exact: what the target needs at any load of a class of hours.

A load is the class's mean, in Erlangs; its slots carry `factor` times that. Two ways of staffing are sized:
*following* (agents by slot, each slot reaches the target) and *constant* (the same seats through the class, the
target reached over its calls).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from staffing.queueing import Targets
from staffing.queueing.sizing.inverse import most_calls
from staffing.sourcing.rates import rates

Floats = npt.NDArray[np.float64]
HOUR = 3600.0
SAFETY = (
    1e-6  # a breakpoint counts as reached this share before it, so that a solver's tolerance does not pass it
)
_HALVINGS = 55
_MOST_AN_AGENT = 40  # Erlangs an agent: beyond what any target above 2.5 % answered allows


@dataclass(frozen=True, eq=False)
class Capacity:
    """The largest loads that 0, 1, 2, ... agents carry at the target: `limit` (agents + 1,), rising from 0."""

    limit: Floats

    def agents(self, load: npt.ArrayLike) -> Floats:
        """The fewest agents for each load; 0 for none.

        Raises:
            ValueError: a load beyond the last limit.
        """
        loads = np.asarray(load, dtype=np.float64)
        if loads.size and loads.max() > self.limit[-1]:
            raise ValueError(f"load {loads.max():g} exceeds the largest that was sized, {self.limit[-1]:g}")
        return np.searchsorted(self.limit, loads, side="left").astype(np.float64)


@dataclass(frozen=True, eq=False)
class Curve:
    """Steps of agents over load: between `loads[k - 1]` and `loads[k]` (inclusive) they are `values[k]`.

    `loads[0]` is 0 with the value 0, shapes (steps,).
    """

    loads: Floats
    values: Floats

    def at(self, load: float) -> float:
        """The value at one load."""
        return float(self.values[np.searchsorted(self.loads, load, side="left")])


def following(
    targets: Targets,
    aht_seconds: float,
    patience_seconds: float,
    slots: tuple[tuple[float, float], ...],
    most: float,
) -> tuple[Curve, Curve]:
    """Mean agents over the class's hours, and agents in its busiest slot, for loads up to `most`."""
    share, factor = (np.array(column) for column in zip(*slots, strict=True))
    one = _capacity(targets, aht_seconds, patience_seconds, ((1.0, 1.0),), most * factor.max())
    loads = np.unique(np.concatenate([one.limit / f for f in factor if f > 0]))
    loads = np.append(loads[loads < most], most)
    by_slot = one.agents(loads[:, np.newaxis] * factor * (1 - 1e-12))
    return Curve(loads, by_slot @ share), Curve(loads, by_slot.max(axis=1))


def constant(
    targets: Targets,
    aht_seconds: float,
    patience_seconds: float,
    slots: tuple[tuple[float, float], ...],
    most: float,
) -> Curve:
    """Seats kept through the class, for loads up to `most`."""
    found = _capacity(targets, aht_seconds, patience_seconds, slots, most)
    enough = int(found.agents(most))
    loads = np.append(found.limit[:enough], most)
    return Curve(loads, np.arange(len(loads), dtype=np.float64))


def _capacity(
    targets: Targets,
    aht_seconds: float,
    patience_seconds: float,
    slots: tuple[tuple[float, float], ...],
    most: float,
) -> Capacity:
    """Limits for as many agents as `most` needs."""
    agents = max(4, ceil(most + 2 * most**0.5))
    while True:
        count = np.arange(1, agents + 1)
        if len(slots) == 1:
            calls = most_calls(count, aht_seconds, targets, interval=HOUR, patience=patience_seconds)
            limit = np.asarray(calls) * aht_seconds / HOUR
        else:
            limit = _by_halving(targets, aht_seconds, patience_seconds, slots, count)
        limit = np.maximum.accumulate(np.concatenate([[0.0], limit])) * (1 - SAFETY)
        if limit[-1] >= most:
            return Capacity(limit)
        agents *= 2


def _by_halving(
    targets: Targets,
    aht_seconds: float,
    patience_seconds: float,
    slots: tuple[tuple[float, float], ...],
    count: npt.NDArray[np.int64],
) -> Floats:
    """The largest mean load at which a class keeps the target over its calls; `low` always does."""
    share, factor = (np.array(column) for column in zip(*slots, strict=True))
    low, high = np.zeros(len(count)), count * float(_MOST_AN_AGENT)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        calls = middle[:, np.newaxis] * factor * (HOUR / aht_seconds)
        found = rates(
            calls,
            np.full_like(calls, aht_seconds),
            count[:, np.newaxis],
            targets,
            interval_seconds=HOUR,
            patience_seconds=patience_seconds,
        )
        met = replace(found, calls=calls * share).meets()  # a slot counts by its hours, too
        low, high = np.where(met, middle, low), np.where(met, high, middle)
    return np.asarray(low)
