"""How many agents the targets need."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.breakpoints import by_breakpoints
from staffing.queueing.sizing.guess import Guess
from staffing.queueing.sizing.margin import ROUNDING, margin, margins
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.redial import attempts
from staffing.queueing.stationary.workload import Workload, given

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

COUNTABLE = 1e15
"""Numbers of agents up to here are exact as floats, with room to search in."""

BLOCK = 1 << 16
"""Queues searched at once: bounds what the search holds."""

TRIED = 4096
"""Numbers of agents tried one by one for a queue; of more, so many evenly spaced ones, and then those between."""

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

    Figures get better with the agents, so the number is found by bisection from both sides: with impatient callers it
    may lie below the load. Limited lines are the exception: losses may shift from blocking to abandonment, so that
    "abandonment" (with redials) or an "excluding_short" service level (with patience shorter than the handling time)
    gets worse with an agent more. There every number is tried (of more than 4096, as many evenly spaced ones first).
    Without calls it is 0, with calls at least 1; callers with endless patience and lines need more agents than the
    load whatever the targets (`Targets()` asks for no more than that). A target missed by less than 1e-12 of itself
    counts as met. Arguments as for `performance`.

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
            shifting = _shifting(busy, targets)
            if shifting.any():
                found = np.empty(len(shifting))
                found[shifting] = _tried(busy.take(shifting), targets)
                if not shifting.all():
                    found[~shifting] = _closed_in(busy.take(~shifting), targets)
            else:
                found = _closed_in(busy, targets)
            result[rows] = found
    return result


def _closed_in(workload: Workload, targets: Targets) -> Floats:
    """The numbers where every figure is monotone in the agents."""
    _refuse_too_few_lines(workload, targets)
    found = by_breakpoints(workload, targets, search)
    return search(workload, targets) if found is None else found


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


def _refuse_too_few_lines(workload: Workload, targets: Targets) -> None:
    """With an agent on every line service is as good as it gets."""
    limited = np.flatnonzero(np.isfinite(workload.lines))
    if not len(limited):
        return
    part = workload.take(limited)
    for name, value in _with_all_lines_staffed(part, targets).items():
        missed = np.flatnonzero(value + ROUNDING < 0)
        if name != "occupancy" and len(missed):
            _refuse(name, targets, part.lines[missed[0]])


def _with_all_lines_staffed(workload: Workload, targets: Targets) -> dict[str, Floats]:
    agents = np.maximum(workload.lines, 1.0)
    arrivals = attempts(workload, agents)
    shares = flows(workload.queues(arrivals, agents))
    return margins(workload, agents, arrivals, shares, targets)


def _refuse(name: str, targets: Targets, lines: float, others: str = "") -> NoReturn:
    raise ValueError(
        f"{name}: no number of agents reaches {getattr(targets, name)} with {lines:g} lines{others}"
    )


def _shifting(workload: Workload, targets: Targets) -> Bools:
    """Where a target may be missed with an agent more, since fewer are blocked and more give up, or the reverse."""
    limited = np.isfinite(workload.lines) & np.isfinite(workload.patience)
    again, hasty = workload.redial > 0, workload.patience < workload.aht
    shifting = np.zeros(len(limited), dtype=np.bool_)
    if targets.abandonment is not None:
        shifting |= limited & again
    if targets.service_level is not None and targets.definition == "excluding_short":
        shifting |= limited & (again | hasty)
    return shifting


def _tried(workload: Workload, targets: Targets) -> Floats:
    """The numbers where losses shift: all are tried, from the one that the monotone targets need."""
    steady = replace(targets, abandonment=None)
    if targets.definition == "excluding_short":
        steady = replace(steady, service_level=None)
    low = _closed_in(workload, steady)
    high = np.maximum(low, np.minimum(workload.lines, 4 * COUNTABLE))
    met = margin(workload, high, targets) >= 0
    rows = np.flatnonzero(met)
    high[rows] = _halved(workload.take(rows), low[rows], high[rows], targets)
    met[rows] = _unblocked(workload.take(rows), low[rows], high[rows])
    found = np.where(met, high, np.inf)
    rows = np.flatnonzero(~met)
    widths = np.minimum(high[rows] - low[rows] + 1, TRIED)
    blocks = np.cumsum(widths) // BLOCK
    for block in np.unique(blocks):
        some = rows[blocks == block]
        found[some] = _first(workload.take(some), low[some], high[some], targets)
    missed = np.flatnonzero(np.isinf(found))
    if len(missed):
        part = workload.take(missed[:1])
        names = [name for name, value in _with_all_lines_staffed(part, targets).items() if value[0] < 0]
        given = [getattr(targets, name) for name in ("service_level", "abandonment", "asa", "occupancy")]
        alone = sum(each is not None for each in given) == 1
        _refuse(names[0], targets, part.lines[0], "" if alone else " where the other targets are met")
    return found


def _halved(workload: Workload, low: Floats, high: Floats, targets: Targets) -> Floats:
    """Numbers from `low` to `high` that meet the targets as `high` does, while one agent fewer misses them."""
    below, high = low - 1, high.copy()
    rows = np.flatnonzero(high - below > 1)
    while len(rows):
        middle = np.floor((below[rows] + high[rows]) / 2)
        met = margin(workload.take(rows), middle, targets) >= 0
        high[rows[met]], below[rows[~met]] = middle[met], middle[~met]
        rows = rows[high[rows] - below[rows] > 1]
    return high


def _unblocked(workload: Workload, low: Floats, high: Floats) -> Bools:
    """Whether the lines are as good as unlimited from `low` to `high`, or nothing lies between: no losses shift.

    For given arrivals blocking is monotone in the agents, and the fewest agents make most arrivals.
    """
    arrivals = attempts(workload, low)
    blocked = [flows(workload.queues(arrivals, agents)).blocked for agents in (low, high)]
    same: Bools = (low == high) | (np.maximum(*blocked) < ROUNDING / 10)
    return same


def _first(workload: Workload, low: Floats, high: Floats, targets: Targets) -> Floats:
    """The smallest of the numbers from `low` to `high` that meets the targets; infinite where none does."""
    found, low, high = np.full(len(low), np.inf), low.copy(), high.copy()
    rows = np.arange(len(low))
    while len(rows):
        gaps = high[rows] - low[rows]
        sizes = np.minimum(gaps + 1, TRIED).astype(np.intp)
        starts = np.cumsum(sizes) - sizes
        places = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        stride = np.repeat(gaps / np.maximum(sizes - 1, 1), sizes)
        owners = np.repeat(rows, sizes)
        tried = np.minimum(low[owners] + np.floor(places * stride + 0.5), high[owners])
        met = margin(workload.take(owners), tried, targets) >= 0
        first = np.minimum.reduceat(np.where(met, tried, np.inf), starts)
        before = np.maximum.reduceat(
            np.where(tried < np.repeat(first, sizes), tried, low[owners] - 1), starts
        )
        found[rows], low[rows], high[rows] = first, before + 1, first
        rows = rows[np.isfinite(first) & (low[rows] < first)]
    return found
