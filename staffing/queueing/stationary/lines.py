"""Limited lines: M/M/n/K and M/M/n/K+M, state by state.

With m = lines - agents places to wait, a caller who finds j < m waiting goes through j + 1 stages of rates
n + j eta, ..., n (per handling time). All terms are positive. The virtual wait exceeds t with probability

    p_n sum over k < m of w_k exp(-(n + k eta) t) h_(m-k)(z),   h_i(z) = sum over l < i of z**l / l!,

where w_k = product of a / (n + i eta) over i <= k and z = a (1 - exp(-eta t)) / eta (a t when eta = 0), found by
integrating the density of the wait by parts m times. The served share of each term is
n exp(-eta t) / (n + (k + 1) eta).
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.erlang import free_weight
from staffing.queueing.stationary.model import Flows, Queues


def loss_flows(queues: Queues) -> Flows:
    """Nobody can wait: Erlang B."""
    zero = np.zeros_like(queues.load)
    scale, value = free_weight(queues.agents, queues.load)
    odds = scale + np.log(value)
    return Flows(
        idle=np.exp(-np.logaddexp(0.0, -odds)),
        waiting=zero,
        blocked=np.exp(-np.logaddexp(0.0, odds)),
        served=zero,
        abandoned=zero,
        served_late=zero,
        abandoned_late=zero,
        virtual_late=zero,
        served_wait=zero,
    )


def limited_flows(queues: Queues) -> Flows:
    """At least one agent, a finite number of places >= 1, patience > 0."""
    size = int(queues.places.max())
    agents, load = queues.agents[:, None], queues.load[:, None]
    eta = 1 / queues.patience[:, None]
    step = np.arange(1.0, size + 1)
    rate = agents + step * eta
    weight = np.concatenate(
        [np.zeros((len(queues), 1)), np.cumsum(np.log(load) - np.log(rate), axis=1)], axis=1
    )
    inside = np.arange(size) < queues.places[:, None]
    last = np.take_along_axis(weight, queues.places.astype(np.intp)[:, None], axis=1)[:, 0]
    state = np.where(inside, weight[:, :-1], -np.inf)

    free_scale, free_value = free_weight(queues.agents, queues.load)
    free = free_scale + np.log(free_value)
    top = np.maximum(np.maximum(free, last), state.max(axis=1))
    state -= top[:, None]
    free, blocked, present = np.exp(free - top), np.exp(last - top), np.exp(state)
    total = free + blocked + present.sum(axis=1)
    served, waits = agents / rate, np.cumsum(1 / rate, axis=1)
    late = np.exp(state + beyond(queues, eta, step - 1))
    left = np.exp(-eta[:, 0] * queues.threshold)
    lost = step * eta / rate
    return Flows(
        idle=free / total,
        waiting=present.sum(axis=1) / total,
        blocked=blocked / total,
        served=(present * served).sum(axis=1) / total,
        abandoned=(present * lost).sum(axis=1) / total,
        served_late=(late * served).sum(axis=1) / total * left,
        abandoned_late=(late * lost).sum(axis=1) / total * left,
        virtual_late=late.sum(axis=1) / total,
        served_wait=(present * served * waits).sum(axis=1) / total,
    )


def beyond(queues: Queues, eta: Floats, before: Floats) -> Floats:
    """Logarithm of exp(-(n + k eta) t) h_(m-k)(z) for k = 0, 1, ...; minus infinity from k = m on."""
    time = queues.threshold[:, None]
    decay = eta * time
    z = np.where(eta > 0, -queues.load[:, None] * np.expm1(-decay) / eta, queues.load[:, None] * time)
    steps = np.log(z) - np.log(np.maximum(before, 1.0))
    steps[:, 0] = 0.0
    powers = np.logaddexp.accumulate(np.cumsum(steps, axis=1), axis=1)
    place = queues.places[:, None] - 1 - before
    h = np.take_along_axis(powers, np.maximum(place, 0).astype(np.intp), axis=1)
    return np.where(place >= 0, h, -np.inf) - queues.agents[:, None] * time - before * decay
