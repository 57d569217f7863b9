"""What must hold whatever the numbers, and systems that other formulas know."""

from __future__ import annotations

from dataclasses import fields
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from staffing.queueing import (
    OverflowPerformance,
    erlang_b,
    overflow_performance,
    overflow_stream,
    peaked_loss,
    performance,
    pool_performance,
)

RULES = st.one_of(
    st.tuples(st.sampled_from([0.0, 1.0, 15.0, 60.0, 600.0, inf]), st.just(inf)),
    st.tuples(st.sampled_from([0.0, inf]), st.integers(0, 12).map(float)),
)
"""`after` and `places`."""


@settings(deadline=None, max_examples=150)
@given(
    calls=st.floats(0.1, 600),
    aht=st.floats(10, 900),
    agents=st.integers(0, 60),
    vendor=st.one_of(st.integers(0, 30).map(float), st.just(inf)),
    rule=RULES,
    patience=st.floats(5, 5000),
    factor=st.floats(0.3, 3),
    threshold=st.sampled_from([0.0, 15.0, 60.0, 300.0]),
)
def test_every_call_is_answered_taken_abandoned_or_blocked(
    calls: float,
    aht: float,
    agents: int,
    vendor: float,
    rule: tuple[float, float],
    patience: float,
    factor: float,
    threshold: float,
) -> None:
    found = overflow_performance(
        calls,
        aht,
        agents,
        vendor,
        after=rule[0],
        places=rule[1],
        patience=patience,
        handling_factor=factor,
        threshold=threshold,
    )
    total = found.answered + found.overflow + found.abandonment + found.blocking
    assert total == pytest.approx(1, abs=1e-10)
    assert found.mean_wait == pytest.approx(
        found.abandonment * patience, rel=1e-6, abs=1e-9
    )  # so many give up
    assert 0 <= found.service_level_own <= found.service_level + 1e-12 <= 1 + 1e-9
    assert found.service_level <= found.answered + found.overflow + 1e-9
    assert found.service_level <= found.service_level_excluding_short + 1e-9
    assert found.vendor_busy <= vendor + 1e-9
    assert 0 <= found.vendor_full <= 1


@settings(deadline=None, max_examples=60)
@given(
    load=st.floats(0.5, 30),
    agents=st.integers(0, 30),
    vendor=st.integers(0, 15),
    rule=RULES,
    patience=st.floats(20, 2000),
)
def test_one_more_of_either_never_loses_more(
    load: float, agents: int, vendor: int, rule: tuple[float, float], patience: float
) -> None:
    found = overflow_performance(
        load * 9, 200, [agents, agents, agents + 1], [vendor, vendor + 1, vendor], after=rule[0], places=rule[1],
        patience=patience,
    )  # fmt: skip
    assert (found.lost[1:] <= found.lost[0] + 1e-9).all()
    assert found.service_level[1] >= found.service_level[0] - 1e-9
    if rule != (inf, rule[1]) or rule[1] in (0, inf):
        # Else a larger own group takes calls into its queue that went to the vendor at once, and some are late.
        assert found.service_level[2] >= found.service_level[0] - 1e-9


@pytest.mark.parametrize("agents", [1, 4, 25])
@pytest.mark.parametrize("patience", [40.0, 400.0])
def test_without_a_vendor_or_without_ever_overflowing_it_is_erlang_a(agents: int, patience: float) -> None:
    calls = 9 * 1.1 * agents
    alone = performance(calls, 200, agents, patience=patience)
    for found in (
        overflow_performance(calls, 200, agents, 0, after=30, patience=patience),
        overflow_performance(calls, 200, agents, 5, after=inf, patience=patience),
    ):
        assert found.overflow == 0
        assert found.abandonment == pytest.approx(alone.abandonment, rel=1e-9)
        assert found.service_level == pytest.approx(alone.service_level, rel=1e-9)
        assert found.service_level_excluding_short == pytest.approx(
            alone.service_level_excluding_short, rel=1e-9
        )
        assert found.mean_wait == pytest.approx(alone.mean_wait, rel=1e-9)
        assert found.asa == pytest.approx(alone.asa, rel=1e-9)
        assert found.occupancy == pytest.approx(alone.occupancy, rel=1e-9)


@pytest.mark.parametrize(("agents", "vendor", "load"), [(0, 4, 3.0), (3, 4, 8.0), (20, 5, 22.0)])
@pytest.mark.parametrize("patience", [60.0, inf])
def test_a_vendor_as_quick_as_the_own_agents_and_asked_at_once_is_so_many_agents_more(
    agents: int, vendor: int, load: float, patience: float
) -> None:
    load = load if np.isfinite(patience) else load * 0.8
    found = overflow_performance(load * 9, 200, agents, vendor, patience=patience, threshold=15)
    together = performance(load * 9, 200, agents + vendor, patience=patience, threshold=15)
    assert found.abandonment == pytest.approx(together.abandonment, rel=1e-9)
    assert found.service_level == pytest.approx(together.service_level, rel=1e-9)
    assert found.mean_wait == pytest.approx(together.mean_wait, rel=1e-8)
    assert found.asa == pytest.approx(together.asa, rel=1e-8)


@pytest.mark.parametrize("after", [5.0, 60.0, 200.0])
@pytest.mark.parametrize(("vendor", "load"), [(1, 1.5), (4, 4.0), (30, 28.0)])
def test_without_own_agents_those_still_there_after_the_wait_queue_for_the_vendor(
    vendor: int, load: float, after: float
) -> None:
    """Whoever stays for `after` seconds comes to the vendor's queue, Poisson calls thinned at random."""
    patience = 100.0
    stay = exp(-after / patience)
    found = overflow_performance(
        load * 9, 200, 0, vendor, after=after, patience=patience, threshold=after + 30
    )
    vendors = performance(load * 9 * stay, 200, vendor, patience=patience, threshold=30)
    assert found.abandonment == pytest.approx(1 - stay * (1 - vendors.abandonment), rel=1e-8)
    assert found.service_level == pytest.approx(stay * vendors.service_level, rel=1e-8)
    assert found.asa == pytest.approx(after + vendors.asa, rel=1e-8)
    assert found.vendor_full == pytest.approx(vendors.wait_probability, rel=1e-6)


