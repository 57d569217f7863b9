"""What becomes of a call: shares of all calls, for the own queue without a limit."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.overflow.ages import Ages, between, height
from staffing.queueing.overflow.desk import Desk, Rows
from staffing.queueing.overflow.passage import full
from staffing.queueing.stationary.erlang import free_weight


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of all calls, and means over all calls in seconds; every field of shape (rows,)."""

    own: Floats
    """Answered by own agents."""
    own_in_time: Floats
    vendor: Floats
    """Taken by the vendor."""
    vendor_in_time: Floats
    abandoned: Floats
    abandoned_in_time: Floats
    blocked: Floats
    waited: Floats
    """Seconds in the own queue."""
    own_waited: Floats
    """Seconds if answered by own agents, 0 if not."""
    vendor_waited: Floats
    full: Floats
    """Of the calls that may overflow, those that find the vendor full."""

    @classmethod
    def empty(cls, rows: int) -> Shares:
        """Room for `rows` results."""
        return cls(*(np.zeros(rows) for _ in fields(cls)))

    def put(self, rows: Rows, part: Shares) -> None:
        """Write the results of some rows."""
        for field in fields(self):
            getattr(self, field.name)[rows] = getattr(part, field.name)


def free(desk: Desk) -> Floats:
    """Logarithm of the weight of all states with a free own agent over that of "all busy, nobody waits"."""
    staffed = desk.agents > 0
    scale, value = free_weight(np.where(staffed, desk.agents, 1.0), desk.load)
    return np.where(staffed, scale + np.log(value), -np.inf)


def open_shares(desk: Desk) -> Shares:
    """Rows with calls and no limit of places.

    The vendor changes the age of the first in line only beyond `after`, and there only if full: what the own group
    does before is that of Erlang A, whatever the vendor. So one number, the chance of a full vendor, says the rest.
    """
    chance = full(desk)
    endless = np.isinf(desk.vendor) | (desk.vendor == 0)
    taking = np.where(endless, 0.0, desk.vendor / desk.vendor_aht)
    away, zero = desk.serving + desk.loss, np.zeros(len(desk))
    change = np.where(np.isfinite(desk.after), desk.after, 0.0)
    middle = np.minimum(desk.threshold, desk.after)
    forever = np.where(chance > 0, np.inf, change)
    later = np.maximum(desk.threshold, change)

    def ages(low: Floats, high: Floats, more: Floats) -> Ages:
        return between(low, high, desk.arrival, desk.loss, away, change, more)

    early, rest = ages(zero, middle, zero), ages(middle, desk.after, zero)
    never = np.isinf(desk.after)
    overdue = ages(change, np.where(never, change, np.minimum(later, forever)), taking)
    overdue_late = ages(later, np.where(never, later, forever), taking)

    parts = (early, rest, overdue, overdue_late)
    idle = free(desk)
    top = np.maximum.reduce([idle, zero, *(part.scale for part in parts)])
    early, rest, overdue, overdue_late = (part.at(top) for part in parts)
    overdue, overdue_late = _times(overdue, chance), _times(overdue_late, chance)
    parts = (early, rest, overdue, overdue_late)
    weight = np.exp(idle - top) + np.exp(-top) + desk.arrival * sum(part.mass for part in parts)
    growing = np.isinf(weight)
    once = np.where(never, 0.0, np.exp(height(desk.arrival, desk.loss, away, change) - top))

    at_once = np.exp(idle - top) / weight
    in_time, late = early.mass + overdue.mass, rest.mass + overdue_late.mass
    own_in_time = at_once + desk.serving * in_time / weight
    not_first = np.exp(-desk.loss * change) * desk.arrival * (overdue.mass + overdue_late.mass)
    first = (1 - chance) * once / weight
    prompt = desk.after <= desk.threshold
    vendor_in_time = np.where(prompt, first + taking * overdue.mass / weight, 0.0)
    result = Shares(
        own=own_in_time + desk.serving * late / weight,
        own_in_time=own_in_time,
        vendor=first + taking * (overdue.mass + overdue_late.mass) / weight,
        vendor_in_time=vendor_in_time,
        abandoned=desk.loss * sum(part.waiting for part in parts) / weight,
        abandoned_in_time=np.maximum(
            1 - own_in_time - vendor_in_time - _still_there(desk, chance, taking, top, late) / weight, 0.0
        ),
        blocked=zero,
        waited=sum(part.waiting for part in parts) / weight,
        own_waited=desk.serving * sum(part.age for part in parts) / weight,
        vendor_waited=first * change + taking * (overdue.age + overdue_late.age) / weight,
        full=quotient(chance * once + not_first, once + not_first, otherwise=chance),
    )
    return _grown(desk, result, growing, taking) if growing.any() else result


def _times(part: Ages, factor: Floats) -> Ages:
    """The sums of the overdue, of whom only those who find the vendor full are there."""
    return Ages(
        part.scale,
        *(np.where(factor > 0, each * factor, 0.0) for each in (part.mass, part.waiting, part.age)),
    )


def _still_there(desk: Desk, chance: Floats, taking: Floats, top: Floats, late: Floats) -> Floats:
    """Weight of the calls that neither are answered, nor taken, nor gave up within the threshold."""
    away, wait = desk.serving + desk.loss, desk.threshold
    beyond = np.maximum(wait - np.where(np.isfinite(desk.after), desk.after, wait), 0.0)
    first = np.exp(height(desk.arrival, desk.loss, away, wait) - taking * beyond - top)
    left = np.exp(-desk.loss * wait) * desk.arrival * late
    return np.where(wait >= desk.after, chance, 1.0) * first + left


def _grown(desk: Desk, found: Shares, growing: Floats, taking: Floats) -> Shares:
    """Where the queue only grows: all agents are always busy, and every other caller waits for ever."""
    result = Shares.empty(len(desk))
    vendor = np.where(np.isinf(desk.after), 0.0, taking) / desk.arrival
    endless = Shares(
        own=desk.serving / desk.arrival,
        own_in_time=np.zeros(len(desk)),
        vendor=vendor,
        vendor_in_time=np.zeros(len(desk)),
        abandoned=np.zeros(len(desk)),
        abandoned_in_time=np.zeros(len(desk)),
        blocked=np.zeros(len(desk)),
        waited=np.full(len(desk), np.inf),
        own_waited=np.full(len(desk), np.inf),
        vendor_waited=np.where(vendor > 0, np.inf, 0.0),
        full=np.ones(len(desk)),
    )
    for field in fields(Shares):
        getattr(result, field.name)[:] = np.where(
            growing, getattr(endless, field.name), getattr(found, field.name)
        )
    return result
