"""The cover by blocks is whole, covers every hour, and nothing cheaper does."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.sourcing.quotes.blocks import BlockCover, DayNeed


def cheapest_by_enumeration(need: tuple[int, ...], factors: tuple[float, ...], shortest: int) -> float:
    """Hour by hour: how many seats begin, how many old enough to leave go; every choice is tried."""
    hours = len(need)

    @cache
    def best(hour: int, ages: tuple[int, ...]) -> float:
        if hour == hours:
            # blocks too young to end run on beyond the last hour
            rest = [range(hours, hours + shortest - age) for age in ages]
            return sum(factors[late] for late_hours in rest for late in late_hours)
        found = float("inf")
        free = [age for age in ages if age >= shortest]
        bound = [age for age in ages if age < shortest]
        for kept in range(len(free) + 1):
            for begun in range(max(need) + 1):
                staff = [*bound, *free[:kept], *([0] * begun)]
                if len(staff) >= need[hour]:
                    older = tuple(sorted(min(age + 1, shortest) for age in staff))
                    found = min(found, factors[hour] * len(staff) + best(hour + 1, older))
        return found

    return best(0, ())


@settings(max_examples=40)
@given(st.data())
def test_no_cheaper_cover_exists(data: st.DataObject) -> None:
    shortest = data.draw(st.integers(1, 3))
    need = tuple(data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=6)))
    length = len(need) + shortest - 1
    factors = tuple(data.draw(st.lists(st.sampled_from([1.0, 1.25, 1.5]), min_size=length, max_size=length)))
    (seats,) = BlockCover(shortest).cover([DayNeed(need, factors)])
    assert (seats[: len(need)] >= need).all()
    assert np.isclose(np.dot(seats, factors), cheapest_by_enumeration(need, factors, shortest))


def test_a_lone_busy_hour_is_paid_as_a_whole_block_unless_two_blocks_can_overlap_in_it() -> None:
    """Nine hours with one seat and one hour with two.

    First hour: 9 + 4 booth-hours. Fifth hour: 1-5 and 5-9 overlap in it, 5 + 5 booth-hours.
    """
    first, middle = DayNeed((2, *[1] * 8), (1.0,) * 12), DayNeed((1, 1, 1, 1, 2, 1, 1, 1, 1), (1.0,) * 12)
    assert [int(seats.sum()) for seats in BlockCover(4).cover([first, middle])] == [13, 10]


def test_a_day_shorter_than_a_block_pays_the_block() -> None:
    (seats,) = BlockCover(4).cover([DayNeed((1, 1), (1.0,) * 5)])
    assert seats.sum() == 4


def test_a_gap_is_bridged_only_where_that_is_cheaper() -> None:
    """Hours 1-4 and 6-9 need a seat: two blocks of 4. Hours 1-4 and 6 only: one block of 6 beats 4 + 4."""
    (two,) = BlockCover(4).cover([DayNeed((1, 1, 1, 1, 0, 1, 1, 1, 1), (1.0,) * 12)])
    assert list(two[:9]) == [1, 1, 1, 1, 0, 1, 1, 1, 1]
    (one,) = BlockCover(4).cover([DayNeed((1, 1, 1, 1, 0, 1), (1.0,) * 9)])
    assert one.sum() == 6


def test_like_days_get_like_covers_and_the_order_is_kept() -> None:
    busy, quiet = DayNeed((2, 2, 2, 2), (1.0,) * 7), DayNeed((1, 1, 1, 1), (1.0,) * 7)
    found = BlockCover(4).cover([busy, quiet, busy])
    assert [int(seats.sum()) for seats in found] == [8, 4, 8]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.integers(0, 11))
def test_needing_more_never_costs_less(need: list[int], hour: int) -> None:
    more = [count + (at == hour) for at, count in enumerate(need)]
    factors = (1.0,) * (len(need) + 3)
    small, large = BlockCover(4).cover([DayNeed(tuple(need), factors), DayNeed(tuple(more), factors)])
    assert small.sum() <= large.sum()
