"""The figures every channel reports about its customers, and how they follow from what becomes of an arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows, Queues
from staffing.queueing.stationary.workload import SHORTEST, Workload


@dataclass(frozen=True)
class Figures:
    """Stationary figures of customers who wait; every field has the shape the arguments broadcast to.

    Meanings as in `staffing.queueing.Performance`: shares are of all arrivals if nothing else is said, times seconds.
    Without arrivals every share is 0 except the service levels, which are 1, and nobody waits.
    """

    wait_probability: Floats
    """Share that finds no agent free for it and waits."""
    blocking: Floats
    """Share that is turned away because the waiting places are taken."""
    abandonment: Floats
    """Share that gives up waiting."""
    abandonment_within_threshold: Floats
    """Share that gives up within the threshold."""
    service_level: Floats
    """Answered within the threshold / arrivals."""
    service_level_answered: Floats
    """Answered within the threshold / answered."""
    service_level_virtual: Floats
    """Share of the admitted whose wait would be within the threshold if nobody lost patience while waiting it."""
    service_level_excluding_short: Floats
    """Answered within the threshold / (arrivals - those who gave up within the threshold)."""
    mean_wait: Floats
    """Seconds, over all arrivals."""
    asa: Floats
    """Seconds, over the answered; infinite when nobody is ever answered."""
    queue_length: Floats
    """Mean number waiting."""


def describe(workload: Workload, shares: Flows) -> dict[str, Floats]:
    """Every field of `Figures`; `shares.served_wait` in units of `workload.aht`; arrivals in every row."""
    answered, admitted = shares.answered, shares.idle + shares.waiting
    in_time = np.maximum(shares.idle + (shares.served - shares.served_late), 0.0)
    waited = shares.served_wait * np.maximum(workload.aht, SHORTEST)
    still_there = shares.blocked + shares.served_late + shares.abandoned_late
    patient = np.isinf(workload.patience)
    mean_wait = np.where(patient, waited, shares.abandoned * np.where(patient, 0.0, workload.patience))
    return {
        "wait_probability": shares.waiting,
        "blocking": shares.blocked,
        "abandonment": shares.abandoned,
        "abandonment_within_threshold": np.maximum(shares.abandoned - shares.abandoned_late, 0.0),
        "service_level": in_time,
        "service_level_answered": quotient(in_time, answered),
        "service_level_virtual": quotient(np.maximum(admitted - shares.virtual_late, 0.0), admitted),
        "service_level_excluding_short": quotient(in_time, in_time + still_there),
        "mean_wait": mean_wait,
        "asa": quotient(waited, answered, otherwise=np.inf),
        "queue_length": mean_wait * workload.calls / workload.interval,
    }


def nothing(kind: type[Figures], rows: int) -> dict[str, Floats]:
    """The fields of `kind` for rows without arrivals."""
    found = {field.name: np.zeros(rows) for field in fields(kind)}
    for name, value in found.items():
        if name.startswith("service_level"):
            value[:] = 1.0
    return found


def shaped(found: Mapping[str, Floats], shape: tuple[int, ...]) -> dict[str, Floats]:
    """Flat fields in the caller's shape."""
    return {name: value.reshape(shape) for name, value in found.items()}


def with_free_states(queue: Queues, log_free: Floats) -> Flows:
    """A queue whose waiting part is `queue`, one fast server, but whose free states weigh exp(`log_free`).

    While everyone is busy, n agents who together complete at one rate cannot be told from a single agent as fast as
    that: whoever waits is served by the same stages. So the waiting part is M/M/1+M, exactly, and only the odds of
    finding somebody free are other ones. Weights are relative to the state "all busy, nobody waits".
    """
    core = flows(queue)
    full = core.waiting + core.blocked
    odds = log_free + np.log(queue.load) + np.log(core.idle) - np.log(full)
    odds = np.where(core.idle > 0, odds, -np.inf)
    factor = np.exp(-np.logaddexp(0.0, odds)) / full
    rescaled = {
        field.name: np.where(factor > 0, getattr(core, field.name) * factor, 0.0) for field in fields(Flows)
    }
    return Flows(**{**rescaled, "idle": np.exp(-np.logaddexp(0.0, -odds))})
