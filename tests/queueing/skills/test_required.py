"""The cheapest agents found: within the bounds, meeting the targets, and what trying all numbers finds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import Targets, required_agents
from staffing.queueing.skills import required_skills, skill_performance
from tests.queueing.skills.scenes import played

BOTH = Targets(service_level=0.8, threshold=20, abandonment=0.05)
TWO = [[0], [1], [0, 1]]


def test_a_single_queue_needs_what_it_always_needed() -> None:
    calls = np.array([[0.0], [1.0], [40.0], [150.0]])
    found = required_skills(calls, 240, BOTH, [[0]], patience=100)
    assert (found.total == required_agents(calls[:, 0], 240, BOTH, patience=100)).all()
    assert (found.agents[:, 0] == found.total).all()
    assert (found.cost == found.total).all()
    assert found.meets.all()


def test_queues_nobody_shares_are_added() -> None:
    calls, aht = [60.0, 40.0, 20.0], [300.0, 240.0, 200.0]
    found = required_skills(calls, aht, BOTH, [[0], [1], [2]], patience=120)
    assert (found.agents == required_agents(calls, aht, BOTH, patience=120)).all()
    assert found.bounds.lower == found.total == found.bounds.upper


def test_one_pool_of_all_is_full_pooling() -> None:
    found = required_skills([60.0, 40.0, 20.0], 300, BOTH, [[0, 1, 2]], patience=120)
    assert found.total == found.bounds.pooled == required_agents(120, 300, BOTH, patience=120)


@given(
    calls=st.lists(st.floats(0, 50), min_size=2, max_size=2),
    aht=st.lists(st.floats(100, 500), min_size=2, max_size=2),
    patience=st.lists(st.floats(40, 400), min_size=2, max_size=2),
    premium=st.sampled_from([0.0, 0.05, 0.3, 2.0]),
)
@settings(deadline=None, max_examples=8)
def test_between_the_bounds_and_good_enough(
    calls: list[float], aht: list[float], patience: list[float], premium: float
) -> None:
    found = required_skills(calls, aht, BOTH, TWO, cost=[1, 1, 1 + premium], patience=patience)
    assert found.meets
    assert found.bounds.lower <= found.total <= found.bounds.upper
    assert found.cost <= found.separate_cost + 1e-9
    again = skill_performance(calls, aht, TWO, found.agents, patience=patience)
    assert (again.service_level >= 0.8 - 1e-9).all()
    assert (again.abandonment <= 0.05 + 1e-9).all()
    if premium == 2.0:
        assert found.agents[2] == 0 or found.cost < found.separate_cost


@pytest.mark.parametrize("cost", [[1.0, 1.0, 1.05], [1.0, 1.2, 1.3]])
def test_no_cheaper_numbers_exist_in_a_small_case(cost: list[float]) -> None:
    calls, aht, patience = [16.0, 12.0], [300.0, 240.0], 100.0
    found = required_skills(calls, aht, BOTH, TWO, cost=cost, patience=patience)
    numbers = np.array(list(product(range(7), range(6), range(8))))
    numbers = numbers[
        (numbers @ cost < found.separate_cost + 1e-9) & (numbers.sum(axis=1) >= found.bounds.lower)
    ]
    tried = skill_performance(np.array([calls]), aht, TWO, numbers, patience=patience)
    good = (tried.service_level >= 0.8).all(axis=1) & (tried.abandonment <= 0.05).all(axis=1)
    assert float(found.cost) == pytest.approx(float((numbers[good] @ cost).min()))


def test_intervals_are_solved_alone_and_alike_ones_alike() -> None:
    calls = np.array([[30.0, 20.0], [0.0, 0.0], [30.0, 20.0], [10.0, 0.0]])
    found = required_skills(calls, [300, 240], BOTH, TWO, patience=120)
    assert found.agents.shape == (4, 3)
    assert (found.agents[0] == found.agents[2]).all()
    assert (found.agents[1] == 0).all()
    assert found.agents[3].tolist() == [int(required_agents(10, 300, BOTH, patience=120)), 0, 0]
    assert (found.total == found.agents.sum(axis=1)).all()


def test_a_stricter_queue_and_every_kind_of_target() -> None:
    targets = [
        Targets(service_level=0.9, threshold=10, definition="answered", occupancy=0.9),
        Targets(asa=20, abandonment=0.06),
    ]
    found = required_skills([50, 40], [300, 200], targets, TWO, patience=150)
    again = skill_performance([50, 40], [300, 200], TWO, found.agents, patience=150, threshold=[10, 20])
    assert found.meets
    assert again.service_level_answered[0] >= 0.9
    assert again.occupancy[0] <= 0.9
    assert again.asa[1] <= 20
    assert again.abandonment[1] <= 0.06
    assert found.cost < found.separate_cost


def test_without_specialists_too() -> None:
    found = required_skills([40, 30, 30], 300, BOTH, [[0, 1], [1, 2]], patience=120)
    assert found.meets
    assert found.bounds.lower <= found.total <= found.bounds.upper
    assert (found.performance.abandonment_band == 0.06).all()
    assert np.isinf(found.separate_cost)


def test_the_simulator_agrees_that_the_targets_are_met_within_the_band() -> None:
    calls, aht, patience = [120.0, 90.0, 100.0], [300.0, 240.0, 360.0], [150.0, 150.0, 150.0]
    skills = [[0], [1], [2], [0, 1], [1, 2], [0, 2]]
    found = required_skills(calls, aht, BOTH, skills, interval=3600, patience=patience)
    seen = played(
        calls, aht, patience, skills, found.agents.tolist(), hours=60, replications=4, seed=4
    ).by_type
    band = found.performance
    assert (seen.service_level.high > 0.8 - band.service_level_band).all()
    assert (seen.abandonment.low < 0.05 + band.abandonment_band).all()
    assert found.total < found.bounds.upper


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cost": [1, 1]}, "cost"),
        ({"cost": [1, 1, 0]}, "cost"),
        ({"targets": [BOTH]}, "targets"),
        ({"skills": [[0]]}, "queue 1"),
        ({"patience": -1}, "patience"),
    ],
)
def test_faults_name_the_argument(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {
        "calls": [60, 40],
        "aht": 300,
        "targets": BOTH,
        "skills": TWO,
        "patience": 100,
    }
    with pytest.raises(ValueError, match=message):
        required_skills(**(arguments | change))  # type: ignore[arg-type]
