"""The requirement with a fraction: rounded up it is the requirement; it is continuous, and rises with the calls."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.sizing.fractional import required_agents_fractional
from staffing.queueing.sizing.inverse import most_calls
from tests.queueing.test_required_agents import LEVELS, targets

PATIENCE = st.one_of(st.just(inf), st.just(0.0), st.floats(0, 7).map(lambda power: float(10**power)))


@settings(deadline=None, max_examples=100)
@given(targets(), st.floats(-6, 5), st.floats(0, 3.5), PATIENCE, st.sampled_from([0.0, 0.0, 0.5]))
def test_rounded_up_it_is_the_requirement(
    wanted: Targets, load: float, aht: float, patience: float, redial: float
) -> None:
    calls, seconds = 10**load * 1800 / 10**aht, 10**aht
    found = required_agents_fractional(calls, seconds, wanted, patience=patience, redial=redial)
    assert np.ceil(found) == required_agents(calls, seconds, wanted, patience=patience, redial=redial)


def test_rounded_up_it_is_the_requirement_where_lines_are_limited() -> None:
    calls, wanted = np.linspace(1, 150, 40), Targets(service_level=0.7, threshold=30, abandonment=0.1)
    for options in ({"patience": 90, "redial": 0.3}, {"patience": 400}):
        found = required_agents_fractional(calls, 180, wanted, lines=25, **options)
        assert np.ceil(found).tolist() == required_agents(calls, 180, wanted, lines=25, **options).tolist()


@settings(deadline=None, max_examples=60)
@given(targets(), st.floats(0.1, 2000), st.floats(1, 1.5), PATIENCE)
def test_more_calls_never_need_less(wanted: Targets, calls: float, growth: float, patience: float) -> None:
    fewer, more = required_agents_fractional([calls, calls * growth], 180, wanted, patience=patience)
    assert more >= fewer * (1 - 1e-12)


@settings(deadline=None, max_examples=60)
@given(targets(), st.integers(1, 300), st.floats(0, 4).map(lambda power: float(10**power)))
def test_it_does_not_jump_where_an_agent_more_is_needed(
    wanted: Targets, agents: int, patience: float
) -> None:
    calls = float(most_calls(agents, 180, wanted, patience=patience))
    if calls < 1e12:
        around = calls * np.array([1 - 1e-7, 1 + 1e-7])
        below, above = required_agents_fractional(around, 180, wanted, patience=patience)
        assert below == pytest.approx(agents, abs=1e-3)
        assert above == pytest.approx(agents, abs=1e-3)


@pytest.mark.parametrize("patience", [inf, 100])
@pytest.mark.parametrize("definition", sorted(LEVELS))
def test_its_fraction_is_the_share_of_the_time_with_an_agent_more(definition: str, patience: float) -> None:
    calls = np.linspace(20, 400, 20)
    wanted = Targets(service_level=0.8, definition=definition)  # type: ignore[arg-type]
    found = required_agents_fractional(calls, 257, wanted, patience=patience)
    few = np.ceil(found) - 1
    low, high = (
        getattr(performance(calls, 257, number, patience=patience), LEVELS[definition])
        for number in (few, few + 1)
    )
    np.testing.assert_allclose(low + (found - few) * (high - low), 0.8, rtol=1e-12)


def test_an_occupancy_target_alone_needs_load_over_occupancy() -> None:
    calls = np.array([0.3, 7, 95, 1234.5])
    found = required_agents_fractional(calls, 200, Targets(occupancy=0.8))
    np.testing.assert_allclose(found, calls * 200 / 1800 / 0.8, rtol=1e-12)


def test_no_target_needs_more_than_the_load() -> None:
    found = required_agents_fractional([45, 90, 95], 200, Targets())
    np.testing.assert_allclose(found, np.array([45, 90, 95]) / 9, rtol=1e-12)
    assert np.ceil(found).tolist() == [6, 11, 11]
    assert float(required_agents_fractional(90, 200, Targets(), patience=60)) > 0


def test_the_target_that_needs_most_decides() -> None:
    each = [Targets(service_level=0.8), Targets(abandonment=0.04), Targets(asa=9), Targets(occupancy=0.86)]
    together = Targets(service_level=0.8, abandonment=0.04, asa=9, occupancy=0.86)
    calls = np.linspace(1, 400, 40)
    found = [required_agents_fractional(calls, 257, wanted, patience=90) for wanted in each]
    np.testing.assert_allclose(
        required_agents_fractional(calls, 257, together, patience=90), np.max(found, axis=0), rtol=1e-12
    )


def test_an_occupancy_that_nothing_exceeds_asks_for_nothing() -> None:
    """All but always busy is 1 - 1e-17: rounded, it must not count as missed."""
    plain, full = (
        Targets(service_level=0.8, threshold=300),
        Targets(service_level=0.8, threshold=300, occupancy=1.0),
    )
    found = required_agents_fractional(np.linspace(10, 4000, 50), 180, full, patience=1000)
    expected = required_agents_fractional(np.linspace(10, 4000, 50), 180, plain, patience=1000)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_shapes_and_no_calls() -> None:
    found = required_agents_fractional([[0], [90]], [100, 200, 0], Targets(service_level=0.8))
    assert found.shape == (2, 3)
    assert found[0].tolist() == [0, 0, 0]
    assert 0 < found[1, 2] <= 1
