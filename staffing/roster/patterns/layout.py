"""All chains as flat arrays, which compiled code reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.roster.patterns.chain import NO_COLUMN, Chain, horizon_of
from staffing.roster.patterns.tracks import Sized, Tracks, tracks_of, weights_of
from staffing.roster.program import Ints, Mask

DAY, CLOSE_INNER, CLOSE_OUTER = 0, 1, 2
NO_PRICE = -1

# columns of Packed.who: a person's figures, and where their entries begin in the other arrays
OFFS, WORKS, CLASSES, GROUPS, OUTER, INNER, MIN_WORK, MIN_OFF = range(8)
WORK_OPEN, OFF_OPEN, UNKNOWN, WORKED_BEFORE, OFF_BEFORE = range(8, 13)
BUNDLE_START, GROUP_START, OUTER_NEXT_START, OUTER_WEEK_START, EVENT_START = range(13, 18)
BUNDLE_GROUP, BUNDLE_CLASS, BUNDLE_INNER, BUNDLE_MOVE = range(4)
EVENT_DAY, EVENT_KIND, EVENT_ARG = range(3)
CLOSE_LOW, CLOSE_HIGH, CLOSE_UNDER, CLOSE_OVER = range(4)
MARK_WEEKEND, MARK_FUTURE, MARK_IDLE = range(3)


class Packed(NamedTuple):
    """Chains of all people, as `walk` reads them; see there for the words.

    Few arrays, since each one slows compiling.

    Shapes: `who` (people + 1, 18); `option_bundle` (options of all,), the options of person p on day d from
    `option_start[p * days + d]` up to the next; `bundles` (bundles of all, 4); `group_class` flat, a group's
    classes in a row; `moves` flat: tables of the outer counters' next index, -1 for none (a close's table is
    followed by its prices); `marks` (people x days, 3); `events` (events of all, 3); `closes` (closes of the
    inner counters, 4).
    """

    days: int
    most_bundles: int
    who: Ints
    option_start: Ints
    option_bundle: Ints
    bundles: Ints
    group_class: Mask
    moves: Ints
    marks: Ints
    events: Ints
    closes: Ints


@dataclass(frozen=True)
class Layout:
    """The packed chains, and what of each the walk keeps."""

    packed: Packed
    tracks: tuple[Tracks, ...]
    columns: Ints  # the program's column of each option of all people
    days: Ints
    owners: Ints


def layout_of(chains: Sequence[Chain], cost: Ints, budget: int) -> Layout:
    """Pack chains.

    Args:
        chains: one a person.
        cost: of the program's columns, for the prices of soft counts.
        budget: table entries that one person's walk may use.
    """
    days = horizon_of(chains)
    pack = _Pack(days)
    for chain in chains:
        pack.add(chain, cost, budget)
    owners = np.repeat(np.arange(len(chains)), [len(chain.columns) for chain in chains])
    return Layout(
        pack.packed(),
        tuple(pack.tracks),
        np.concatenate([chain.columns for chain in chains]),
        np.concatenate([chain.days for chain in chains]),
        owners,
    )


class _Pack:
    """Collects people's entries."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.tracks: list[Tracks] = []
        self._who: list[list[int]] = []
        self._parts: dict[str, list[Ints]] = defaultdict(list)
        self._sizes: dict[str, int] = defaultdict(int)

    def add(self, chain: Chain, cost: Ints, budget: int) -> None:
        runs = chain.runs
        works, offs = runs.max_work or runs.min_work, runs.max_off or runs.min_off
        used, kinds = np.unique(chain.kinds, return_inverse=True)
        rows, class_of = np.unique(chain.follows[np.ix_(used, used)], axis=0, return_inverse=True)
        heads, group_of = np.unique(rows, axis=1, return_inverse=True)
        class_of, group_of = class_of.ravel(), group_of.ravel()
        classes, groups = max(1, len(rows)), max(1, heads.shape[1] if len(used) else 0)
        tracks = tracks_of(chain, offs + works * classes, budget)
        self.tracks.append(tracks)
        outer = _Outer(chain, tracks, cost)
        inner = weights_of(chain, tracks.inner)
        bundles, bundle_of = np.unique(
            np.stack([group_of[kinds], class_of[kinds], inner, outer.moves], axis=1),
            axis=0,
            return_inverse=True,
        )
        size = max((s.most for s in tracks.inner), default=0) + 1
        figures = [offs, works, classes, groups, outer.size, size, runs.min_work, runs.min_off]
        figures += [runs.max_work is None, runs.max_off is None, not runs.known]
        figures += [runs.worked_before or 0, runs.off_before or 0]
        self._put("option_size", np.bincount(chain.days, minlength=self.days))
        self._put("option_bundle", bundle_of.ravel() + self._sizes["bundles"])
        figures.append(self._put("bundles", bundles))
        figures.append(self._put("group_class", heads.T.ravel() if len(used) else np.ones(1)))
        figures.append(self._put("moves", outer.following.ravel()))
        figures.append(self._put("moves", outer.week))
        marks = [_weekend_marks(chain), _future(chain, tracks.inner, inner), chain.idle]
        self._put("marks", np.stack(marks, axis=1))
        figures.append(self._events(tracks, outer, cost))
        self._who.append([int(figure) for figure in figures])

    def _put(self, name: str, values: npt.ArrayLike) -> int:
        """Append to a flat array; returns where the values begin."""
        array = np.asarray(values, dtype=np.int64)
        self._parts[name].append(array)
        self._sizes[name] += len(array)
        return self._sizes[name] - len(array)

    def _events(self, tracks: Tracks, outer: _Outer, cost: Ints) -> int:
        """Days and the closes after them, in order."""
        events = [(day, DAY, 0) for day in range(self.days)]
        for s in tracks.inner:
            prices = [_price(cost, column, s.unit) for column in (s.count.under_column, s.count.over_column)]
            at = self._put("closes", [[-(-s.count.low // s.unit), s.count.high // s.unit, *prices]])
            events.append((s.count.last, CLOSE_INNER, at))
        for last, following, price in outer.closes:
            at = self._put("moves", following)
            self._put("moves", price)
            events.append((last, CLOSE_OUTER, at))
        return self._put("events", sorted(events))

    def packed(self) -> Packed:
        flat = {name: np.concatenate(parts) for name, parts in self._parts.items()}
        who = np.array(self._who, dtype=np.int64)
        end = np.zeros((1, who.shape[1]), dtype=np.int64)
        end[0, BUNDLE_START], end[0, EVENT_START] = self._sizes["bundles"], self._sizes["events"]
        bundles = np.diff(np.append(who[:, BUNDLE_START], self._sizes["bundles"]))
        return Packed(
            days=self.days,
            most_bundles=int(bundles.max()),
            who=np.concatenate([who, end]),
            option_start=_starts(flat["option_size"]),
            option_bundle=flat["option_bundle"],
            bundles=flat["bundles"],
            group_class=flat["group_class"].astype(np.bool_),
            moves=flat["moves"],
            marks=flat["marks"],
            events=flat["events"],
            closes=flat.get("closes", np.zeros((0, 4), dtype=np.int64)),
        )


class _Outer:
    """The outer counters of a chain as one index, and tables of how it moves."""

    def __init__(self, chain: Chain, tracks: Tracks, cost: Ints) -> None:
        highs = [max(s.most for s in group) for group in tracks.outer]
        weekends = chain.weekends.high if tracks.weekends and chain.weekends else 0
        sizes = [weekends + 1, *(high + 1 for high in highs)]
        self.size = int(np.prod(sizes))
        digits = np.stack(np.unravel_index(np.arange(self.size), sizes), axis=1)
        steps = np.stack(
            [np.zeros(len(chain.columns), np.int64), *(weights_of(chain, g) for g in tracks.outer)], axis=1
        )
        unlike, moves = np.unique(steps, axis=0, return_inverse=True)
        if not len(unlike):
            unlike = np.zeros((1, len(sizes)), dtype=np.int64)
        self.moves = moves.ravel()
        self.following = np.stack([_moved(digits, step, sizes) for step in unlike])
        step = np.zeros(len(sizes), dtype=np.int64)
        step[0] = 1
        self.week = _moved(digits, step, sizes) if tracks.weekends else np.arange(self.size)
        self.closes = [
            (s.count.last, *_closed(digits, i, s, sizes, cost))
            for i, group in enumerate(tracks.outer, start=1)
            for s in group
        ]


def _moved(digits: Ints, step: Ints, sizes: list[int]) -> Ints:
    """The index after a step, -1 where a counter would run over."""
    moved = digits + step
    fits = (moved < np.array(sizes)).all(axis=1)
    index = np.full(len(digits), -1, dtype=np.int64)
    index[fits] = np.ravel_multi_index(tuple(moved[fits].T), sizes)
    return index


def _closed(digits: Ints, i: int, s: Sized, sizes: list[int], cost: Ints) -> tuple[Ints, Ints]:
    """The index after a counter is judged and set to 0 (-1 where not allowed), and what that costs."""
    reset = digits.copy()
    reset[:, i] = 0
    following = np.ravel_multi_index(tuple(reset.T), sizes).astype(np.int64)
    under = np.maximum(-(-s.count.low // s.unit) - digits[:, i], 0)
    over = np.maximum(digits[:, i] - s.count.high // s.unit, 0)
    price = np.zeros(len(digits), dtype=np.int64)
    for beyond, column in ((under, s.count.under_column), (over, s.count.over_column)):
        each = _price(cost, column, s.unit)
        if each == NO_PRICE:
            following[beyond > 0] = -1
        else:
            price += beyond * each
    return following, price


def _price(cost: Ints, column: int, unit: int) -> int:
    return NO_PRICE if column == NO_COLUMN else int(cost[column]) * unit


def _weekend_marks(chain: Chain) -> Ints:
    """1 on days whose work makes a weekend worked, 2 on those where it does so after a day off."""
    marks = np.zeros(chain.horizon, dtype=np.int64)
    if chain.weekends is not None:
        for saturday in chain.weekends.saturdays.tolist():
            if saturday >= 0:
                marks[saturday] = 1
            if saturday + 1 < chain.horizon:
                marks[saturday + 1] = 2 if saturday >= 0 else 1
    return marks


def _future(chain: Chain, group: tuple[Sized, ...], weights: Ints) -> Ints:
    """The most that the inner counter can still gain from each day to the next close. Shape (days,)."""
    peaks = np.zeros(chain.horizon, dtype=np.int64)
    np.maximum.at(peaks, chain.days, weights)
    longest = chain.runs.max_work
    lasts = {s.count.last for s in group}
    states = (longest or 1) + 1
    gain = np.zeros(states, dtype=np.int64)  # by days worked so far in this run
    future = np.zeros(chain.horizon, dtype=np.int64)
    for day in range(chain.horizon - 1, -1, -1):
        if day in lasts:
            gain = np.zeros(states, dtype=np.int64)
        worked = peaks[day] + (np.append(gain[1:], -1) if longest else np.repeat(gain.max(), states))
        if longest:
            worked[-1] = -1
        gain = np.maximum(worked, gain[0])
        future[day] = gain.max()
    return future


def _starts(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
