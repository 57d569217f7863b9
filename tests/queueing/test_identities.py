"""Identities that hold for every load and patience: each is checked over the whole range a centre may have."""

from __future__ import annotations

from math import exp, inf, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import gammainc

from staffing.queueing import Performance, erlang_b, erlang_c, performance

INTERVAL = 1800.0
LEVELS = (
    "service_level",
    "service_level_answered",
    "service_level_virtual",
    "service_level_excluding_short",
)


def powers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers spread evenly over the orders of magnitude."""
    return st.floats(low, high).map(lambda power: float(10**power))


LOADS = powers(-6, 5)
PATIENCE = powers(0, 7)
AHT = powers(0, 4)
THRESHOLD = powers(-1, 3)


@st.composite
def agents_near(draw: st.DrawFn, load: float) -> int:
    """Mostly within a few standard deviations of the load, sometimes far from it."""
    if draw(st.booleans()):
        return max(1, round(load + draw(st.floats(-5, 8)) * sqrt(load)))
    return max(1, round(load * draw(st.floats(0.01, 3))))


def centre(load: float, aht: float, agents: float, **options: Any) -> Performance:
    return performance(load * INTERVAL / aht, aht, agents, interval=INTERVAL, **options)


def close(found: object, expected: object, rel: float = 1e-9) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=rel, atol=1e-13)


@given(st.data(), LOADS, AHT, THRESHOLD)
def test_endless_patience_is_erlang_c(data: st.DataObject, load: float, aht: float, threshold: float) -> None:
    agents = data.draw(agents_near(load))
    assume(agents > 1.001 * load)
    endless = centre(load, aht, agents, threshold=threshold)
    patient = centre(load, aht, agents, threshold=threshold, patience=1e18)
    for name in ("wait_probability", "mean_wait", "asa", "queue_length", "occupancy", *LEVELS):
        np.testing.assert_allclose(getattr(patient, name), getattr(endless, name), rtol=1e-6, atol=1e-12)
    waiting = float(erlang_c(load, agents))
    close(endless.wait_probability, waiting)
    close(endless.service_level, 1 - waiting * exp(-(agents - load) * threshold / aht))
    close(endless.asa, waiting * aht / (agents - load), rel=1e-7)


@given(st.data(), LOADS, AHT, PATIENCE)
def test_as_many_lines_as_agents_is_erlang_b(
    data: st.DataObject, load: float, aht: float, patience: float
) -> None:
    agents = data.draw(agents_near(load))
    found = centre(load, aht, agents, patience=patience, lines=agents)
    close(found.blocking, erlang_b(load, agents))
    close(found.service_level, 1 - erlang_b(load, agents))
    assert float(found.wait_probability) == float(found.mean_wait) == float(found.abandonment) == 0


@given(st.data(), LOADS)
def test_erlang_b_by_its_recursion(data: st.DataObject, load: float) -> None:
    agents = data.draw(agents_near(load))
    inverse = 1.0
    for n in range(1, agents + 1):
        inverse = 1 + inverse * n / load
        if inverse > 1e290:
            break
    np.testing.assert_allclose(erlang_b(load, agents), 1 / inverse, rtol=1e-11, atol=1e-280)


@given(st.data(), LOADS, AHT)
def test_patience_as_long_as_calls_makes_callers_poisson(
    data: st.DataObject, load: float, aht: float
) -> None:
    agents = data.draw(agents_near(load))
    found = centre(load, aht, agents, patience=aht)
    np.testing.assert_allclose(found.wait_probability, gammainc(agents, load), rtol=1e-9, atol=1e-250)


@st.composite
def centres(draw: st.DrawFn) -> dict[str, Any]:
    """Arguments of `performance`, every model among them."""
    load = draw(LOADS)
    agents = draw(agents_near(load))
    places = draw(st.one_of(st.just(inf), st.integers(0, 5), powers(0, 6).map(round)))
    return {
        "load": load,
        "aht": draw(AHT),
        "agents": agents,
        "patience": draw(st.one_of(st.just(inf), PATIENCE)),
        "lines": agents + places,
        "threshold": draw(THRESHOLD),
        "redial": draw(st.sampled_from([0.0, 0.0, 0.3, 0.95])),
    }


@given(centres())
def test_every_arrival_is_answered_or_lost(case: dict[str, Any]) -> None:
    found = centre(**case)
    assume(not (np.isinf(case["patience"]) and np.isinf(case["lines"]) and case["agents"] <= case["load"]))
    load = float(found.attempts) * case["aht"] / INTERVAL
    answered = float(found.occupancy) * case["agents"] / load
    close(answered + found.abandonment + found.blocking, 1.0, rel=1e-9)
    lost = found.abandonment + found.blocking
    close(found.attempts, case["load"] * INTERVAL / case["aht"] / (1 - case["redial"] * lost), rel=1e-8)


@given(centres())
def test_callers_leave_the_queue_as_fast_as_their_patience_ends(case: dict[str, Any]) -> None:
    """Abandonments = callers waiting / patience, and Little's law, with figures computed apart from each other."""
    assume(np.isfinite(case["patience"]))
    found = centre(**case)
    rate = float(found.attempts) / INTERVAL
    close(found.abandonment * rate, found.queue_length / case["patience"])
    close(found.queue_length, rate * float(found.mean_wait))
    answered = 1 - found.abandonment - found.blocking
    waits = float(found.asa * answered) if answered > 1e-6 else 0.0
    assert waits <= float(found.mean_wait) * (1 + 1e-9) + 1e-12


