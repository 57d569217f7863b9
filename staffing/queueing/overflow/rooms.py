"""The same shares where the own queue holds a limited number of callers, or none: state by state."""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.overflow.desk import Desk
from staffing.queueing.overflow.passage import full
from staffing.queueing.overflow.shares import Shares, free
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.lines import beyond
from staffing.queueing.stationary.model import Queues

NEVER = 700.0
"""Logarithm of a ratio of weights where nobody ever leaves."""


def limited_shares(desk: Desk) -> Shares:
    """Rows with calls, a limit of places, and `after` 0 or infinite."""
    result = Shares.empty(len(desk))
    at_once = (desk.after == 0) | (desk.places == 0)
    for rows, rule in ((at_once, _when_busy), (~at_once, _when_full)):
        if rows.any():
            result.put(rows, rule(desk.take(rows)))
    return result


def _when_full(desk: Desk) -> Shares:
    """A call that finds the own queue full goes to the vendor, or is blocked: the own group notices no vendor."""
    found = flows(
        Queues(desk.load, desk.agents, desk.patience / desk.aht, desk.places, desk.threshold / desk.aht)
    )
    chance, waited = full(desk), found.served_wait * desk.aht
    vendor = found.blocked * (1 - chance)
    patient = np.isinf(desk.patience)
    lost = np.where(patient, 0.0, desk.patience) * found.abandoned
    return Shares(
        own=found.answered,
        own_in_time=np.maximum(found.answered - found.served_late, 0.0),
        vendor=vendor,
        vendor_in_time=vendor,
        abandoned=found.abandoned,
        abandoned_in_time=np.maximum(found.abandoned - found.abandoned_late, 0.0),
        blocked=found.blocked * chance,
        waited=np.where(patient, waited, lost),
        own_waited=waited,
        vendor_waited=np.zeros(len(desk)),
        full=chance,
    )


def _when_busy(desk: Desk) -> Shares:
    """Calls overflow as soon as no own agent is free; while the vendor is full up to `places` callers wait.

    With someone waiting all own agents and the vendor's are busy, and the queue is that of M/M/n/K+M with both.
    """
    chance = full(desk)
    taking = np.where(chance > 0, np.where(np.isfinite(desk.vendor), desk.vendor, 0.0), 0.0) / desk.vendor_aht
    both, loss = desk.serving + taking, desk.loss
    size = int(desk.places.max())
    ahead = np.arange(size + 1.0)
    arrival = desk.arrival[:, None]
    leave = both[:, None] + ahead[1:] * loss[:, None]
    steps = np.where(leave > 0, np.log(arrival) - np.log(leave), NEVER)
    weight = np.log(chance)[:, None] + np.concatenate(
        [np.zeros((len(desk), 1)), np.cumsum(steps, axis=1)], axis=1
    )
    idle = free(desk)
    top = np.maximum(
        np.maximum(idle, 0.0), np.where(ahead <= desk.places[:, None], weight, -np.inf).max(axis=1)
    )
    waits = ahead[:-1] < desk.places[:, None]
    joining = np.where(waits, np.exp(weight[:, :-1] - top[:, None]), 0.0)
    queued = np.where(ahead[1:] <= desk.places[:, None], np.exp(weight[:, 1:] - top[:, None]), 0.0)
    busy = np.exp(-top)
    total = np.exp(idle - top) + busy + queued.sum(axis=1)

    last = np.take_along_axis(weight, desk.places.astype(np.intp)[:, None], axis=1)[:, 0]
    served = np.where(leave > 0, both[:, None] / leave, 0.0)
    stages = np.cumsum(1 / leave, axis=1)
    answered = (joining * served).sum(axis=1) / total
    late = _late(desk, both, ahead[:-1], weight[:, :-1] - top[:, None]) if size else joining
    left = np.exp(-loss * desk.threshold)
    answered_late = (late * served).sum(axis=1) / total * left
    given_up = (joining * (1 - served)).sum(axis=1) / total
    given_up_late = np.maximum(late.sum(axis=1) / total * left - answered_late, 0.0)
    waited = np.where(served > 0, joining * served * stages, 0.0).sum(axis=1) / total
    own = np.where(both > 0, desk.serving / both, 0.0)
    at_once, first = np.exp(idle - top) / total, (1 - chance) * busy / total
    in_time = np.maximum(answered - answered_late, 0.0)
    return Shares(
        own=at_once + own * answered,
        own_in_time=at_once + own * in_time,
        vendor=first + (1 - own) * answered,
        vendor_in_time=first + (1 - own) * in_time,
        abandoned=given_up,
        abandoned_in_time=np.maximum(given_up - given_up_late, 0.0),
        blocked=np.exp(last - top) / total,
        waited=(queued * ahead[1:]).sum(axis=1) / total / desk.arrival,
        own_waited=own * waited,
        vendor_waited=(1 - own) * waited,
        full=(chance * busy + queued.sum(axis=1)) / (busy + queued.sum(axis=1)),
    )


def _late(desk: Desk, both: Floats, ahead: Floats, weight: Floats) -> Floats:
    """Weight of those who find so many waiting and whose stages outlast the threshold, patience aside."""
    queues = Queues(
        desk.load, both * desk.aht, desk.patience / desk.aht, desk.places, desk.threshold / desk.aht
    )
    eta = (desk.loss * desk.aht)[:, None]
    return np.asarray(np.exp(weight + beyond(queues, eta, ahead)))
