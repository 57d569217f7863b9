"""From a mix of patterns to one pattern a person: settle single assignments, price again, and so on to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.roster.patterns.generate import Generator, Space
from staffing.roster.patterns.master import Mix
from staffing.roster.program import Ints

WHOLE = 1 - 1e-6
_USED = 1e-7


@dataclass(frozen=True)
class Depth:
    """How a dive goes down.

    `share` of all assignments settled in a step, those above `sure` in any case; at most `rounds` of pricing
    after each step; `least` is the weight of compatible patterns below which an assignment is not settled.
    """

    share: float = 0.05
    sure: float = 0.97
    rounds: int = 8
    least: float = 0.4


def dive(
    generator: Generator,
    space: Space,
    mix: Mix,
    depth: Depth,
    over: Callable[[], bool],
    cutoff: float = np.inf,
) -> Ints | None:
    """A pattern for each person inside, shape (people inside, days); None when cut off by `over` or `cutoff`."""
    settled = np.zeros(space.idle.shape, dtype=np.bool_)
    while True:
        used = mix.weights > _USED
        owners, patterns, weights = generator.owners[used], generator.patterns[used], mix.weights[used]
        if len(owners) == len(generator.people):
            order = np.argsort(owners)
            return patterns[order]
        if over() or mix.value >= cutoff:
            return None
        options, days, whose = _surest(owners, patterns, weights, settled, depth)
        options, days, whose, barred = generator.keep_own_rows(space, options, days, whose)
        settled[whose, days] = True
        space = space.fixed(options, days, whose, generator.siblings)
        space.blocked[barred] = True
        generator.allow(space)
        found = generator.run(space, depth.rounds, over, tail=0.05)
        if found is None:
            return None
        mix = found


def _surest(
    owners: Ints, patterns: Ints, weights: np.ndarray, settled: np.ndarray, depth: Depth
) -> tuple[Ints, Ints, Ints]:
    """The assignments to settle next: the heaviest that some pattern of the person combines."""
    which, days = np.nonzero((patterns >= 0) & ~settled[owners])
    options = patterns[which, days]
    unlike, at = np.unique(options, return_inverse=True)
    heavy = np.bincount(at, weights[which])
    day_of, owner_of = np.zeros(len(unlike), np.int64), np.zeros(len(unlike), np.int64)
    day_of[at], owner_of[at] = days, owners[which]
    target = max(1, int(depth.share * (patterns >= 0).sum() * len(np.unique(owners)) / len(owners)))
    compatible = np.ones(len(owners), dtype=np.bool_)
    chosen: list[int] = []
    split = np.bincount(owners, minlength=int(owners.max()) + 1) > 1
    fractional = 0
    for i in np.argsort(-heavy, kind="stable").tolist():
        if heavy[i] < depth.sure and fractional >= target:
            break
        mine = compatible & (owners == owner_of[i])
        fits = mine & (patterns[:, day_of[i]] == unlike[i])
        if weights[fits].sum() < (depth.least if chosen else 0):
            continue
        compatible &= ~mine | fits
        chosen.append(i)
        fractional += bool(split[owner_of[i]] and heavy[i] < WHOLE)
    return unlike[chosen], day_of[chosen], owner_of[chosen]
