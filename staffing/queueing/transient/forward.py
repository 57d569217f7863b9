"""The distribution of the number present, interval by interval, over as many states as it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, log

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.chain import Chain, chain, walk
from staffing.queueing.transient.change import pass_on, put_off
from staffing.queueing.transient.poisson import NEGLIGIBLE, beyond, poisson
from staffing.queueing.transient.stretches import Staffed, Stretches

LOST = 1e-12
"""Expected calls an interval that may be turned away for want of states."""

KEPT = 8e6
"""Numbers of short walks kept at most, all intervals together: 64 MB."""

LARGEST = 2e8
"""States x steps of an interval at most: about a minute, and 1.6 GB."""

UNLIKELY = 1e-16
"""States beyond those of this probability are dropped between intervals."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One interval of the stretches that have it; arrays of shape (stretches, states) unless said otherwise."""

    chain: Chain
    start: Floats
    """Probabilities at the start, after agents have come and gone."""
    end: Floats
    """At the end, before they do."""
    spent: Floats
    """Seconds spent in each state."""
    early: Floats
    """Seconds of the first part of the interval spent in each state: those after which the threshold lies within."""
    nodes: Floats
    """Probabilities at the moments asked for; shape (moments, stretches, states)."""
    taken: Floats
    """Expected calls that leaving agents finish elsewhere; shape (stretches,)."""
    returned: Floats
    """Expected calls that leaving agents hand back; shape (stretches,)."""
    put_off: Floats
    """Expected callers in the queue who leave at the start, having no patience; shape (stretches,)."""
    walked: Floats | None
    """Probabilities after every step of the chain, shape (steps, stretches, states), where they are few."""
    neglected: Floats
    """Bound on the probability that was dropped; shape (stretches,)."""


def forward(stretches: Stretches, early: float, moments: Floats) -> list[Passage]:
    """Every interval in order.

    Args:
        stretches: the longest first.
        early: seconds of the first part of each interval that `Passage.early` is about.
        moments: seconds from an interval's start that `Passage.nodes` is about.
    """
    passages: list[Passage] = []
    kept = 0
    count = stretches.open_at(0)
    states = int(stretches.present.max()) + 1
    state = np.zeros((count, states))
    state[np.arange(count), stretches.present] = 1.0
    for place in range(int(stretches.length.max())):
        count = stretches.open_at(place)
        staffed = stretches.at(place, count)
        state = state[:count]
        taken, returned = np.zeros(count), np.zeros(count)
        if place:
            before = stretches.at(place - 1, count)
            returned = _handed_back(state, before, staffed) * (not stretches.finish)
            state, taken = pass_on(state, before, staffed, stretches.finish)
        state, gone = put_off(state, staffed)
        state, dropped = _trimmed(state)
        begun = _Begun(state, taken, returned, gone, dropped)
        passage = _passage(stretches, staffed, begun, early, moments)
        if passage.walked is not None:
            kept += passage.walked.size
            if kept > KEPT:
                passage = replace(passage, walked=None)
        passages.append(passage)
        state = passage.end
    return passages


def _handed_back(state: Floats, before: Staffed, after: Staffed) -> Floats:
    x = np.arange(float(state.shape[1]))
    fewer = np.minimum(x, before.agents) - np.minimum(x, after.agents)
    mean: Floats = (state * np.maximum(fewer, 0.0)).sum(axis=1)
    return mean


def _trimmed(state: Floats) -> tuple[Floats, Floats]:
    """Without the states that no stretch is likely in, and what that drops."""
    tail = np.cumsum(state[:, ::-1], axis=1)[:, ::-1]
    kept = int(np.count_nonzero((tail > UNLIKELY).any(axis=0)))
    dropped = tail[:, kept] if kept < state.shape[1] else np.zeros(len(state))
    return state[:, :kept], dropped


@dataclass(frozen=True, slots=True)
class _Begun:
    """An interval's start, after agents and callers have come and gone; but for `state` as in `Passage`."""

    state: Floats
    """Probabilities of the states in use."""
    taken: Floats
    returned: Floats
    put_off: Floats
    dropped: Floats
    """Probability of the states left out."""


