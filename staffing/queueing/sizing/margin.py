"""How far a number of agents is from the targets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import SHORTEST, Workload

ROUNDING = 1e-12
"""A target missed by less than this, relatively, is met: the figure equals it but for rounding."""

LATE: dict[str, Callable[[Flows], tuple[Floats, Floats]]] = {
    "offered": lambda f: (f.blocked + f.abandoned + f.served_late, np.ones_like(f.idle)),
    "answered": lambda f: (f.served_late, f.answered),
    "virtual": lambda f: (f.virtual_late, f.idle + f.waiting),
    "excluding_short": lambda f: (
        f.blocked + f.abandoned_late + f.served_late,
        f.idle + f.served + f.blocked + f.abandoned_late,
    ),
}
"""One minus each service level, as (late, of how many): the difference from 1 keeps its digits."""


def margin(workload: Workload, agents: Floats, targets: Targets) -> Floats:
    """Logarithm of allowed over found, the smallest of all targets: >= 0 where every one is met.

    Rises with the agents, but for some targets with limited lines (see `required_agents`), and falls with the calls.
    `workload` has calls in every row, `agents` are >= 1.
    """
    arrivals = attempts(workload, agents)
    shares = flows(workload.queues(arrivals, agents))
    parts = margins(workload, agents, arrivals, shares, targets)
    smallest = np.minimum.reduce(list(parts.values()))
    return np.asarray(smallest + ROUNDING)


def margins(
    workload: Workload, agents: Floats, arrivals: Floats, shares: Flows, targets: Targets
) -> dict[str, Floats]:
    """The margin of each target by its name."""
    load = workload.load(arrivals)
    parts: dict[str, Floats] = {"stability": np.where(np.isinf(shares.served_wait), -np.inf, np.inf)}
    if targets.service_level is not None:
        parts["service_level"] = _margin(1 - targets.service_level, *LATE[targets.definition](shares))
    if targets.abandonment is not None:
        parts["abandonment"] = _margin(targets.abandonment, shares.abandoned, np.ones_like(load))
    if targets.asa is not None:
        parts["asa"] = _margin(
            targets.asa, shares.served_wait * np.maximum(workload.aht, SHORTEST), shares.answered
        )
    if targets.occupancy is not None:
        parts["occupancy"] = _margin(targets.occupancy, load * shares.answered, agents)
    return parts


def _margin(allowed: float, part: Floats, of: Floats) -> Floats:
    """log(allowed / (part / of)); minus infinity where `of` is 0."""
    found = np.log(allowed) + np.log(of) - np.log(part)
    return np.where(of > 0, found, -np.inf)
