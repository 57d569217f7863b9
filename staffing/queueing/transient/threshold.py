"""The share of an interval's calls answered within the threshold.

A call that comes at t has to be answered by t + T. While both lie in one interval the chance depends on the state
alone, so one walk gives it, and the time spent in each state weighs it. Calls of the interval's last T seconds see
the next intervals' agents, too: for each of some moments t (Gauss-Legendre nodes, more of them the more steps the
chain makes within T) the chance is followed back from t + T through every change of agents in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.chain import Chain, chain
from staffing.queueing.transient.change import left
from staffing.queueing.transient.forward import Passage
from staffing.queueing.transient.poisson import poisson
from staffing.queueing.transient.stretches import Stretches
from staffing.queueing.transient.tagged import before_change

INSTANT = 1e-12
"""Share of an interval that no call is expected to fall into."""

MOST = 160
"""Moments of arrival in a part at most: enough for 6,000 events within the threshold."""


@dataclass(frozen=True, slots=True)
class Part:
    """Moments of arrival within an interval whose deadlines lie in one and the same interval."""

    crossed: int
    """Intervals that end between arrival and deadline."""
    moments: Floats
    """Seconds from the interval's start; shape (moments,)."""
    weights: Floats
    """Seconds that each moment stands for."""
    deadlines: Floats
    """Seconds from the start of the interval that the deadline lies in."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the moments of arrival are divided."""

    early: float
    """Seconds of the interval's first part if its deadlines lie in the same interval, else 0."""
    parts: tuple[Part, ...]

    @property
    def moments(self) -> Floats:
        """Of all parts."""
        return np.concatenate([np.empty(0), *(part.moments for part in self.parts)])


def plan(stretches: Stretches) -> Plan:
    """The division, the same for all intervals."""
    interval, threshold = stretches.interval, stretches.threshold
    whole, rest = divmod(threshold, interval)
    split = interval - rest if rest > INSTANT * interval else interval
    parts = []
    if whole:
        parts.append(_part(stretches, int(whole), 0.0, split))
    if split < interval:
        parts.append(_part(stretches, int(whole) + 1, split, interval))
    return Plan(early=0.0 if whole else split, parts=tuple(parts))


def _part(stretches: Stretches, crossed: int, first: float, last: float) -> Part:
    busy = np.minimum(stretches.agents, stretches.present.max() + 1e4) * stretches.serving
    fastest = float((busy + stretches.arriving + stretches.leaving).max())
    count = min(8 + ceil(2 * sqrt(fastest * min(last - first, stretches.threshold))), MOST)
    nodes, weights = np.polynomial.legendre.leggauss(count)
    length = (last - first) / 2
    moments = first + length * (1 + nodes)
    deadlines = moments + stretches.threshold - crossed * stretches.interval
    return Part(crossed, moments, length * weights, deadlines)


def answered_in_time(stretches: Stretches, planned: Plan, place: int, passage: Passage) -> Floats:
    """Integral over the interval of the chance to be answered in time: seconds; shape (stretches,)."""
    admitted = passage.chain.admitted
    total = np.zeros(len(passage.start))
    if planned.early:
        chance = _within(passage.chain, np.array([stretches.threshold]))[0]
        total += (passage.early * admitted * chance).sum(axis=1)
    done = 0
    for part in planned.parts:
        states = passage.nodes[done : done + len(part.moments)]
        done += len(part.moments)
        chances = _across(stretches, part, place, passage.chain)
        total += np.einsum("g,gbx,gbx,bx->b", part.weights, states, chances, admitted)
    return total


def _across(stretches: Stretches, part: Part, place: int, made: Chain) -> Floats:
    """The chance at each moment of arrival; shape (moments, stretches, states)."""
    count, states = made.up.shape
    last = chain(stretches.at(place + part.crossed, count), states)
    chances = _within(last, part.deadlines)
    for step in range(part.crossed, 0, -1):
        before, after = (stretches.at(place + step - back, count) for back in (1, 0))
        fewer = left(before, after, stretches.finish)
        chances = before_change(
            chances, np.ones(len(chances)), np.zeros(len(chances)), (before, after), fewer, states
        )
        seconds = np.full(len(part.moments), stretches.interval)
        if step == 1:
            seconds = stretches.interval - part.moments
        chances = _back(chain(before, states) if step > 1 else made, chances, seconds)
    return chances


def _within(made: Chain, seconds: Floats) -> Floats:
    """The chance to be answered within each time, staff unchanged; shape (times, stretches, states)."""
    count = made.steps(float(seconds.max()))
    weights = np.array([poisson(made.rate * each, count) for each in seconds])
    stay = 1.0 - made.nearer - made.gone
    chance = np.empty((count, *stay.shape))
    chance[0] = 1.0 - made.waits
    for k in range(1, count):
        np.multiply(stay, chance[k - 1], out=chance[k])
        chance[k, :, 1:] += made.nearer[:, 1:] * chance[k - 1, :, :-1]
    return np.asarray(np.einsum("tk,kbx->tbx", weights, chance))


def _back(made: Chain, chances: Floats, seconds: Floats) -> Floats:
    """The chances some time earlier, a time of its own for each; shape (times, stretches, states)."""
    longest = float(seconds.max())
    weights = poisson(made.rate * longest, made.steps(longest))
    pace = (seconds / longest)[:, None, None]
    nearer, stay = made.nearer[:, 1:] * pace, 1.0 - (made.nearer + made.gone) * pace
    value, other, spare = chances.copy(), np.empty_like(chances), np.empty_like(nearer)
    result: Floats = weights[0] * value
    for weight in weights[1:]:
        np.multiply(stay, value, out=other)
        np.multiply(nearer, value[:, :, :-1], out=spare)
        other[:, :, 1:] += spare
        value, other = other, value
        np.multiply(value, weight, out=other)
        result += other
    return result
