"""A vendor who has a queue of his own, or other clients: exact for calls that overflow when the own group is full.

The own group is a birth-death chain that neither the vendor nor his queue changes. The time between two overflows is
that from "full" to the next call that finds it full: with the eigenvalues -nu and the last elements u of the chain's
eigenvectors it is a mixture of exponentials of the weights lambda u**2 / nu (S. Karlin, J. McGregor, 1957). Over such
a time the vendor, a birth-death chain with the generator Q, changes by

    sum over k of lambda u_k**2 (nu_k - Q)**-1,

and the numbers of calls that successive overflows find with him are a Markov chain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.overflow.desk import Desk, given
from staffing.queueing.overflow.performance import OverflowPerformance, describe
from staffing.queueing.overflow.shares import Shares
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Queues

NEGLIGIBLE = 1e-15
"""Longer queues of a smaller chance are left out."""

MOST = 5000
"""Calls with the vendor that are followed."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One vendor: rates a second."""

    agents: int
    places: float
    serving: float
    """Calls that one agent ends."""
    loss: float
    """The rate at which a caller in his queue gives up."""
    others: float
    """Other clients' calls."""

    def leaving(self, present: Floats) -> Floats:
        """The rate at which the number present falls."""
        waiting = np.maximum(present - self.agents, 0.0)
        return np.asarray(np.minimum(present, self.agents) * self.serving + waiting * self.loss)

    def largest(self, arrival: float) -> int:
        """The most calls that are with the vendor, when overflow never exceeds `arrival`.

        Raises:
            ValueError: naming "vendor_places" where there is no end.
        """
        if np.isfinite(self.places) and self.places <= MOST:
            return self.agents + int(self.places)
        beyond = self.leaving(self.agents + np.arange(1.0, MOST + 1))
        with np.errstate(divide="ignore"):
            weight = np.cumsum(np.log(arrival + self.others) - np.log(beyond))
        small = np.flatnonzero((weight < np.log(NEGLIGIBLE)) & (beyond > arrival + self.others))
        if not len(small):
            raise ValueError("vendor_places must be finite where callers wait without end in an overload")
        return self.agents + int(small[0]) + 1


def pool_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    vendor_agents: npt.ArrayLike,
    *,
    places: npt.ArrayLike = 0,
    vendor_places: npt.ArrayLike = 0,
    other_load: npt.ArrayLike = 0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
    handling_factor: npt.ArrayLike = 1,
) -> OverflowPerformance:
    """Exact figures where calls that find the own group full go to a vendor for good, and wait there if need be.

    A call that finds all own agents busy and `places` callers waiting goes to the vendor; there it is taken, waits
    with the same patience, or is blocked if `vendor_places` callers wait already. The vendor's agents are shared with
    `other_load` Erlangs of other clients' calls, which come at random and are handled alike, first come, first
    served. In the result waits and abandonment count both queues; `vendor_full` is the chance that an overflow finds
    all the vendor's agents busy, and the vendor's occupancy is that with these calls only.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time of the own agents, > 0.
        agents: own agents on contacts, whole, >= 0.
        vendor_agents: calls that the vendor handles at once, whole, >= 0 and finite.
        places: callers that the own queue holds, whole, >= 0 and finite.
        vendor_places: callers that the vendor's queue holds, whole, >= 0; infinite only where patience is finite, or
            where all calls, overflow or not, would be less than the vendor's agents can end.
        other_load: Erlangs, >= 0.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, in either queue, > 0; exponential.
        threshold: within which an answer counts for the service level, >= 0 and finite.
        handling_factor: the vendor's mean handling time is `aht` times this, > 0.

    The cost is that of (own agents + places) matrices of (vendor's agents + places): about 0.1 s a row for a hundred
    of each.

    Raises:
        ValueError: as `overflow_performance`; naming "vendor_places" where the vendor's queue has no end.
    """
    room, others, offered = broadcast(
        vendor_places=whole("vendor_places", vendor_places, infinite=True),
        other_load=as_floats("other_load", other_load),
        calls=as_floats("calls", calls),
    )
    desk, seconds, shape = given(
        offered,
        aht,
        agents,
        whole("vendor_agents", vendor_agents),
        after=np.inf,
        places=whole("places", places),
        interval=interval,
        patience=patience,
        threshold=threshold,
        handling_factor=handling_factor,
    )
    room, others = (np.broadcast_to(each, shape).reshape(-1) for each in (room, others))
    found = describe(desk, seconds, lambda rows: _shares(desk.take(rows), room[rows], others[rows]))
    return OverflowPerformance(**{name: value.reshape(shape) for name, value in found.items()})


