"""The waiting time's tail and percentiles: closed forms, a tagged caller's chain, and each the other's inverse."""

from __future__ import annotations

from math import exp, inf, log
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import erlang_c, performance
from staffing.queueing.stationary.percentiles import Whose, wait_percentile, wait_tail
from tests.queueing.test_identities import AHT, INTERVAL, centres

WHOSE = get_args(Whose)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 0.999), st.integers(1, 3000), AHT, st.floats(0, 500))
def test_erlang_c_waits_are_exponential(pressure: float, agents: int, aht: float, t: float) -> None:
    load = pressure * agents
    waiting, rate = float(erlang_c(load, agents)), (agents - load) / aht
    calls = load * INTERVAL / aht
    for whose in ("arrivals", "answered", "virtual"):
        found = float(wait_tail(calls, aht, agents, t, whose=whose))
        assert found == pytest.approx(waiting * exp(-rate * t), rel=1e-8, abs=1e-300)
        for share in (0.0, 0.5, 0.9, 0.999):
            expected = max(log(waiting / (1 - share)) / rate, 0.0) if waiting > 1e-290 else 0.0
            percentile = float(wait_percentile(calls, aht, agents, share, whose=whose))
            assert percentile == pytest.approx(expected, rel=1e-8, abs=1e-9 / rate)


@settings(deadline=None, max_examples=60)
@given(
    st.floats(0.1, 20),
    st.integers(1, 15),
    st.integers(1, 25),
    st.one_of(st.just(inf), st.floats(0.05, 20)),
    st.floats(0, 3),
)
def test_tails_agree_with_a_tagged_callers_chain(
    load: float, agents: int, places: int, patience: float, t: float
) -> None:
    """AHT 1. The caller with j ahead is answered at last, or gives up; for the virtual wait he does not."""
    lines = agents + places
    rates = [min(k, agents) + max(k - agents, 0) / patience for k in range(1, lines + 1)]
    state = np.cumprod([1.0, *(load / rate for rate in rates)])
    state /= state.sum()

    def after(time: float, own: float) -> np.ndarray:
        """Probabilities of (still waiting, answered, gone) after `time`, for 0, 1, ... ahead."""
        generator = np.zeros((places + 2, places + 2))
        for j in range(places):
            ahead = agents + j / patience
            generator[j, j - 1 if j else places] = ahead
            generator[j, places + 1] = own
            generator[j, j] = -ahead - own
        moved = expm(generator * time)
        return np.column_stack([moved[:places, :places].sum(axis=1), moved[:places, places:]])

    waiting = state[agents:lines]
    real, virtual, end = after(t, 1 / patience), after(t, 0.0), after(1e6, 1 / patience)
    answered_late = waiting @ (end[:, 1] - real[:, 1])
    expected = {
        "arrivals": waiting @ real[:, 0],
        "answered": answered_late / (state[:agents].sum() + waiting @ end[:, 1]),
        "virtual": waiting @ virtual[:, 0] / (1 - state[lines]),
    }
    if patience < inf:
        expected["abandoned"] = waiting @ (end[:, 2] - real[:, 2]) / (waiting @ end[:, 2])
    for whose, value in expected.items():
        found = wait_tail(load, 1, agents, t, whose=whose, interval=1, patience=patience, lines=lines)
        assert float(found) == pytest.approx(value, rel=1e-8, abs=1e-10), whose


def options(case: dict[str, Any]) -> tuple[tuple[float, float, float], dict[str, Any]]:
    rest = {name: case[name] for name in ("patience", "lines", "redial")}
    return (case["load"] * INTERVAL / case["aht"], case["aht"], case["agents"]), {
        **rest,
        "interval": INTERVAL,
    }


@settings(deadline=None, max_examples=60)
@given(centres(), st.sampled_from(WHOSE), st.floats(0, 0.9999))
def test_a_percentile_is_where_the_tail_has_fallen_so_far(
    case: dict[str, Any], whose: Any, share: float
) -> None:
    given_, rest = options(case)
    seconds = float(wait_percentile(*given_, share, whose=whose, **rest))
    beyond = 1 - share
    if seconds == inf:
        assert float(wait_tail(*given_, 1e30, whose=whose, **rest)) > beyond
    else:
        assert float(wait_tail(*given_, seconds, whose=whose, **rest)) <= beyond * (1 + 1e-9)
        if seconds > 0:
            before = seconds * (1 - 1e-6)
            assert float(wait_tail(*given_, before, whose=whose, **rest)) >= beyond * (1 - 1e-9)


