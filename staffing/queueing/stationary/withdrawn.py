"""The two corners where nobody is answered after a wait: no patience at all, and no agents."""

from __future__ import annotations

import numpy as np

from staffing.queueing.stationary.erlang import erlang_b, free_weight
from staffing.queueing.stationary.model import Flows, Queues


def impatient_flows(queues: Queues) -> Flows:
    """Patience 0 and places to wait in: whoever finds all agents busy gives up at once, and nobody is blocked."""
    zero = np.zeros_like(queues.load)
    scale, value = free_weight(queues.agents, queues.load)
    odds = scale + np.log(value)
    waiting = np.exp(-np.logaddexp(0.0, odds))
    return Flows(
        idle=np.exp(-np.logaddexp(0.0, -odds)),
        waiting=waiting,
        blocked=zero,
        served=zero,
        abandoned=waiting,
        served_late=zero,
        abandoned_late=zero,
        virtual_late=waiting * np.exp(-queues.agents * queues.threshold),
        served_wait=zero,
    )


def unstaffed_flows(queues: Queues) -> Flows:
    """No agents: callers hold their place until they give up; the places are Erlang B's servers.

    With endless patience unlimited places take every call, limited ones are full for ever.
    """
    zero = np.zeros_like(queues.load)
    endless, unlimited = np.isinf(queues.patience), np.isinf(queues.places)
    blocked = np.where(endless & ~unlimited, 1.0, 0.0)
    some = ~endless & ~unlimited
    blocked[some] = erlang_b(queues.load[some] * queues.patience[some], queues.places[some])
    blocked[queues.places == 0] = 1.0
    waiting = 1 - blocked
    abandoned = np.where(endless, 0.0, waiting)
    remaining = np.where(endless | (queues.patience == 0), 0.0, np.exp(-queues.threshold / queues.patience))
    return Flows(
        idle=zero,
        waiting=waiting,
        blocked=blocked,
        served=zero,
        abandoned=abandoned,
        served_late=zero,
        abandoned_late=abandoned * remaining,
        virtual_late=waiting,
        served_wait=np.where(endless, queues.places / queues.load, 0.0),
    )
