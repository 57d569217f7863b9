"""Blending: agents do deferred work while the voice queue leaves them idle.

Threshold policy: an agent starts a deferred item only if at least `reserve` agents stay free for calls; an item once
begun is finished. There is always an item to do. With n agents and one mean handling time for calls and items the
state is the number of busy agents, which never falls below n - reserve, and of waiting calls: a chain in one
dimension, solved exactly (S. Bhulai and G. Koole, 2003, "A queueing model for call blending in call centers"; N. Gans
and Y.-P. Zhou, 2003, "A call-routing problem with service-level constraints").

Where the handling times differ the chain has two dimensions and the figures are approximate (see `mixing` and
`docs/channels.md`), but never better for the calls than without items. With a reserve of more than LEVELS agents
items are taken to be as long as calls.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.channels.figures import Figures, describe, nothing, shaped, with_free_states
from staffing.queueing.channels.mixing import LEVELS, Pool, mix
from staffing.queueing.channels.walk import Rows, States, Walk, steps, walk
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows
from staffing.queueing.stationary.workload import LONGEST, SHORTEST, Workload, given

LEAST = 1e-290
"""Erlangs; a smaller load makes no difference to any figure."""

UNLIKE = 100.0
"""Handling times that differ by a larger factor are taken to differ by this one."""


@dataclass(frozen=True)
class BlendPerformance(Figures):
    """`Figures` of the calls, and what the agents do beside them."""

    deferred_items: Floats
    """Items done per interval if there is always one to do."""
    deferred_agents: Floats
    """Mean number of agents on deferred work."""
    call_occupancy: Floats
    """Share of the agents' time spent on calls."""
    occupancy: Floats
    """Share of the agents' time spent on calls or items."""


def blend_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    reserve: npt.ArrayLike,
    deferred_aht: npt.ArrayLike,
    efficiency: npt.ArrayLike = 1.0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> BlendPerformance:
    """Stationary figures of calls and deferred work under a threshold policy; arguments broadcast like numpy.

    A reserve of all agents is the plain queue of calls, without any deferred work.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time of a call, >= 0.
        agents: whole, >= 0.
        reserve: agents that the start of an item leaves free for calls at least, whole, >= 0.
        deferred_aht: mean handling time of an item, > 0.
        efficiency: above 0 and at most 1; an item takes deferred_aht / efficiency in fact, because it is fitted in
            between calls.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, >= 0; exponential.
        threshold: within which an answer counts for the service level, >= 0.

    Raises:
        ValueError: naming the argument.
    """
    workload, (staff, spare, item, useful), shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=np.inf,
        redial=0,
        threshold=threshold,
        agents=whole("agents", agents),
        reserve=whole("reserve", reserve),
        deferred_aht=as_floats("deferred_aht", deferred_aht, positive=True),
        efficiency=share_of("efficiency", efficiency),
    )
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        found = _figures(workload, staff, np.minimum(spare, staff), item / useful)
    return BlendPerformance(**shaped(found, shape))


def share_of(name: str, value: npt.ArrayLike) -> Floats:
    """`value` as shares above 0 and at most 1."""
    return as_floats(name, value, positive=True, at_most=1.0)


@dataclass(frozen=True, slots=True)
class Blend:
    """Queues with calls and agents, each solved."""

    one: Workload
    """The queue as one fast agent."""
    shares: Flows
    on_calls: Floats
    """Mean number of agents on calls."""
    on_items: Floats
    """Mean number of agents on deferred items."""


