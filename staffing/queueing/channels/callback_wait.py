"""How long it takes until an agent is free for the call-back that a caller has just accepted.

First passage of a birth-death chain. From a state to the one below it takes, on average, the weight of that state and
all above it over its own weight, divided by its rate downwards (S. Karlin and J. McGregor, 1957). The quotient of
weights follows from the state above: T_k = 1 + (rate up at k / rate down at k + 1) T_(k+1).
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.channels.callback_chain import BRIEF, NEVER, Offers
from staffing.queueing.channels.walk import AHEAD
from staffing.queueing.stationary.workload import SHORTEST

ENDLESS = 1e300
MOST = 10_000
"""States passed one by one; where the offer is made beyond them, the time is taken to be the wait that was told."""


def time_to_free(offers: Offers, reserve: Floats) -> Floats:
    """Mean seconds from accepting until more than `reserve` agents are free; 0 where nobody is offered anything.

    Infinite where the reserve takes in every agent or the queue only grows.
    """
    queues = offers.workload.queues(offers.workload.calls, offers.agents)
    endless = queues.patience > NEVER
    eta = np.where(endless, 0.0, 1 / np.maximum(queues.patience, BRIEF))
    later = queues.load * (1 - offers.accept)
    never = (offers.agents <= reserve) | (endless & (later >= offers.agents))
    asked = np.isfinite(offers.limit) & (offers.accept > 0)
    far = offers.first > MOST
    result = np.where(never, np.inf, offers.limit)
    rows = np.flatnonzero(asked & ~never & ~far)
    if len(rows):
        chain = (queues.load[rows], later[rows], offers.agents[rows], eta[rows], offers.first[rows])
        down, rest = _down_to_busy(*chain)
        down += _down_to_free(queues.load[rows], offers.agents[rows], reserve[rows], rest)
        result[rows] = down * np.maximum(offers.workload.aht[rows], SHORTEST)
    return np.where(asked, result, 0.0)


def _down_to_busy(
    load: Floats, later: Floats, agents: Floats, eta: Floats, first: Floats
) -> tuple[Floats, Floats]:
    """Mean time from the state of an offer to the last free agent's being taken back, and T of "nobody waits".

    The states are those with 0, 1, ... waiting; an offer is made from `first` on.
    """
    top = first + _reach(later, agents, eta, first)
    # Beyond the top the rates are taken not to change any more; with endless patience they do not.
    steady = np.minimum(later / (agents + (top + 1) * eta), 1 - 1 / MOST)
    last = 1 / (1 - steady)
    heavier, beyond, passed = np.ones_like(load), np.zeros_like(load), np.zeros_like(load)
    for waiting in range(int(top.max()), -1, -1):
        rate = agents + waiting * eta
        above = np.where(waiting >= first, later, load) / (rate + eta) * heavier
        own = np.where(waiting < top, np.minimum(1 + above, ENDLESS), last)
        before = np.where(waiting < top, heavier, last) / (rate + eta)  # from the state above to this one
        more = np.where(waiting < top, (1 - 1 / own) * (before + beyond), (last - 1) * before)
        beyond = np.where(waiting >= first, more, beyond)
        heavier = own
        passed += np.where(waiting <= first, own / rate, 0.0)
    return passed + beyond, heavier


def _reach(later: Floats, agents: Floats, eta: Floats, first: Floats) -> Floats:
    """States beyond the first offer that count: further out the weights are below exp(-AHEAD)."""
    step, found = 1.0, np.where(eta > 0, np.inf, 0.0)
    while step < MOST and np.isinf(found).any():
        drop = step * (np.log(later) - np.log(agents + (first + step) * eta))
        found = np.where(np.isinf(found) & (drop <= -AHEAD), 2 * step, found)
        step *= 2
    return np.minimum(found, MOST)


def _down_to_free(load: Floats, agents: Floats, reserve: Floats, heavier: Floats) -> Floats:
    """Mean time from one busy agent fewer than all to one more than `reserve` free; `heavier` is T of "all busy"."""
    passed = np.zeros_like(load)
    for free in range(1, int(min(reserve.max(), MOST)) + 1):
        busy = np.maximum(agents - free, 1.0)
        heavier = np.minimum(1 + load / (busy + 1) * heavier, ENDLESS)
        passed += np.where(free <= reserve, heavier / busy, 0.0)
    return passed
