"""What becomes of an arrival at a queue that offers call-backs: a chain in one dimension, state by state.

With x = agents x patience / AHT, a caller who finds all agents busy and j others waiting is answered with the
probability x / (x + j + 1), and waits longer than t, if his patience lasts, with the probability

    sum over i <= j of exp(-n t) z**i / i! x product over k < i of (n + k eta),   z = (1 - exp(-eta t)) / eta

(times in handling times, eta = AHT / patience, z = t when eta = 0): he passes i of his j + 1 stages by then. The sum
is the regularised incomplete beta function I_(1 - u)(x, j + 1), u = 1 - exp(-eta t).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.channels.walk import Rows, States, steps, walk
from staffing.queueing.stationary.erlang import free_weight
from staffing.queueing.stationary.model import Flows, Queues
from staffing.queueing.stationary.workload import SHORTEST, Workload

Bools = npt.NDArray[np.bool_]

BRIEF = 1e-12
"""Handling times; a shorter patience is this long."""

NEVER = 1e12
"""Handling times; a longer patience is endless."""

LARGE = 1e8
"""Beyond so many stages, or mean handling times of patience by agents, a gamma distribution of the same mean and
variance takes the place of the exact one."""

NEGLIGIBLE = 1e-18
"""States of a smaller weight are not asked for their waits."""

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Offers:
    """Queues with calls that offer call-backs; fields of shape (rows,)."""

    workload: Workload
    agents: Floats
    limit: Floats
    accept: Floats

    @property
    def first(self) -> Floats:
        """Callers waiting from which on the offer is made."""
        told = self.agents / np.maximum(self.workload.aht, SHORTEST) * (1 + ROUNDING)
        return np.where(np.isinf(self.limit), np.inf, np.floor(self.limit * told))

    def take(self, rows: npt.NDArray[np.bool_] | Rows) -> Offers:
        """Some rows."""
        return Offers(self.workload.take(rows), self.agents[rows], self.limit[rows], self.accept[rows])


@dataclass(frozen=True, slots=True)
class Shares:
    """What becomes of an arrival; shape (rows,)."""

    flows: Flows
    """With those who accept a call-back as "blocked"."""
    offered: Floats


def solve(offers: Offers) -> Shares:
    """The shares of each queue."""
    staffed = offers.agents > 0
    flows, offered = Flows.empty(len(staffed)), np.empty(len(staffed))
    for rows, rule in ((staffed, _staffed), (~staffed, _unstaffed)):
        if rows.any():
            part = rule(offers.take(rows))
            flows.put(rows, part.flows)
            offered[rows] = part.offered
    return Shares(flows, offered)


def _staffed(offers: Offers) -> Shares:
    """Rows with agents."""
    queues = offers.workload.queues(offers.workload.calls, offers.agents)
    endless = queues.patience > NEVER
    growing = endless & (queues.load * (1 - offers.accept) >= queues.agents)
    flows, offered = Flows.empty(len(queues)), np.empty(len(queues))
    if growing.any():
        part = _growing(offers.accept[growing])
        flows.put(growing, part.flows)
        offered[growing] = part.offered
    if not growing.all():
        part = _steady(queues.take(~growing), offers.take(~growing))
        flows.put(~growing, part.flows)
        offered[~growing] = part.offered
    return Shares(flows, offered)


def _growing(accept: Floats) -> Shares:
    """The queue only grows: every caller gets an offer, and whoever declines it waits for ever."""
    zero, stay = np.zeros_like(accept), 1 - accept
    endless = np.full_like(accept, np.inf)
    return Shares(
        Flows(zero, stay, accept, stay, zero, stay, zero, stay, endless), np.where(accept > 0, 1.0, 0.0)
    )


def _steady(queues: Queues, offers: Offers) -> Shares:
    """Rows with a stationary state; the anchor of the walk is "all busy, nobody waits"."""
    first, stay = offers.first, 1 - offers.accept
    eta = np.where(queues.patience > NEVER, 0.0, 1 / np.maximum(queues.patience, BRIEF))

    def rise(before: States, waiting: States, rows: Rows) -> States:
        count, middle = steps(before, waiting)
        leave = queues.agents[rows, None] + middle * eta[rows, None]
        asked = np.maximum(waiting - np.maximum(before, first[rows, None]), 0.0)
        fewer = np.where(asked > 0, asked * np.log(stay[rows, None]), 0.0)
        return np.asarray(count * (np.log(queues.load[rows, None]) - np.log(leave)) + fewer)

    def values(waiting: States, weight: States, rows: Rows) -> tuple[States, ...]:
        part = (array[rows, None] for array in (queues.agents, eta, queues.threshold, first, stay))
        return _fates(waiting, weight > NEGLIGIBLE, *part)

    beyond = walk(np.where(stay > 0, np.inf, first), rise, values)
    every = np.arange(len(queues))
    at_once = [value[:, 0] for value in values(np.zeros((len(queues), 1)), np.ones((len(queues), 1)), every)]
    scale, value = free_weight(queues.agents, queues.load)
    free, far = scale + np.log(value), np.isposinf(beyond.scale)
    top = np.maximum(np.maximum(free, 0.0), np.where(far, 0.0, beyond.scale))
    idle, none = np.where(far, 0.0, np.exp(free - top)), np.where(far, 0.0, np.exp(-top))
    some = np.where(far, 1.0, np.exp(beyond.scale - top))
    total = idle + none + some * beyond.mass
    sums = [(none * here + some * there) / total for here, there in zip(at_once, beyond.sums, strict=True)]
    offered, joined, *others = sums
    return Shares(Flows(idle / total, joined, offered * offers.accept, *others), offered)


def _fates(
    waiting: States, counts: Bools, agents: States, eta: States, time: States, first: States, stay: States
) -> tuple[States, ...]:
    """What becomes of a caller who finds so many waiting: offered, joined, and the last six fields of `Flows`."""
    position = waiting + 1
    offered = np.where(waiting >= first, 1.0, 0.0)
    join = np.where(offered > 0, stay, 1.0)
    rate = agents + position * eta
    served = join * agents / rate
    longer = _longer(waiting, counts, agents, eta, time)
    answered_later = _longer(waiting, counts, agents + eta, eta, time)
    served_late, present_late = served * answered_later, join * longer * np.exp(-eta * time)
    return (
        offered,
        join,
        served,
        join * position * eta / rate,
        served_late,
        np.maximum(present_late - served_late, 0.0),
        join * longer,
        served * _stages(position, agents, eta),
    )


def _longer(waiting: States, counts: Bools, agents: States, eta: States, time: States) -> States:
    """Chance that the stages with the rates agents + waiting x eta, ..., agents take longer than `time`."""
    if (waiting == waiting[0, 0] + np.arange(waiting.shape[1])).all() and waiting[0, 0] <= 1:
        return _longer_in_turn(waiting, agents, eta, time)
    from scipy.special import betainc, betaincc, gammaincc  # slow to import, and seldom needed

    agents, eta, time, position = np.broadcast_arrays(agents, eta, time, waiting + 1)
    x = agents / np.where(eta > 0, eta, 1.0)
    mean = _stages(position, agents - eta, eta)
    variance = position / (agents * (agents + eta * position))
    shape = np.minimum(mean**2 / variance, LARGE)
    exact, long = counts & (eta > 0) & (np.maximum(x, position) < LARGE), eta * time > 0.5
    result = np.zeros_like(position)
    rows = exact & ~long
    result[rows] = betaincc(position[rows], x[rows], -np.expm1(-eta[rows] * time[rows]))
    rows = exact & long
    result[rows] = betainc(x[rows], position[rows], np.exp(-eta[rows] * time[rows]))
    rows = counts & ~exact
    result[rows] = gammaincc(shape[rows], shape[rows] * time[rows] / mean[rows])
    return result


def _longer_in_turn(waiting: States, agents: States, eta: States, time: States) -> States:
    """The same for the states 0 or 1 and all that follow: sums of the chances to have passed i stages by `time`."""
    early = np.where(eta > 0, -np.expm1(-eta * time) / np.where(eta > 0, eta, 1.0), time)
    ahead = np.maximum(waiting, 1.0)
    passed = np.where(waiting > 0, np.log(early * (agents + (ahead - 1) * eta)) - np.log(ahead), 0.0)
    none = -agents * time
    total = np.cumsum(np.exp(none + np.cumsum(passed, axis=1)), axis=1)
    return np.asarray(np.minimum(total + np.where(waiting[:, :1] > 0, np.exp(none), 0.0), 1.0))


def _stages(position: States, agents: States, eta: States) -> States:
    """Mean time to pass the stages with the rates agents + eta, ..., agents + position x eta."""
    from scipy.special import digamma

    # The difference of digammas would lose its digits for large x: there from their asymptotic series.
    low = agents / np.where(eta > 0, eta, 1.0) + 1
    high = low + position
    inverse, before = 1 / high, 1 / low
    series = np.log1p(position / low) - (inverse - before) / 2 - (inverse**2 - before**2) / 12
    series += (inverse**4 - before**4) / 120
    steps = np.where(low > 100, series, digamma(high) - digamma(low))
    return np.where(eta > 0, steps / np.where(eta > 0, eta, 1.0), position / agents)


def _unstaffed(offers: Offers) -> Shares:
    """Rows without agents: the expected wait is endless, and so is every wait that patience does not end."""
    patience, threshold = offers.workload.patience, offers.workload.threshold
    stay, zero = 1 - offers.accept, np.zeros_like(patience)
    endless = np.isinf(patience)
    abandoned = np.where(endless, 0.0, stay)
    late = np.where((threshold > 0) & ~endless, np.exp(-threshold / patience), 1.0)
    waited = np.where(endless & (stay > 0), np.inf, 0.0)
    flows = Flows(zero, stay, offers.accept, zero, abandoned, zero, abandoned * late, stay, waited)
    return Shares(flows, np.where(np.isinf(offers.limit), 0.0, 1.0))
