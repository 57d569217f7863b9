"""Seats under minimum terms and notice, against every way there is on small cases."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError
from staffing.sourcing.horizon.commitments import Commitment, cheapest_path


def least_cost(
    need: list[int], price: list[float], terms: Commitment, already: list[tuple[int, int]]
) -> float:
    """Walk through all states: the months each seat must still be kept, sorted."""
    shortest = max(1, terms.minimum_months, terms.notice_months)
    start = tuple(sorted(left for seats, left in already for _ in range(seats)))
    best: dict[tuple[int, ...], float] = {start: 0.0}
    most = max([*need, len(start)])
    for month, least in enumerate(need):
        after: dict[tuple[int, ...], float] = {}
        for state, paid in best.items():
            free = sum(1 for left in state if left <= 0)
            for given_up, added in product(range(free + 1), range(most + 1)):
                kept = [*state[given_up:], *[shortest] * added]
                if len(kept) < least or len(kept) > most + 1:
                    continue
                cost = paid + len(kept) * price[month] + added * terms.add_fee + given_up * terms.exit_fee
                key = tuple(sorted(max(0, left - 1) for left in kept))
                after[key] = min(after.get(key, inf), cost)
        best = after
    return min(best.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=6),
    st.integers(0, 4),
    st.integers(0, 3),
    st.sampled_from([0, 5, 30]),
    st.sampled_from([0, 7]),
    st.lists(st.tuples(st.integers(1, 2), st.integers(0, 3)), max_size=2),
)
def test_no_path_is_cheaper(
    need: list[int], minimum: int, notice: int, add: int, leave: int, already: list[tuple[int, int]]
) -> None:
    terms = Commitment(minimum, notice, add, leave)
    price = [10.0 + month for month in range(len(need))]
    found = cheapest_path(need, price, terms, already)
    assert found.cost == pytest.approx(least_cost(need, price, terms, already))
    assert (found.held >= np.array(need) - 1e-9).all()
    np.testing.assert_allclose(found.held, np.rint(found.held), atol=1e-9)
    for stretch in found.stretches:
        begun = not (already and stretch.start == 0)
        if begun and stretch.end is not None:
            assert stretch.end - stretch.start >= terms.shortest


def test_a_seat_that_is_needed_again_is_kept() -> None:
    """Needed in months 0 and 2, four months at least: one seat from 0 to 3 costs 4 x 100, two would cost 6."""
    found = cheapest_path([1, 0, 1, 0, 0, 0], 100, Commitment(minimum_months=4))
    assert found.held.tolist() == [1, 1, 1, 1, 0, 0]
    assert found.cost == 400
    # at the end of month 0 three months are still owed, then two, one, none
    assert found.stranded.tolist() == [300, 200, 100, 0, 0, 0]


def test_stranded_by_hand() -> None:
    """One seat throughout at 100 a month, minimum 3, notice 2, exit fee 50.

    Ended at the end of month 0: the minimum asks for months 1 and 2, as does notice: 200 + 50. Month 1: notice asks
    for 2 and 3. In the last month (3) notice reaches two months beyond the horizon at the last price.
    """
    found = cheapest_path([1, 1, 1, 1], 100, Commitment(3, 2, exit_fee=50))
    assert found.stranded.tolist() == [250, 250, 250, 250]
    assert found.cost == 400  # it runs on


def test_an_addition_that_is_dear_is_avoided() -> None:
    """A gap of one month: keeping costs 100, giving up and beginning again 150 + 30."""
    terms = Commitment(add_fee=150, exit_fee=30)
    assert cheapest_path([1, 0, 1], 100, terms).held.tolist() == [1, 1, 1]
    assert cheapest_path([1, 0, 1], 200, terms).held.tolist() == [1, 0, 1]


def test_seats_held_already_are_used_first() -> None:
    """Two held seats, one free to go now, one in 3 months; one needed for a month: the other is stranded."""
    found = cheapest_path([1, 0, 0, 0], 100, Commitment(minimum_months=6), already=[(1, 0), (1, 3)])
    assert found.held.tolist() == [1, 1, 1, 0]
    assert found.cost == 300


def test_fractions_of_seats_are_held_as_fractions() -> None:
    found = cheapest_path([1.5, 0.5, 1.0], 10, Commitment(minimum_months=2))
    assert found.held.tolist() == pytest.approx([1.5, 1.5, 1.0])
    assert found.cost == pytest.approx(40)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=12, max_size=60), st.integers(1, 24))
def test_a_longer_minimum_never_costs_less(need: list[int], minimum: int) -> None:
    short, long = (cheapest_path(need, 1, Commitment(length)).cost for length in (minimum, minimum + 6))
    assert sum(need) - 1e-6 <= short <= long + 1e-6


def test_terms_that_cannot_be_used_are_named() -> None:
    with pytest.raises(ConfigError, match="minimum_months = -1"):
        Commitment(minimum_months=-1)
    with pytest.raises(ValueError, match="0 or more"):
        cheapest_path([-1], 1, Commitment())
