"""How many lines a desk needs, so that few enough callers hear a busy tone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.margin import ROUNDING
from staffing.queueing.sizing.search import smallest
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import MOST_PLACES, Workload, given


def required_lines(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    blocking: npt.ArrayLike,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.int64]:
    """The smallest number of lines, talking and waiting callers together, that blocks at most a share of arrivals.

    A line more always blocks fewer. 0 without calls; it may lie below the agents, who then are never all busy. A
    share missed by less than 1e-12 of itself counts as met. `blocking` is above 0 and below 1; shape and the other
    arguments as for `performance`.

    Raises:
        ValueError: as `performance`; naming `blocking` where no number of lines (up to 1e12) reaches it, since
            callers of endless patience fill any number of lines in an overload.
    """
    workload, (staff, allowed), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        blocking=as_floats("blocking", blocking, positive=True, below=1.0),
        interval=interval,
        patience=patience,
        lines=np.inf,
        redial=redial,
    )
    needed = np.zeros(len(staff), dtype=np.int64)
    rows = np.flatnonzero(workload.calls > 0)
    with np.errstate(all="ignore"):  # infinities are meant
        needed[rows] = _search(workload.take(rows), staff[rows], allowed[rows])
    return needed.reshape(shape)


def _search(workload: Workload, agents: Floats, allowed: Floats) -> Floats:
    def at(lines: Floats, rows: npt.NDArray[np.intp]) -> Floats:
        some = workload.take(rows).with_lines(lines)
        arrivals = attempts(some, agents[rows])
        blocked = flows(some.queues(arrivals, agents[rows])).blocked
        return np.asarray(np.log(allowed[rows]) - np.log(blocked) + ROUNDING)

    missed = np.flatnonzero(at(np.full(len(agents), MOST_PLACES), np.arange(len(agents))) < 0)
    if len(missed):
        row = missed[0]
        raise ValueError(
            f"blocking: no number of lines reaches {allowed[row]:g} with {agents[row]:g} agents and a load of "
            f"{workload.load(workload.calls)[row]:g} Erlangs"
        )
    load = workload.load(workload.calls)
    return smallest(at, np.minimum(load + np.sqrt(load), MOST_PLACES), np.sqrt(load))
