"""Days cut into stretches, and stretches of like size computed side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.stretches import Stretches, Whole

IMPATIENT = 1e-3
"""Patience below this share of the AHT is none."""

CELLS = 4e6
"""Steps x states x stretches held at once: 32 MB."""


@dataclass(frozen=True, slots=True)
class Days:
    """What is asked for; arrays of shape (days, intervals) unless said otherwise."""

    calls: Floats
    """Per interval."""
    aht: Floats
    """Seconds, > 0."""
    agents: Floats
    patience: Floats
    """Seconds, may be infinite; below `IMPATIENT` x AHT none."""
    lines: Floats
    opens: npt.NDArray[np.bool_]
    """True where a stretch begins."""
    present: Whole
    """Callers there at the start; shape (days,)."""
    interval: float
    threshold: float
    finish: bool
    drain: bool


def by_stretch(days: Days, work: Callable[[Stretches], dict[str, Floats]]) -> dict[str, Floats]:
    """`work` done on all stretches, its results put back to the shape (days, intervals)."""
    result: dict[str, Floats] = {}
    for day, first, length in _batches(days):
        found = work(_gather(days, day, first, length))
        column = np.arange(int(length.max()))
        inside = column < length[:, None]
        rows, columns = np.broadcast_arrays(day[:, None], first[:, None] + column)
        for name, value in found.items():
            whole = result.setdefault(name, np.zeros(days.calls.shape))
            whole[rows[inside], columns[inside]] = value[inside]
    return result


def _batches(days: Days) -> Iterator[tuple[Whole, Whole, Whole]]:
    """Day, first interval and length of the stretches of each batch, the longest first."""
    opens = days.opens.copy()
    opens[:, 0] = True
    day, first = np.nonzero(opens)
    last = np.append(first[1:], 0)
    length = np.where(last > first, last, opens.shape[1]) - first
    pace = (np.minimum(days.agents, days.calls + 10) / days.aht + days.calls / days.interval) * days.interval
    steps = np.maximum.reduceat(pace.ravel(), day * opens.shape[1] + first) + 50
    size = np.ceil(np.log2(steps))
    order = np.lexsort((-length, size))
    edges = np.flatnonzero(np.diff(size[order])) + 1
    for group in np.split(order, edges):
        most = max(1, int(CELLS / (2 * steps[group].max() ** 1.5)))
        for begin in range(0, len(group), most):
            some = group[begin : begin + most]
            yield day[some], first[some], length[some]


def _gather(days: Days, day: Whole, first: Whole, length: Whole) -> Stretches:
    """The stretches, each with its last interval's agents from its end on, but without calls."""
    column = np.arange(int(length.max()) + 1)
    inside = column < length[:, None]
    cell = (day[:, None], np.where(inside, first[:, None] + column, (first + length - 1)[:, None]))
    agents, aht, patience = days.agents[cell], days.aht[cell], days.patience[cell]
    at_once = patience < IMPATIENT * aht
    return Stretches(
        arriving=np.where(inside, days.calls[cell] / days.interval, 0.0),
        serving=1 / aht,
        leaving=np.divide(1.0, patience, out=np.zeros_like(aht), where=~at_once),
        at_once=at_once.astype(np.float64),
        agents=agents if days.drain else np.where(inside, agents, 0.0),
        lines=days.lines[cell],
        length=length,
        present=np.where(first == 0, days.present[day], 0),
        interval=days.interval,
        threshold=days.threshold,
        finish=days.finish,
        drain=days.drain,
    )
