"""How many agents the targets need."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.breakpoints import by_breakpoints
from staffing.queueing.sizing.guess import Guess
from staffing.queueing.sizing.margin import margin, margins
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import Workload, given

Rows = npt.NDArray[np.intp]

COUNTABLE = 1e15
"""Numbers of agents up to here are exact as floats, with room to search in."""

BLOCK = 1 << 16
"""Queues searched at once: bounds what the search holds."""

SAMPLE = 128
"""Queues solved first, from which the starting points of the others are fitted."""


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
    workload, _, shape = given(
        calls=calls,
        aht=aht,
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
        threshold=targets.threshold,
    )
    return needed(workload, targets).reshape(shape)


def needed(workload: Workload, targets: Targets) -> npt.NDArray[np.int64]:
    """The numbers for checked queues, flat; errors as for `required_agents`."""
    rows = workload.calls > 0
    result = np.zeros(len(rows), dtype=np.int64)
    if rows.any():
        busy = workload if rows.all() else workload.take(rows)
        with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
            _refuse_unreachable(busy, targets)
            found = by_breakpoints(busy, targets, search)
            result[rows] = search(busy, targets) if found is None else found
    return result


def search(workload: Workload, targets: Targets) -> Floats:
    """The numbers by search; `workload` has calls in every row."""
    load = workload.load(workload.calls)
    if len(load) <= 2 * SAMPLE:
        root = np.sqrt(load)
        return _from(workload, targets, load + 0.5 * root, 0.7 * root)
    order = np.argsort(load)
    sample = workload.take(np.unique(order[np.linspace(0, len(load) - 1, SAMPLE).round().astype(np.intp)]))
    enough = search(sample, targets)
    missed, met = (margin(sample, np.maximum(agents, 1.0), targets) for agents in (enough - 1, enough))
    step = 1 / np.where(enough > 1, met - missed, np.inf)  # agents that change the margin by 1
    between = np.where(step > 0, enough - np.minimum(met * step, 1.0), enough)
    guess = Guess(sample, between, step)
    found = np.empty_like(load)
    for start in range(0, len(load), BLOCK):
        rows = slice(start, start + BLOCK)
        part = workload.take(rows)
        found[rows] = _from(part, targets, *guess.of(part))
    return found


def _from(workload: Workload, targets: Targets, guess: Floats, step: Floats) -> Floats:
    def at(agents: Floats, rows: Rows) -> Floats:
        return margin(workload.take(rows), agents, targets)

    return smallest(at, guess, step)


def refuse_abandonment_alone(workload: Workload, targets: Targets) -> None:
    """Nobody gives up where patience is endless: such a target says nothing.

    Raises:
        ValueError: naming it, where it stands alone.
    """
    others = (targets.service_level, targets.asa, targets.occupancy)
    alone = targets.abandonment is not None and others == (None, None, None)
    if alone and np.isinf(workload.patience).any():
        raise ValueError(
            f"abandonment: a target of {targets.abandonment} alone sizes nothing where patience is infinite, "
            "since nobody gives up; give a finite patience or another target"
        )


def _refuse_unreachable(workload: Workload, targets: Targets) -> None:
    refuse_abandonment_alone(workload, targets)
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
