"""The threshold policy when an item takes longer or shorter than a call: an approximation, level by level.

A level is a number of busy agents; all states with waiting calls are one level more. An agent on an item completes
1 / `ratio` per handling time of a call, so that a level's rate depends on the mean number of items in it, which
follows from the balance of items. Items start in the lowest level only. Those that enter the levels above it stay
there for the time tau that the chain spends above it at a stretch, and each is completed meanwhile with the chance
tau / (tau + ratio). Levels and items are found in turn until they agree. With `ratio` 1 the rates do not depend on
the items, and the result is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.channels.walk import Rows, States
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Queues

LEVELS = 1000
"""Reserves up to here are solved level by level."""

CELLS = 1 << 18
"""Rows x levels solved at once."""

ROUNDS = 400
LESS, MORE = 0.5, 1.15
"""A row takes LESS of the next change when the items go to and fro, lest they and the levels chase each other, and
MORE of it, up to all, when they keep their direction."""

CLOSE = 1e-10
"""Change of the items, over the agents, at which the levels agree with them."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What the levels come to, shape (rows,)."""

    log_free: Floats
    """Logarithm of the weight of all levels with a free agent over that of "all busy, nobody waits"."""
    pace: Floats
    """Completions by an agent while calls wait, per handling time of a call."""
    items: Floats
    """Mean number of agents on items."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Agents who take calls and items; rates and times in handling times of a call, fields of shape (rows,)."""

    load: Floats
    agents: Floats
    reserve: Floats
    ratio: Floats
    """Handling time of an item over that of a call."""
    patience: Floats

    def take(self, rows: Rows) -> Pool:
        """Some rows."""
        return Pool(
            self.load[rows], self.agents[rows], self.reserve[rows], self.ratio[rows], self.patience[rows]
        )


def mix(pool: Pool) -> Mix:
    """Solves every row; 1 <= agents, reserve <= LEVELS."""
    count = len(pool.load)
    result = Mix(np.empty(count), np.empty(count), np.empty(count))
    rest = np.argsort(pool.reserve, kind="stable")
    while len(rest):
        some = max(1, CELLS // (int(pool.reserve[rest[-1]]) + 1))
        rows, rest = rest[-some:], rest[:-some]
        part = _solve(pool.take(rows))
        result.log_free[rows], result.pace[rows], result.items[rows] = part.log_free, part.pace, part.items
    return result


def _solve(pool: Pool) -> Mix:
    """Column s of the arrays is the level with s free agents."""
    free = np.arange(float(pool.reserve.max()) + 1)
    items, queued = np.zeros((len(pool.load), len(free))), np.zeros(len(pool.load))
    result = Mix(*(np.zeros_like(pool.load) for _ in range(3)))
    rows, last, part_taken = np.arange(len(pool.load)), np.zeros_like(queued), np.ones_like(queued)
    for _ in range(ROUNDS):
        part, own, behind = pool.take(rows), items[rows], queued[rows]
        gain = 1 / part.ratio - 1
        busy = np.maximum(part.agents[:, None] - free, 1.0)
        pace = 1 + behind * gain / part.agents
        levels = _levels(part, free, busy + own * gain[:, None], pace)
        found = _items(part, free, levels)
        result.log_free[rows], result.pace[rows], result.items[rows] = levels.log_free, pace, found.mean
        more = found.queue - behind
        turned = more * last[rows] < 0
        share = np.minimum(part_taken[rows] * np.where(turned, LESS, MORE), 1.0)
        items[rows] += share[:, None] * (found.level - own)
        queued[rows] += share * more
        last[rows], part_taken[rows] = more, share
        step = np.maximum(np.abs(found.level - own).max(axis=1), np.abs(more))
        rows = rows[step > CLOSE * part.agents]
        if not len(rows):
            break
    return result


@dataclass(frozen=True, slots=True)
class _Levels:
    share: States
    """Probability of each level with s free agents and nobody waiting, shape (rows, levels)."""
    waiting: Floats
    """Probability that calls wait."""
    log_free: Floats


def _levels(pool: Pool, free: Floats, rate: States, pace: Floats) -> _Levels:
    """The chain's probabilities for given rates of each level, and `pace` of an agent while calls wait."""
    full = pool.agents * pace
    same = np.full_like(full, np.inf)
    core = flows(Queues(pool.load / full, np.ones_like(full), pool.patience * full, same, same))
    # The weight of all states without a free agent, over the one where nobody waits.
    queue = np.log(core.waiting) - np.log(core.idle) - np.log(pool.load / full)
    more = np.log(rate[:, :-1]) - np.log(pool.load[:, None])
    weight = np.concatenate([np.zeros((len(full), 1)), np.cumsum(more, axis=1)], axis=1)
    weight = np.where(free <= pool.reserve[:, None], weight, -np.inf)
    growing = ~np.isfinite(queue)
    top = np.maximum(weight.max(axis=1), np.where(growing, 0.0, queue))
    share = np.exp(weight - top[:, None])
    behind = np.where(growing, 0.0, np.maximum(np.exp(queue - top) - share[:, 0], 0.0))
    total = share.sum(axis=1) + behind
    return _Levels(
        share=np.where(growing[:, None], 0.0, share / total[:, None]),
        waiting=np.where(growing, 1.0, behind / total),
        log_free=np.log(share[:, 1:].sum(axis=1)) + top,
    )


@dataclass(frozen=True, slots=True)
class _Items:
    level: States
    """Mean number of items in each level, shape (rows, levels)."""
    queue: Floats
    """The same while calls wait."""
    mean: Floats


def _items(pool: Pool, free: Floats, levels: _Levels) -> _Items:
    """The items that the probabilities of the levels come to."""
    share, ratio, reserve = levels.share, pool.ratio[:, None], pool.reserve[:, None]
    above = levels.waiting[:, None] + np.cumsum(share, axis=1)
    enter = pool.load[:, None] * np.concatenate([share[:, 1:], np.zeros_like(ratio)], axis=1)
    # What an item in the level below comes to, on average over time, in this level and those above it.
    kept = _over(above * ratio * enter, ratio * enter + above)
    first = pool.load * share[:, 0]
    behind = _over(levels.waiting * pool.ratio * first, pool.ratio * first + levels.waiting)
    deeper = np.concatenate([behind[:, None], kept[:, :-1]], axis=1)
    passed = np.where(free < reserve, _over(kept, share + deeper), 1.0)
    shape = np.cumprod(passed[:, ::-1], axis=1)[:, ::-1]
    lowest = pool.reserve.astype(np.intp)[:, None]
    here, beyond = (np.take_along_axis(values, lowest, axis=1)[:, 0] for values in (share, deeper))
    # As many start as are completed, and one starts at each completion in the lowest level.
    started = here * pool.ratio
    most = _over(started * (pool.agents - pool.reserve), beyond + started)
    return _Items(
        level=np.where(free <= reserve, shape * most[:, None], 0.0),
        queue=shape[:, 0] * most * _over(behind, levels.waiting),
        mean=most * (here + beyond),
    )


def _over(part: States, whole: States) -> States:
    """`part` / `whole`, 0 where `whole` is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
