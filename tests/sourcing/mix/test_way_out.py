"""A known plan's cost as a way out: what it does to bounds and to plans, on programs solved by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from staffing.sourcing.mix.sheet import Program
from staffing.sourcing.mix.way_out import cheaper_than, with_way_out


def knapsack() -> Program:
    """Cover 7 by parts of 4, 3 and 2 that cost 50, 40 and 30, each at most twice: 4 + 3 costs 90."""
    return Program(
        cost=np.array([50.0, 40.0, 30.0]),
        lower=np.zeros(3),
        upper=np.full(3, 2.0),
        whole=np.ones(3, dtype=bool),
        leading=np.zeros(3, dtype=bool),
        matrix=sparse.csr_array(np.array([[4.0, 3.0, 2.0]])),
        low=np.array([7.0]),
        high=np.array([np.inf]),
    )


def test_a_dearer_plan_is_beaten_and_the_best_is_not() -> None:
    program = knapsack()
    dear = np.array([2.0, 0.0, 0.0])  # 8 for 100
    found = cheaper_than(program, dear, 10, 0.0)
    assert found.x is not None
    assert found.x.round().tolist() == [1, 1, 0]
    assert found.bound == pytest.approx(90)
    again = cheaper_than(program, found.x, 10, 0.0)
    assert again.bound == pytest.approx(90)
    assert again.x is None or program.cost @ again.x == pytest.approx(90)


def test_the_way_out_keeps_every_row_alone_and_costs_what_is_known() -> None:
    """Rows with a least, a most, both, and one that nothing breaks; a column that is at least 1."""
    program = Program(
        cost=np.array([5.0, 1.0]),
        lower=np.array([1.0, 0.0]),
        upper=np.full(2, 9.0),
        whole=np.zeros(2, dtype=bool),
        leading=np.zeros(2, dtype=bool),
        matrix=sparse.csr_array(np.array([[1.0, 1.0], [4.0, 1.0], [1.0, -1.0], [1.0, 0.0]])),
        low=np.array([6.0, -np.inf, 0.0, -np.inf]),
        high=np.array([np.inf, 3.0, 0.0, 2.0]),
    )
    made = with_way_out(program, 70.0)
    bare = np.array([1.0, 0.0, 1.0])
    rows = made.matrix @ bare
    assert (rows >= made.low - 1e-12).all()
    assert (rows <= made.high + 1e-12).all()
    assert made.cost @ bare == pytest.approx(70)
    assert made.whole[-1]


def test_without_a_known_plan_the_program_is_searched_as_it_is() -> None:
    found = cheaper_than(knapsack(), None, 10, 0.0)
    assert found.bound == pytest.approx(90)
