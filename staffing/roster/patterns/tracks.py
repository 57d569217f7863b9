"""Which counts of a chain its walk keeps itself, and on which counter.

Counts whose stretches of days do not overlap share a counter, since a count is judged and forgotten on its last
day. The longest counter becomes the inner one. Counts that do not fit the budget stay outside: their rows keep
a place, and a price, in the master.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.roster.patterns.chain import NO_COLUMN, Chain, Count
from staffing.roster.program import Ints

FIRST = 4  # counts with a least sum, and weekends, may take this many times the budget;
LARGEST = 40_000_000  # the former this many table entries in any case, since no search keeps them by prices


@dataclass(frozen=True)
class Sized:
    """A count in units of its weights' greatest common divisor; `most` is what the counter must be able to hold."""

    index: int
    count: Count
    unit: int
    most: int


@dataclass(frozen=True)
class Tracks:
    """Counters of a chain: each a tuple of counts that follow one another; `inner` is the longest.

    `idle_counts` are those that no pattern can break, `outside` those that the walk does not keep.
    """

    inner: tuple[Sized, ...]
    outer: tuple[tuple[Sized, ...], ...]
    weekends: bool
    idle_counts: tuple[int, ...]
    outside: tuple[int, ...]


def tracks_of(chain: Chain, states: int, budget: int) -> Tracks:
    """Choose counters so that `states` x their sizes x days stays within `budget` table entries (or FIRST times).

    Counts with a least sum come first, then weekends, then the others, the tightest first.
    """
    sized = [_sized(chain, index) for index in range(len(chain.counts))]
    idle = tuple(s.index for s in sized if _cannot_break(chain, s))
    wanted = sorted(
        (s for s in sized if s.index not in idle), key=lambda s: (s.count.low <= 0, s.most, s.index)
    )
    entries = max(1, states * (chain.horizon + len(chain.counts) + 1))
    room = budget // entries
    weekends_size = chain.weekends.high + 1 if _weekends_bind(chain) and chain.weekends else 0
    groups: list[list[Sized]] = []
    weekends = False
    for s in [*(s for s in wanted if s.count.low > 0), None, *(s for s in wanted if s.count.low <= 0)]:
        if s is None:
            weekends = 0 < weekends_size * _size(groups) <= FIRST * room
            continue
        trial = _joined(groups, s)
        most = max(FIRST * room, LARGEST // entries) if s.count.low > 0 else room
        if _size(trial) * (weekends_size if weekends else 1) <= most:
            groups = trial
    kept = {s.index for group in groups for s in group}
    order = sorted(groups, key=lambda group: max(s.most for s in group), reverse=True)
    return Tracks(
        inner=tuple(order[0]) if order else (),
        outer=tuple(tuple(group) for group in order[1:]),
        weekends=weekends,
        idle_counts=idle,
        outside=tuple(s.index for s in wanted if s.index not in kept),
    )


def _sized(chain: Chain, index: int) -> Sized:
    count = chain.counts[index]
    inside = (chain.days >= count.first) & (chain.days <= count.last)
    weights = count.weights[inside]
    unit = int(np.gcd.reduce(weights)) if weights.any() else 1
    for side, column in ((count.low, count.under_column), (count.high, count.over_column)):
        unit = unit if column == NO_COLUMN else int(np.gcd(unit, side))
    reach = _reach(chain, count) // unit
    most = reach if count.over_column != NO_COLUMN else min(reach, max(0, count.high // unit))
    return Sized(index, count, unit, most)


def _reach(chain: Chain, count: Count) -> int:
    """More than no pattern can reach: the greatest weights of as many days as may be worked."""
    inside = (chain.days >= count.first) & (chain.days <= count.last)
    days, weights = chain.days[inside], count.weights[inside]
    peaks = np.zeros(chain.horizon, dtype=np.int64)
    np.maximum.at(peaks, days, weights)
    length = count.last - count.first + 1
    longest = chain.runs.max_work
    worked = length if longest is None else length - length // (longest + 1)
    return int(np.sort(peaks)[::-1][:worked].sum())


def _cannot_break(chain: Chain, s: Sized) -> bool:
    return s.count.low <= 0 and s.count.high >= _reach(chain, s.count)


def _weekends_bind(chain: Chain) -> bool:
    return chain.weekends is not None and chain.weekends.high < len(chain.weekends.saturdays)


def _joined(groups: list[list[Sized]], s: Sized) -> list[list[Sized]]:
    """The groups with one more count, in the first group that has no count on its days."""
    for i, group in enumerate(groups):
        if all(s.count.last < t.count.first or t.count.last < s.count.first for t in group):
            return [*groups[:i], [*group, s], *groups[i + 1 :]]
    return [*groups, [s]]


def _size(groups: list[list[Sized]]) -> int:
    return int(np.prod([max(s.most for s in group) + 1 for group in groups], dtype=np.int64)) if groups else 1


def weights_of(chain: Chain, group: tuple[Sized, ...]) -> Ints:
    """What each option adds to a counter, in its units. Shape (options,)."""
    weights = np.zeros(len(chain.columns), dtype=np.int64)
    for s in group:
        inside = (chain.days >= s.count.first) & (chain.days <= s.count.last)
        weights[inside] = s.count.weights[inside] // s.unit
    return weights
