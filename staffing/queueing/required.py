"""How many agents the targets need."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.breakpoints import by_breakpoints
from staffing.queueing.margin import margin, margins
from staffing.queueing.quadrature import Floats
from staffing.queueing.redial import attempts
from staffing.queueing.search import smallest
from staffing.queueing.stationary import flows
from staffing.queueing.targets import Targets
from staffing.queueing.workload import Workload

Rows = npt.NDArray[np.intp]

COUNTABLE = 1e15
"""Numbers of agents up to here are exact as floats, with room to search in."""

SAMPLE = 33
"""Queues solved first, from which the starting points of the others are interpolated."""


def required_agents(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.int64]:
    """The smallest number of agents that meets every target given; shape of the arguments broadcast.

    Every figure is monotone in the agents, so the number is found by bisection from both sides: with impatient
    callers it may lie below the load. Without calls it is 0, with calls at least 1; callers with endless patience
    and lines need more agents than the load whatever the targets (`Targets()` asks for no more than that). A target
    missed by less than 1e-12 of itself counts as met. Arguments as for `performance`.

    One exception: with limited lines, and redials or patience shorter than the handling time, losses may shift from
    blocking to abandonment or back, so that "abandonment" or an "excluding_short" service level gets worse with an
    agent more; a smaller number than the one found may then meet these targets too.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be or not whole; naming the
            target that no number of agents reaches (limited lines), or that alone sizes nothing (abandonment where
            patience is endless); for more than 1e15 agents.
    """
    given = broadcast(
        calls=as_floats("calls", calls),
        aht=as_floats("aht", aht),
        interval=as_floats("interval", interval, positive=True),
        patience=as_floats("patience", patience, infinite=True),
        lines=whole("lines", lines, infinite=True),
        redial=as_floats("redial", redial, below=1.0),
    )
    flat = [np.ravel(array) for array in given]
    rows = flat[0] > 0
    needed = np.zeros(len(rows), dtype=np.int64)
    if rows.any():
        part = [array[rows] for array in flat]
        calls_, aht_, interval_, patience_, lines_, redial_ = part
        threshold = np.full(len(calls_), float(targets.threshold))
        workload = Workload(calls_, aht_, interval_, patience_, lines_, redial_, threshold)
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            _refuse_unreachable(workload, targets)
            found = by_breakpoints(workload, targets, search)
            needed[rows] = search(workload, targets) if found is None else found
    return needed.reshape(given[0].shape)


def search(workload: Workload, targets: Targets) -> Floats:
    """The numbers by search; `workload` has calls in every row."""
    load = workload.load(workload.calls)

    def at(agents: Floats, rows: Rows) -> Floats:
        return margin(workload.take(rows), agents, targets)

    if len(load) <= 2 * SAMPLE:
        return smallest(at, load + 0.5 * np.sqrt(load), 0.7 * np.sqrt(load))
    order = np.argsort(load)
    sample = np.unique(order[np.linspace(0, len(load) - 1, SAMPLE).round().astype(np.intp)])
    sample = sample[np.argsort(load[sample])]
    found = search(workload.take(sample), targets)
    guess = load + np.interp(load, load[sample], found - load[sample])
    return smallest(at, np.ceil(guess), np.zeros_like(load))


def _refuse_unreachable(workload: Workload, targets: Targets) -> None:
    others = (targets.service_level, targets.asa, targets.occupancy)
    alone = targets.abandonment is not None and others == (None, None, None)
    if alone and np.isinf(workload.patience).any():
        raise ValueError(
            f"abandonment: a target of {targets.abandonment} alone sizes nothing where patience is infinite, "
            "since nobody gives up; give a finite patience or another target"
        )
    load = workload.load(workload.calls / (1 - workload.redial))
    most = float(load.max())
    if most > COUNTABLE:
        raise ValueError(f"calls: a load of {most:g} Erlangs needs more agents than can be counted")
    if targets.occupancy is not None and most / targets.occupancy > COUNTABLE:
        raise ValueError(f"occupancy: a target of {targets.occupancy} needs more agents than can be counted")
    limited = np.flatnonzero(np.isfinite(workload.lines))
    if len(limited):
        _refuse_too_few_lines(workload.take(limited), targets)


def _refuse_too_few_lines(workload: Workload, targets: Targets) -> None:
    """With an agent on every line service is as good as it gets."""
    agents = np.maximum(workload.lines, 1.0)
    arrivals = attempts(workload, agents)
    shares = flows(workload.queues(arrivals, agents))
    for name, value in margins(workload, agents, arrivals, shares, targets).items():
        missed = np.flatnonzero(value < 0)
        if name != "occupancy" and len(missed):
            lines = workload.lines[missed[0]]
            raise ValueError(
                f"{name}: no number of agents reaches {getattr(targets, name)} with {lines:g} lines"
            )