def _shares(desk: Desk, room: Floats, others: Floats) -> Shares:
    """What becomes of a call; rows with calls."""
    result = Shares.empty(len(desk))
    with np.errstate(all="ignore"):  # infinities are meant
        found = flows(
            Queues(desk.load, desk.agents, desk.patience / desk.aht, desk.places, desk.threshold / desk.aht)
        )
        waited = found.served_wait * desk.aht
        lost = np.where(np.isinf(desk.patience), waited, desk.patience * found.abandoned)
        for row in range(len(desk)):
            pool = Pool(
                agents=int(desk.vendor[row]),
                places=float(room[row]),
                serving=float(1 / desk.vendor_aht[row]),
                loss=float(desk.loss[row]),
                others=float(others[row] / desk.vendor_aht[row]),
            )
            seen = _seen(desk, row, pool)
            result.put(np.array([row]), _fates(seen, pool, float(desk.threshold[row])))
    sent = found.blocked
    return Shares(
        own=found.answered,
        own_in_time=np.maximum(found.answered - found.served_late, 0.0),
        vendor=sent * result.vendor,
        vendor_in_time=sent * result.vendor_in_time,
        abandoned=found.abandoned + sent * result.abandoned,
        abandoned_in_time=np.maximum(found.abandoned - found.abandoned_late, 0.0)
        + sent * result.abandoned_in_time,
        blocked=sent * result.blocked,
        waited=lost + sent * result.waited,
        own_waited=waited,
        vendor_waited=sent * result.vendor_waited,
        full=result.full,
    )


def _seen(desk: Desk, row: int, pool: Pool) -> Floats:
    """The chances of the numbers of calls that an overflow finds with the vendor."""
    from scipy.linalg import eigh_tridiagonal

    arrival, size = float(desk.arrival[row]), int(desk.agents[row] + desk.places[row])
    present = np.arange(size + 1.0)
    waiting = np.maximum(present - desk.agents[row], 0.0)
    fall = np.minimum(present, desk.agents[row]) / desk.aht[row] + waiting * desk.loss[row]
    rates, vectors = eigh_tridiagonal(arrival + fall, -np.sqrt(arrival * fall[1:]))
    weights = arrival * vectors[-1] ** 2
    kept = weights / rates > NEGLIGIBLE

    with_vendor = np.arange(pool.largest(arrival) + 1.0)
    leave = pool.leaving(with_vendor)
    come = np.where(with_vendor < with_vendor[-1], pool.others, 0.0)
    generator = np.diag(come[:-1], 1) + np.diag(leave[1:], -1) - np.diag(come + leave)
    unit = np.eye(len(with_vendor))
    change = np.zeros_like(unit)
    for rate, weight in zip(rates[kept], weights[kept], strict=True):
        change += weight * np.linalg.inv(rate * unit - generator)
    step = np.vstack([change[1:], change[-1:]])  # the overflow joins, unless there is no place
    system = step.T - unit
    system[-1] = 1.0
    found = np.linalg.solve(system, unit[-1])
    return np.asarray(np.maximum(found, 0.0) / np.maximum(found, 0.0).sum())


def _fates(seen: Floats, pool: Pool, time: float) -> Shares:
    """What becomes of an overflow that finds so many calls with the vendor, as shares of overflows."""
    from scipy.special import betainc, gammaincc

    at_once, blocked = seen[: pool.agents].sum(), seen[-1]
    joining = seen[pool.agents : -1]
    position = np.arange(1.0, len(joining) + 1)
    rate, loss = pool.agents * pool.serving, pool.loss
    leave = rate + position * loss
    served = joining * rate / leave if rate > 0 else np.zeros_like(joining)
    if loss > 0:
        longer, later = (betainc(rate / loss + one, position, np.exp(-loss * time)) for one in (0.0, 1.0))
        longer = np.where(rate > 0, longer, 1.0)
    else:
        longer = later = gammaincc(position, rate * time)
    served_late = served * later
    present_late = joining * longer * np.exp(-loss * time)
    lost = joining - served
    lost_late = np.maximum(present_late - served_late, 0.0)
    waited = (served * np.cumsum(1 / leave)).sum() if rate > 0 else 0.0
    every = waited if loss == 0 else lost.sum() / loss
    return Shares(
        own=np.zeros(1),
        own_in_time=np.zeros(1),
        vendor=np.array([at_once + served.sum()]),
        vendor_in_time=np.array([at_once + np.maximum(served - served_late, 0.0).sum()]),
        abandoned=np.array([lost.sum()]) if loss > 0 else np.zeros(1),
        abandoned_in_time=np.array([np.maximum(lost - lost_late, 0.0).sum()]) if loss > 0 else np.zeros(1),
        blocked=np.array([blocked]),
        waited=np.array([every]),
        own_waited=np.zeros(1),
        vendor_waited=np.array([waited]),
        full=np.array([1 - at_once]),
    )
