"""What callers get out of groups of agents who share queues."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats
from staffing.queueing.skills.demand import Demand
from staffing.queueing.skills.layers import Layer, layers
from staffing.queueing.skills.network import (
    MOST_QUEUES,
    Bools,
    Network,
    Skills,
    components,
    members,
    skill_matrix,
)
from staffing.queueing.skills.points import Points, closer, points
from staffing.queueing.skills.waits import Outcome, Pace, log_ratio, outcome, pace
from staffing.queueing.stationary.performance import Performance, performance

BANDS = {"abandonment_band": (0.02, 0.06), "service_level_band": (0.05, 0.10)}
"""How far an estimate may be off: at least 19 of 20 queues simulated were closer (docs/multi-skill.md). The first
where every connected queue has agents of its own, or everybody serves everything; else the second."""

Figures = dict[str, Floats]
"""Fields of `SkillPerformance`, each of shape (queues,)."""

PER_CALL = tuple(
    field.name for field in fields(Performance) if field.name not in ("queue_length", "attempts")
)
HOUR = 3600.0


@dataclass(frozen=True)
class SkillPerformance(Performance):
    """Figures of each queue, shape (..., queues), in the words of `Performance`; nobody redials or is blocked.

    `occupancy` is that of all agents connected with the queue, directly or through other queues.
    """

    exact: Bools
    """Where the figures are those of a single Erlang queue: its agents serve nothing else, or all of them serve the
    same queues, of one handling time and patience. Elsewhere they are estimates."""
    abandonment_band: Floats
    """How far the estimate of `abandonment` may be off either way, 19 times in 20; 0 where exact. See BANDS."""
    service_level_band: Floats
    """The same for each of the service levels."""


def skill_performance(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    skills: Skills,
    agents: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> SkillPerformance:
    """Stationary figures of queues whose agents serve one or more of them; times in seconds.

    A call goes to the free group with the fewest skills (queues that have calls), of several such to the one named
    first; a free agent takes, of the calls in the queues served, the one that came first. Arrivals are Poisson,
    handling and patience exponential. Queues that share agents are estimated (see docs/multi-skill.md), all others
    exact. Where callers who never give up bring more load than their agents can carry, all queues connected with
    theirs count as lost.

    Args:
        calls: offered per interval to each queue, shape (..., queues), >= 0. `aht`, `interval`, `patience` and
            `threshold` broadcast to it.
        aht: mean handling time, > 0 where there are calls.
        skills: for each group of agents the numbers of its queues, from 0.
        agents: whole, >= 0, shape (..., groups); leading axes broadcast with those of `calls`.
        interval: length of an interval, > 0.
        patience: mean time a caller is willing to wait, > 0.
        threshold: within which an answer counts for the service level, >= 0.

    Raises:
        ValueError: naming the argument that is out of range or does not fit; for more than MOST_QUEUES queues
            connected through shared agents.
    """
    given = Demand.of(calls, aht, interval, patience, threshold)
    matrix = skill_matrix(skills, given.queues)
    numbers = whole("agents", agents)
    if not numbers.ndim or numbers.shape[-1] != len(matrix):
        raise ValueError(
            f"agents must have one element a group of skills ({len(matrix)}) on the last axis; "
            f"found shape {numbers.shape}"
        )
    try:
        lead = np.broadcast_shapes(given.lead, numbers.shape[:-1])
    except ValueError as error:
        raise ValueError(
            f"agents do not broadcast to calls: shapes {numbers.shape}, {given.calls.shape}"
        ) from error
    given = given.repeated(lead)
    flat = np.broadcast_to(numbers, (*lead, len(matrix))).reshape(-1, len(matrix))
    rows = [network_figures(given.network(row, matrix, flat[row])) for row in range(len(flat))]
    shape = given.calls.shape
    found = {name: np.array([one[name] for one in rows]).reshape(shape) for name in (*PER_CALL, *BANDS)}
    exact = found["abandonment_band"] == 0
    queued = np.where(given.calls > 0, found["mean_wait"], 0.0) * given.calls / given.interval
    return SkillPerformance(**found, queue_length=queued, attempts=given.calls.copy(), exact=exact)


def network_figures(network: Network) -> Figures:
    """Fields by the names in PER_CALL and BANDS."""
    queues = len(network.rate)
    found = {name: np.zeros(queues) for name in (*PER_CALL, *BANDS)}
    for name in PER_CALL:
        if name.startswith("service_level"):
            found[name][:] = 1.0
    staffed = network.skills[network.agents > 0]
    for lot in components(staffed, network.rate > 0):
        for name, value in _connected(network.part(lot).by_preference()).items():
            found[name][lot] = value
    return found


def _connected(network: Network) -> Figures:
    """Queues that have calls and are connected through agents."""
    queues = len(network.rate)
    alike = all((values == values[0]).all() for values in (network.aht, network.patience))
    if queues == 1 or (alike and network.skills.all()):
        return _single_queue(network)
    if queues > MOST_QUEUES:
        raise ValueError(
            f"skills connect {queues} queues through shared agents; at most {MOST_QUEUES} can be estimated"
        )
    near = network.skills.all() or (network.own() > 0).all()
    bands = {name: np.full(queues, band[0 if near else 1]) for name, band in BANDS.items()}
    return (_shared(network) if _stable(network) else _overloaded(network)) | bands


def _single_queue(network: Network) -> Figures:
    one = performance(
        network.rate.sum() * HOUR,
        network.aht,
        network.agents.sum(),
        interval=HOUR,
        patience=network.patience,
        threshold=network.threshold,
    )
    return {name: getattr(one, name) for name in PER_CALL}


def _stable(network: Network) -> bool:
    """Whether every set of queues whose callers never give up has more agents than load."""
    sets = members(len(network.rate))[1:]
    patient = ~sets[:, np.isfinite(network.patience)].any(axis=1)
    return bool((sets[patient] @ network.load < network.able()[1:][patient]).all())


def _overloaded(network: Network) -> Figures:
    """Somebody waits for ever: all queues that share agents are given as lost."""
    endless = np.full(len(network.rate), np.inf)
    found = {name: np.zeros_like(endless) for name in PER_CALL}
    return found | {
        "wait_probability": np.ones_like(endless),
        "mean_wait": endless,
        "asa": endless,
        "occupancy": np.ones_like(endless),
    }


def _shared(network: Network) -> Figures:
    """The estimate: a weighted sum over states, see `points` and `layers`."""
    states: Points | None = points(network)
    own = network.own()
    while states is not None:
        found = layers(network, states.present)
        paces = [pace(network, own, layer) for layer in found]
        weight = _weight(states, found, paces)
        states = closer(network, states, weight)
    sums = {name: np.zeros(len(network.rate)) for name in ("waits", *Outcome.__slots__)}
    for layer, rates in zip(found, paces, strict=True):
        for place, queue in enumerate(layer.queues):
            share = weight[layer.rows] * layer.full[:, place]
            fate = outcome(network, layer, rates, queue)
            by_ahead = _spread(layer.waiting, share, len(fate.served))
            sums["waits"][queue] += share.sum()
            for name in Outcome.__slots__:
                sums[name][queue] += by_ahead @ getattr(fate, name)
    return _described(network, sums)


def _weight(states: Points, found: list[Layer], paces: list[Pace]) -> Floats:
    """Probability of each state."""
    log_weight = states.log_weight.copy()
    for layer, rates in zip(found, paces, strict=True):
        log_weight[layer.rows] += log_ratio(layer, rates)
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())


def _spread(waiting: Floats, share: Floats, length: int) -> Floats:
    """Weight by whole numbers of waiting calls; a number in between is split between its neighbours."""
    lower = np.floor(waiting)
    upper = waiting - lower
    places = lower.astype(np.intp)
    found = np.bincount(places, share * (1 - upper), length + 1) + np.bincount(
        places + 1, share * upper, length + 1
    )
    return np.asarray(found[:length])


def _described(network: Network, sums: dict[str, Floats]) -> Figures:
    """Figures of all arrivals from sums over those who wait."""
    waits = np.minimum(sums["waits"], 1.0)
    served, in_time, late = (sums[name] for name in ("served", "in_time", "late"))
    answered = np.clip(1 - waits + served, 1e-300, 1.0)
    good = np.clip(1 - waits + in_time, 0.0, 1.0)
    left = np.exp(-network.hang_up_rate * network.threshold)
    short = np.clip(waits - in_time - late * left, 0.0, 1 - answered)
    return {
        "wait_probability": waits,
        "blocking": np.zeros_like(waits),
        "abandonment": 1 - answered,
        "abandonment_within_threshold": short,
        "service_level": good,
        "service_level_answered": np.minimum(good / answered, 1.0),
        "service_level_virtual": np.clip(1 - late, 0.0, 1.0),
        "service_level_excluding_short": np.minimum(good / (1 - short), 1.0),
        "mean_wait": sums["wait"],
        "asa": sums["served_wait"] / answered,
        "occupancy": np.full_like(waits, min(network.load @ answered / network.agents.sum(), 1.0)),
    }