def _passage(stretches: Stretches, staffed: Staffed, begun: _Begun, early: float, moments: Floats) -> Passage:
    """One interval, with more states until those suffice."""
    state = begun.state
    interval, used = stretches.interval, state.shape[1]
    states = _guess(staffed, used, interval)
    while True:
        made = chain(staffed, states)
        _refuse_too_large(made, interval)
        start = np.zeros((len(state), states))
        start[:, :used] = state
        found, walked = _weighted(made, start, _weights(made, interval, early, moments))
        spent = found[1] / made.rate
        lost = staffed.arriving[:, 0] * spent[:, -1] * made.admitted[:, -1]
        if (lost <= LOST).all():
            break
        states += _more(lost, spent)
    return Passage(
        chain=made,
        start=start,
        end=found[0],
        spent=spent,
        early=found[2] / made.rate,
        nodes=found[3:],
        taken=begun.taken,
        returned=begun.returned,
        put_off=begun.put_off,
        walked=walked,
        neglected=lost + begun.dropped,
    )


def _refuse_too_large(made: Chain, interval: float) -> None:
    """Raise ValueError rather than compute for hours."""
    states = len(made.x)
    if made.rate * interval * states > LARGEST:
        raise ValueError(
            f"calls, agents, aht and patience make a chain of {states} states and {made.rate * interval:.1e} steps "
            f"in an interval of {interval:g} s: too large"
        )


def _guess(staffed: Staffed, used: int, interval: float) -> int:
    """States that may suffice: those in use, and some for what the agents there cannot take."""
    with np.errstate(divide="ignore"):
        memory = np.minimum(interval, 1 / staffed.leaving)
    unserved = used + np.minimum(staffed.arriving * interval, staffed.arriving / staffed.serving)
    infinite = unserved + 8 * np.sqrt(unserved) + 20
    growth = np.maximum(staffed.arriving - staffed.agents * staffed.serving, 0.0) * memory
    some = np.maximum(used + 3 + growth, staffed.agents + 8)
    come = staffed.arriving * interval
    enough = np.minimum(np.minimum(some, infinite), used + come + 9 * np.sqrt(come))
    lines = np.where(staffed.at_once > 0, np.minimum(staffed.lines, staffed.agents), staffed.lines)
    enough = np.minimum(enough, np.maximum(lines + 1, used))
    return max(used + 1, int(enough.max()) + 1)


def _more(lost: Floats, spent: Floats) -> int:
    """States that are missing if the last ones' probabilities fall on as they do."""
    row = int(np.argmax(lost))
    states = spent.shape[1]
    ratio = float(spent[row, -1] / max(spent[row, -2], 1e-300)) if states > 1 else 1.0
    missing = log(LOST / float(lost[row])) / log(ratio) if ratio < 1 else inf
    return int(min(max(missing, 4 + states / 16), 2 * states))


def _weights(made: Chain, interval: float, early: float, moments: Floats) -> Floats:
    """Weight of each number of steps: for the end, the time spent, the early part's, and each moment."""
    count = made.steps(interval)
    whole = poisson(made.rate * interval, count)
    first = beyond(poisson(made.rate * early, count)) if early > 0 else np.zeros(count)
    rows = [whole, beyond(whole), first]
    rows += [poisson(made.rate * moment, count) for moment in moments]
    return np.array(rows)


def _weighted(made: Chain, start: Floats, weights: Floats) -> tuple[Floats, Floats | None]:
    """Sums over the walk with each row of weights, shape (rows, stretches, states); and the walk if it is short."""
    count = weights.shape[1]
    total = np.zeros((len(weights), start.size))
    for first, block in walk(made, start, count):
        part = weights[:, first : first + len(block)]
        rows = np.flatnonzero(part.max(axis=1) > NEGLIGIBLE)
        # Not a matrix product: its threads would idle noisily between these small blocks.
        total[rows] += np.einsum("rk,kc->rc", part[rows], block)
    whole = block.reshape(count, *start.shape) if len(block) == count else None
    return total.reshape(len(weights), *start.shape), whole