@given(centres())
def test_service_levels_are_shares_in_their_order(case: dict[str, Any]) -> None:
    found = centre(**case)
    levels = [float(getattr(found, name)) for name in LEVELS]
    assert all(0 <= level <= 1 + 1e-12 for level in levels)
    assert levels[0] <= min(levels[1], levels[3]) + 1e-12
    at_once = centre(**{**case, "threshold": 0})
    close(at_once.service_level, 1 - at_once.wait_probability - at_once.blocking)
    close(at_once.abandonment_within_threshold, 0.0)


@given(centres())
def test_in_the_end_every_caller_has_left_the_queue(case: dict[str, Any]) -> None:
    assume(
        case["agents"] > 1.01 * case["load"] or np.isfinite(case["lines"]) or np.isfinite(case["patience"])
    )
    found = centre(**{**case, "threshold": inf})
    close(found.service_level, 1 - found.abandonment - found.blocking)
    close(found.abandonment_within_threshold, found.abandonment)
    for name in LEVELS[1:3]:
        close(getattr(found, name), 1.0)


@given(centres(), st.integers(1, 50))
def test_more_agents_never_make_it_worse(case: dict[str, Any], more: int) -> None:
    """But for shares of the loss where lines are limited and callers redial or give up sooner than a call takes.

    Fewer redials leave more room for those who then give up, and answered callers hold their line for longer.
    """
    before = centre(**case)
    after = centre(**{**case, "agents": case["agents"] + more})
    plain = np.isinf(case["lines"]) or (case["patience"] >= case["aht"] and case["redial"] == 0)
    for name in LEVELS if plain else LEVELS[:3]:
        assert getattr(after, name) >= getattr(before, name) - 1e-9, name
    for name in ("asa", "occupancy", "queue_length", *(("blocking", "abandonment") if plain else ())):
        assert getattr(after, name) <= getattr(before, name) * (1 + 1e-8) + 1e-9, name
    lost_before, lost_after = before.abandonment + before.blocking, after.abandonment + after.blocking
    assert lost_after <= lost_before * (1 + 1e-8) + 1e-9


@given(centres(), st.floats(1, 2))
def test_more_calls_never_make_it_better(case: dict[str, Any], growth: float) -> None:
    before, after = centre(**case), centre(**{**case, "load": case["load"] * growth})
    for name in ("service_level", "service_level_answered", "service_level_virtual"):
        assert getattr(after, name) <= getattr(before, name) + 1e-9, name
    for name in ("asa", "occupancy"):
        assert getattr(after, name) >= getattr(before, name) * (1 - 1e-8) - 1e-9, name
    lost_before, lost_after = before.abandonment + before.blocking, after.abandonment + after.blocking
    assert lost_after >= lost_before * (1 - 1e-8) - 1e-9


@given(centres(), PATIENCE, st.floats(1, 100))
def test_longer_patience_loses_fewer_and_keeps_the_queue_longer(
    case: dict[str, Any], patience: float, longer: float
) -> None:
    case = {**case, "lines": inf, "patience": patience}
    before, after = centre(**case), centre(**{**case, "patience": patience * longer})
    assert after.abandonment <= before.abandonment * (1 + 1e-8)
    if case["redial"] == 0:
        assert after.queue_length >= before.queue_length * (1 - 1e-8)


@given(centres())
def test_lines_that_are_never_all_taken_are_no_limit(case: dict[str, Any]) -> None:
    assume(np.isfinite(case["patience"]) or case["agents"] > 1.1 * case["load"])
    unlimited = centre(**{**case, "lines": inf})
    assume(float(unlimited.queue_length) < 1e6)
    room = case["agents"] + 200 + round(100 * float(unlimited.queue_length) + 40 * sqrt(case["load"]))
    limited = centre(**{**case, "lines": room})
    for name in ("wait_probability", "abandonment", "asa", "mean_wait", *LEVELS):
        np.testing.assert_allclose(getattr(limited, name), getattr(unlimited, name), rtol=1e-7, atol=1e-12)


def test_arguments_broadcast() -> None:
    agents = np.arange(50, 70)
    table = performance(400, 257, agents, patience=np.array([[60.0], [120.0], [inf]]))
    assert table.service_level.shape == (3, 20)
    single = performance(400, 257, 55, patience=120)
    assert single.service_level.shape == ()
    assert float(single.service_level) == pytest.approx(float(table.service_level[1, 5]), rel=1e-15)