@pytest.mark.parametrize("after", [10.0, 45.0, 150.0])
@pytest.mark.parametrize(("agents", "load"), [(2, 3.0), (12, 11.0), (40, 50.0)])
def test_a_vendor_of_any_number_cuts_patience_short(agents: int, load: float, after: float) -> None:
    """M/M/n+G: patience is the shorter of the caller's and `after` (S. Zeltyn, A. Mandelbaum, 2005)."""
    aht, patience = 200.0, 120.0
    arrival = load / aht

    def offered(wait: float) -> float:
        """Density of the offered wait over its value at 0."""
        gone = arrival * patience * (1 - exp(-wait / patience))
        return exp(gone - agents / aht * wait)

    waiting = arrival * quad(offered, 0, after, epsabs=0, epsrel=1e-11)[0]
    # Nobody new stays whose wait is offered to be longer than `after`: it falls as own agents end calls.
    beyond = arrival * offered(after) * aht / agents
    total = 1 / float(erlang_b(load, agents - 1)) + waiting + beyond  # in units of "one agent free"
    found = overflow_performance(load * 9, aht, agents, inf, after=after, patience=patience)
    assert found.overflow == pytest.approx(exp(-after / patience) * beyond / total, rel=1e-9)


@pytest.mark.parametrize(("agents", "load"), [(1, 1.0), (8, 10.0), (60, 50.0), (200, 230.0)])
def test_mean_and_variance_of_the_overflow_are_riordans(agents: int, load: float) -> None:
    stream = overflow_stream(load * 9, 200, agents)
    mean = load * float(erlang_b(load, agents))
    assert stream.mean == pytest.approx(mean, rel=1e-9)
    assert stream.variance == pytest.approx(mean * (1 - mean + load / (agents + 1 + mean - load)), rel=1e-9)
    assert stream.calls == pytest.approx(mean * 9, rel=1e-9)


@pytest.mark.parametrize(
    ("agents", "vendor", "load"), [(1, 1, 1.0), (5, 7, 9.0), (60, 30, 75.0), (150, 10, 140.0)]
)
def test_two_groups_without_waiting_lose_what_one_group_of_both_loses(
    agents: int, vendor: int, load: float
) -> None:
    found = overflow_performance(load * 9, 200, agents, vendor, places=0)
    assert found.lost == pytest.approx(erlang_b(load, agents + vendor), rel=1e-9)
    assert found.answered == pytest.approx(1 - erlang_b(load, agents), rel=1e-9)


def test_streams_of_poisson_calls_are_not_peaked_and_lose_erlangs_share() -> None:
    everything = overflow_stream([9, 90, 900], 200, 0, handling_factor=1.5)
    assert everything.peakedness == pytest.approx(1, rel=1e-9)
    assert everything.share == pytest.approx(1)
    assert peaked_loss([1, 10, 100], [1, 10, 100], [0, 8, 90]) == pytest.approx(
        erlang_b([1, 10, 100], [0, 8, 90])
    )


def test_without_own_agents_a_late_overflow_is_as_random_as_the_calls() -> None:
    stream = overflow_stream([9, 90, 900], 200, 0, after=40, places=inf, patience=80)
    assert stream.share == pytest.approx(exp(-0.5), rel=1e-12)
    assert stream.peakedness == pytest.approx(1, rel=1e-6)


def test_peaked_loss_is_near_the_exact_loss_where_the_stream_is_not_small() -> None:
    agents, vendor = np.array([10, 20, 40, 60]), np.array([6, 10, 14, 20])
    load = agents * 1.2
    stream = overflow_stream(load * 9, 200, agents)
    exact = overflow_performance(load * 9, 200, agents, vendor, places=0).vendor_full
    assert (exact > 0.005).all()
    assert peaked_loss(stream.mean, stream.variance, vendor) == pytest.approx(exact, abs=0.025)


def test_a_pool_without_a_queue_and_other_clients_is_a_vendor() -> None:
    pool = pool_performance(
        [30, 90, 200], 200, [3, 8, 20], [1, 4, 3], places=2, patience=80, handling_factor=1.4
    )
    vendor = overflow_performance(
        [30, 90, 200], 200, [3, 8, 20], [1, 4, 3], after=inf, places=2, patience=80, handling_factor=1.4
    )
    for field in fields(OverflowPerformance):
        assert getattr(pool, field.name) == pytest.approx(getattr(vendor, field.name), rel=1e-8, abs=1e-12)


def test_a_pool_whose_clients_are_alike_is_erlang_a() -> None:
    """Without own agents all calls are Poisson calls to the vendor, ours and the others'."""
    pool = pool_performance(45, 200, 0, 9, vendor_places=inf, other_load=4, patience=150, threshold=15)
    alone = performance(45 + 36, 200, 9, patience=150, threshold=15)
    assert pool.abandonment == pytest.approx(alone.abandonment, rel=1e-8)
    assert pool.service_level == pytest.approx(alone.service_level, rel=1e-8)
    assert pool.service_level_excluding_short == pytest.approx(alone.service_level_excluding_short, rel=1e-8)
    assert pool.asa == pytest.approx(alone.asa, rel=1e-7)
    assert pool.vendor_busy == pytest.approx(45 * 200 / 1800 * (1 - float(alone.abandonment)), rel=1e-8)
