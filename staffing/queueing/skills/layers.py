"""Who waits in a state, behind how many calls, and for how many agents.

The most calls that can be served at once, by any assignment, leave max over sets S of (calls of S present - agents
able to serve S) waiting (P. Hall, 1935). The sets that attain it are full: whoever calls for them waits. Callers are
taken in the order they came, whatever their queue, so full sets share their agents as far as their skills let them,
and split into layers: the set with the longest wait (most waiting calls for each agent) is a queue of its own, then
the set with the longest wait among the rest with the agents left, and so on. Queues without shared agents come out as
layers of their own, one pool as a single layer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.skills.lingering import lingering, resting
from staffing.queueing.skills.network import Network, Whole, members

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Layer:
    """A set of queues that is full with the same agents in some of the states.

    `rows`: numbers of these states. `waiting`: calls waiting in each of them. `missing`: agents of the layer who
    are not with its calls. `full`: the chance that nobody is free for each queue, shape (rows, queues of the layer).
    """

    queues: Whole
    agents: float
    rows: Rows
    waiting: Floats
    missing: Floats
    full: Floats


FREE = 0.4
"""Chance that a caller finds the own agent who rests, see `lingering`; fitted."""


def layers(network: Network, present: Whole) -> list[Layer]:
    """The full sets of each state; `present` has the shape (states, queues), every queue an agent."""
    able = network.able()
    sets = members(len(network.load)).astype(np.float64)
    several = sets * (sets.sum(axis=1) > 1)[:, None]
    rest = resting(network, present)
    missing = lingering(network, present) + rest @ several.T
    excess = present @ sets.T - able + missing
    found: list[Layer] = []
    rows = np.flatnonzero((excess[:, 1:] > -1).any(axis=1))
    inside = np.zeros(len(present), dtype=np.int64)
    while len(rows):
        best = _longest_wait(excess[rows], able, inside[rows])
        over = excess[rows, best] - excess[rows, inside[rows]]
        going = (best != inside[rows]) & (over > -1)
        rows, best, over = rows[going], best[going], over[going]
        lost = missing[rows, best] - missing[rows, inside[rows]]
        found += _alike(rows, inside[rows], best, able, over, lost, rest)
        inside[rows] = best
    return found


def _longest_wait(excess: Floats, able: Floats, inside: Whole) -> Whole:
    """The set around `inside` with the most waiting calls for each agent; the widest of several."""
    number = np.arange(len(able))
    rows = np.arange(len(excess))
    over = excess - excess[rows, inside][:, None]
    agents = able - able[inside][:, None]
    wait = np.divide(over, agents, out=np.where(over > -1, 1e6 + over, -1e6), where=agents > 0)
    wait += 1e-9 * members(len(able).bit_length() - 1).sum(axis=1)
    around = ((number & inside[:, None]) == inside[:, None]) & (number != inside[:, None])
    best = np.where(around, wait, -np.inf).argmax(axis=1)
    return np.where(around.any(axis=1), best, inside)


def _alike(
    rows: Rows, inside: Whole, outside: Whole, able: Floats, over: Floats, lost: Floats, rest: Floats
) -> list[Layer]:
    """The states sorted into layers of the same queues and agents."""
    code = (inside * len(able) + outside).astype(np.uint16)
    order = np.argsort(code, kind="stable")
    edges = np.flatnonzero(np.diff(code[order])) + 1
    found = []
    for own in np.split(order, edges) if len(rows) else []:
        before, after = int(inside[own[0]]), int(outside[own[0]])
        queues = np.flatnonzero(members(rest.shape[1])[after & ~before])
        agents = float(able[after] - able[before])
        busy = np.clip(1 - FREE * rest[rows[own]][:, queues], 0.0, 1.0)
        if before == 0 and len(queues) == 1:
            busy = np.ones_like(busy)
        found.append(
            Layer(
                queues=queues,
                agents=agents,
                rows=rows[own],
                waiting=np.maximum(over[own], 0.0),
                missing=np.clip(lost[own], 0.0, max(agents - 1, 0.0)),
                full=np.clip(over[own] + 1, 0.0, 1.0)[:, None] * busy,
            )
        )
    return found
