"""Agents kept busy elsewhere by calls that others could take by now.

A flexible agent who took a call while its specialists were busy keeps it when one of them is free again. For a set of
queues whose callers wait, such agents are missing: those of its groups who hold calls of other queues, beyond what
these queues need since their other agents are too few.

The calls of a queue that its first n agents leave to others, given how many calls are present, are those of
L. Kosten's overflow system (1937): the chain of busy first agents and overflowed calls, solved for the mean number
overflowed by number busy. How much of that a group takes falls with the share of time all of it is busy, by Erlang's
loss formula on the load that reaches it.
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.skills.network import Bools, Network, Whole, members
from staffing.queueing.stationary.erlang import erlang_b

SHARE = 0.8
REST = 0.4
"""Shares of the agents who linger and rest on average that still do so when others wait. Fitted to simulations, as
is `layers.FREE`: with half or one and a half times any of them the mean error in abandonment rises from 0.4
percentage points to at most 0.6."""


def lingering(network: Network, present: Whole) -> Floats:
    """Agents missing from each set of queues in each state, shape (states, 2 ** queues).

    `network.skills` is in the order of preference.
    """
    sets = members(len(network.load))
    missing = np.zeros((len(present), len(sets)))
    full = _full(network)
    numbers = [np.arange(top + 1) for top in present.max(axis=0)]
    overflow: dict[tuple[int, int], Floats] = {}
    for number in range(1, len(sets) - 1):
        touching = np.asarray(network.skills[:, sets[number]].any(axis=1))
        taken = np.zeros((len(present), int(touching.sum())))
        for queue in np.flatnonzero(~sets[number]):
            if network.skills[touching, queue].any():
                table = _held(network, int(queue), touching, full, numbers[queue], overflow)
                taken += table[present[:, queue]]
        missing[:, number] = np.minimum(taken, network.agents[touching]).sum(axis=1)
    return SHARE * missing


def resting(network: Network, present: Whole) -> Floats:
    """Own agents of each queue who are free while its calls lie with shared ones, shape (states, queues)."""
    own = network.own()
    full = _full(network)
    found = np.zeros(present.shape)
    for queue, agents in enumerate(own):
        shared = (network.skills.sum(axis=1) > 1) & network.skills[:, queue]
        if agents and shared.any():
            numbers = np.arange(present[:, queue].max() + 1)
            over = _overflow(float(network.load[queue]), int(agents), numbers) - np.maximum(
                numbers - agents, 0.0
            )
            table = np.maximum(over, 0.0) * (1 - float(np.prod(full[shared])))
            found[:, queue] = table[present[:, queue]]
    return REST * found


def _held(
    network: Network,
    queue: int,
    touching: Bools,
    full: Floats,
    present: Whole,
    overflow: dict[tuple[int, int], Floats],
) -> Floats:
    """What `queue` holds, beyond its needs, of the groups `touching` a set, shape (present, such groups)."""
    before, rest = 0, 1.0
    others = float(network.agents[network.skills[:, queue] & ~touching].sum())
    needed = np.maximum(present - others, 0.0)
    held = np.zeros((len(present), len(full)))
    for group in np.flatnonzero(network.skills[:, queue]):
        if not touching[group]:
            before += int(network.agents[group])
            continue
        if (queue, before) not in overflow:
            overflow[queue, before] = _overflow(float(network.load[queue]), before, present)
        held[:, group] = np.maximum(overflow[queue, before] - needed, 0.0) * (rest * (1 - full[group]))
        rest *= full[group]
    return np.asarray(held[:, touching])


def _full(network: Network) -> Floats:
    """Share of time that all agents of each group are busy."""
    reaching = network.load.copy()
    full = np.zeros(len(network.agents))
    for group, serves in enumerate(network.skills):
        full[group] = float(erlang_b(reaching[serves].sum(), network.agents[group]))
        reaching[serves] *= full[group]
    return full


def _overflow(load: float, agents: int, present: Whole) -> Floats:
    """Mean number of calls beyond the first `agents`, given how many are present."""
    if agents == 0:
        return present.astype(np.float64)
    beyond = kosten(load, agents)
    total = np.arange(agents + 1.0) + beyond
    return np.asarray(np.interp(present, total, beyond) + np.maximum(present - total[-1], 0.0))


def kosten(load: float, agents: int) -> Floats:
    """Mean number of overflowed calls given 0, 1, ... `agents` busy; every overflowed call is served elsewhere.

    With m_b the mean on states with b busy and p_b their probability (Erlang's), balance of both gives
    (a + b + 1) m_b = a m_(b-1) + (b + 1) m_(b+1) for b < n, and (n + 1) m_n = a m_(n-1) + a p_n.
    """
    busy = np.arange(agents + 1.0)
    log = np.concatenate([[0.0], np.cumsum(np.log(load / busy[1:]))])
    chance = np.exp(log - log.max())
    chance /= chance.sum()
    # Forward elimination of the tridiagonal system: m_b = slope_b m_(b+1).
    slope = np.zeros(agents + 1)
    for b in range(agents):
        slope[b] = (b + 1) / (load + b + 1 - (load * slope[b - 1] if b else 0.0))
    mean = np.zeros(agents + 1)
    mean[agents] = load * chance[agents] / (agents + 1 - load * slope[agents - 1])
    for b in range(agents - 1, -1, -1):
        mean[b] = slope[b] * mean[b + 1]
    return np.asarray(np.divide(mean, chance, out=np.zeros_like(mean), where=chance > 0))
