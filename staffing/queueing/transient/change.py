"""What the end of one interval and the beginning of the next do to the callers present.

Agents who come take the first callers in the queue: the number present stays. Of n agents n - n' leave. If they hand
back the calls in hand, the number present stays, too. If they finish them, those calls trouble nobody any more: the
callers present are then those of the n' agents who stay, and of the queue. Every agent is as likely to leave as
another, so of b calls in hand those that stay are hypergeometric, and one number remains an exact state.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.stretches import Staffed


def left(before: Staffed, after: Staffed, finish: bool) -> Floats:
    """Agents who leave with a call in hand that is no longer counted if all are busy; shape (stretches, 1)."""
    return np.maximum(before.agents - after.agents, 0.0) * finish


def put_off(state: Floats, after: Staffed) -> tuple[Floats, Floats]:
    """The distribution once those have left who would wait but have no patience, and how many they are.

    Args:
        state: probabilities as the interval begins, shape (stretches, states).
        after: that interval.

    Returns:
        shapes (stretches, states) and (stretches,).
    """
    gone, states = np.zeros(len(state)), state.shape[1]
    rows = np.flatnonzero((after.at_once[:, 0] > 0) & (after.agents[:, 0] < states - 1))
    state = state.copy() if len(rows) else state
    for row in rows:
        agents = int(after.agents[row, 0])
        waiting = state[row, agents + 1 :]
        gone[row] = waiting @ np.arange(1.0, len(waiting) + 1)
        state[row, agents] += waiting.sum()
        state[row, agents + 1 :] = 0.0
    return state, gone


def pass_on(state: Floats, before: Staffed, after: Staffed, finish: bool) -> tuple[Floats, Floats]:
    """The distribution after the change, and the calls that leaving agents take with them.

    Args:
        state: probabilities, shape (stretches, states).
        before: the interval that ends.
        after: the one that begins.
        finish: whether agents who leave finish their calls.

    Returns:
        shapes (stretches, states) and (stretches,).
    """
    fewer = left(before, after, finish)[:, 0]
    taken = np.zeros(len(state))
    if not fewer.any():
        return state, taken
    state = state.copy()
    states = state.shape[1]
    for row in np.flatnonzero(fewer):
        agents, leave = int(before.agents[row, 0]), int(fewer[row])
        table = _staying(min(agents, states - 1), agents, leave)
        full = len(table)
        moved = np.zeros(states)
        moved[:full] = state[row, :full] @ table
        if full < states:
            moved[full - leave : states - leave] += state[row, full:]
        busy = np.minimum(np.arange(float(states)), agents)
        taken[row] = state[row] @ busy * leave / agents
        state[row] = moved
    return state, taken


@lru_cache(maxsize=64)
def _staying(most: int, agents: int, leave: int) -> Floats:
    """P(y calls stay | b in hand), b, y = 0 ... most, when `leave` of the `agents` go; call by call."""
    table = np.zeros((most + 1, most + 1))
    table[0, 0] = 1.0
    stays = np.arange(float(most + 1))
    for b in range(most):
        goes = np.clip(leave - (b - stays), 0.0, None) / (agents - b)
        table[b + 1] = table[b] * goes
        table[b + 1, 1:] += (table[b] * (1 - goes))[:-1]
    table.flags.writeable = False
    return table
