"""The walk finds the cheapest pattern: brute force over tiny chains says the same, whatever rules hold."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.roster.patterns import NO_COLUMN, Chain, Count, Runs, Weekends, follows_after_rest
from staffing.roster.patterns.layout import layout_of
from staffing.roster.patterns.pricing import Pricer
from staffing.roster.patterns.scratch import FAR
from staffing.roster.program import Ints

DAYS = 6
KINDS = 2
SOFT_PRICE = 7


def runs_of(work: list[bool]) -> list[tuple[bool, int, int]]:
    """(at work, first day, days) of each run."""
    found: list[tuple[bool, int, int]] = []
    for day, busy in enumerate(work):
        if found and found[-1][0] == busy:
            found[-1] = (busy, found[-1][1], found[-1][2] + 1)
        else:
            found.append((busy, day, 1))
    return found


def keeps_runs(runs: Runs, work: list[bool]) -> bool:
    worked, off = runs.worked_before or 0, runs.off_before or 0
    if worked and not work[0] and worked < runs.min_work:
        return False
    if off and work[0] and off < runs.min_off:
        return False
    for busy, first, days in runs_of(work):
        before = (worked if busy else off) if first == 0 else 0
        length = days + before
        least, most = (runs.min_work, runs.max_work) if busy else (runs.min_off, runs.max_off)
        excused = first + days == len(work) or (first == 0 and not runs.known)
        if (most is not None and length > most) or (length < least and not excused):
            return False
    return True


def price_of(chain: Chain, pattern: tuple[int, ...], options: Ints, weekend: Ints) -> int | None:
    """The cost of a pattern (the option of each day, -1 for none); None when a rule is broken."""
    work = [option >= 0 for option in pattern]
    if not keeps_runs(chain.runs, work) or any(
        not w and not i for w, i in zip(work, chain.idle, strict=True)
    ):
        return None
    for now, then in pairwise(pattern):
        if now >= 0 and then >= 0 and not chain.follows[chain.kinds[now], chain.kinds[then]]:
            return None
    total = sum(int(options[option]) for option in pattern if option >= 0)
    for count in chain.counts:
        inside = [o for o in pattern[count.first : count.last + 1] if o >= 0]
        had = int(sum(count.weights[o] for o in inside))
        for beyond, column in ((count.low - had, count.under_column), (had - count.high, count.over_column)):
            if beyond > 0 and column == NO_COLUMN:
                return None
            total += max(0, beyond) * SOFT_PRICE
    if chain.weekends is not None:
        had = [s for s in chain.weekends.saturdays.tolist() if any(work[max(s, 0) : s + 2])]
        if len(had) > chain.weekends.high:
            return None
        total += sum(int(weekend[max(s, 0)]) for s in had)
    return total


@st.composite
def runs(draw: st.DrawFn) -> Runs:
    min_work, min_off = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    edge = draw(st.sampled_from(("unknown", "work", "off")))
    return Runs(
        min_work,
        draw(st.none() | st.integers(min_work, 4)),
        min_off,
        draw(st.none() | st.integers(min_off, 4)),
        draw(st.integers(1, 4)) if edge == "work" else None,
        draw(st.integers(1, 4)) if edge == "off" else None,
    )


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    there = draw(st.lists(st.booleans(), min_size=DAYS * KINDS, max_size=DAYS * KINDS))
    cells = [(i // KINDS, i % KINDS) for i, offered in enumerate(there) if offered] or [(0, 0)]
    counts = []
    for _ in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, DAYS - 1))
        low = draw(st.integers(0, 5))
        counts.append(
            Count(
                first,
                draw(st.integers(first, DAYS - 1)),
                np.array(draw(st.lists(st.integers(0, 3), min_size=len(cells), max_size=len(cells)))),
                low,
                draw(st.integers(low, 12)),
                (),
                draw(st.sampled_from((NO_COLUMN, 0))),
                draw(st.sampled_from((NO_COLUMN, 0))),
            )
        )
    weekends = None
    if draw(st.booleans()):
        saturdays = np.array(draw(st.sampled_from(([-1, 3], [1, 3], [2, 5]))))
        weekends = Weekends(saturdays, np.arange(2), draw(st.integers(0, 2)))
    return Chain(
        columns=np.arange(len(cells)),
        days=np.array([day for day, _ in cells]),
        kinds=np.array([kind for _, kind in cells]),
        follows=np.array(draw(st.lists(st.booleans(), min_size=4, max_size=4))).reshape(2, 2),
        idle=np.array(
            draw(st.lists(st.sampled_from((True, True, True, False)), min_size=DAYS, max_size=DAYS))
        ),
        runs=draw(runs()),
        counts=tuple(counts),
        weekends=weekends,
    )


@settings(max_examples=150, deadline=None)
@given(chain=chains(), data=st.data())
def test_walk_is_the_cheapest_of_all_patterns(chain: Chain, data: st.DataObject) -> None:
    size = len(chain.columns)
    options = np.array(data.draw(st.lists(st.integers(-9, 5), min_size=size, max_size=size)))
    weekend = np.array(data.draw(st.lists(st.integers(-3, 9), min_size=DAYS, max_size=DAYS)))
    layout = layout_of([chain], np.full(size + 1, SOFT_PRICE), 10_000_000)
    assert not layout.tracks[0].outside
    prices = np.zeros((1, DAYS), dtype=np.int32)
    for saturday in [] if chain.weekends is None else chain.weekends.saturdays.tolist():
        prices[0, max(saturday, 0) : saturday + 2] = weekend[max(saturday, 0)]
    pricer = Pricer(layout, [chain], 1)
    best = pricer.price(np.array([0]), options.astype(np.int32), prices, 1)
    choices = [[-1, *np.flatnonzero(chain.days == day).tolist()] for day in range(DAYS)]
    costs = [price_of(chain, pattern, options, weekend) for pattern in product(*choices)]
    possible = [cost for cost in costs if cost is not None]
    if not possible:
        assert best.values[0] >= FAR
    else:
        assert best.values[0] == min(possible)
        assert price_of(chain, tuple(best.patterns[0].tolist()), options, weekend) == min(possible)


def test_counts_that_do_not_fit_the_budget_stay_outside() -> None:
    """And those that no pattern can break are kept by themselves."""
    chain = Chain(
        columns=np.arange(4),
        days=np.arange(4),
        kinds=np.zeros(4, dtype=np.int64),
        follows=np.ones((1, 1), dtype=np.bool_),
        idle=np.ones(4, dtype=np.bool_),
        counts=(
            Count(0, 3, np.array([480, 480, 480, 480]), 960, 1440, (5,)),
            Count(0, 3, np.array([1, 0, 1, 0]), 0, 1, (6,)),
            Count(0, 1, np.array([1, 1, 0, 0]), 0, 2, (7,)),
        ),
    )
    roomy = layout_of([chain], np.zeros(4, dtype=np.int64), 1000).tracks[0]
    tight = layout_of([chain], np.zeros(4, dtype=np.int64), 70).tracks[0]
    assert roomy.outside == ()
    assert tight.outside == (1,)
    assert roomy.idle_counts == tight.idle_counts == (2,)


def test_rest_says_which_kinds_may_follow() -> None:
    """11 hours after an evening that ends at 23:00, a shift at 10:00 may begin and one at 9:59 may not."""
    starts, ends = np.array([10 * 60, 10 * 60 - 1, 14 * 60]), np.array([18 * 60, 18 * 60, 23 * 60])
    follows = follows_after_rest(starts, ends, 11 * 60)
    assert follows[2].tolist() == [True, False, True]
    assert follows[0].all()


def test_a_chain_checks_itself() -> None:
    with pytest.raises(ValueError, match="at least 3, at most 2"):
        Runs(min_work=3, max_work=2)
    with pytest.raises(ValueError, match="not both"):
        Runs(worked_before=1, off_before=1)
    with pytest.raises(ValueError, match="ordered by day"):
        Chain(
            np.arange(2),
            np.array([1, 0]),
            np.zeros(2, np.int64),
            np.ones((1, 1), np.bool_),
            np.ones(2, np.bool_),
        )