@settings(deadline=None, max_examples=60)
@given(centres())
def test_the_tail_says_what_the_service_levels_say(case: dict[str, Any]) -> None:
    given_, rest = options(case)
    found = performance(*given_, threshold=case["threshold"], **rest)
    tails = {whose: float(wait_tail(*given_, case["threshold"], whose=whose, **rest)) for whose in WHOSE}
    # A queue that only grows answers its callers, but never within any time.
    if float(found.asa) < inf:
        assert 1 - tails["answered"] == pytest.approx(float(found.service_level_answered), abs=1e-9)
    assert 1 - tails["virtual"] == pytest.approx(float(found.service_level_virtual), abs=1e-9)
    late = float(found.abandonment - found.abandonment_within_threshold)
    assert tails["abandoned"] * float(found.abandonment) == pytest.approx(late, abs=1e-9)
    in_time = found.service_level + found.abandonment_within_threshold + found.blocking
    assert tails["arrivals"] == pytest.approx(1 - float(in_time), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(centres(), st.sampled_from(["arrivals", "answered"]))
def test_the_mean_wait_is_the_area_under_the_tail(case: dict[str, Any], whose: Any) -> None:
    """Simpson's rule up to where no share is left; the means are among the figures."""
    case = {**case, "agents": min(case["agents"], 500), "load": min(case["load"], 450), "redial": 0}
    case = {**case, "patience": min(case["patience"], 1e4 * case["aht"]), "lines": inf, "threshold": 0}
    given_, rest = options(case)
    found = performance(*given_, **rest)
    assume(1e-9 < float(found.wait_probability) < 1)
    end = float(wait_percentile(*given_, 1 - 1e-13, whose=whose, **rest))
    t = end * np.linspace(0, 1, 4001) ** 3
    tail = wait_tail(*given_, t, whose=whose, **rest)
    slope = 3 * end * np.linspace(0, 1, 4001) ** 2
    weights = np.r_[1, np.tile([4, 2], 1999), 4, 1] / 12000
    mean = float(found.mean_wait if whose == "arrivals" else found.asa)
    assert float((tail * slope) @ weights) == pytest.approx(mean, rel=1e-4, abs=1e-9)


class TestCorners:
    def test_nobody_calls_or_nobody_is_concerned(self) -> None:
        for whose in WHOSE:
            assert wait_tail(0, 180, [0, 5], 0, whose=whose).tolist() == [0, 0]
            assert wait_percentile(0, 180, [0, 5], 0.9, whose=whose).tolist() == [0, 0]
        assert float(wait_percentile(100, 180, 12, 0.9, whose="abandoned")) == 0

    def test_an_overload_without_limit(self) -> None:
        assert float(wait_tail(100, 180, 8, 1e9)) == 1
        assert wait_percentile(100, 180, 8, [0, 0.1, 0.99]).tolist() == [0, inf, inf]

    def test_nobody_answers(self) -> None:
        assert float(wait_tail(100, 180, 0, 60, patience=60)) == pytest.approx(exp(-1))
        assert float(wait_percentile(100, 180, 0, 0.5, patience=60)) == pytest.approx(60 * log(2))
        assert float(wait_percentile(100, 180, 0, 0.5, patience=60, whose="virtual")) == inf
        assert wait_tail(100, 180, 0, [0, 1], patience=0).tolist() == [0, 0]

    def test_shapes_and_refusals(self) -> None:
        assert wait_percentile(np.full((3, 1), 90), 180, 12, [0.5, 0.9]).shape == (3, 2)
        assert wait_tail(np.zeros((0, 2)), 180, 12, 20).shape == (0, 2)
        with pytest.raises(ValueError, match=r"^whose must be one of arrivals, answered, abandoned, virtual"):
            wait_tail(1, 1, 1, 1, whose="mine")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"^share must be"):
            wait_percentile(1, 1, 1, 1.0)
        with pytest.raises(ValueError, match=r"^t must be"):
            wait_tail(1, 1, 1, -1)


def test_nobody_is_ever_done_waiting_where_no_agent_comes_and_nobody_gives_up() -> None:
    assert wait_tail(40, 300, 0, [0, 1e9]).tolist() == [1.0, 1.0]
    assert wait_percentile(40, 300, 0, 0.1) == inf
    assert wait_percentile(0, 300, 0, 0.9) == 0
