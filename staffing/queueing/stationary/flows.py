"""Sends each queue to the formula that fits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from staffing.queueing.stationary.crowded import crowded_flows, out_of_reach
from staffing.queueing.stationary.lines import limited_flows, loss_flows
from staffing.queueing.stationary.model import Flows, Queues
from staffing.queueing.stationary.quadrature import ROWS
from staffing.queueing.stationary.waiting import erlang_a_flows, erlang_c_flows
from staffing.queueing.stationary.withdrawn import impatient_flows, unstaffed_flows

Bools = npt.NDArray[np.bool_]
Formula = Callable[[Queues], Flows]

FEW_PLACES = 64
"""Up to here summing state by state is cheaper than asking whether the limit is ever reached."""

MANY_PLACES = 4096
"""From here integrals are cheaper than summing state by state."""

CELLS = 1 << 18
"""Queues x places summed at once."""


def flows(queues: Queues) -> Flows:
    """What becomes of the calls of each queue, for every load and every number of agents, lines and patience."""
    if len(queues) <= ROWS:
        return _block(queues)
    result = Flows.empty(len(queues))
    for start in range(0, len(queues), ROWS):
        rows = slice(start, start + ROWS)
        result.put(rows, _block(queues.take(rows)))
    return result


def _block(queues: Queues) -> Flows:
    result: Flows | None = None
    for formula, fitting in _cases(queues):
        if result is None and fitting.all():
            return formula(queues)
        if fitting.any():
            result = result or Flows.empty(len(queues))
            result.put(fitting, formula(queues.take(fitting)))
    return result or Flows.empty(0)


def _cases(queues: Queues) -> Iterator[tuple[Formula, Bools]]:
    """Each formula with the queues it is for; every queue is in exactly one case."""
    staffed, loss = queues.agents > 0, queues.places == 0
    endless, unlimited = np.isinf(queues.patience), np.isinf(queues.places)
    queue = staffed & ~loss
    fading = queue & (queues.patience > 0)
    yield erlang_c_flows, queue & endless & unlimited
    yield erlang_a_flows, fading & ~endless & unlimited
    yield unstaffed_flows, ~staffed
    yield loss_flows, staffed & loss
    yield impatient_flows, queue & (queues.patience == 0)
    yield _limited, fading & ~unlimited


def _limited(queues: Queues) -> Flows:
    """Finite places: unlimited in effect, or summed, or integrated."""
    result = Flows.empty(len(queues))
    many = queues.places > FEW_PLACES
    far = np.zeros(len(queues), dtype=np.bool_)
    far[many] = out_of_reach(queues.take(many))
    for formula, fitting in (
        (erlang_c_flows, far & np.isinf(queues.patience)),
        (erlang_a_flows, far & np.isfinite(queues.patience)),
        (crowded_flows, ~far & (queues.places > MANY_PLACES)),
    ):
        if fitting.any():
            result.put(fitting, formula(queues.take(fitting)))
    rest = np.flatnonzero(~far & (queues.places <= MANY_PLACES))
    rest = rest[np.argsort(queues.places[rest], kind="stable")]
    while len(rest):
        count = max(1, CELLS // int(queues.places[rest[-1]]))
        rows, rest = rest[-count:], rest[:-count]
        result.put(rows, limited_flows(queues.take(rows)))
    return result
