"""The requirement by table, where many intervals differ in nothing but their calls.

For each number of agents there is a largest number of calls that it takes within the targets: its breakpoint. A
table of breakpoints answers any number of intervals at the price of one binary search each. Limited lines have none:
with more calls more are blocked, and fewer may abandon.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.margin import margin
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.roots import rising_roots
from staffing.queueing.stationary.workload import Workload

Rows = npt.NDArray[np.intp]
Search = Callable[[Workload, Targets], Floats]

FIXED = 2500
EACH = 3
"""The table is faster than the search from FIXED + EACH x breakpoints intervals on (measured)."""

SAMPLE = 33
WIDTH = 0.003
"""Breakpoints found first, and how far in sqrt(agents) Erlangs the others may lie from the line between them."""

CLOSE = 1e-7
"""Calls relatively so near to a breakpoint are judged by their own figures."""


def by_breakpoints(workload: Workload, targets: Targets, search: Search) -> Floats | None:
    """The numbers of agents, or None where a table cannot be used or does not pay."""
    calls = workload.calls
    if len(calls) < FIXED or not _alike(workload) or np.isfinite(workload.lines[0]):
        return None
    ends = np.array([int(np.argmin(calls)), int(np.argmax(calls))])
    first, last = search(workload.take(ends), targets)
    if FIXED + EACH * (last - first) > len(calls):
        return None
    agents = np.arange(first, last, dtype=np.float64)
    table = breakpoints(workload.take(np.full(len(agents), ends[0])), agents, calls[ends], targets)
    found: Floats = first + np.searchsorted(table, calls).astype(np.float64)
    return _settled(workload, targets, calls, found, table, first)


def breakpoints(one: Workload, agents: Floats, ends: Floats, targets: Targets) -> Floats:
    """The most calls that each number of agents takes within the targets, all between the two `ends`.

    A few are found from `ends`. Between them (agents - load) / sqrt(agents) is all but straight over sqrt(agents),
    which brackets the others closely.
    """
    if not len(agents):
        return agents
    per_call = float(one.load(np.ones(len(agents)))[0])
    root = np.sqrt(agents)
    few = np.unique(np.linspace(0, len(agents) - 1, SAMPLE).round().astype(np.intp))
    table = np.full(len(agents), np.nan)
    table[few] = _solve(one, agents, few, np.full(len(few), ends[0]), np.full(len(few), ends[1]), targets)
    spare = np.interp(root, root[few], (agents[few] - table[few] * per_call) / root[few])
    guess, wide = (agents - spare * root) / per_call, WIDTH * root / per_call
    rest = np.flatnonzero(np.isnan(table))
    low, high = np.maximum(guess - wide, ends[0]), np.minimum(guess + wide, ends[1])
    table[rest] = _solve(one, agents, rest, low[rest], high[rest], targets)
    rest = np.flatnonzero(np.isnan(table))
    table[rest] = _solve(one, agents, rest, np.full(len(rest), ends[0]), np.full(len(rest), ends[1]), targets)
    return table


def _solve(
    one: Workload, agents: Floats, chosen: Rows, low: Floats, high: Floats, targets: Targets
) -> Floats:
    def excess(calls: Floats, rows: Rows) -> Floats:
        places = chosen[rows]
        return -margin(one.take(places).with_calls(calls), agents[places], targets)

    return rising_roots(excess, low, high, flat=1e-11)


def _alike(workload: Workload) -> bool:
    others = (workload.aht, workload.interval, workload.patience, workload.lines, workload.redial)
    return all((array == array[0]).all() for array in others)


def _settled(
    workload: Workload, targets: Targets, calls: Floats, found: Floats, table: Floats, first: float
) -> Floats:
    """`found`, with what lies on a breakpoint but for rounding decided by its own margin."""
    if not len(table):
        return found
    place = (found - first).astype(np.intp)
    for shift in (-1, 0):
        near = np.clip(place + shift, 0, len(table) - 1)
        rows = np.flatnonzero(np.abs(calls - table[near]) <= CLOSE * calls)
        if len(rows):
            agents: Floats = first + near[rows].astype(np.float64)
            one = workload.take(np.zeros(len(rows), dtype=np.intp)).with_calls(calls[rows])
            found[rows] = np.where(margin(one, agents, targets) >= 0, agents, agents + 1)
    return found
