"""A queue relieved in several ways at once: limited lines, call-backs, a vendor for what it cannot hold, redials.

Erlang A (C. Palm, 1943), a birth-death chain over the callers present, with an arrival rate that falls at certain
lengths of the queue. With n agents, a load of a Erlangs, eta = AHT / patience and j callers waiting, the weights are

    w_0 = 1,   w_(j+1) = w_j x a x q_j / (n + (j + 1) eta),

where q_j is the share of arrivals who join: 0 when every line is in use (blocked) or when the queue is as long as it
may get before the vendor is asked, 1 - accept where a call-back is offered, else 1. The states with a free agent
weigh 1 / B(n, a) - 1 together. Nothing is truncated that weighs more than rounding.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.erlang import free_weight
from staffing.queueing.stationary.roots import rising_roots
from staffing.queueing.stationary.workload import Workload, given

BRIEFEST = 1e-9
"""Handling times; a shorter patience is this long."""

STATES = 2_000_000
"""Of the queue, that are worked on at once."""

FEW = 40
"""Agents, up to whom a recursion is quicker than an integral."""

LONGEST_QUEUE = 1_000_000
"""Callers waiting, that are followed."""

LIGHTEST = 1e-100
"""Erlangs; a smaller load is this large."""

NEGLIGIBLE = 44.0
"""Minus the logarithm of a weight that is left out."""

TELLING = 1 + 1e-12
"""Rounding of the wait that a caller is told."""


@dataclass(frozen=True)
class ReliefPerformance:
    """What becomes of the arrivals; every field has the shape the arguments broadcast to.

    Shares are of all arrivals, redials included; answered + abandonment + blocking + called_back + to_vendor = 1.
    Without calls all are answered, and nobody arrives.
    """

    answered: Floats
    """By the queue's own agents."""
    abandonment: Floats
    """Give up waiting."""
    blocking: Floats
    """Find every line in use."""
    called_back: Floats
    """Accept to be called back."""
    to_vendor: Floats
    """Are passed on to the vendor."""
    attempts: Floats
    """Arrivals per interval: calls, and the redials they lead to."""
    idle_agents: Floats
    """Mean number of free agents, before any call-back is made."""


def relief_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
    offer_wait: npt.ArrayLike = np.inf,
    accept: npt.ArrayLike = 0,
    places: npt.ArrayLike = np.inf,
) -> ReliefPerformance:
    """Stationary figures, exact; times in seconds, arguments broadcast like numpy.

    Without call-backs and vendor the figures are those of `performance`, with call-backs alone those of
    `callback_performance`, with a vendor alone those of `performance` with agents + places lines.

    Args:
        calls: calls offered per interval, without redials, >= 0.
        aht: mean handling time, > 0.
        agents: agents on contacts, whole, >= 0.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, finite; exponential.
        lines: callers talking or waiting at most, whole; a caller beyond them is blocked.
        redial: share of abandoned and blocked calls that call again, >= 0 and < 1.
        offer_wait: an expected wait, (callers waiting + 1) x aht / agents, above this brings the offer to be called.
        accept: share of those with an offer who accept it.
        places: callers that may wait before a further one is passed on to the vendor, whole; infinite: no vendor.

    Raises:
        ValueError: naming the argument that is negative, nan, out of range or not whole; a patience so long that the
            queue has more than a million places.
    """
    workload, (staff, limit, agree, room), shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=as_floats("patience", patience),
        lines=lines,
        redial=redial,
        threshold=0,
        agents=whole("agents", agents),
        offer_wait=as_floats("offer_wait", offer_wait, infinite=True),
        accept=as_floats("accept", accept, at_most=1.0),
        places=whole("places", places, infinite=True),
    )
    aht_there = np.maximum(workload.aht, BRIEFEST)
    offering = np.where(np.isinf(limit), 0.0, limit)
    serving = np.minimum(staff, workload.lines)
    queues = _Queues(
        agents=serving,
        eta=aht_there / np.maximum(workload.patience, BRIEFEST * aht_there),
        lines=workload.lines - serving,
        places=room,
        first=np.where(np.isinf(limit), np.inf, np.floor(offering * serving / aht_there * TELLING)),
        accept=agree,
    )
    found = {field.name: np.zeros(len(staff)) for field in fields(ReliefPerformance)}
    found["answered"][:] = 1.0
    found["idle_agents"][:] = staff
    rows = np.flatnonzero(workload.calls > 0)
    if len(rows):
        with np.errstate(divide="ignore", under="ignore"):  # log(0) where nobody joins any more
            for name, value in _figures(workload.take(rows), queues.take(rows), staff[rows]).items():
                found[name][rows] = value
    return ReliefPerformance(**{name: value.reshape(shape) for name, value in found.items()})


@dataclass(frozen=True, slots=True)
class _Queues:
    """The chains, every field of shape (rows,): `lines` and `places` are for waiting callers."""

    agents: Floats
    eta: Floats
    lines: Floats
    places: Floats
    first: Floats
    accept: Floats

    def take(self, rows: npt.NDArray[np.intp]) -> _Queues:
        return _Queues(*(getattr(self, field.name)[rows] for field in fields(self)))


def _figures(workload: Workload, queues: _Queues, staff: Floats) -> dict[str, Floats]:
    arrivals = _attempts(workload, queues)
    load = workload.load(arrivals)
    shares = _shares(queues, load)
    answered = np.maximum(1.0 - shares.sum(axis=0), 0.0)
    names = ("abandonment", "blocking", "called_back", "to_vendor")
    return dict(zip(names, shares, strict=True)) | {
        "answered": answered,
        "attempts": arrivals,
        "idle_agents": np.maximum(staff - load * answered, 0.0),
    }


