"""Limited lines with thousands of places: integrals in the place of the sums of `lines`.

Only the callers before the limit count, which puts a factor into the density of the virtual wait of `waiting`:
with r = agents x wait (in handling times), v(r) Q(m, z(r)), Q(m, z) being the probability that a Poisson
variable of mean z is less than m, and z = a (1 - exp(-eta t)) / eta as in `lines`. Its logarithm is concave too:
the derivative is a / n exp(-eta t) (1 - B(m - 1, z)) - 1, which only falls.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.erlang import free_weight, inverse_loss
from staffing.queueing.stationary.model import Flows, Queues
from staffing.queueing.stationary.quadrature import DROP, double_exponential

STEPS = 16
"""States summed one by one where agents / eta < STEPS, as in `waiting`."""

STIRLING = 64.0
"""From here Stirling's series is exact."""

HALF_LOG_2_PI = 0.5 * np.log(2 * np.pi)

NEVER = -60.0
"""Logarithm of a share so small that the limit of the lines makes no difference to any figure."""


def out_of_reach(queues: Queues) -> npt.NDArray[np.bool_]:
    """Where callers so rarely fill the lines that they are unlimited in effect (blocking below 1e-26)."""
    full = queues.agents + queues.places / queues.patience
    falling = queues.load < full
    ratio = np.where(falling, queues.load / full, 0.5)
    return falling & (_log_weight(queues) - np.log1p(-ratio) < NEVER)


def crowded_flows(queues: Queues) -> Flows:
    """At least one agent, more than STEPS places, patience > 0; about a millisecond a queue."""
    flows = Flows.empty(len(queues))
    weights = _log_weight(queues)
    for row in range(len(queues)):
        rows = slice(row, row + 1)
        flows.put(rows, _one(queues.take(rows), float(weights[row])))
    return flows


def _one(queues: Queues, full: float) -> Flows:
    """One queue; `full` is the logarithm of the weight of the state with every place taken."""
    load, agents, places = float(queues.load[0]), float(queues.agents[0]), float(queues.places[0])
    eta = float(1 / queues.patience[0])
    time = float(queues.threshold[0])
    steps = STEPS if 0 < agents < STEPS * eta else 0
    rate = agents + eta * np.arange(1.0, steps + 1)
    weight = np.concatenate([[0.0], np.cumsum(np.log(load) - np.log(rate))])
    first, on = weight[:-1], weight[-1]
    tail = _Wait(load, agents + steps * eta, eta, places - steps)
    whole, rest = tail.beyond(0.0), tail.beyond(time)

    free_scale, free_value = free_weight(queues.agents, queues.load)
    free = float(free_scale[0] + np.log(free_value[0]))
    top = max(free, full, on + whole.scale, *weight)
    state, queue = np.exp(first - top), np.exp(on + whole.scale - top)
    total = np.exp(free - top) + np.exp(full - top) + state.sum() + queue * whole.present
    state, queue = state / total, queue / total
    gone = np.exp(first - top + tail.waits_longer(time, agents, places, steps)) / total
    late = np.exp(on + rest.scale - top) / total

    served, step = agents / rate, np.arange(1.0, steps + 1)
    lost, share = step * eta / rate, agents / (agents + steps * eta)
    waits = np.cumsum(1 / rate)
    ahead = waits[-1] if steps else 0.0
    left = np.exp(-eta * time)
    return Flows(
        idle=_row(np.exp(free - top) / total),
        waiting=_row(state.sum() + queue * whole.present),
        blocked=_row(np.exp(full - top) / total),
        served=_row(state @ served + queue * share * whole.served),
        abandoned=_row(state @ lost + queue * (whole.lost + (1 - share) * whole.served)),
        served_late=_row((gone @ served + late * share * rest.served) * left),
        abandoned_late=_row((gone @ lost + late * (rest.lost + (1 - share) * rest.served)) * left),
        virtual_late=_row(gone.sum() + late * rest.present),
        served_wait=_row(state @ (served * waits) + queue * share * (ahead * whole.served + whole.wait)),
    )


