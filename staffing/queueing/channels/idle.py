"""Idle time that calls leave to work which gives way to a call at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats
from staffing.queueing.channels.walk import Rows, States, steps, walk
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.workload import Workload, given


def idle_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    reserve: npt.ArrayLike = 0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
) -> Floats:
    """Mean number of agents free beyond the `reserve`: E[max(agents - reserve - busy, 0)], exact for Erlang C and A.

    Work done in this time and put down whenever a call comes leaves the calls' figures as they are. Without a reserve
    it is agents x (1 - occupancy). As the `agents` of `deferred_work` it gives the work that idle time gets done.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time, >= 0.
        agents: whole, >= 0.
        reserve: agents who are left free for calls, whole, >= 0.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, >= 0.

    Raises:
        ValueError: naming the argument.
    """
    workload, (staff, spare), shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=np.inf,
        redial=0,
        agents=whole("agents", agents),
        reserve=whole("reserve", reserve),
    )
    found = np.maximum(staff - spare, 0.0)
    rows = np.flatnonzero((workload.calls > 0) & (staff > 0))
    if len(rows):
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            part = workload.take(rows)
            idle = flows(part.queues(part.calls, staff[rows])).idle
            found[rows] = free_beyond(part, staff[rows], spare[rows], idle)
    return found.reshape(shape)


def free_beyond(workload: Workload, agents: Floats, reserve: Floats, idle: Floats) -> Floats:
    """Mean number free beyond the reserve, when with the probability `idle` anybody is free; agents >= 1."""
    load = np.maximum(workload.load(workload.calls), 1e-290)

    def rise(before: States, free: States, rows: Rows) -> States:
        count, middle = steps(before, free)
        logarithm = np.log(agents[rows, None] - middle + 1) - np.log(load[rows, None])
        return np.asarray(count * logarithm)

    def values(free: States, _: States, rows: Rows) -> tuple[States, ...]:
        return (np.maximum(free - reserve[rows, None], 0.0),)

    return walk(agents, rise, values).means(idle)[0]
