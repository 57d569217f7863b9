"""Agents for calls and deferred work together, and the reserve they need."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.blending import blend, share_of
from staffing.queueing.channels.chat import COUNTABLE, ROUNDING, refuse_unsizable
from staffing.queueing.channels.walk import Rows
from staffing.queueing.sizing.margin import margins
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.workload import Workload, given

Ints = npt.NDArray[np.int64]

TINY = 1e-300


@dataclass(frozen=True)
class BlendRequirement:
    """Arrays of the shape the arguments broadcast to."""

    agents: Ints
    """The smallest number with which some reserve serves both calls and deferred work."""
    reserve: Ints
    """The largest reserve with which these agents get the deferred work done: the best one for the calls."""
    deferred_items: Floats
    """Items per interval that they could do with it."""


@dataclass(frozen=True, slots=True)
class _Need:
    """Calls and items of many queues; fields of shape (rows,)."""

    workload: Workload
    items: Floats
    """Per interval."""
    seconds: Floats
    """Of an item."""

    def take(self, rows: Rows) -> _Need:
        return _Need(self.workload.take(rows), self.items[rows], self.seconds[rows])


def required_blended_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    deferred_items: npt.ArrayLike,
    deferred_aht: npt.ArrayLike,
    efficiency: npt.ArrayLike = 1.0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
) -> BlendRequirement:
    """The fewest agents who meet the calls' targets and do the deferred items beside them, by a threshold policy.

    A larger reserve is better for the calls and leaves less time for items, so that for each number of agents the
    largest reserve is tried that still gets the items done. Occupancy, if it is a target, is of calls and items
    together. Without calls the items alone count, without both nobody is needed. Other arguments as for
    `blend_performance`.

    Args:
        calls: calls offered per interval.
        aht: mean handling time of a call.
        targets: of the calls.
        deferred_items: to be done per interval, >= 0.
        deferred_aht: mean handling time of an item, > 0.
        efficiency: above 0 and at most 1.
        interval: length of an interval.
        patience: mean time a caller is willing to wait.

    Raises:
        ValueError: naming the argument; as `required_agents`.
    """
    workload, (items, item, useful), shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=np.inf,
        redial=0,
        threshold=targets.threshold,
        deferred_items=as_floats("deferred_items", deferred_items),
        deferred_aht=as_floats("deferred_aht", deferred_aht, positive=True),
        efficiency=share_of("efficiency", efficiency),
    )
    need = _Need(workload, items, item / useful)
    only_items = np.ceil(items * need.seconds / workload.interval * (1 - ROUNDING))
    agents, reserve = only_items.copy(), np.zeros(len(items))
    possible = only_items * workload.interval / need.seconds
    rows = np.flatnonzero(workload.calls > 0)
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        if len(rows):
            agents[rows], reserve[rows], possible[rows] = _search(need.take(rows), targets)
    if agents.size and float(agents.max()) > COUNTABLE:
        raise ValueError(f"deferred_items: {agents.max():g} agents cannot be counted")
    return BlendRequirement(
        agents=agents.astype(np.int64).reshape(shape),
        reserve=reserve.astype(np.int64).reshape(shape),
        deferred_items=possible.reshape(shape),
    )


def _search(need: _Need, targets: Targets) -> tuple[Floats, Floats, Floats]:
    refuse_unsizable(need.workload, targets)
    items_load = need.items * need.seconds / need.workload.interval
    load = need.workload.load(need.workload.calls) + items_load
    if float(load.max()) > COUNTABLE:
        raise ValueError(f"calls: a load of {load.max():g} agents cannot be counted")

    def at(agents: Floats, rows: Rows) -> Floats:
        part = need.take(rows)
        reserve = _reserve(part, agents)
        return np.minimum(_calls_margin(part, agents, reserve, targets), _items_margin(part, agents, reserve))

    agents = smallest(at, load + 0.5 * np.sqrt(load), 0.7 * np.sqrt(load))
    reserve = _reserve(need, agents)
    solved = blend(need.workload, agents, reserve, need.seconds)
    return agents, reserve, solved.on_items * need.workload.interval / need.seconds


def _reserve(need: _Need, agents: Floats) -> Floats:
    """The largest reserve that leaves time for the items; 0 where none does."""

    def missing(reserve: Floats, rows: Rows) -> Floats:
        part, staff = need.take(rows), agents[rows]
        found = -_items_margin(part, staff, np.minimum(reserve, staff))
        return np.where(reserve > staff, np.inf, np.where(found > 0, found, np.minimum(found, -TINY)))

    busy = need.workload.load(need.workload.calls) + need.items * need.seconds / need.workload.interval
    return smallest(missing, np.maximum(agents - busy, 0.0) + 1, np.sqrt(agents)) - 1


def _items_margin(need: _Need, agents: Floats, reserve: Floats) -> Floats:
    """Logarithm of the items that can be done over those to be done."""
    solved = blend(need.workload, agents, reserve, need.seconds)
    wanted = need.items * need.seconds / need.workload.interval
    found = np.log(solved.on_items) - np.log(wanted) + ROUNDING
    return np.where(wanted > 0, found, np.inf)


def _calls_margin(need: _Need, agents: Floats, reserve: Floats, targets: Targets) -> Floats:
    """>= 0 where the calls' targets are met."""
    solved = blend(need.workload, agents, reserve, need.seconds)
    parts = margins(
        solved.one, np.ones_like(agents), solved.one.calls, solved.shares, replace(targets, occupancy=None)
    )
    if targets.occupancy is not None:
        busy = solved.on_calls + solved.on_items
        parts["occupancy"] = np.log(targets.occupancy) + np.log(agents) - np.log(busy)
    return np.asarray(np.minimum.reduce(list(parts.values())) + ROUNDING)
