"""What becomes of a caller who joins a full layer.

With n agents freed at rate r each, j calls ahead and callers who give up at rate h, the wait that is offered is a sum
of j + 1 exponential times with rates n r, n r + h, ..., n r + j h, so exp(-h wait) is a Beta(n r / h, j + 1)
variable: what a caller of any patience gets out of it is an incomplete beta function.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.skills.layers import Layer
from staffing.queueing.skills.network import Network

EARLY = 0.5
"""Weighs how soon callers of a layer are answered when those of different patience are averaged, see `pace`."""

STEP = 64
"""Lengths of tables are multiples of it, so that they are met again."""

SLOWEST = 1e-8
"""Rate of giving up, over the rate of service, that stands for endless patience."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Of a layer, a second: `service` by all its agents, `hang_up` of one waiting caller; `each`: by one agent."""

    service: float
    each: float
    hang_up: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a caller of one queue, by the number of calls ahead: shape (more than the most waiting,).

    Shares of those who join: `served`, `in_time` (served within the threshold), `late` (offered a wait beyond it).
    `wait`: mean seconds of all; `served_wait`: seconds of the served, summed over all.
    """

    served: Floats
    in_time: Floats
    late: Floats
    wait: Floats
    served_wait: Floats


def pace(network: Network, own: Floats, layer: Layer) -> Pace:
    """Rates of a layer: handling times as its load is mixed, patience as its waiting callers are.

    Impatient callers are fewer among the waiting than among those who call. With one queue or one patience for all
    nothing is averaged. `own`: agents who serve one queue only, by queue; those of them who rest while the shared
    ones are all busy answer nobody.
    """
    queues = layer.queues
    rate, hang_up = network.rate[queues], network.hang_up_rate[queues]
    each = float(rate.sum() / network.load[queues].sum())
    busy = np.maximum(layer.full.mean(axis=0), 1e-6)
    busy /= busy.max()
    service = max(layer.agents - float(own[queues] @ (1 - busy)), 1e-6) * each
    mean = float(rate @ hang_up / rate.sum())
    present = rate * busy / (EARLY * np.sqrt(max(service * mean, 1e-300)) + hang_up)
    mixed = float(present @ hang_up / present.sum())
    return Pace(service, each, max(mixed, SLOWEST * service))


def log_ratio(layer: Layer, rates: Pace) -> Floats:
    """Logarithm of the factor on the weight of each of the layer's states, shape (rows,).

    Where callers who wait leave at another rate than those who are served, the states with w waiting weigh
    prod over i = 1..w of (n + i) r / (n r + i h) times what the Poisson law says, as in a single Erlang A queue.
    """
    from scipy.special import gammaln

    agents = np.maximum(layer.agents - layer.missing, 1e-6)
    x = agents * rates.each / rates.hang_up
    rising = gammaln(agents + layer.waiting + 1) - gammaln(agents + 1)
    fading = gammaln(x + layer.waiting + 1) - gammaln(x + 1)
    return np.asarray(rising - fading + layer.waiting * np.log(rates.each / rates.hang_up))


def outcome(network: Network, layer: Layer, rates: Pace, queue: int) -> Outcome:
    """For 0 to at least as many calls ahead as the layer ever has."""
    most = int(np.ceil(layer.waiting.max()))
    length = STEP * (most // STEP + 1)
    own, threshold = float(network.hang_up_rate[queue]), float(network.threshold[queue])
    return _outcome(rates.service, rates.hang_up, own, threshold, length)


@lru_cache(maxsize=4096)
def _outcome(service: float, hang_up: float, own: float, threshold: float, length: int) -> Outcome:
    from scipy.special import betainc, betaln, digamma

    ahead = np.arange(float(length))
    x, more = service / hang_up, own / hang_up
    passed = -np.expm1(-hang_up * threshold)
    served = np.exp(betaln(x + more, ahead + 1) - betaln(x, ahead + 1))
    served_wait = served * (digamma(x + more + ahead + 1) - digamma(x + more)) / hang_up
    return Outcome(
        served=served,
        in_time=served * betainc(ahead + 1, x + more, passed),
        late=1 - betainc(ahead + 1, x, passed),
        wait=(1 - served) / own if own > 0 else served_wait,
        served_wait=served_wait,
    )
