"""Unlimited lines: Erlang C, and Erlang A by positive integrals.

With x = agents * patience, y = load * patience (times in handling times) and t in mean patiences, the virtual
wait of an arriving call has the density (A. Mandelbaum and S. Zeltyn, 2005)

    p_n x v(t),   v(t) = exp(y (1 - exp(-t)) - x t),

p_n being the probability of "all busy, nobody waits". v is log-concave; a call answered after t weighs
exp(-t) v(t), one lost after t (1 - exp(-t)) v(t). What lies beyond a time T is again such an integral, with
y exp(-T) in the place of y. The incomplete gamma function that Palm's closed form needs is not used: its
quotients are lost to overflow for patient callers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.erlang import free_weight
from staffing.queueing.stationary.model import Flows, Queues
from staffing.queueing.stationary.quadrature import WEIGHTS, left_edge, right_edge, spread

STEPS = 16
"""States summed one by one where x < STEPS: beyond them the density is narrow enough for the nodes."""

FOREVER = 600.0
"""Mean patiences after which exp(-t) no longer counts."""


@dataclass(frozen=True, slots=True)
class Series:
    """Sums over the states with j = 0, 1, ... waiting, weighted by their probability over p_n.

    Values are to be multiplied by exp(scale). `slack` is what `scale` exceeds the integrand's peak by.
    """

    scale: Floats
    slack: Floats
    present: Floats
    served: Floats
    lost: Floats
    served_wait: Floats


def erlang_c_flows(queues: Queues) -> Flows:
    """Endless patience, unlimited lines; load >= agents: everybody waits for ever."""
    load, agents = queues.load, queues.agents
    zero, spare = np.zeros_like(load), agents - load
    stable = spare > 0
    spare = np.where(stable, spare, 1.0)
    scale, value = free_weight(agents, load)
    odds = np.exp(np.minimum(scale + np.log(value * spare / agents), 700.0))
    waiting = np.where(stable, 1 / (1 + odds), 1.0)
    late = np.where(stable, waiting * np.exp(-spare * queues.threshold), 1.0)
    return Flows(
        idle=np.where(stable, odds / (1 + odds), 0.0),
        waiting=waiting,
        blocked=zero,
        served=waiting,
        abandoned=zero,
        served_late=late,
        abandoned_late=zero,
        virtual_late=late,
        served_wait=np.where(stable, waiting / spare, np.inf),
    )


def erlang_a_flows(queues: Queues) -> Flows:
    """Finite patience > 0, unlimited lines, at least one agent."""
    load, agents, patience = queues.load, queues.agents, queues.patience
    x, y, excess = agents * patience, load * patience, (load - agents) * patience
    log_y = np.log(np.maximum(y, 1e-300))
    time = queues.threshold / patience
    cut = np.minimum(time, FOREVER)
    left = np.exp(-cut)
    near, far = excess + y * np.expm1(-cut), x * np.expm1(np.log1p(np.maximum(excess, 0.0) / x) - cut)
    whole, rest = _series_twice(
        np.concatenate([x, x]),
        np.concatenate([y, y * left]),
        np.concatenate([excess, np.where(excess > x, far, near)]),
        np.concatenate([log_y, log_y - cut]),
    )
    free_scale, free = free_weight(agents, load)
    top = np.maximum(free_scale, whole.scale)
    free, queue = free * np.exp(free_scale - top), np.exp(whole.scale - top)
    total = free + whole.present * queue
    queue /= total

    beyond = np.minimum(x * FOREVER - agents * queues.threshold, 0.0)
    height = _height(x, y, excess, cut) + np.where(time > FOREVER, beyond, 0.0)
    late = queue * np.exp(height + rest.slack - whole.slack)
    return Flows(
        idle=free / total,
        waiting=whole.present * queue,
        blocked=np.zeros_like(load),
        served=whole.served * queue,
        abandoned=whole.lost * queue,
        served_late=rest.served * late * left,
        abandoned_late=rest.lost * late * left,
        virtual_late=rest.present * late,
        served_wait=whole.served_wait * queue * patience,
    )


def _series_twice(x: Floats, y: Floats, excess: Floats, log_y: Floats) -> tuple[Series, Series]:
    """The sums of two sets of queues in one go: a call costs as much as dozens of rows."""
    both, half = series(x, y, excess, log_y), len(x) // 2
    first = (getattr(both, name)[:half] for name in Series.__slots__)
    second = (getattr(both, name)[half:] for name in Series.__slots__)
    return Series(*first), Series(*second)


def series(x: Floats, y: Floats, excess: Floats, log_y: Floats) -> Series:
    """The sums for x > 0, y >= 0, excess = y - x (given apart: the difference would lose digits)."""
    small = x < STEPS
    if not small.any():
        return _integrals(x, y, excess)
    moved = np.where(small, x + STEPS, x)
    tail = _integrals(moved, y, np.where(small, excess - STEPS, excess))
    whole = Series(*(getattr(tail, name).copy() for name in Series.__slots__))
    parts = Series(*(getattr(tail, name)[small] for name in Series.__slots__))
    summed = _first_states(x[small], log_y[small], parts)
    for name in Series.__slots__:
        getattr(whole, name)[small] = getattr(summed, name)
    return whole


def _first_states(x: Floats, log_y: Floats, tail: Series) -> Series:
    """The first STEPS states one by one, then `tail`, which starts at x + STEPS."""
    step = np.arange(1.0, STEPS + 1)
    rate = x[:, None] + step
    logarithm = np.cumsum(log_y[:, None] - np.log(rate), axis=1)
    peak = logarithm[:, -1] + tail.scale
    scale = np.maximum(peak, 0.0)
    weight = np.exp(np.hstack([-scale[:, None], logarithm - scale[:, None]]))
    first, last = weight[:, :-1], np.exp(peak - scale)
    served = x[:, None] / rate
    waits = np.cumsum(1 / rate, axis=1)
    on = x / (x + STEPS)
    return Series(
        scale=scale,
        slack=scale - peak,
        present=first.sum(axis=1) + last * tail.present,
        served=(first * served).sum(axis=1) + last * on * tail.served,
        lost=(first * step / rate).sum(axis=1) + last * (tail.lost + STEPS / (x + STEPS) * tail.served),
        served_wait=(first * served * waits).sum(axis=1)
        + last * on * (waits[:, -1] * tail.served + tail.served_wait),
    )


def _integrals(x: Floats, y: Floats, excess: Floats) -> Series:
    """The sums as integrals, for x >= STEPS."""
    over = np.maximum(excess, 0.0)
    mode = np.log1p(over / x)
    tilt, curvature = np.maximum(-excess, 0.0), np.minimum(x, y)
    low = -np.minimum(mode, left_edge(x))
    high = right_edge(tilt, curvature)
    t = spread(low, high)
    change = np.expm1(-t)
    density = change + t
    density *= curvature[:, None]
    density += tilt[:, None] * t
    np.negative(density, out=density)
    np.exp(density, out=density)
    unit = x * (high - low)
    base = np.exp(-mode)
    mass = (density @ WEIGHTS) * unit
    np.multiply(density, change, out=change)
    shift = (change @ WEIGHTS) * unit
    density += change
    t += mode[:, None]
    density *= t
    wait = (density @ WEIGHTS) * unit
    return Series(
        scale=np.maximum(over - x * mode, 0.0),
        slack=np.zeros_like(x),
        present=mass,
        served=base * (mass + shift),
        lost=mass * -np.expm1(-mode) - base * shift,
        served_wait=base * wait,
    )


def _height(x: Floats, y: Floats, excess: Floats, time: Floats) -> Floats:
    """Logarithm of v(time) over the peak of v, with the peak of what lies beyond `time` taken out again."""
    small = x < STEPS
    x, excess = np.where(small, x + STEPS, x), np.where(small, excess - STEPS, excess)
    mode = np.log1p(np.maximum(excess, 0.0) / x)
    past = np.maximum(time - mode, 0.0)
    bent = np.expm1(-past) + past
    height: Floats = -np.minimum(x, y) * bent - np.maximum(-excess, 0.0) * past
    return height