def _log_weight(queues: Queues) -> Floats:
    """Logarithm of the weight of the state with every place taken."""
    places = queues.places
    x = queues.agents * queues.patience
    rising = (x + places + 0.5) * np.log1p(places / x) - places
    fading = -rising - _stirling(x + places) + _stirling(x)
    ratio, excess = queues.load / queues.agents, (queues.load - queues.agents) / queues.agents
    steady = places * np.where(ratio < 0.5, np.log(ratio), np.log1p(np.maximum(excess, -0.5)))
    return np.where(np.isinf(queues.patience), steady, steady + fading)


def _stirling(k: Floats) -> Floats:
    """What Stirling's formula leaves out: log k! - (k + 1/2) log k + k - log(2 pi) / 2, for real k > 0."""
    square = np.square(np.maximum(k, STIRLING))
    rest = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / np.maximum(k, STIRLING)
    for row in np.flatnonzero(k < STIRLING):
        value = float(k[row])
        rest[row] = lgamma(value + 1) - (value + 0.5) * log(value) + value - HALF_LOG_2_PI
    return rest


def _row(value: float | np.float64) -> Floats:
    return np.array([value], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Tail:
    """Integrals beyond a time, each to be multiplied by exp(scale); times in handling times."""

    scale: float
    present: float
    served: float
    lost: float
    wait: float


@dataclass(frozen=True, slots=True)
class _Wait:
    """The density of the virtual wait in r = agents x time."""

    load: float
    agents: float
    eta: float
    places: float

    def beyond(self, time: float) -> _Tail:
        """What lies beyond `time`; served and lost as seen by those who still wait then."""
        start = self.agents * time
        low, mode, high = self._window(start)
        r = np.concatenate([mode - (mode - low) * CLUSTERED, mode + (high - mode) * CLUSTERED])
        log = self._log_density(r)
        scale = float(log.max())
        weight = np.concatenate([(mode - low) * CLUSTERS, (high - mode) * CLUSTERS]) * np.exp(log - scale)
        t = r / self.agents
        return _Tail(
            scale=scale,
            present=float(weight.sum()),
            served=float(weight @ np.exp(-self.eta * (t - time))),
            lost=float(weight @ -np.expm1(-self.eta * (t - time))),
            wait=float((weight * t) @ np.exp(-self.eta * t)),
        )

    def waits_longer(self, time: float, agents: float, places: float, count: int) -> Floats:
        """Logarithm of the chance to wait longer than `time` behind each of the first `count` states' queues."""
        step = np.arange(float(count))
        z = np.full(count, float(self._ahead(np.array([time]))[0]))
        return _log_terms(places - step, z) - (agents + step * self.eta) * time

    def _ahead(self, time: Floats) -> Floats:
        """Mean number of calls that arrived in `time` and would still be waiting if nobody were answered."""
        return self.load * (time if self.eta == 0 else -np.expm1(-self.eta * time) / self.eta)

    def _log_density(self, r: Floats) -> Floats:
        return _log_terms(np.full_like(r, self.places), self._ahead(r / self.agents)) - r

    def _window(self, start: float) -> tuple[float, float, float]:
        """Where the density has fallen by exp(-DROP) on the left, its mode, and the same on the right."""
        low, high = start, start + self.places + DROP + 10 * np.sqrt(self.places)
        for _ in range(40):
            grid = low + (high - low) * np.linspace(0, 1, 65)
            log = self._log_density(grid)
            best = int(log.argmax())
            kept = np.flatnonzero(log >= log[best] - DROP)
            first, last = max(kept[0] - 1, 0), min(kept[-1] + 1, 64)
            mode = float(grid[best])
            narrow = last - first < 32
            low, high = float(grid[first]), float(grid[last])
            if not narrow:
                break
        return low, mode, high


def _log_terms(places: Floats, mean: Floats) -> Floats:
    """Logarithm of the sum of mean**l / l! over l < places, which is exp(mean) Q(places, mean)."""
    count, mean = places - 1, np.maximum(mean, 1e-300)
    _, value = inverse_loss(count, mean)
    largest = np.where(mean > count, count * (1 + np.log(mean) - np.log(count)), mean)
    return np.asarray(largest + np.log(value) - 0.5 * np.log(count) - HALF_LOG_2_PI - _stirling(count))


CLUSTERED, CLUSTERS = double_exponential(1 / 64)