def blend(workload: Workload, agents: Floats, reserve: Floats, item: Floats) -> Blend:
    """Solves rows with calls and at least one agent; reserve <= agents, `item` seconds of an item."""
    load, aht = np.maximum(workload.load(workload.calls), LEAST), np.maximum(workload.aht, SHORTEST)
    ratio = np.clip(item / aht, 1 / UNLIKE, UNLIKE)
    log_free, pace, on_items = np.empty(len(agents)), np.ones(len(agents)), np.zeros(len(agents))
    unlike = (ratio != 1) & (reserve < agents) & (reserve <= LEVELS)
    if unlike.any():
        patience = np.where(np.isinf(workload.patience), np.inf, np.minimum(workload.patience / aht, LONGEST))
        found = mix(Pool(load, agents, reserve, ratio, patience).take(np.flatnonzero(unlike)))
        log_free[unlike], pace[unlike], on_items[unlike] = found.log_free, found.pace, found.items
    alike = ~unlike
    if alike.any():
        free = _free(load[alike], agents[alike], reserve[alike])
        log_free[alike] = free.log_mass
    one = replace(workload, aht=aht / (agents * pace))
    shares = with_free_states(one.queues(one.calls, np.ones_like(agents)), log_free)
    if (short := np.flatnonzero(unlike & (ratio < 1))).size:
        one = _no_better_than_plain(workload, one, agents, shares, short)
    if alike.any():
        (busy,) = free.means(shares.idle[alike])
        busy += agents[alike] * (1 - shares.idle[alike])
        spare = np.maximum(busy - load[alike] * shares.answered[alike], 0.0)
        on_items[alike] = np.where(reserve[alike] < agents[alike], spare, 0.0)
    on_calls = np.minimum(load * shares.answered, agents)
    on_items = np.minimum(on_items, agents - on_calls)
    return Blend(one, shares, on_calls, on_items)


def _no_better_than_plain(
    workload: Workload, one: Workload, agents: Floats, shares: Flows, rows: Rows
) -> Workload:
    """Puts the figures of the plain queue where short items would make calls wait less than there."""
    part = workload.take(rows)
    plain, fast = flows(part.queues(part.calls, agents[rows])), one.aht[rows]
    aht = np.maximum(part.aht, SHORTEST)
    endless = np.isinf(part.patience)
    wait, plain_wait = shares.served_wait[rows] * fast, plain.served_wait * aht
    better = np.where(endless, wait < plain_wait, shares.abandoned[rows] < plain.abandoned)
    for field in fields(Flows):
        own = getattr(shares, field.name)
        own[rows] = np.where(better, getattr(plain, field.name), own[rows])
    units = one.aht.copy()
    units[rows] = np.where(better, aht, fast)
    return replace(one, aht=units)


def _free(load: Floats, agents: Floats, reserve: Floats) -> Walk:
    """The states with a free agent, for one handling time; the sum is of busy agents."""

    def rise(before: States, free: States, rows: Rows) -> States:
        count, middle = steps(before, free)
        logarithm = np.log(agents[rows, None] - middle + 1) - np.log(load[rows, None])
        return np.asarray(count * logarithm)

    def values(free: States, _: States, rows: Rows) -> tuple[States, ...]:
        return (agents[rows, None] - free,)

    return walk(reserve, rise, values)


def _figures(workload: Workload, agents: Floats, reserve: Floats, item: Floats) -> dict[str, Floats]:
    """Every field of `BlendPerformance`, flat."""
    found = nothing(BlendPerformance, len(agents))
    on_items, on_calls = agents - reserve, np.zeros(len(agents))
    called, staffed = workload.calls > 0, agents > 0
    for rows in (called & staffed, called & ~staffed):
        if not rows.any():
            continue
        part = workload.take(rows)
        if agents[rows][0]:
            solved = blend(part, agents[rows], reserve[rows], item[rows])
            on_calls[rows], on_items[rows] = solved.on_calls, solved.on_items
            figures = describe(solved.one, solved.shares)
        else:
            figures = describe(part, flows(part.queues(part.calls, agents[rows])))
        for name, value in figures.items():
            found[name][rows] = value
    lost = np.where(called, 1.0, 0.0)  # without agents: as in any overload
    return found | {
        "deferred_items": on_items * workload.interval / item,
        "deferred_agents": on_items,
        "call_occupancy": np.minimum(quotient(on_calls, agents), 1.0) + np.where(staffed, 0.0, lost),
        "occupancy": np.minimum(quotient(on_calls + on_items, agents), 1.0) + np.where(staffed, 0.0, lost),
    }
