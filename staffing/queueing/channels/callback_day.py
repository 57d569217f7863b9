"""Call-backs over a day, made in idle time, and the agents that a queue with call-backs needs.

Each interval of the queue is taken as stationary. Its call-backs are deferred work for the time in which agents are
free beyond the reserve, in this and later intervals, first in, first out; an agent who makes one is taken to be back
when the next call comes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.blending import share_of
from staffing.queueing.channels.callback import (
    CallbackPerformance,
    callback_performance,
    checked,
    free_agents,
)
from staffing.queueing.channels.callback_chain import Offers, solve
from staffing.queueing.channels.chat import COUNTABLE, ROUNDING, refuse_unsizable
from staffing.queueing.channels.deferred import DeferredOutcome, deferred_work
from staffing.queueing.channels.walk import Rows
from staffing.queueing.sizing.margin import margins
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.performance import performance


@dataclass(frozen=True)
class CallbackEffort:
    """What one accepted call-back takes, on average."""

    reached: Floats
    """Share of the callers who are reached in the end."""
    seconds: Floats
    """Of an agent's time, vain attempts included."""


def callback_effort(
    callback_aht: npt.ArrayLike,
    *,
    reach: npt.ArrayLike = 1.0,
    attempts: npt.ArrayLike = 1,
    attempt_seconds: npt.ArrayLike = 0.0,
) -> CallbackEffort:
    """Effort of a call-back that is tried until the caller is reached, or `attempts` times.

    With q = `reach` and m = `attempts`, 1 - (1 - q)**m are reached after (1 - q) (1 - (1 - q)**m) / q vain attempts.

    Args:
        callback_aht: seconds that a call-back takes when the caller is reached, >= 0.
        reach: share of the attempts that reach the caller, above 0 and at most 1.
        attempts: at most, whole, >= 1.
        attempt_seconds: that a vain attempt takes, >= 0.

    Raises:
        ValueError: naming the argument.
    """
    tries = whole("attempts", attempts)
    as_floats("attempts", attempts, positive=True)
    seconds, chance, most, vain = broadcast(
        callback_aht=as_floats("callback_aht", callback_aht),
        reach=share_of("reach", reach),
        attempts=tries,
        attempt_seconds=as_floats("attempt_seconds", attempt_seconds),
    )
    with np.errstate(divide="ignore"):  # log(0) where every attempt succeeds
        reached = -np.expm1(most * np.log1p(-chance))
    failed = (1 - chance) * reached / chance
    return CallbackEffort(reached, np.asarray(reached * seconds + failed * vain))


@dataclass(frozen=True)
class CallbackDay:
    """A day's queue and its call-backs."""

    inbound: CallbackPerformance
    """The queue, shape (..., intervals)."""
    outbound: DeferredOutcome
    """The call-backs as deferred work."""
    time_until_called: Floats
    """Mean seconds from accepting to the call-back, by the interval of accepting: until an agent is free beyond the
    reserve (`inbound.time_to_free`), and behind the call-backs that were accepted before (`outbound.delay`)."""
    reached: Floats
    """Call-backs that reach the caller, by the interval in which they were promised."""
    seconds: Floats
    """Of an agent's time that a call-back takes."""
    abandonment_without: Floats
    """Share of arrivals that gives up if no call-back is offered; shape (..., intervals)."""


