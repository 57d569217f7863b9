"""From a mix of patterns to one pattern a person: settle people, price again, and so on to the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.roster.patterns.generate import Generator
from staffing.roster.patterns.master import Floats, Mix
from staffing.roster.patterns.rows import HARD
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints

_USED = 1e-7
TRIES = 3  # people tried one after the other where each makes the mix dearer; the least dear is taken
ENOUGH = 3  # times as many tries where somebody is left without a pattern or a row is broken

LAST_OPTIONS = 1_300  # left to the last people, when `finish` is asked,
LAST_SHARE = 0.2  # of all people at most

Finish = Callable[[Space, Ints], Ints | None]
"""Patterns of everybody inside, from what is settled and the options left; None when the dive is to go on."""


@dataclass(frozen=True)
class Depth:
    """How a dive goes down.

    `share` of the people settled in a step, as far as the pattern of each has a weight of `least`; at most `rounds`
    of pricing after each step, fewer once the bound is within `tail` of the mix. A step that makes the mix dearer by
    more than `leap` and `leap_share` is taken back, up to `returns` times: one person is settled then, and if that
    costs as much, others are tried. `blur` is how much chance has a say in who is settled first.
    """

    share: float = 0.03
    rounds: int = 20
    least: float = 0.6
    tail: float = 0.05
    leap: float = 1.0
    leap_share: float = 0.001
    returns: int = 30
    blur: float = 0.0


@dataclass(frozen=True)
class _Step:
    """People settled, by the columns of their patterns, and what is left."""

    columns: Ints
    space: Space
    mix: Mix | None

    @property
    def value(self) -> float:
        return np.inf if self.mix is None else self.mix.value


def dive(
    generator: Generator,
    space: Space,
    mix: Mix,
    depth: Depth,
    over: Callable[[], bool],
    cutoff: float = np.inf,
    draw: np.random.Generator | None = None,
    finish: Finish | None = None,
) -> Ints | None:
    """A pattern for each person inside, shape (people inside, days); None when cut off by `over` or `cutoff`."""
    return _Dive(generator, depth, over, draw, finish).run(space, mix, cutoff)


class _Dive:
    def __init__(
        self,
        generator: Generator,
        depth: Depth,
        over: Callable[[], bool],
        draw: np.random.Generator | None,
        finish: Finish | None,
    ) -> None:
        self._generator = generator
        self._depth = depth
        self._over = over
        self._draw = draw
        self._finish = finish
        self._most = self._count = max(1, round(depth.share * len(generator.people)))
        self._returns = 0

    def run(self, space: Space, mix: Mix, cutoff: float) -> Ints | None:
        generator = self._generator
        people = generator.people
        settled = np.zeros(len(space.idle), dtype=np.bool_)
        while True:
            used = np.flatnonzero(mix.weights > _USED)
            owners = generator.owners[used]
            order = used[np.argsort(owners)]
            if np.array_equal(generator.owners[order], people):
                return generator.patterns[order]
            if self._over() or mix.value >= cutoff:
                return None
            whole = self._finished(space, people[~settled[people]])
            if whole is not None:
                return whole
            used = used[~settled[owners]]
            candidates = self._surest(used, mix.weights)
            if len(candidates):
                step = self._step(space, mix, candidates)
                settled[generator.owners[step.columns]] = True
            else:
                step = self._within_own_rows(space, used, mix.weights)
            if step.mix is None or self._broken(step, mix):
                return None
            space, mix = step.space, step.mix

    def _finished(self, space: Space, left: Ints) -> Ints | None:
        """What `finish` knows, asked once, as soon as few people are left."""
        if self._finish is None or len(left) > LAST_SHARE * len(self._generator.people):
            return None
        options = np.flatnonzero(~space.blocked & np.isin(self._generator.layout.owners, left))
        if len(options) > LAST_OPTIONS:
            return None
        finish, self._finish = self._finish, None
        return finish(space, options)

    def _surest(self, used: Ints, weights: Floats) -> Ints:
        """Of each person the heaviest column that keeps their own rows, the heaviest first."""
        generator = self._generator
        kept = used[generator.own.kept_by(generator.owners[used], generator.patterns[used])]
        heavy = weights[kept]
        if self._draw is not None:
            heavy = heavy - self._depth.blur * self._draw.random(len(heavy))
        kept = kept[np.argsort(-heavy, kind="stable")]
        _, first = np.unique(generator.owners[kept], return_index=True)
        return np.asarray(kept[np.sort(first)])

    def _step(self, space: Space, mix: Mix, candidates: Ints) -> _Step:
        """Settle some of the candidates; where that is dear, the one that is least so."""
        steady = mix.weights[candidates[: self._count]] >= self._depth.least
        taken = candidates[: max(1, int(steady.sum()))]
        best = last = self._settle(space, taken)
        if not self._dear(best, mix):
            self._count = min(self._most, 2 * self._count)
            return best
        self._count = 1
        for candidate in candidates[int(len(taken) == 1) : TRIES].tolist():
            if self._returns >= self._depth.returns * (ENOUGH if self._broken(best, mix) else 1):
                break
            self._returns += 1
            last = self._settle(space, np.array([candidate]))
            best = min(best, last, key=lambda step: step.value)
            if not self._dear(last, mix):
                break
        return best if best is last else self._settle(space, best.columns)

    def _settle(self, space: Space, columns: Ints) -> _Step:
        generator = self._generator
        owners, patterns = generator.owners[columns], generator.patterns[columns]
        return self._priced(columns, space.settled(generator.layout, owners, patterns))

    def _within_own_rows(self, space: Space, used: Ints, weights: Floats) -> _Step:
        """Nobody is settled, and a row that somebody's heaviest pattern breaks can be broken no more."""
        generator = self._generator
        within = generator.own.within(space, generator.owners[used], generator.patterns[used], weights[used])
        return self._priced(used[:0], within)

    def _priced(self, columns: Ints, space: Space) -> _Step:
        self._generator.allow(space)
        mix = self._generator.run(space, self._depth.rounds, self._over, tail=self._depth.tail)
        return _Step(columns, space, mix)

    def _dear(self, step: _Step, mix: Mix) -> bool:
        return step.value > mix.value + max(self._depth.leap, self._depth.leap_share * abs(mix.value))

    def _broken(self, step: _Step, mix: Mix) -> bool:
        return step.value > mix.value + HARD / 2
