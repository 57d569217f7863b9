"""Call-backs: who would wait long is offered to be called back, and some accept.

Erlang A (C. Palm, 1943) with an arrival rate that falls at a certain queue length. A caller who finds all n agents
busy and j others waiting is told to expect (j + 1) x AHT / n; if that is more than the limit, the share `accept` of
the callers leaves the queue for the pool of call-backs. Offers that depend on the queue's length: M. Armony and C.
Maglaras (2004), "On customer contact centers with a call-back option".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.channels.callback_chain import Offers, solve
from staffing.queueing.channels.callback_wait import time_to_free
from staffing.queueing.channels.figures import Figures, describe, nothing, shaped
from staffing.queueing.channels.idle import free_beyond
from staffing.queueing.stationary.workload import given


@dataclass(frozen=True)
class CallbackPerformance(Figures):
    """`Figures` of all callers; "blocking" is 0.

    A caller who accepts a call-back neither waits nor abandons, and is not answered: he counts against the service
    level of the offered calls.
    """

    offered: Floats
    """Share of arrivals that are offered a call-back."""
    called_back: Floats
    """Share of arrivals that accept it."""
    callbacks: Floats
    """Call-backs per interval."""
    occupancy: Floats
    """Share of the agents' time spent on incoming calls."""
    idle_agents: Floats
    """Mean number of agents free beyond the reserve."""
    time_to_free: Floats
    """Mean seconds from accepting until an agent is free beyond the reserve, so that whoever is first in line for a
    call-back can get it; 0 without offers, infinite if the reserve takes in every agent."""


def callback_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    offer_wait: npt.ArrayLike,
    accept: npt.ArrayLike,
    reserve: npt.ArrayLike = 0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> CallbackPerformance:
    """Stationary figures of a queue that offers call-backs; exact; arguments broadcast like numpy.

    The call-backs themselves are made in time that this queue leaves idle: see `callback_day`. Nobody who accepts
    makes the others wait. With endless patience, and more staying callers than the agents can take, there is no
    stationary state, and the figures are those of a queue that only grows.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time, >= 0.
        agents: whole, >= 0.
        offer_wait: an expected wait above this many seconds brings the offer, >= 0; infinite: no offer.
        accept: share of those with an offer who accept it, from 0 to 1.
        reserve: agents who are left free for calls when others make call-backs, whole, >= 0; for
            `idle_agents` and `time_to_free`.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, >= 0; exponential.
        threshold: within which an answer counts for the service level, >= 0.

    Raises:
        ValueError: naming the argument.
    """
    offers, spare, shape = checked(
        calls, aht, agents, offer_wait, accept, reserve, interval, patience, threshold
    )
    found = nothing(CallbackPerformance, len(spare))
    found["idle_agents"] = np.maximum(offers.agents - spare, 0.0)
    rows = np.flatnonzero(offers.workload.calls > 0)
    if len(rows):
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            for name, value in _figures(offers.take(rows), spare[rows]).items():
                found[name][rows] = value
    return CallbackPerformance(**shaped(found, shape))


def _figures(offers: Offers, spare: Floats) -> dict[str, Floats]:
    """Every field of rows with calls."""
    shares = solve(offers)
    accepted, carried = (
        shares.flows.blocked,
        offers.workload.load(offers.workload.calls) * shares.flows.answered,
    )
    return describe(offers.workload, shares.flows) | {
        "blocking": np.zeros_like(spare),
        "offered": shares.offered,
        "called_back": accepted,
        "callbacks": accepted * offers.workload.calls,
        "occupancy": np.minimum(quotient(carried, offers.agents, otherwise=1.0), 1.0),
        "idle_agents": free_agents(offers, spare, shares.flows.idle),
        "time_to_free": time_to_free(offers, spare),
    }


def free_agents(offers: Offers, spare: Floats, idle: Floats) -> Floats:
    """Mean number free beyond the reserve."""
    free, rows = np.zeros(len(spare)), offers.agents > 0
    if rows.any():
        free[rows] = free_beyond(offers.workload.take(rows), offers.agents[rows], spare[rows], idle[rows])
    return free


def checked(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    offer_wait: npt.ArrayLike,
    accept: npt.ArrayLike,
    reserve: npt.ArrayLike,
    interval: npt.ArrayLike,
    patience: npt.ArrayLike,
    threshold: npt.ArrayLike,
) -> tuple[Offers, Floats, tuple[int, ...]]:
    """The arguments of `callback_performance`, the reserve and the shape."""
    workload, (staff, limit, agree, spare), shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=np.inf,
        redial=0,
        threshold=threshold,
        agents=whole("agents", agents),
        offer_wait=as_floats("offer_wait", offer_wait, infinite=True),
        accept=as_floats("accept", accept, at_most=1.0),
        reserve=whole("reserve", reserve),
    )
    return Offers(workload, staff, limit, np.where(np.isinf(limit), 0.0, agree)), spare, shape
