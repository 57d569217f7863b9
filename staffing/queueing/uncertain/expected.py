"""Figures averaged over a rate that is uncertain: what many such intervals give together.

The rate has the gamma distribution of `uncertain`. Expectations are integrals over its probability, split where the
load equals the agents: there the figures turn, the more abruptly the more patient callers are. On both sides
double-exponential nodes crowd at that point and in the tail.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.marginal import lost_calls
from staffing.queueing.stationary.performance import Performance, figures
from staffing.queueing.stationary.quadrature import double_exponential
from staffing.queueing.stationary.workload import Workload, given
from staffing.queueing.uncertain.rate import CERTAIN, coefficient

NODES, WEIGHTS = double_exponential(1 / 16)

ROWS = 256
"""Queues averaged at once."""

WEIGHED: dict[str, str] = {
    "service_level_answered": "answered",
    "asa": "answered",
    "service_level_virtual": "admitted",
    "service_level_excluding_short": "remaining",
    "occupancy": "time",
    "queue_length": "time",
    "attempts": "time",
}
"""Whose average each figure is; the others are of all arrivals."""


def expected_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    cv: npt.ArrayLike,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
    redial: npt.ArrayLike = 0,
) -> Performance:
    """The figures of many intervals together whose rate has the mean `calls` and the coefficient of variation `cv`.

    As a report over these intervals adds them up: shares of calls and mean waits are averages over the callers they
    speak of (busy intervals have more of them), `occupancy` and `queue_length` over time, `attempts` is the mean.
    Each interval is in its own steady state. With endless patience and lines an overload is always possible: the
    mean waits are then infinite, however small its chance, and a finite patience says more. To about 1e-9, for cv
    below 1; 1e-6 at worst beyond.

    `cv` is >= 0 and < 10; shape, the other arguments and the errors as for `performance`.
    """
    workload, (staff, spread), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        cv=coefficient(cv),
        interval=interval,
        patience=patience,
        lines=lines,
        threshold=threshold,
        redial=redial,
    )
    result = {name: np.empty(len(staff)) for name in Performance.__dataclass_fields__}
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        for start in range(0, len(staff), ROWS):
            rows = np.arange(start, min(start + ROWS, len(staff)))
            found = _averages(workload.take(rows), staff[rows], spread[rows])
            for name, value in found.items():
                result[name][rows] = value
    return Performance(**{name: value.reshape(shape) for name, value in result.items()})


def expected_lost(workload: Workload, agents: Floats, cv: Floats) -> Floats:
    """Mean calls per interval that are never answered."""
    result = np.empty(len(agents))
    for start in range(0, len(agents), ROWS):
        rows = np.arange(start, min(start + ROWS, len(agents)))
        many, staff, chance = _spread_out(workload.take(rows), agents[rows], cv[rows])
        lost = lost_calls(many, staff, figures(many, staff)).reshape(chance.shape)
        result[rows] = (lost * chance).sum(axis=1)
    return result


def _averages(workload: Workload, agents: Floats, cv: Floats) -> dict[str, Floats]:
    many, staff, chance = _spread_out(workload, agents, cv)
    found = {name: value.reshape(chance.shape) for name, value in figures(many, staff).items()}
    arrivals = found["attempts"]
    lost = found["abandonment"] + found["blocking"]
    weights = {
        "time": np.ones_like(arrivals),
        "arrivals": arrivals,
        "answered": arrivals * np.maximum(1 - lost, 0.0),
        "admitted": arrivals * (1 - found["blocking"]),
        "remaining": arrivals * (1 - found["abandonment_within_threshold"]),
    }
    plain = figures(workload, agents)
    averages = {}
    for name, value in found.items():
        weight = weights[WEIGHED.get(name, "arrivals")] * chance
        whole_ = weight.sum(axis=1)
        # No weight must not become nan where the wait is infinite.
        mean = np.where(weight > 0, weight * value, 0.0).sum(axis=1) / whole_
        averages[name] = np.where((cv >= CERTAIN) & (whole_ > 0), mean, plain[name])
    return averages


def _spread_out(workload: Workload, agents: Floats, cv: Floats) -> tuple[Workload, Floats, Floats]:
    """The queues at every node of the rate, with their agents, and the probability of each node, (rows, nodes)."""
    from scipy import special  # slow to import, and only needed here

    shape = 1 / np.square(np.maximum(cv, CERTAIN))
    scale = workload.calls / shape
    turn = np.where(scale > 0, agents * (workload.interval / workload.aht) / scale, np.inf)
    turn = np.where(np.isnan(turn), np.inf, turn)
    below, above = special.gammainc(shape, turn)[:, None], special.gammaincc(shape, turn)[:, None]
    low = special.gammaincinv(shape[:, None], below * NODES)
    high = np.where(above > 0, special.gammainccinv(shape[:, None], above * NODES), 0.0)
    rates = scale[:, None] * np.hstack([low, high])
    chance = np.hstack([below * WEIGHTS, above * WEIGHTS])
    rates = np.where(cv[:, None] < CERTAIN, workload.calls[:, None], rates)
    rates = np.minimum(np.where(np.isfinite(rates), rates, 0.0), np.finfo(np.float64).max)
    place = np.repeat(np.arange(len(cv)), rates.shape[1])
    return workload.take(place).with_calls(rates.ravel()), agents[place], chance
