"""What callers, own agents and the vendor get where calls overflow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.overflow.desk import Desk, given
from staffing.queueing.overflow.rooms import limited_shares
from staffing.queueing.overflow.shares import Shares, open_shares


@dataclass(frozen=True)
class OverflowPerformance:
    """Stationary figures of each desk; every field has the shape the arguments broadcast to.

    Calls are answered by own agents, taken by the vendor, abandoned or blocked: the four shares make 1. Without calls
    every share is 0 except the service levels, which are 1, and nobody waits.
    """

    answered: Floats
    """Share of calls that own agents answer."""
    overflow: Floats
    """Share of calls that the vendor takes."""
    abandonment: Floats
    """Share of calls that give up waiting."""
    abandonment_within_threshold: Floats
    """Share of calls that give up within the threshold: short abandons."""
    blocking: Floats
    """Share of calls that find the own queue full, and the vendor too."""
    lost: Floats
    """(Abandoned + blocked) / offered."""
    service_level: Floats
    """Answered within the threshold, by own agents or by the vendor / offered."""
    service_level_own: Floats
    """Answered within the threshold by own agents / offered: what the simulator calls `service_level`."""
    service_level_answered: Floats
    """Answered within the threshold / answered, by either."""
    service_level_excluding_short: Floats
    """Answered within the threshold by either / (offered - those who gave up within the threshold)."""
    mean_wait: Floats
    """Seconds, over all calls: abandoned calls with their wait, blocked ones as 0."""
    asa: Floats
    """Seconds, over all calls answered by either; infinite when nobody ever is."""
    asa_own: Floats
    """Seconds, over calls that own agents answer."""
    asa_vendor: Floats
    """Seconds, over calls that the vendor takes; 0 where it takes none."""
    occupancy: Floats
    """Share of the own agents' time spent on calls; 1 without agents."""
    vendor_occupancy: Floats
    """Share of the vendor's agents' time spent on these calls; 0 for a vendor of any number or none."""
    vendor_busy: Floats
    """Vendor's agents busy with these calls, in the mean: Erlangs."""
    vendor_full: Floats
    """Of the calls that may overflow (waited `after` seconds, or found the own queue full), the share that find all
    the vendor's agents busy."""
    overflow_calls: Floats
    """Calls per interval that the vendor takes."""
    queue_length: Floats
    """Mean number of callers waiting."""


def overflow_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    vendor_agents: npt.ArrayLike = np.inf,
    *,
    after: npt.ArrayLike = 0,
    places: npt.ArrayLike = np.inf,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
    handling_factor: npt.ArrayLike = 1,
) -> OverflowPerformance:
    """Exact stationary figures of an own group that hands calls to a vendor; arguments broadcast like numpy.

    The system is that of `staffing.simulation.Vendor`. A caller who has waited `after` seconds in the own queue goes
    to the vendor; while all the vendor's agents are busy he goes on waiting in the own queue, keeps his place before
    own agents, and the first of those who have waited so long is taken as soon as one is free. With `places` finite a
    call that finds so many waiting goes to the vendor at once, or is blocked if the vendor is full. `places` = 0 is
    the classical loss system of two groups.

    Exact for Poisson calls, exponential handling and patience: the overflow stream is not approximated. `after` above
    0 and finite together with `places` finite is refused.

    Args:
        calls: calls offered per interval, >= 0.
        aht: mean handling time of the own agents, > 0.
        agents: own agents on contacts, whole, >= 0.
        vendor_agents: calls that the vendor handles at once, whole, >= 0; infinite is any number.
        after: seconds of waiting after which a call may overflow, >= 0; 0 as soon as no own agent is free, infinite
            never (but for a full queue).
        places: callers that the own queue holds, whole, >= 0.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, > 0; exponential.
        threshold: within which an answer counts for the service level, >= 0 and finite.
        handling_factor: the vendor's mean handling time is `aht` times this, > 0.

    Where nobody gives up and more calls come than both can end, the queue only grows: own agents and vendor are
    always busy, service levels are 0 and waits infinite, and the shares do not make 1.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be, or not whole, and
            arguments that do not broadcast; "after" for both limits at once.
    """
    desk, interval_seconds, shape = given(
        calls,
        aht,
        agents,
        vendor_agents,
        after=after,
        places=places,
        interval=interval,
        patience=patience,
        threshold=threshold,
        handling_factor=handling_factor,
    )
    found = figures(desk, interval_seconds)
    return OverflowPerformance(**{name: value.reshape(shape) for name, value in found.items()})


def shares(desk: Desk) -> Shares:
    """What becomes of a call; rows with calls."""
    result = Shares.empty(len(desk))
    limited = np.isfinite(desk.places)
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        for rows, rule in ((limited, limited_shares), (~limited, open_shares)):
            if rows.any():
                result.put(rows, rule(desk.take(rows)))
    return result


def figures(desk: Desk, interval: Floats) -> dict[str, Floats]:
    """Every field of `OverflowPerformance`, flat."""
    return describe(desk, interval, lambda rows: shares(desk.take(rows)))


def describe(desk: Desk, interval: Floats, of: Callable[[npt.NDArray[np.intp]], Shares]) -> dict[str, Floats]:
    """The same from what becomes `of` the calls of those rows that have some."""
    result = {field.name: np.zeros(len(desk)) for field in fields(OverflowPerformance)}
    rows = np.flatnonzero(desk.arrival > 0)
    for name in result:
        if name.startswith("service_level"):
            result[name][desk.arrival == 0] = 1.0
    if len(rows):
        for name, value in _describe(desk.take(rows), interval[rows], of(rows)).items():
            result[name][rows] = value
    return result


def _describe(desk: Desk, interval: Floats, found: Shares) -> dict[str, Floats]:
    """The figures of desks that have calls."""
    answered, in_time = found.own + found.vendor, found.own_in_time + found.vendor_in_time
    busy = desk.arrival * found.vendor * desk.vendor_aht
    size = np.where(np.isfinite(desk.vendor), desk.vendor, 0.0)
    staying = np.maximum(1 - found.abandoned_in_time, in_time)
    return {
        "answered": found.own,
        "overflow": found.vendor,
        "abandonment": found.abandoned,
        "abandonment_within_threshold": found.abandoned_in_time,
        "blocking": found.blocked,
        "lost": found.abandoned + found.blocked,
        "service_level": in_time,
        "service_level_own": found.own_in_time,
        "service_level_answered": quotient(in_time, answered),
        "service_level_excluding_short": quotient(in_time, staying),
        "mean_wait": found.waited,
        "asa": quotient(found.own_waited + found.vendor_waited, answered, otherwise=np.inf),
        "asa_own": quotient(found.own_waited, found.own, otherwise=np.inf),
        "asa_vendor": quotient(found.vendor_waited, found.vendor),
        "occupancy": np.minimum(quotient(desk.load * found.own, desk.agents, otherwise=1.0), 1.0),
        "vendor_occupancy": np.minimum(quotient(busy, size), 1.0),
        "vendor_busy": busy,
        "vendor_full": found.full,
        "overflow_calls": desk.arrival * found.vendor * interval,
        "queue_length": found.waited * desk.arrival,
    }
