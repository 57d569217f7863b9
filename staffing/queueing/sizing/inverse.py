"""The requirement asked the other way round: given the agents, how much may come, last, or be put up with.

Every answer meets the targets, and is exact to about 1e-12 of itself. Where lines are limited some figures get
better again in a deep overload (callers are blocked instead of abandoning): the answer then is the first crossing
on the way up, found on a grid of volumes 11 % apart.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import whole
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.margin import ROUNDING, margin
from staffing.queueing.sizing.required import refuse_abandonment_alone
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.crossing import first_negative, last_positive
from staffing.queueing.stationary.workload import Workload, given

Rows = npt.NDArray[np.intp]
Change = Callable[[Workload, Floats], Workload]

GRID = np.exp(np.arange(-64.0, 65.0) * 0.105)
"""Volumes over the number of agents, in Erlangs, that limited lines are looked at with: 1/800 to 800."""

PATIENCE_GRID = np.concatenate([[0.0], 10.0 ** np.arange(-9.0, 12.1, 0.25), [1e20, 1e50, 1e99, np.inf]])
"""Seconds of patience that are looked at first."""

INSIDE = ROUNDING / 2
"""Answers lie so far inside the targets that rounding, which differs from call to call, does not undo them."""

ZOOMS = 6
"""Times the search for a patience that meets the targets is narrowed, to a quarter each, before it is given up."""


def most_calls(
    agents: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """The most calls an interval that the agents take within every target; a fraction, since it is a mean.

    `required_agents` asks for no more than `agents` at this volume, and for more beyond it. 0 without agents;
    infinite where no volume breaks the targets, such as handling times of 0. Shape: what the arguments broadcast to;
    they are those of `required_agents`, and `agents` whole, >= 0.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be or not whole, and
            "abandonment" if it is the only target where patience is infinite.
    """
    workload, (staff,), shape = given(
        agents=whole("agents", agents),
        aht=aht,
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
        threshold=targets.threshold,
    )
    with np.errstate(all="ignore"):  # infinities are meant
        start = staff / (workload.aht / workload.interval)
        result = _largest(workload, staff, targets, Workload.with_calls, start)
    return np.where(staff > 0, result, 0.0).reshape(shape)


def longest_aht(
    calls: npt.ArrayLike,
    agents: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """The longest mean handling time, in seconds, with which the agents take the calls within every target.

    The average AHT that a desk can afford: what is above it has to come off the calls or be met with more agents.
    0 where not even the shortest calls could be taken (no agents), infinite where no length breaks the targets (no
    calls). Shape, arguments and errors as for `most_calls`.
    """
    workload, (staff,), shape = given(
        calls=calls,
        agents=whole("agents", agents),
        interval=interval,
        patience=patience,
        lines=lines,
        redial=redial,
        threshold=targets.threshold,
    )
    result = np.where(workload.calls > 0, 0.0, np.inf)
    rows = np.flatnonzero((workload.calls > 0) & (staff > 0))
    with np.errstate(all="ignore"):  # infinities are meant
        busy, present = workload.take(rows), staff[rows]
        start = present * (busy.interval / busy.calls)
        result[rows] = _largest(busy, present, targets, Workload.with_aht, start)
    return result.reshape(shape)


def shortest_patience(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    targets: Targets,
    *,
    interval: npt.ArrayLike = 1800,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """The shortest mean patience, in seconds, with which the agents meet every target: how impatient callers may be.

    Shorter patience always raises abandonment, but shortens waits and relieves the agents, so that a target of ASA,
    of occupancy or of the "answered" or "virtual" service level is met the better the less patient callers are, and
    the "offered" service level is best in between. Hence the answer is 0 where the targets hold with callers of no
    patience at all, infinite where only endless patience meets them, and nan where none does. A longer patience than
    the answer does not always meet the targets. Shape, arguments and errors as for `most_calls`.
    """
    workload, (staff,), shape = given(
        calls=calls,
        aht=aht,
        agents=whole("agents", agents),
        interval=interval,
        lines=lines,
        redial=redial,
        threshold=targets.threshold,
    )
    result = np.where(workload.calls > 0, np.nan, 0.0)
    rows = np.flatnonzero((workload.calls > 0) & (staff > 0))
    with np.errstate(all="ignore"):  # infinities are meant
        result[rows] = _shortest(workload.take(rows), staff[rows], targets)
    return result.reshape(shape)


def _largest(workload: Workload, agents: Floats, targets: Targets, change: Change, start: Floats) -> Floats:
    """The largest number for `change` up to which the targets are met; `start` makes one Erlang an agent."""
    refuse_abandonment_alone(workload, targets)

    def at(numbers: Floats, rows: Rows) -> Floats:
        return margin(change(workload.take(rows), numbers), agents[rows], targets) - INSIDE

    result = np.full(len(start), np.inf)
    rows = np.flatnonzero(np.isfinite(start) & (agents > 0))
    limited = rows[np.isfinite(workload.lines[rows])]
    result[limited] = _first_crossing(at, start[limited], limited)
    open_ = rows[np.isinf(workload.lines[rows]) | np.isinf(result[rows])]
    result[open_] = last_positive(lambda numbers, some: at(numbers, open_[some]), start[open_])
    return result


def _first_crossing(at: Callable[[Floats, Rows], Floats], start: Floats, rows: Rows) -> Floats:
    """The same on the grid; infinite where the grid does not show it."""
    grid = np.clip(start[:, None] * GRID, 1e-300, 1e300)
    met = at(grid.ravel(), np.repeat(rows, len(GRID))).reshape(grid.shape) >= 0
    place = np.argmin(met, axis=1)
    some = np.flatnonzero(met[:, 0] & ~met.all(axis=1))
    result = np.full(len(start), np.inf)
    low, high = grid[some, place[some] - 1], grid[some, place[some]]
    result[some] = first_negative(lambda numbers, part: at(numbers, rows[some][part]), low, high)
    return result


def _shortest(workload: Workload, agents: Floats, targets: Targets) -> Floats:
    def at(patience: Floats, rows: Rows) -> Floats:
        return margin(workload.take(rows).with_patience(patience), agents[rows], targets) - INSIDE

    count, width = len(agents), len(PATIENCE_GRID)
    every = np.arange(count)
    seconds = np.broadcast_to(PATIENCE_GRID, (count, width))
    value = at(seconds.ravel(), np.repeat(every, width)).reshape(count, width)
    place = np.where((value >= 0).any(axis=1), np.argmax(value >= 0, axis=1), np.argmax(value, axis=1))
    met = value[every, place] >= 0
    high = seconds[every, place]
    low = seconds[every, np.maximum(place - 1, 0)]
    far = seconds[every, np.minimum(place + 1, width - 1)]
    rows = np.flatnonzero(~met & (low > 0) & np.isfinite(far))
    low[rows], high[rows], met[rows] = _zoomed(at, rows, low[rows], far[rows])
    result = np.where(met, high, np.nan)
    some = np.flatnonzero(met & (high > 0) & np.isfinite(high))
    floor = np.maximum(low[some], 1e-200)
    # In reciprocals: `crossing` seeks the last number that still meets, counted from the side that does.
    found = first_negative(lambda numbers, part: at(1 / numbers, some[part]), 1 / high[some], 1 / floor)
    result[some] = 1 / found
    return result


def _zoomed(
    at: Callable[[Floats, Rows], Floats], rows: Rows, low: Floats, high: Floats
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Neighbours that miss and meet the targets where the first grid stepped over a short stretch that does."""
    share = np.linspace(0.0, 1.0, 17)
    every = np.arange(len(rows))
    met = np.zeros(len(rows), dtype=np.bool_)
    best = high
    for _ in range(ZOOMS):
        grid = np.exp(np.log(low)[:, None] * (1 - share) + np.log(high)[:, None] * share)
        value = at(grid.ravel(), np.repeat(rows, len(share))).reshape(grid.shape)
        found = (value >= 0).any(axis=1)
        place = np.where(found, np.argmax(value >= 0, axis=1), np.argmax(value, axis=1))
        low = np.where(met, low, grid[every, np.maximum(place - 1, 0)])
        best = np.where(met, best, grid[every, place])
        high = np.where(met, high, grid[every, np.minimum(place + 1, len(share) - 1)])
        met = met | found
    return low, best, met
