"""The stream of calls that overflow, and what a group loses that is fed by a stream of known mean and variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.overflow.desk import given
from staffing.queueing.overflow.passage import odds
from staffing.queueing.overflow.performance import shares
from staffing.queueing.stationary.erlang import inverse_loss


@dataclass(frozen=True)
class OverflowStream:
    """Calls that would overflow if the vendor took every one; fields of the shape the arguments broadcast to."""

    calls: Floats
    """Per interval."""
    share: Floats
    """Of the calls offered."""
    mean: Floats
    """Vendor's agents they would keep busy in the mean, in Erlangs."""
    variance: Floats
    """Of the number busy."""
    peakedness: Floats
    """Variance / mean: 1 for calls that come at random (Poisson), more for those that come in bursts; 1 without."""


def overflow_stream(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    after: npt.ArrayLike = 0,
    places: npt.ArrayLike = 0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    handling_factor: npt.ArrayLike = 1,
) -> OverflowStream:
    """Exact mean and variance of the overflow of a group; arguments as for `overflow_performance`.

    Calls overflow at the moments of a renewal process, so that the number busy in a group of any size has the
    variance M / (1 - phi(mu)) - M**2, M its mean and phi(mu) the transform of the time between two overflows at the
    rate at which a call ends (L. Takacs, 1958). With the defaults, nobody waits, this is the formula of J. Riordan
    (in R. I. Wilkinson, 1956) and L. Kosten (1937), M (1 - M + a / (n + 1 + M - a)); `handling_factor` counts, too.

    `places` is 0 unless given; for calls that overflow `after` a wait it must be infinite.

    Raises:
        ValueError: as `overflow_performance`.
    """
    desk, seconds, shape = given(
        calls,
        aht,
        agents,
        np.inf,
        after=after,
        places=places,
        interval=interval,
        patience=patience,
        threshold=0,
        handling_factor=handling_factor,
    )
    share, mean, peakedness = np.zeros(len(desk)), np.zeros(len(desk)), np.ones(len(desk))
    rows = np.flatnonzero(desk.arrival > 0)
    if len(rows):
        some = desk.take(rows)
        share[rows] = shares(some).vendor
        mean[rows] = some.arrival * share[rows] * some.vendor_aht
        with np.errstate(all="ignore"):  # no overflow at all: `odds` are infinite
            between = np.exp(-odds(some, 1 / some.vendor_aht[:, None])[:, 0])
        peakedness[rows] = np.where(share[rows] > 0, 1 + between - mean[rows], 1.0)
    result = (desk.arrival * share * seconds, share, mean, mean * peakedness, peakedness)
    return OverflowStream(*(each.reshape(shape) for each in result))


def peaked_loss(
    mean: npt.ArrayLike, variance: npt.ArrayLike, agents: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Share of a stream that finds all `agents` busy and is lost, by Hayward's approximation (A. Fredericks, 1980).

    With z = variance / mean it is Erlang's loss of agents / z servers, a fraction, at the load mean / z. Several
    independent streams into one group have the sum of their means and the sum of their variances. Exact for z = 1.
    For the overflow of one group `overflow_performance` is exact, and this approximation errs where the stream is
    small and bursty: for groups of 2 to 60 at 60 to 200 % load by 0.4 points in the mean and 4.7 at worst with
    streams of 5 Erlangs and more, by 1.3 and 22 with 0.5 Erlangs and more.

    Args:
        mean: Erlangs, > 0.
        variance: > 0.
        agents: >= 0; broadcasts with the others.

    Raises:
        ValueError: naming the argument that is negative, 0 or not finite, and arguments that do not broadcast.
    """
    load, spread, servers = broadcast(
        mean=as_floats("mean", mean, positive=True),
        variance=as_floats("variance", variance, positive=True),
        agents=as_floats("agents", agents),
    )
    peakedness = quotient(spread, load)
    return fractional_loss(load / peakedness, servers / peakedness)


def fractional_loss(load: Floats, servers: Floats) -> Floats:
    """Erlang's loss formula for any number of servers >= 0, from its integral; loads > 0, any shape."""
    shape = load.shape
    load, servers = load.reshape(-1), servers.reshape(-1)
    few = servers < 1
    with np.errstate(all="ignore"):
        scale, value = inverse_loss(np.where(few, servers + 1, servers), load)
        inverse = np.where(few, 0.0, scale + np.log(value))
        # 1 / B(x + 1) - 1 = (x + 1) / load / B(x)
        below = np.expm1(scale + np.log(value)) * load / (servers + 1)
        loss = np.where(few, 1 / np.maximum(below, 1.0), np.exp(-inverse))
    return np.where(servers > 0, loss, 1.0).reshape(shape)
