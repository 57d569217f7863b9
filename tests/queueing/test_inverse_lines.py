"""Enough lines are enough, one fewer is not, and without waiting they are Erlang B's servers."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import erlang_b, performance, required_lines

POWER = st.floats(-6, 4).map(lambda power: float(10**power))


@settings(deadline=None, max_examples=60)
@given(
    POWER,
    st.floats(0, 3),
    st.floats(-8, -0.1).map(lambda power: float(10**power)),
    st.floats(0, 4).map(lambda power: float(10**power)),
    st.sampled_from([0.0, 0.0, 0.6]),
)
def test_so_many_lines_block_few_enough_and_one_fewer_too_many(
    load: float, staffed: float, allowed: float, patience: float, redial: float
) -> None:
    calls, agents = load * 10, round(load * staffed)
    options = {"patience": patience, "redial": redial}
    lines = int(required_lines(calls, 180, agents, allowed, **options))
    found = performance(calls, 180, agents, lines=[lines, lines - 1], **options)
    assert float(found.blocking[0]) <= allowed * (1 + 1e-9)
    assert float(found.blocking[1]) > allowed * (1 - 1e-9)


def test_it_agrees_with_trying_every_number() -> None:
    lines = np.arange(400)
    for options in ({}, {"patience": 60}, {"patience": 400, "redial": 0.5}):
        blocking = performance(400, 257, 60, lines=lines, **options).blocking
        for allowed in (0.3, 0.05, 0.01, 0.001):
            assert required_lines(400, 257, 60, allowed, **options) == np.argmax(blocking <= allowed)


def test_with_an_agent_on_every_line_it_inverts_erlang_b() -> None:
    loads = np.array([0.1, 1, 10, 100, 1000])
    lines = required_lines(loads * 10, 180, 10_000, 0.01)
    assert (erlang_b(loads, lines) <= 0.01).all()
    assert (erlang_b(loads, lines - 1) > 0.01).all()


def test_endless_patience_fills_any_number_of_lines_in_an_overload() -> None:
    with pytest.raises(ValueError, match=r"^blocking: no number of lines reaches 0\.01 with 50 agents"):
        required_lines([100, 400], 257, 50, 0.01)
    # 57.1 Erlangs on 50 agents: 12.4 % cannot be taken, and with 13 % the queue is of any length.
    assert required_lines(400, 257, 50, 0.13) > 50


def test_corners_and_refusals() -> None:
    assert required_lines([0, 1e-9], 180, [5, 0], 0.5, patience=60).tolist() == [0, 1]
    assert required_lines(np.ones((2, 1)), 180, 3, [0.1, 0.2, 0.3], patience=inf).shape == (2, 3)
    for bad in (0, 1, -0.1, float("nan")):
        with pytest.raises(ValueError, match=r"^blocking must be"):
            required_lines(10, 180, 3, bad)
