"""Erlang X: some of the callers who were lost call again.

In the long run the arrivals solve: arrivals = calls / (1 - redial x lost share(arrivals)). Fewer redials leave more
room, so arrivals x (1 - redial x lost share) rises with the arrivals and the solution is unique.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.roots import rising_roots
from staffing.queueing.stationary.workload import Workload


def attempts(workload: Workload, agents: Floats) -> Floats:
    """Arrivals per interval, redials included; `workload` has calls in every row."""
    if not workload.redial.any():
        return workload.calls
    arrivals = workload.calls.copy()
    losing = np.isfinite(workload.patience) | np.isfinite(workload.lines)
    chosen = np.flatnonzero((workload.redial > 0) & losing)
    if not len(chosen):
        return arrivals
    part, staff = workload.take(chosen), agents[chosen]

    def excess(growth: Floats, rows: npt.NDArray[np.intp]) -> Floats:
        some = part.take(rows)
        shares = flows(some.queues(some.calls * np.exp(growth), staff[rows]))
        return growth + np.log1p(-some.redial * shares.lost)

    growth = rising_roots(excess, np.zeros(len(chosen)), -np.log1p(-part.redial), flat=1e-14)
    arrivals[chosen] *= np.exp(growth)
    return np.minimum(arrivals, np.finfo(np.float64).max)
