"""What callers and agents get out of a number of agents."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import SHORTEST, Workload, given


@dataclass(frozen=True)
class Performance:
    """Stationary figures of each queue; every field has the shape the arguments broadcast to.

    "Arrivals" are all attempts to call, redials included; they are answered, abandoned or blocked.
    Without calls every share is 0 except the service levels, which are 1, and nobody waits.
    """

    wait_probability: Floats
    """Share of arrivals that find every agent busy and are admitted."""
    blocking: Floats
    """Share of arrivals that find every line in use."""
    abandonment: Floats
    """Share of arrivals that give up waiting."""
    abandonment_within_threshold: Floats
    """Share of arrivals that give up within the threshold: short abandons."""
    service_level: Floats
    """Answered within the threshold / arrivals."""
    service_level_answered: Floats
    """Answered within the threshold / answered."""
    service_level_virtual: Floats
    """Share of the admitted whose wait would be within the threshold if nobody lost patience while waiting it."""
    service_level_excluding_short: Floats
    """Answered within the threshold / (arrivals - those who gave up within the threshold)."""
    mean_wait: Floats
    """Seconds, over all arrivals: abandoned calls with their wait, blocked ones as 0."""
    asa: Floats
    """Average speed of answer: seconds, over answered calls only; infinite when nobody is ever answered."""
    occupancy: Floats
    """Share of the agents' time spent on calls."""
    queue_length: Floats
    """Mean number of callers waiting."""
    attempts: Floats
    """Arrivals per interval: calls, and the redials they lead to."""


def performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
    redial: npt.ArrayLike = 0,
) -> Performance:
    """Exact stationary figures of M/M/n queues; times in seconds, arguments broadcast like numpy.

    Erlang C: `patience` and `lines` infinite. If the load is not below the agents there is no stationary state, and
    the figures are those of a queue that only grows: wait_probability 1, service levels 0, mean_wait, asa and
    queue_length infinite, occupancy 1. Erlang A: `patience` finite. Erlang B: `lines` = `agents`. Erlang X:
    `redial` > 0. Without agents nobody is answered: asa is infinite, and occupancy 1 as in any overload.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time (talk, hold, after-call work), >= 0.
        agents: agents on contacts, whole, >= 0.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, >= 0; exponential.
        lines: callers talking or waiting at most, whole, >= 0; agents beyond the lines stay idle.
        threshold: within which an answer counts for the service level, >= 0.
        redial: share of abandoned and blocked calls that call again, >= 0 and < 1.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be, or not whole, and
            arguments that do not broadcast.
    """
    workload, (staff,), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        interval=interval,
        patience=patience,
        lines=lines,
        threshold=threshold,
        redial=redial,
    )
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        found = figures(workload, staff)
    return Performance(**{name: value.reshape(shape) for name, value in found.items()})


def figures(workload: Workload, agents: Floats) -> dict[str, Floats]:
    """Every field of `Performance`, flat."""
    rows = workload.calls > 0
    result = {field.name: np.zeros(len(agents)) for field in fields(Performance)}
    for name in result:
        if name.startswith("service_level"):
            result[name][~rows] = 1.0
    if rows.any():
        busy, present = workload.take(rows), agents[rows]
        arrivals = attempts(busy, present)
        shares = flows(busy.queues(arrivals, present))
        for name, value in _describe(busy, present, arrivals, shares).items():
            result[name][rows] = value
    return result


def _describe(workload: Workload, agents: Floats, arrivals: Floats, shares: Flows) -> dict[str, Floats]:
    """The figures of queues that have calls."""
    answered, admitted = shares.answered, shares.idle + shares.waiting
    in_time = np.maximum(shares.idle + (shares.served - shares.served_late), 0.0)
    lost_in_time = np.maximum(shares.abandoned - shares.abandoned_late, 0.0)
    waited = shares.served_wait * np.maximum(workload.aht, SHORTEST)
    still_there = shares.blocked + shares.served_late + shares.abandoned_late
    patient = np.isinf(workload.patience)
    mean_wait = np.where(patient, waited, shares.abandoned * np.where(patient, 0.0, workload.patience))
    carried = workload.load(arrivals) * answered
    return {
        "wait_probability": shares.waiting,
        "blocking": shares.blocked,
        "abandonment": shares.abandoned,
        "abandonment_within_threshold": lost_in_time,
        "service_level": in_time,
        "service_level_answered": quotient(in_time, answered),
        "service_level_virtual": quotient(np.maximum(admitted - shares.virtual_late, 0.0), admitted),
        "service_level_excluding_short": quotient(in_time, in_time + still_there),
        "mean_wait": mean_wait,
        "asa": quotient(waited, answered, otherwise=np.inf),
        "occupancy": np.minimum(quotient(carried, agents, otherwise=1.0), 1.0),
        "queue_length": mean_wait * arrivals / workload.interval,
        "attempts": arrivals,
    }
