"""Service with a fraction of an agent: the means are over what they are said to be over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.requirement import expected_performance

AHT, INTERVAL, THRESHOLD = 180.0, 1800, 20.0
calls_ = st.floats(0.1, 60)
agents_ = st.floats(0.05, 15)
patience_ = st.floats(5, 600)


def expected(calls: float, agents: float, patience: float) -> dict[str, float]:
    found = expected_performance(
        np.array([calls]),
        np.array([AHT]),
        np.array([agents]),
        interval=INTERVAL,
        patience=patience,
        threshold=THRESHOLD,
    )
    return {name: float(values[0]) for name, values in found.items()}


@given(calls_, agents_, patience_)
def test_agents_are_busy_with_the_calls_that_are_answered(
    calls: float, agents: float, patience: float
) -> None:
    """Busy agents = occupancy x agents = load x share answered, whatever the fraction."""
    found = expected(calls, agents, patience)
    load = calls * AHT / INTERVAL
    assert found["occupancy"] * agents == pytest.approx(load * (1 - found["abandonment"]), rel=1e-6, abs=1e-9)


@given(calls_, agents_, patience_)
def test_waits_of_the_answered_add_up(calls: float, agents: float, patience: float) -> None:
    """Answered calls x asa is the same mix of the whole numbers either side as every other sum."""
    found = expected(calls, agents, patience)
    whole = performance(
        calls, AHT, np.floor(agents + 1e-9) + np.array([0, 1]), interval=INTERVAL, patience=patience
    )
    part = max(0.0, agents - np.floor(agents + 1e-9))
    answered = np.array([1 - part, part]) * (1 - whole.abandonment)
    waited = answered[answered > 0] @ whole.asa[answered > 0]
    assert (1 - found["abandonment"]) * found["asa"] == pytest.approx(waited, rel=1e-6, abs=1e-9)


@given(calls_, st.floats(0.05, 0.95), patience_)
def test_with_less_than_one_agent_the_answered_wait_as_for_one(
    calls: float, agents: float, patience: float
) -> None:
    """While nobody is there nobody is answered, so those moments count neither as waits nor as staffed time."""
    one = performance(calls, AHT, 1, interval=INTERVAL, patience=patience)
    found = expected(calls, agents, patience)
    assert found["asa"] == pytest.approx(float(one.asa))
    assert found["occupancy"] == pytest.approx(float(one.occupancy))


def test_nobody_there_answers_nobody() -> None:
    found = expected(5, 0, 120)
    assert np.isnan(found["asa"])
    assert found["abandonment"] == 1
    assert found["mean_wait"] == 120


def test_a_queue_that_grows_at_times_has_no_mean_wait() -> None:
    found = expected(20, 2.5, np.inf)  # a load of 2: two agents do not keep up, three do
    assert found["mean_wait"] == np.inf
    assert found["asa"] == np.inf
    assert 0 < found["service_level"] < 1
