"""Shapley's values against their definition over all orders, and what they must keep."""

from __future__ import annotations

from itertools import permutations
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.report.month.shares import shapley

NAMES = ("a", "b", "c", "d")
NUMBERS = st.floats(-1e3, 1e3)


@given(st.lists(NUMBERS, min_size=16, max_size=16))
def test_a_share_is_the_mean_over_all_orders(values: list[float]) -> None:
    table = {
        frozenset(name for place, name in enumerate(NAMES) if number >> place & 1): value
        for number, value in enumerate(values)
    }
    found = shapley(table.__getitem__, NAMES)
    for name in NAMES:
        steps = []
        for order in permutations(NAMES):
            before = frozenset(order[: order.index(name)])
            steps.append(table[before | {name}] - table[before])
        assert isclose(found[name], sum(steps) / len(steps), rel_tol=1e-9, abs_tol=1e-6)
    assert isclose(sum(found.values()), table[frozenset(NAMES)] - table[frozenset()], abs_tol=1e-6)


def test_two_factors_of_a_product_by_hand() -> None:
    """10 x 5 becomes 12 x 4: volume (12 - 10) x (5 + 4) / 2 = 9, the other (4 - 5) x (10 + 12) / 2 = -11."""
    now, then = {"calls": 12.0, "aht": 4.0}, {"calls": 10.0, "aht": 5.0}

    def product(changed: frozenset[str]) -> float:
        return (now if "calls" in changed else then)["calls"] * (now if "aht" in changed else then)["aht"]

    assert shapley(product, ["calls", "aht"]) == pytest.approx({"calls": 9.0, "aht": -11.0})


def test_a_cause_without_effect_has_no_share() -> None:
    assert shapley(lambda changed: 7.0 if "a" in changed else 3.0, ["a", "idle"]) == {"a": 4.0, "idle": 0.0}
