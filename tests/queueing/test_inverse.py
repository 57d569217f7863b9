"""How much may come, last or be put up with: each answer meets the targets, and the least more does not."""

from __future__ import annotations

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.sizing.inverse import longest_aht, most_calls, shortest_patience
from tests.queueing.test_required_agents import LEVELS, meets, targets

PATIENCE = st.one_of(st.just(inf), st.just(0.0), st.floats(0, 7).map(lambda power: float(10**power)))
REDIAL = st.sampled_from([0.0, 0.0, 0.5])
LOAD = st.floats(-3, 4).map(lambda power: float(10**power))


@settings(deadline=None, max_examples=80)
@given(targets(), st.integers(1, 3000), st.floats(1, 3000), PATIENCE, REDIAL)
def test_agents_take_the_most_calls_and_no_more(
    wanted: Targets, agents: int, aht: float, patience: float, redial: float
) -> None:
    calls = float(most_calls(agents, aht, wanted, patience=patience, redial=redial))
    options = {"patience": patience, "redial": redial}
    if calls * aht / 1800 > 1e14:
        assert meets(wanted, 1e12, aht, agents, 1e-9, **options)
        return
    assert required_agents(calls, aht, wanted, **options) <= agents
    assert required_agents(calls * (1 + 1e-9), aht, wanted, **options) > agents
    one_less = float(most_calls(agents - 1, aht, wanted, **options))
    if one_less < calls * (1 - 1e-9):
        assert required_agents(calls, aht, wanted, **options) == agents


@settings(deadline=None, max_examples=50)
@given(targets(), st.floats(-2, 4), st.integers(1, 1000), PATIENCE, REDIAL)
def test_calls_may_last_so_long_and_no_longer(
    wanted: Targets, power: float, agents: int, patience: float, redial: float
) -> None:
    calls = 10**power
    aht = float(longest_aht(calls, agents, wanted, patience=patience, redial=redial))
    options = {"patience": patience, "redial": redial}
    if aht * calls / 1800 > 1e14:
        assert meets(wanted, calls, 1e9, agents, 1e-9, **options)
        return
    assert required_agents(calls, aht, wanted, **options) <= agents
    assert required_agents(calls, aht * (1 + 1e-9), wanted, **options) > agents


@settings(deadline=None, max_examples=60)
@given(targets(), LOAD, st.floats(-3, 4), REDIAL)
def test_shorter_patience_than_the_shortest_misses_the_targets(
    wanted: Targets, load: float, surplus: float, redial: float
) -> None:
    agents, calls = max(1, round(load + surplus * load**0.5)), load * 10
    patience = float(shortest_patience(calls, 180, agents, wanted, redial=redial))
    if isnan(patience):
        for tried in (0, 1e-3, 1, 10, 60, 200, 1e3, 1e4, 1e6, inf):
            assert not meets(wanted, calls, 180, agents, -1e-9, patience=tried, redial=redial)
        return
    assert meets(wanted, calls, 180, agents, 1e-9, patience=patience, redial=redial)
    if 1e-6 < patience < inf:
        shorter = patience * (1 - 1e-6)
        assert not meets(wanted, calls, 180, agents, 0, patience=shorter, redial=redial)


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from(sorted(LEVELS)), st.floats(1, 2000))
def test_limited_lines_take_every_volume_up_to_the_answer(
    agents: int, places: int, definition: str, patience: float
) -> None:
    wanted = Targets(service_level=0.8, abandonment=0.05, definition=definition)  # type: ignore[arg-type]
    calls = float(most_calls(agents, 180, wanted, patience=patience, lines=agents + places))
    top = min(calls, 1e5)
    shares = np.linspace(0.02, 1, 50)
    assert meets(wanted, top * shares, 180, agents, 1e-9, patience=patience, lines=agents + places).all()
    if calls < 1e5:
        beyond = calls * (1 + 1e-6)
        assert not meets(wanted, beyond, 180, agents, -1e-9, patience=patience, lines=agents + places)


def test_they_undo_the_requirement() -> None:
    wanted = Targets(service_level=0.8, abandonment=0.05)
    agents = np.arange(1, 500)
    for patience in (inf, 120):
        calls = most_calls(agents, 257, wanted, patience=patience)
        assert (np.diff(calls) > 0).all()
        assert required_agents(calls, 257, wanted, patience=patience).tolist() == agents.tolist()
        aht = longest_aht(calls, agents, wanted, patience=patience)
        np.testing.assert_allclose(aht, 257, rtol=1e-9)


def test_an_occupancy_target_in_closed_form() -> None:
    wanted = Targets(occupancy=0.8)
    np.testing.assert_allclose(most_calls([1, 10, 200], 180, wanted), [8, 80, 1600], rtol=1e-12)
    np.testing.assert_allclose(longest_aht([8, 80], [2, 10], wanted), [360, 180], rtol=1e-12)
    np.testing.assert_allclose(most_calls([2, 20], 360, Targets()), [10, 100], rtol=1e-12)


def test_abandonment_sets_how_impatient_callers_may_be() -> None:
    wanted, agents = Targets(abandonment=0.05), np.arange(58, 62)
    patience = shortest_patience(400, 257, agents, wanted)
    assert (np.diff(patience) < 0).all()
    np.testing.assert_allclose(performance(400, 257, agents, patience=patience).abandonment, 0.05, rtol=1e-10)
    assert float(shortest_patience(400, 257, 70, wanted)) == 0
    assert isnan(float(shortest_patience(400, 257, 50, wanted)))


def test_a_short_stretch_of_patience_that_meets_all_targets_is_found() -> None:
    """Abandonment asks for patience, ASA for impatience: both hold only just."""
    middle = performance(400, 257, 58, patience=150)
    wanted = Targets(abandonment=float(middle.abandonment) * 1.0005, asa=float(middle.asa) * 1.0005)
    found = float(shortest_patience(400, 257, 58, wanted))
    assert 149 < found < 150
    assert meets(wanted, 400, 257, 58, 1e-9, patience=found)


class TestCorners:
    def test_no_agents_no_calls_no_time(self) -> None:
        wanted = Targets(service_level=0.8)
        assert most_calls([0, 3], [180, 0], wanted).tolist() == [0, inf]
        assert longest_aht([0, 0, 5], [0, 3, 0], wanted).tolist() == [inf, inf, 0]
        np.testing.assert_array_equal(shortest_patience([0, 5], 180, 0, wanted), [0, nan])
        assert most_calls(5, 180, wanted, lines=0) == 0

    def test_no_volume_breaks_what_only_those_who_stay_are_asked(self) -> None:
        assert most_calls(5, 180, Targets(asa=20), patience=0) == inf
        assert longest_aht(100, 5, Targets(), patience=60) == inf

    def test_abandonment_alone_says_nothing_for_endless_patience(self) -> None:
        for question in (most_calls, longest_aht):
            with pytest.raises(ValueError, match=r"^abandonment: .* patience is infinite"):
                question(5, 180, Targets(abandonment=0.05))

    def test_shapes_and_refusals(self) -> None:
        wanted = Targets(service_level=0.8)
        assert most_calls(np.ones((2, 1)), [100, 200, 300], wanted).shape == (2, 3)
        assert longest_aht(np.zeros((0, 2)), 3, wanted).shape == (0, 2)
        with pytest.raises(ValueError, match=r"^agents must be"):
            most_calls(2.5, 180, wanted)
        with pytest.raises(ValueError, match=r"^calls must be"):
            longest_aht(-1, 3, wanted)
        with pytest.raises(ValueError, match=r"^aht must be"):
            shortest_patience(1, nan, 3, wanted)