def _attempts(workload: Workload, queues: _Queues) -> Floats:
    """Arrivals that solve arrivals = calls / (1 - redial x lost share), as in `stationary.redial`."""
    rows = np.flatnonzero(workload.redial > 0)
    arrivals = workload.calls.copy()
    if not len(rows):
        return arrivals
    part, chains = workload.take(rows), queues.take(rows)

    def excess(growth: Floats, some: npt.NDArray[np.intp]) -> Floats:
        few = part.take(some)
        shares = _shares(chains.take(some), few.load(few.calls * np.exp(growth)))
        lost: Floats = np.minimum(shares[0] + shares[1], 1.0)
        return growth + np.log1p(-few.redial * lost)

    growth = rising_roots(excess, np.zeros(len(rows)), -np.log1p(-part.redial), flat=1e-14)
    arrivals[rows] *= np.exp(growth)
    return arrivals


def _shares(queues: _Queues, load: Floats) -> Floats:
    """Abandoned, blocked, called back, passed on; shape (4, rows). Rows of like length are worked on together."""
    load = np.maximum(load, LIGHTEST)
    lengths = np.minimum(np.minimum(queues.lines, queues.places), _reach(queues, load))
    if lengths.max() > LONGEST_QUEUE:
        raise ValueError("patience: too long for a queue of so many callers; give a shorter one")
    result: Floats = np.empty((4, len(load)))
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        block = max(int(STATES // (lengths[order[-1]] + 1)), 1)
        rows = order[start : start + min(block, 256)]
        result[:, rows] = _block(queues.take(rows), load[rows], int(lengths[rows[-1]]))
        start += len(rows)
    return result


def _reach(queues: _Queues, load: Floats) -> Floats:
    """Callers waiting beyond whom no state weighs more than rounding, exp(-NEGLIGIBLE) of the heaviest.

    With m = load / eta and x = agents / eta, or m where that is more, the heaviest state has x - agents / eta
    waiting; J states further the weight is less by the sum over i <= J of log((x + i) / m), which is at least J times
    the mean of its first and last term. That is convex in J: Newton's steps from a J too large stay too large.
    """
    mean, below = load / queues.eta, queues.agents / queues.eta
    peak = np.maximum(mean, below)
    first = np.log(peak + 1) - np.log(mean)
    reach = 9.5 * np.sqrt(peak) + 2 * NEGLIGIBLE
    for _ in range(5):
        last = np.log(peak + reach) - np.log(mean)
        surplus = reach * (first + last) / 2 - NEGLIGIBLE
        reach = reach - np.maximum(surplus, 0.0) / ((first + last + reach / (peak + reach)) / 2)
    return np.ceil(peak - below + reach)


def _block(queues: _Queues, load: Floats, size: int) -> Floats:
    waiting = np.arange(size + 1.0)
    leaving = queues.agents[:, None] + waiting[1:] * queues.eta[:, None]
    growth = load[:, None] / leaving
    states = _limits(queues, waiting)
    if states is not None:
        growth *= states.joining[:, :-1]
    there = np.zeros((len(load), size + 1))
    np.cumsum(np.log(growth, out=growth), axis=1, out=there[:, 1:])
    free = np.where(queues.agents > 0, _free(np.maximum(queues.agents, 1.0), load), -np.inf)
    top = np.maximum(free, there.max(axis=1))
    there -= top[:, None]
    np.exp(there, out=there)
    total = np.exp(free - top) + there.sum(axis=1)
    shares = np.zeros((4, len(load)))
    shares[0] = np.minimum(there @ waiting / total * queues.eta / load, 1.0)
    if states is not None:
        shares[1] = (there * states.blocked).sum(axis=1) / total
        shares[2] = (there * states.offered).sum(axis=1) / total * queues.accept
        shares[3] = (there * states.passed).sum(axis=1) / total
    return shares


def _free(agents: Floats, load: Floats) -> Floats:
    """Logarithm of the weight of the states with a free agent, 1 / B(agents, load) - 1; agents >= 1.

    Of few agents by the recursion 1 / B(k, a) = 1 + k / a / B(k - 1, a), in a fraction of the integral's time.
    """
    if agents.max() > FEW:
        scale, value = free_weight(agents, load)
        return scale + np.log(value)
    log_load, inverse = np.log(load), np.zeros_like(load)
    for number in range(1, int(agents.max())):
        further = np.logaddexp(0.0, inverse + (np.log(number) - log_load))
        inverse = np.where(number < agents, further, inverse)
    return inverse + np.log(agents) - log_load


@dataclass(frozen=True, slots=True)
class _States:
    """What an arrival meets in each state, shape (rows, states)."""

    blocked: npt.NDArray[np.bool_]
    passed: npt.NDArray[np.bool_]
    offered: npt.NDArray[np.bool_]
    joining: Floats
    """Share of arrivals who join."""


def _limits(queues: _Queues, waiting: Floats) -> _States | None:
    """Who does not join; None where everybody does."""
    offers = np.where(queues.accept > 0, queues.first, np.inf)
    if np.minimum(np.minimum(queues.lines, queues.places), offers).min() > waiting[-1]:
        return None
    blocked = waiting >= queues.lines[:, None]
    passed = ~blocked & (waiting >= queues.places[:, None])
    offered = ~blocked & ~passed & (waiting >= queues.first[:, None])
    joining = np.where(offered, 1 - queues.accept[:, None], 1.0)
    joining[blocked | passed] = 0.0
    return _States(blocked, passed, offered, joining)
