"""From a mix of patterns to one pattern a person: settle single assignments, price again, and so on to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.roster.patterns.generate import Generator, Space
from staffing.roster.patterns.master import Floats, Mix
from staffing.roster.patterns.rows import HARD
from staffing.roster.program import Ints, Mask

_USED = 1e-7
ENOUGH = 3  # times as many steps may be taken back that leave somebody without a pattern or break a row


@dataclass(frozen=True)
class Depth:
    """How a dive goes down.

    `share` of all days of all people settled in a step; at most `rounds` of pricing
    after each step; `least` is the weight of compatible patterns below which an assignment is not settled.
    A step that makes the mix dearer by more than `leap` and `leap_share` is taken back, up to `returns` times:
    fewer assignments are settled then, and one that alone costs so much is ruled out. `blur` is how much chance
    has a say in what is settled first.
    """

    share: float = 0.06
    rounds: int = 20
    least: float = 0.4
    leap: float = 1.0
    leap_share: float = 0.001
    returns: int = 60
    blur: float = 0.0


def dive(
    generator: Generator,
    space: Space,
    mix: Mix,
    depth: Depth,
    over: Callable[[], bool],
    cutoff: float = np.inf,
    draw: np.random.Generator | None = None,
) -> Ints | None:
    """A pattern for each person inside, shape (people inside, days); None when cut off by `over` or `cutoff`."""
    settled = np.zeros(space.idle.shape, dtype=np.bool_)
    share, returns = depth.share, 0
    while True:
        used = np.flatnonzero(mix.weights > _USED)
        owners, patterns, weights = generator.owners[used], generator.patterns[used], mix.weights[used]
        order = np.argsort(owners)
        if np.array_equal(owners[order], generator.people):
            return patterns[order]
        if over() or mix.value >= cutoff:
            return None
        options, days, whose = _surest(owners, patterns, weights, settled, depth, share, draw)
        options, days, whose, barred = generator.keep_own_rows(space, options, days, whose)
        below = space.fixed(options, days, whose, generator.siblings)
        below.blocked[barred] = True
        generator.allow(below)
        found = generator.run(below, depth.rounds, over, tail=0.05)
        dearer = np.inf if found is None else found.value - mix.value
        broken = dearer > HARD / 2
        leap = dearer > max(depth.leap, depth.leap_share * abs(mix.value))
        if leap and returns < depth.returns * (ENOUGH if broken else 1):
            returns += 1
            if len(options) > 1:
                share = max(1e-9, len(options) / 4 / max(1, len(generator.people) * patterns.shape[1]))
                continue
            below = Space(space.blocked.copy(), space.idle)
            below.blocked[[*options, *barred]] = True
            generator.allow(below)
            found = generator.run(below, depth.rounds, over, tail=0.05)
        else:
            settled[whose, days] = True
        if found is None or found.value > mix.value + HARD / 2:
            return None  # a hard row is broken, and no way back is left
        share = min(depth.share, share * 2)
        space, mix = below, found


def _surest(
    owners: Ints,
    patterns: Ints,
    weights: Floats,
    settled: Mask,
    depth: Depth,
    share: float,
    draw: np.random.Generator | None,
) -> tuple[Ints, Ints, Ints]:
    """The assignments to settle next: the heaviest that some pattern of the person combines."""
    which, days = np.nonzero((patterns >= 0) & ~settled[owners])
    options = patterns[which, days]
    unlike, at = np.unique(options, return_inverse=True)
    heavy: Floats = np.bincount(at, weights[which]).astype(np.float64)
    day_of, owner_of = np.zeros(len(unlike), np.int64), np.zeros(len(unlike), np.int64)
    day_of[at], owner_of[at] = days, owners[which]
    if draw is not None:
        heavy = heavy - depth.blur * draw.random(len(heavy))
    people = len(np.unique(owners))
    target = max(1, int(share * people * patterns.shape[1]))
    compatible = np.ones(len(owners), dtype=np.bool_)
    chosen: list[int] = []
    for i in np.argsort(-heavy, kind="stable").tolist():
        if len(chosen) >= target:
            break
        mine = compatible & (owners == owner_of[i])
        fits = mine & (patterns[:, day_of[i]] == unlike[i])
        if weights[fits].sum() < (depth.least if chosen else 0):
            continue
        compatible &= ~mine | fits
        chosen.append(i)
    return unlike[chosen], day_of[chosen], owner_of[chosen]
