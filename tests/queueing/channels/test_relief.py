"""The queue relieved in several ways: its special cases elsewhere in the core, balance equations, hand arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.queueing.channels import callback_performance, relief_performance

RNG = np.random.default_rng(7)
ROWS = 400
CALLS, AHT = RNG.uniform(0.1, 120, ROWS), RNG.uniform(60, 600, ROWS)
AGENTS, PATIENCE = RNG.integers(0, 45, ROWS), RNG.uniform(5, 900, ROWS)


def test_by_hand_one_agent_with_a_place_a_call_back_and_two_lines() -> None:
    """a = 1 Erlang, patience = AHT, one agent, one caller may wait, half of those who would wait are called back.

    Weights: free 1 / B(1, 1) - 1 = 1; one present 1; one waiting 1 x 1 x 0.5 / (1 + 1) = 0.25; together 2.25.
    Abandoned 1 x 0.25 / 2.25 = 1/9, blocked 0.25 / 2.25 = 1/9, called back 0.5 x 1 / 2.25 = 2/9, answered 5/9.
    """
    found = relief_performance(6, 300, 1, patience=300, lines=2, offer_wait=0, accept=0.5)
    assert found.abandonment == pytest.approx(1 / 9)
    assert found.blocking == pytest.approx(1 / 9)
    assert found.called_back == pytest.approx(2 / 9)
    assert found.answered == pytest.approx(5 / 9)
    assert found.idle_agents == pytest.approx(4 / 9)


def test_without_relief_it_is_erlang_a_with_lines_and_redials() -> None:
    lines = AGENTS + RNG.integers(0, 12, ROWS)
    for limits in (
        {},
        {"lines": lines},
        {"lines": lines, "redial": 0.4},
        {"lines": RNG.integers(0, 50, ROWS)},
    ):
        ours = relief_performance(CALLS, AHT, AGENTS, patience=PATIENCE, **limits)
        theirs = performance(CALLS, AHT, AGENTS, patience=PATIENCE, **limits)
        np.testing.assert_allclose(ours.abandonment, theirs.abandonment, atol=1e-12)
        np.testing.assert_allclose(ours.blocking, theirs.blocking, atol=1e-12)
        np.testing.assert_allclose(ours.attempts, theirs.attempts, rtol=1e-12)


def test_with_call_backs_alone_it_is_the_queue_with_call_backs() -> None:
    offer = {"offer_wait": 45, "accept": 0.4, "patience": PATIENCE}
    ours = relief_performance(CALLS, AHT, AGENTS, **offer)
    theirs = callback_performance(CALLS, AHT, AGENTS, **offer)
    np.testing.assert_allclose(ours.abandonment, theirs.abandonment, atol=1e-12)
    np.testing.assert_allclose(ours.called_back, theirs.called_back, atol=1e-12)
    np.testing.assert_allclose(ours.idle_agents, theirs.idle_agents, atol=1e-9)


def test_with_a_vendor_alone_it_is_a_queue_whose_blocked_calls_the_vendor_gets() -> None:
    ours = relief_performance(CALLS, AHT, AGENTS, patience=PATIENCE, places=3)
    theirs = performance(CALLS, AHT, AGENTS, patience=PATIENCE, lines=AGENTS + 3)
    np.testing.assert_allclose(ours.to_vendor, theirs.blocking, atol=1e-12)
    np.testing.assert_allclose(ours.abandonment, theirs.abandonment, atol=1e-12)
    assert not ours.blocking.any()


@given(
    calls=st.floats(0.5, 60),
    agents=st.integers(0, 8),
    lines=st.integers(0, 14),
    places=st.integers(0, 9),
    accept=st.floats(0, 1),
    patience=st.floats(20, 900),
)
def test_all_together_it_solves_the_balance_equations(
    calls: float, agents: int, lines: int, places: int, accept: float, patience: float
) -> None:
    """The chain's generator written out, and its stationary vector found by linear algebra."""
    aht, interval, offer_wait = 240.0, 1800.0, 50.0
    servers, most = min(agents, lines), max(lines, agents)
    rate = calls / interval
    size = most + 1
    join, names = np.zeros(size), np.zeros((size, 3))
    for present in range(size):
        waiting = present - servers
        if waiting < 0:
            join[present] = 1
        elif present >= lines:
            names[present, 0] = 1
        elif waiting >= places:
            names[present, 1] = 1
        elif waiting >= np.floor(offer_wait * servers / aht):
            names[present, 2], join[present] = accept, 1 - accept
        else:
            join[present] = 1
    generator = np.zeros((size, size))
    for present in range(size):
        if present + 1 < size:
            generator[present, present + 1] = rate * join[present]
        if present:
            waiting = max(present - servers, 0)
            generator[present, present - 1] = min(present, servers) / aht + waiting / patience
    generator -= np.diag(generator.sum(axis=1))
    system = np.vstack([generator.T, np.ones(size)])
    share = np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)[0]
    found = relief_performance(
        calls,
        aht,
        agents,
        patience=patience,
        lines=lines,
        offer_wait=offer_wait,
        accept=accept,
        places=places,
    )
    assert found.blocking == pytest.approx(share @ names[:, 0], abs=1e-8)
    assert found.to_vendor == pytest.approx(share @ names[:, 1], abs=1e-8)
    assert found.called_back == pytest.approx(share @ names[:, 2], abs=1e-8)
    queue = share @ np.maximum(np.arange(size) - servers, 0)
    assert found.abandonment == pytest.approx(queue / patience / rate, abs=1e-8)
    total = found.answered + found.abandonment + found.blocking + found.called_back + found.to_vendor
    assert total == pytest.approx(1)


def test_without_calls_nobody_is_lost_and_bad_arguments_are_named() -> None:
    quiet = relief_performance(0, 300, 3, patience=60)
    assert (quiet.answered, quiet.abandonment, quiet.idle_agents) == (1, 0, 3)
    with pytest.raises(ValueError, match="patience"):
        relief_performance(10, 300, 3, patience=np.inf)
    with pytest.raises(ValueError, match="accept"):
        relief_performance(10, 300, 3, patience=60, accept=1.5)
    with pytest.raises(ValueError, match="places"):
        relief_performance(10, 300, 3, patience=60, places=0.5)
    with pytest.raises(ValueError, match="patience: too long"):
        relief_performance(1e4, 300, 3, patience=1e9)
