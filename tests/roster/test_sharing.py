"""People of several skills: as few as possible are missing, and nobody counts twice."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from staffing.roster.sharing import fewest_missing, lend


@st.composite
def moments(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sets, queues = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    can = np.array(draw(st.lists(st.booleans(), min_size=sets * queues, max_size=sets * queues)))
    people = np.array(draw(st.lists(st.integers(0, 5), min_size=sets * 3, max_size=sets * 3)), float)
    required = np.array(draw(st.lists(st.integers(0, 6), min_size=queues * 3, max_size=queues * 3)), float)
    return people.reshape(sets, 3), required.reshape(queues, 3), can.reshape(sets, queues)


def best(people: np.ndarray, required: np.ndarray, can: np.ndarray) -> float:
    """The fewest missing in one moment, as a linear program says."""
    sets, queues = can.shape
    rows, sides = [], []
    for s in range(sets):
        rows.append([float(i == s) for i in range(sets) for _ in range(queues)])
        sides.append(people[s])
    for q in range(queues):
        rows.append([float(j == q) for _ in range(sets) for j in range(queues)])
        sides.append(required[q])
    upper = [(0, None if allowed else 0) for allowed in can.ravel()]
    found = linprog(-np.ones(sets * queues), A_ub=rows, b_ub=sides, bounds=upper)
    return float(required.sum() + found.fun)


@given(moments())
def test_as_few_as_possible_are_missing_and_nobody_counts_twice(
    case: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    people, required, can = case
    lent = lend(people, required, can)
    assert (lent >= 0).all()
    assert not lent[~can].any()
    assert (lent.sum(axis=1) <= people).all()
    assert (lent.sum(axis=0) <= required).all()
    assert (lent == np.rint(lent)).all()
    missing = (required - lent.sum(axis=0)).sum(axis=0)
    assert (missing == fewest_missing(people, required, can)).all()
    expected = [best(people[:, t], required[:, t], can) for t in range(3)]
    np.testing.assert_allclose(missing, expected, atol=1e-7)


def test_a_chain_of_helpers_is_found() -> None:
    """The first handing-out gives the flexible pair to the wrong queues; the path sets one of them free."""
    can = np.array([[True, True, False], [False, True, True]])
    lent = lend(np.array([[1.0], [1.0]]), np.array([[0.0], [1.0], [1.0]]), can)
    assert lent.sum() == 2
