"""pyworkforce as peer: the same figures for the same agents, and a requirement that is never below ours.

Runs with 0.5.1, which knows Erlang C only, and with 0.5.4, which knows Erlang A too.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
import pytest
import pyworkforce.queuing as peer
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from staffing.queueing import Targets, performance, required_agents

HAS_ERLANG_A = tuple(int(part) for part in version("pyworkforce").split(".")[:3]) >= (0, 5, 2)


def erlang_c(calls: float, aht: float, threshold: float, interval: float = 1800) -> Any:
    return peer.ErlangC(transactions=calls, aht=aht / 60, asa=threshold / 60, interval=interval / 60)


@given(st.floats(0.1, 3000), st.floats(20, 900), st.floats(1, 300), st.integers(1, 60))
def test_erlang_c_figures_agree(calls: float, aht: float, threshold: float, spare: int) -> None:
    agents = int(calls * aht / 1800) + spare
    assume(agents - calls * aht / 1800 > 1e-6)
    theirs = erlang_c(calls, aht, threshold)
    ours = performance(calls, aht, agents, threshold=threshold)
    close = {"rel": 1e-9, "abs": 1e-12}
    assert float(ours.wait_probability) == pytest.approx(theirs.waiting_probability(agents), **close)
    assert float(ours.service_level) == pytest.approx(theirs.service_level(agents), **close)
    assert float(ours.occupancy) == pytest.approx(theirs.achieved_occupancy(agents), **close)


@settings(max_examples=200)
@given(st.floats(0.01, 500), st.floats(20, 900), st.floats(1, 600), st.floats(0.05, 0.99), st.floats(0.05, 1))
def test_its_erlang_c_requirement_is_never_below_ours(
    calls: float, aht: float, threshold: float, level: float, occupancy: float
) -> None:
    theirs = erlang_c(calls, aht, threshold).required_positions(level, occupancy)["raw_positions"]
    ours = required_agents(calls, aht, Targets(service_level=level, threshold=threshold, occupancy=occupancy))
    assert theirs >= int(ours)


@pytest.mark.parametrize("aht", [60, 180, 300])
@pytest.mark.parametrize(("level", "threshold"), [(0.8, 20), (0.5, 60), (0.8, 60), (0.3, 120), (0.8, 300)])
def test_without_an_occupancy_target_only_the_start_of_its_search_differs(
    aht: float, level: float, threshold: float
) -> None:
    calls = np.arange(1, 201)
    ours = required_agents(calls, aht, Targets(service_level=level, threshold=threshold))
    start = [round(erlang_c(each, aht, threshold).intensity + 1) for each in calls.tolist()]
    theirs = [
        erlang_c(each, aht, threshold).required_positions(level)["raw_positions"] for each in calls.tolist()
    ]
    assert theirs == np.maximum(ours, start).tolist()


def test_it_overstaffs_where_its_search_starts_above_the_answer() -> None:
    """0.6 Erlangs: one agent answers 84.2 % within ten minutes, but it starts at round(0.6 + 1) = 2."""
    theirs = erlang_c(12, 180, 600, interval=3600)
    assert theirs.service_level(1) == pytest.approx(0.842, abs=5e-4)
    assert theirs.required_positions(0.8)["raw_positions"] == 2
    assert required_agents(12, 180, Targets(service_level=0.8, threshold=600), interval=3600) == 1


def test_its_erlang_a_agrees_on_figures_and_overstaffs() -> None:
    """Before 0.5.2 there is none, which is what the plan's engine relies on."""
    if not HAS_ERLANG_A:
        assert not hasattr(peer, "ErlangA")
        return
    for calls, aht, agents, patience in ((100, 180, 14, 300), (100, 180, 8, 60), (30, 240, 4, 120)):
        theirs = peer.ErlangA(
            transactions=calls, aht=aht / 60, asa=20 / 60, interval=30, patience=patience / 60
        )
        ours = performance(calls, aht, agents, patience=patience)
        pairs = {
            "waiting_probability": ours.wait_probability,
            "abandonment_probability": ours.abandonment,
            "achieved_occupancy": ours.occupancy,
            "average_queue_length": ours.queue_length,
            "service_level": ours.service_level,
        }
        for method, figure in pairs.items():
            assert getattr(theirs, method)(agents) == pytest.approx(float(figure), rel=1e-9), method
        assert theirs.average_speed_of_answer(agents) * 60 == pytest.approx(float(ours.mean_wait), rel=1e-9)
    theirs = peer.ErlangA(transactions=400, aht=257 / 60, asa=20 / 60, interval=30, patience=1)
    assert theirs.required_positions(0.8)["raw_positions"] == 58
    assert required_agents(400, 257, Targets(service_level=0.8), patience=60) == 54
