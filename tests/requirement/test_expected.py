"""Service through time with a fraction of an agent: the means are over what they are said to be over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.queueing.transient import transient_performance
from staffing.requirement import service_through_time

AHT, INTERVAL, THRESHOLD = 180.0, 1800, 20.0
day_ = st.lists(st.tuples(st.floats(0.1, 60), st.floats(0.05, 15)), min_size=1, max_size=3)
patience_ = st.floats(20, 600)
few = settings(max_examples=12, deadline=None)


def expected(calls: list[float], agents: list[float], patience: float) -> dict[str, np.ndarray]:
    return service_through_time(
        np.array(calls),
        np.full(len(calls), AHT),
        np.array(agents),
        interval=INTERVAL,
        patience=patience,
        threshold=THRESHOLD,
    )


@few
@example([(1.0, 1.0), (1.0, 1.9999999999999982)], 20.0)
@given(day_, patience_)
def test_every_sum_is_a_mix_of_the_days_with_fewer_and_with_more(
    day: list[tuple[float, float]], patience: float
) -> None:
    """Answered calls x asa, busy agents and lost calls are the same mix of the whole numbers either side."""
    calls, agents = [one for one, _ in day], np.array([two for _, two in day])
    found = expected(calls, agents.tolist(), patience)
    near = np.abs(agents - np.round(agents)) <= 1e-9  # what is off a whole number by rounding is that number
    agents = np.where(near, np.round(agents), agents)
    low, part = np.floor(agents), agents - np.floor(agents)
    sides = [
        transient_performance(calls, AHT, count, interval=INTERVAL, patience=patience)
        for count in (low, np.ceil(agents))
    ]

    def mix(*values: np.ndarray) -> np.ndarray:
        return (1 - part) * values[0] + part * values[1]

    answered = mix(*(side.answered_share for side in sides))
    waits = (np.where(side.answered_share > 0, side.asa, 0) * side.answered_share for side in sides)
    waited = mix(*waits)
    busy = mix(*(side.occupancy * count for side, count in zip(sides, (low, np.ceil(agents)), strict=True)))
    np.testing.assert_allclose(found["abandonment"], mix(*(side.abandonment for side in sides)), atol=1e-9)
    np.testing.assert_allclose(found["mean_wait"], mix(*(side.mean_wait for side in sides)), atol=1e-7)
    np.testing.assert_allclose(answered * found["asa"], waited, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found["occupancy"] * agents, busy, rtol=1e-6, atol=1e-9)


@few
@given(st.floats(0.1, 60), st.floats(0.05, 0.95), patience_)
def test_with_less_than_one_agent_the_answered_wait_as_for_one(
    calls: float, agents: float, patience: float
) -> None:
    """While nobody is there nobody is answered, so those moments count neither as waits nor as staffed time."""
    one = transient_performance([calls], AHT, 1, interval=INTERVAL, patience=patience)
    found = expected([calls], [agents], patience)
    assert found["asa"][0] == pytest.approx(float(one.asa[0]))
    assert found["occupancy"][0] == pytest.approx(float(one.occupancy[0]))


def test_an_interval_amid_equal_ones_has_the_stationary_figures() -> None:
    found = expected([40.0] * 21, [5.5] * 21, 120.0)
    sides = performance(40.0, AHT, np.array([5, 6]), interval=INTERVAL, patience=120.0)
    for name in ("abandonment", "service_level", "mean_wait"):
        assert found[name][15] == pytest.approx(getattr(sides, name).mean(), rel=1e-8)


def test_nobody_there_answers_nobody() -> None:
    found = expected([5.0], [0.0], 120.0)
    assert np.isnan(found["asa"][0])
    assert found["abandonment"][0] == pytest.approx(1)
    assert found["mean_wait"][0] == pytest.approx(120)


def test_an_overload_lasts_as_long_as_the_queue_it_leaves() -> None:
    """Endless patience: the queue of one overloaded half-hour is finite, and the next callers wait behind it."""
    found = expected([20.0, 30.0, 20.0, 20.0], [3.0, 2.0, 3.0, 5.0], np.inf)
    assert np.isfinite(found["mean_wait"]).all()
    assert found["mean_wait"][1] > 200
    alone = float(performance(20.0, AHT, 3, interval=INTERVAL).mean_wait)
    assert found["mean_wait"][2] > 2 * alone > 2 * found["mean_wait"][0]


def test_where_the_desk_opens_nobody_waits() -> None:
    day = service_through_time(
        np.array([60.0, 20.0]),
        np.full(2, AHT),
        np.array([3.0, 3.0]),
        interval=INTERVAL,
        patience=np.inf,
        threshold=THRESHOLD,
        opens=np.array([True, True]),
    )
    assert day["mean_wait"][1] == pytest.approx(expected([20.0], [3.0], np.inf)["mean_wait"][0])


def test_without_patience_a_desk_of_less_than_one_agent_has_one_wait() -> None:
    """Nobody is lost, so that the mean over all callers is that over the answered; and it is finite."""
    found = expected([2.0, 2.0, 2.0], [0.85] * 3, np.inf)
    assert np.isfinite(found["mean_wait"]).all()
    np.testing.assert_allclose(found["mean_wait"], found["asa"], rtol=1e-9)
    slower = transient_performance([2.0, 2.0, 2.0], AHT / 0.85, [1, 1, 1], interval=INTERVAL)
    np.testing.assert_allclose(found["mean_wait"], slower.mean_wait, rtol=1e-9)