def callback_day(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    offer_wait: npt.ArrayLike,
    accept: npt.ArrayLike,
    promise: float,
    callback_aht: npt.ArrayLike | None = None,
    reach: npt.ArrayLike = 1.0,
    attempts: npt.ArrayLike = 1,
    attempt_seconds: npt.ArrayLike = 0.0,
    reserve: npt.ArrayLike = 0,
    efficiency: npt.ArrayLike = 1.0,
    interval: float = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> CallbackDay:
    """A day with call-backs, interval by interval; the last axis is the open intervals.

    Args:
        calls: offered in each open interval, >= 0; shape (..., intervals).
        aht: mean handling time of a call, >= 0.
        agents: in each interval, whole, >= 0.
        offer_wait: as for `callback_performance`.
        accept: as for `callback_performance`.
        promise: open seconds within which the call-back is to be made, >= 0.
        callback_aht: seconds that a call-back takes when the caller is reached; None: `aht`.
        reach: as for `callback_effort`.
        attempts: as for `callback_effort`.
        attempt_seconds: as for `callback_effort`.
        reserve: agents who are left free for calls when others make call-backs, whole, >= 0.
        efficiency: share of the free agents' time that call-backs get, above 0 and at most 1.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, >= 0.
        threshold: within which an answer counts for the service level, >= 0.

    Raises:
        ValueError: naming the argument.
    """
    effort = callback_effort(
        aht if callback_aht is None else callback_aht,
        reach=reach,
        attempts=attempts,
        attempt_seconds=attempt_seconds,
    )
    inbound = callback_performance(
        calls,
        aht,
        agents,
        offer_wait=offer_wait,
        accept=accept,
        reserve=reserve,
        interval=interval,
        patience=patience,
        threshold=threshold,
    )
    outbound = deferred_work(
        inbound.callbacks,
        effort.seconds,
        inbound.idle_agents,
        deadline=promise,
        interval=interval,
        efficiency=share_of("efficiency", efficiency),
    )
    without = performance(calls, aht, agents, interval=interval, patience=patience, threshold=threshold)
    return CallbackDay(
        inbound=inbound,
        outbound=outbound,
        time_until_called=np.asarray(inbound.time_to_free + outbound.delay),
        reached=np.asarray(inbound.callbacks * effort.reached),
        seconds=effort.seconds,
        abandonment_without=without.abandonment,
    )


def required_callback_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    offer_wait: npt.ArrayLike,
    accept: npt.ArrayLike,
    callback_seconds: npt.ArrayLike = 0.0,
    reserve: npt.ArrayLike = 0,
    efficiency: npt.ArrayLike = 1.0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
) -> npt.NDArray[np.int64]:
    """The smallest number of agents that meets the targets and has the time to make the call-backs it promises.

    0 without calls, else at least 1. A further agent may lift the length of queue at which call-backs are offered:
    then fewer are offered one, more wait, and more may abandon, so that a smaller number than the one found may meet
    an abandonment target too. Other arguments as for `callback_performance`.

    Args:
        calls: offered per interval.
        aht: mean handling time of a call.
        targets: of the calls; those who accept a call-back count as in `CallbackPerformance`.
        offer_wait: an expected wait above this many seconds brings the offer.
        accept: share of those with an offer who accept it.
        callback_seconds: of an agent's time that a call-back takes (`callback_effort`), >= 0; 0: others make them.
        reserve: agents who are left free for calls when others make call-backs.
        efficiency: share of the free agents' time that call-backs get, above 0 and at most 1.
        interval: length of an interval.
        patience: mean time a caller is willing to wait.

    Raises:
        ValueError: naming the argument; as `required_agents`.
    """
    seconds, useful = as_floats("callback_seconds", callback_seconds), share_of("efficiency", efficiency)
    offers, spare, shape = checked(
        calls, aht, 0, offer_wait, accept, reserve, interval, patience, targets.threshold
    )
    try:
        effort = np.broadcast_to(seconds / useful, shape).ravel()
    except ValueError as error:
        raise ValueError(f"callback_seconds and efficiency must fit the calls {shape}") from error
    needed, rows = np.zeros(len(spare), dtype=np.int64), np.flatnonzero(offers.workload.calls > 0)
    if len(rows):
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            needed[rows] = _search(offers.take(rows), spare[rows], effort[rows], targets)
    return needed.reshape(shape)


def _search(offers: Offers, spare: Floats, effort: Floats, targets: Targets) -> Floats:
    refuse_unsizable(offers.workload, targets)
    load = offers.workload.load(offers.workload.calls)
    if float(load.max()) > COUNTABLE:
        raise ValueError(f"calls: a load of {load.max():g} Erlangs needs more agents than can be counted")

    def at(agents: Floats, rows: Rows) -> Floats:
        return _margin(replace(offers.take(rows), agents=agents), spare[rows], effort[rows], targets)

    return smallest(at, load + 0.5 * np.sqrt(load), 0.7 * np.sqrt(load))


def _margin(offers: Offers, spare: Floats, effort: Floats, targets: Targets) -> Floats:
    """>= 0 where every target is met and the call-backs find time; agents >= 1."""
    shares, calls = solve(offers).flows, offers.workload.calls
    parts = margins(offers.workload, offers.agents, calls, shares, targets)
    busy = shares.blocked * calls * effort / offers.workload.interval
    free = free_agents(offers, spare, shares.idle)
    parts["call-backs"] = np.where(busy > 0, np.log(free) - np.log(busy), np.inf)
    return np.asarray(np.minimum.reduce(list(parts.values())) + ROUNDING)
