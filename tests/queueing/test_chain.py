"""Limited lines and patience against a plain birth-death chain, solved as linear algebra by code of its own."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import performance
from staffing.queueing.stationary import crowded
from staffing.queueing.stationary import flows as stationary
from staffing.queueing.stationary.model import Flows


def chain(load: float, agents: int, lines: int, patience: float, threshold: float) -> dict[str, float]:
    """The figures with AHT 1: the stationary distribution by its balance, waits by the tagged caller's chain."""
    rates = [min(k, agents) + max(k - agents, 0) / patience for k in range(1, lines + 1)]
    weights = np.cumprod([1.0, *(load / rate for rate in rates)])
    state = weights / weights.sum()
    places = lines - agents
    # A tagged caller with j = 0 .. places - 1 ahead; then answered, and gone.
    generator = np.zeros((places + 2, places + 2))
    for j in range(places):
        ahead = agents + j / patience
        generator[j, j - 1 if j else places] = ahead
        generator[j, places + 1] = 1 / patience
        generator[j, j] = -ahead - 1 / patience
    moved = expm(generator * threshold)
    waiting = state[agents:lines]
    queue = float(np.arange(places + 1) @ state[agents:])
    return {
        "wait_probability": float(waiting.sum()),
        "blocking": float(state[lines]),
        "abandonment": queue / patience / load,
        "queue_length": queue,
        "service_level": float(state[:agents].sum() + waiting @ moved[:places, places]),
        "abandonment_within_threshold": float(waiting @ moved[:places, places + 1]),
        "occupancy": float(np.minimum(np.arange(lines + 1), agents) @ state) / agents,
    }


@settings(max_examples=60)
@given(
    st.floats(0.1, 30),
    st.integers(1, 20),
    st.integers(1, 30),
    st.one_of(st.just(inf), st.floats(0.05, 50)),
    st.floats(0, 3),
)
def test_limited_lines_agree_with_a_chain(
    load: float, agents: int, places: int, patience: float, threshold: float
) -> None:
    expected = chain(load, agents, agents + places, patience, threshold)
    found = performance(
        load, 1, agents, interval=1, patience=patience, lines=agents + places, threshold=threshold
    )
    for name, value in expected.items():
        assert float(getattr(found, name)) == pytest.approx(value, rel=1e-9, abs=1e-12), name


@settings(max_examples=40)
@given(
    st.floats(0.5, 2.5),
    st.integers(1, 400),
    st.integers(40, 3000),
    st.one_of(st.just(inf), st.floats(-1, 3).map(lambda power: float(10**power))),
    st.floats(0, 1),
)
def test_integrals_over_many_lines_agree_with_their_sums(
    pressure: float, agents: int, places: int, patience: float, threshold: float
) -> None:
    queues = stationary.Queues(
        *(np.array([float(value)]) for value in (pressure * agents, agents, patience, places, threshold))
    )
    with np.errstate(all="ignore"):
        summed, integrated = stationary.limited_flows(queues), crowded.crowded_flows(queues)
    for name in Flows.__slots__:
        np.testing.assert_allclose(getattr(integrated, name), getattr(summed, name), rtol=1e-9, atol=1e-14)
