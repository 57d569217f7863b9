"""Conflicts: sets of limits that cannot all be kept, from which none can be taken away.

An elastic filter (hold what gave way until nothing lets a roster through) leaves a small set that cannot be kept,
and a deletion filter takes from it whatever is not needed. Every step is a solve of its own, so a conflict is proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from time import monotonic

from staffing.horizon import MINUTES_A_DAY
from staffing.roster.explain.elastic import Group, Hold
from staffing.roster.rules import FixedDays, Rule

STEP_SECONDS = 10.0  # of search for one step
MOST = 20  # conflicts told of one group


def conflicts(
    group: Group, given: Set[int], deadline: float, seed: int
) -> Iterator[tuple[tuple[Hold, ...], bool]]:
    """Conflicts of a group: first each with a limit of `given` that none before had, then others of the same limits.

    Args:
        group: people's columns that rows connect.
        given: columns of the holds that give in the cheapest way out: every conflict has at least one.
        deadline: of `time.monotonic`, after which no further conflict is begun.
        seed: of the searches.

    Yields:
        The conflict's holds, in the order of the days; and whether it is proven that none can be taken away.
    """
    seen: list[frozenset[int]] = []
    for others_free in (False, True):
        free: set[int] = set()
        if others_free:  # what else stands against a limit that gives, beside what its conflicts had
            free = {column for kept in seen for column in _kin(group, kept - given or kept) - given}
        while monotonic() < deadline and len(seen) < MOST:
            held = _elastic_filter(group, free, deadline, seed)
            if held is None:
                break
            kept, minimal = _deletion_filter(group, held, deadline, seed)
            if frozenset(kept) in seen:
                break
            seen.append(frozenset(kept))
            yield _in_order(group, kept), minimal
            if others_free:
                free |= _kin(group, kept - given or kept) - given
            else:
                free |= _kin(group, kept & given) & given


def _in_order(group: Group, kept: Set[int]) -> tuple[Hold, ...]:
    return tuple(
        sorted((h for h in group.holds if h.column in kept), key=lambda h: (h.limit.first, h.limit.row))
    )


def _elastic_filter(group: Group, free: Set[int], deadline: float, seed: int) -> set[int] | None:
    """Holds that cannot all be kept, whatever the others do; None when all can, or time ran out."""
    held: set[int] = set()
    while monotonic() < deadline:
        way = group.solve(held, free, STEP_SECONDS, seed)
        if way.impossible:
            return held
        if way.x is None:
            return None
        giving = set(group.given(way.x)) - free
        if not giving:
            return None
        held |= giving
    return None


def _deletion_filter(group: Group, held: set[int], deadline: float, seed: int) -> tuple[set[int], bool]:
    """What is left of a set that cannot be kept when everything not needed is taken away, the dearest first.

    Holds are taken away in halves, quarters and so on down to single ones, which a large set needs few steps for.
    The second of the pair says whether what is left is proven: that it cannot be kept, and that all but any one can.
    """
    everything = {hold.column for hold in group.holds}
    kept = [hold.column for hold in sorted(group.holds, key=_worth_telling) if hold.column in held]
    minimal, size = True, max(1, len(kept) // 2)
    while True:
        place = 0
        while place < len(kept):
            if monotonic() > deadline:
                return set(kept), False
            without = {*kept[:place], *kept[place + size :]}
            way = group.solve(without, everything - without, STEP_SECONDS, seed)
            if way.impossible:
                kept = [column for column in kept if column in without]
            else:
                minimal &= way.x is not None
                place += size
        if size == 1:
            return set(kept), minimal and group.refutes(set(kept), STEP_SECONDS, seed)
        size //= 2


def _worth_telling(hold: Hold) -> tuple[int, int, int]:
    """The least first: the dearest, and of moments the earliest, so that those left are of one time of day."""
    return -hold.price, (hold.limit.moment or 0) % MINUTES_A_DAY, hold.column


def _kin(group: Group, columns: Set[int]) -> set[int]:
    """Some holds, and those that say much the same: the same rule and people on the same day.

    Rules that bar shifts (leave, availability, the contract's shifts) say it day by day, so theirs are of any day.
    """
    near = {_kind(hold) for hold in group.holds if hold.column in columns}
    return set(columns) | {hold.column for hold in group.holds if _kind(hold) in near}


def _kind(hold: Hold) -> tuple[Rule, int, int | None]:
    limit = hold.limit
    bars = type(limit.rule).allows is not Rule.allows and not isinstance(limit.rule, FixedDays)
    return limit.rule, limit.agent, None if bars else limit.first
