"""The estimate beside exact chains, single Erlang queues and the simulator, and the simulator beside the chains."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import Performance, performance
from staffing.queueing.skills import skill_performance
from staffing.queueing.skills.estimate import BANDS
from tests.queueing.skills.chain import CASES, Case, Exact, solve
from tests.queueing.skills.scenes import played

INTERVAL = 1800.0
NAMES = [field.name for field in fields(Performance)]
WAIT_SECONDS = 3.0


@cache
def exact(case: Case) -> Exact:
    return solve(case)


def design(case: Case) -> tuple[list[list[int]], list[int]]:
    return [[0], [1], [0, 1]], [*case.own, case.shared]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_chain_turns_hardly_anybody_away(case: Case) -> None:
    assert exact(case).turned_away < 1e-4
    assert exact(case).states > 500


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_estimate_is_within_its_band_of_the_exact_chain(case: Case) -> None:
    skills, agents = design(case)
    calls = np.array(case.rate) * INTERVAL
    found = skill_performance(calls, case.aht, skills, agents, interval=INTERVAL, patience=case.patience)
    assert not found.exact.any()
    assert (np.abs(found.abandonment - exact(case).abandonment) < found.abandonment_band).all()
    assert (np.abs(found.wait_probability - exact(case).wait_probability) < found.service_level_band).all()
    assert found.mean_wait == pytest.approx(exact(case).mean_wait, abs=WAIT_SECONDS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_simulator_is_within_its_interval_of_the_exact_chain(case: Case) -> None:
    skills, agents = design(case)
    hourly = [rate * 3600 for rate in case.rate]
    found = played(
        hourly, case.aht, case.patience, skills, agents, hours=100, replications=20, seed=3
    ).by_type
    assert found.abandonment.covers(exact(case).abandonment).all()
    assert found.mean_wait.covers(exact(case).mean_wait).all()
    assert found.wait_probability.covers(exact(case).wait_probability).all()


def test_the_service_level_is_within_its_band_of_the_simulator() -> None:
    calls, aht, patience = [150.0, 110.0, 90.0], [300.0, 240.0, 200.0], [180.0, 120.0, 200.0]
    skills, agents = [[0], [1], [2], [0, 1], [1, 2]], [11, 6, 4, 3, 2]
    played_ = played(calls, aht, patience, skills, agents, hours=60, replications=6, seed=5).by_type
    found = skill_performance(calls, aht, skills, agents, interval=3600, patience=patience)
    for name in ("service_level", "service_level_answered", "service_level_excluding_short"):
        seen = getattr(played_, name)
        assert (np.abs(getattr(found, name) - seen.mean) < found.service_level_band + seen.half_width).all()
    assert (np.abs(found.abandonment - played_.abandonment.mean) < found.abandonment_band).all()
    assert found.asa == pytest.approx(played_.asa.mean, abs=WAIT_SECONDS)


loads = st.floats(0.5, 25)
numbers = st.integers(1, 30)
times = st.floats(60, 600)


@given(calls=st.lists(loads, min_size=1, max_size=3), agents=numbers, aht=times, patience=times)
@settings(deadline=None, max_examples=30)
def test_queues_of_their_own_are_single_queues(
    calls: list[float], agents: int, aht: float, patience: float
) -> None:
    own = [[queue] for queue in range(len(calls))]
    numbers_ = [agents + place for place in range(len(calls))]
    found = skill_performance(calls, aht, own, numbers_, interval=aht, patience=patience)
    single = performance(calls, aht, numbers_, interval=aht, patience=patience)
    assert found.exact.all()
    for name in NAMES:
        assert getattr(found, name) == pytest.approx(getattr(single, name), rel=1e-9, abs=1e-12)


@given(
    calls=st.lists(loads, min_size=2, max_size=4),
    agents=numbers,
    aht=times,
    patience=st.one_of(times, st.just(inf)),
)
@settings(deadline=None, max_examples=30)
def test_one_pool_of_all_is_one_queue(calls: list[float], agents: int, aht: float, patience: float) -> None:
    found = skill_performance(
        calls, aht, [list(range(len(calls)))], [agents], interval=aht, patience=patience, threshold=30
    )
    single = performance(sum(calls), aht, agents, interval=aht, patience=patience, threshold=30)
    assert found.exact.all()
    for name in ("abandonment", "service_level", "mean_wait", "asa", "occupancy"):
        assert getattr(found, name) == pytest.approx(float(getattr(single, name)), rel=1e-9)


@pytest.mark.parametrize("queues", [2, 3, 4])
@pytest.mark.parametrize("agents", [30, 36, 44])
@pytest.mark.parametrize("patience", [60.0, 300.0, 1500.0])
def test_the_estimate_of_one_pool_is_near_the_exact_figures(
    queues: int, agents: int, patience: float
) -> None:
    """A tiny difference of patience sends the pool through the estimate, which must find what is known exactly."""
    calls = np.full(queues, 36 * INTERVAL / 300 / queues)
    near = patience * (1 + 1e-9 * np.arange(queues))
    found = skill_performance(calls, 300, [list(range(queues))], [agents], patience=near)
    single = performance(calls.sum(), 300, agents, patience=patience)
    assert not found.exact.any()
    # Two queues are summed over all states, more are sampled.
    share = 2e-4 if queues == 2 else 4e-3 if patience < 1000 else 1.5e-2
    assert found.abandonment == pytest.approx(np.full(queues, single.abandonment), abs=share)
    assert found.service_level == pytest.approx(np.full(queues, single.service_level), abs=share)
    assert found.service_level_virtual == pytest.approx(
        np.full(queues, single.service_level_virtual), abs=share
    )
    assert found.abandonment_within_threshold == pytest.approx(
        np.full(queues, single.abandonment_within_threshold), abs=share
    )
    assert found.asa == pytest.approx(np.full(queues, single.asa), rel=0.05, abs=0.05)


def test_callers_who_never_give_up() -> None:
    skills, agents = [[0], [1], [0, 1]], [9, 7, 4]
    calls = [8.5 * INTERVAL / 300, 6 * INTERVAL / 240]
    endless = skill_performance(calls, [300, 240], skills, agents)
    patient = skill_performance(calls, [300, 240], skills, agents, patience=1e7)
    assert (endless.abandonment == 0).all()
    assert endless.mean_wait == pytest.approx(patient.mean_wait, rel=1e-3)
    seen = played(
        [call * 2 for call in calls],
        [300, 240],
        [inf, inf],
        skills,
        agents,
        hours=100,
        replications=6,
        seed=2,
    ).by_type
    assert (np.abs(endless.service_level - seen.service_level.mean) < endless.service_level_band).all()
    stable = skill_performance([60, 55], 300, skills, [9, 7, 4])
    assert np.isfinite(stable.mean_wait).all()
    overloaded = skill_performance([100, 60], 300, skills, [9, 7, 4])
    assert np.isinf(overloaded.mean_wait).all()
    assert (overloaded.service_level == 0).all()


def test_nothing_to_do_and_nobody_to_do_it() -> None:
    found = skill_performance([0, 40, 10], [0, 300, 200], [[0, 1], [1]], [3, 5], patience=100)
    assert found.service_level[0] == 1
    assert found.exact.all()
    assert found.abandonment[0] == 0
    alone = performance(40, 300, 8, patience=100)
    assert found.abandonment[1] == pytest.approx(float(alone.abandonment), rel=1e-12)
    assert found.abandonment[2] == 1
    assert np.isinf(found.asa[2])
    empty = skill_performance([5, 5], 100, [[0, 1]], [0], patience=60)
    assert (empty.abandonment == 1).all()


def test_leading_axes_broadcast() -> None:
    calls = np.array([[60.0, 40.0], [30.0, 20.0], [0.0, 0.0]])
    agents = np.array([[[8, 6, 3]], [[9, 7, 4]]])
    found = skill_performance(calls, [300, 240], [[0], [1], [0, 1]], agents, patience=120, threshold=[20, 30])
    assert found.abandonment.shape == (2, 3, 2)
    one = skill_performance(
        calls[0], [300, 240], [[0], [1], [0, 1]], agents[1, 0], patience=120, threshold=[20, 30]
    )
    for name in [*NAMES, *BANDS]:
        assert (getattr(found, name)[1, 0] == getattr(one, name)).all()
    assert (found.abandonment[:, 2] == 0).all()
    assert found.queue_length[1, 0] == pytest.approx(one.mean_wait * calls[0] / INTERVAL)


def test_the_order_of_queues_and_groups_of_different_size_makes_no_difference() -> None:
    one = skill_performance([60, 40], [300, 240], [[0], [1], [0, 1]], [8, 6, 3], patience=[120, 90])
    other = skill_performance([40, 60], [240, 300], [[1, 0], [1], [0]], [3, 8, 6], patience=[90, 120])
    assert one.abandonment == pytest.approx(other.abandonment[::-1], rel=1e-9)
    split = skill_performance([60, 40], [300, 240], [[0], [1], [0, 1], [0]], [5, 6, 3, 3], patience=[120, 90])
    assert split.abandonment == pytest.approx(one.abandonment, rel=1e-12)


@given(
    calls=st.lists(st.floats(0, 80), min_size=3, max_size=3),
    aht=st.lists(times, min_size=3, max_size=3),
    patience=st.lists(st.floats(1, 1e6), min_size=3, max_size=3),
    agents=st.lists(st.integers(0, 25), min_size=6, max_size=6),
)
@settings(deadline=None, max_examples=40)
def test_figures_are_always_shares_and_times(
    calls: list[float], aht: list[float], patience: list[float], agents: list[int]
) -> None:
    skills = [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]]
    found = skill_performance(calls, aht, skills, agents, patience=patience)
    for name in NAMES:
        figure = getattr(found, name)
        assert not np.isnan(figure).any()
        assert (figure >= 0).all()
        if name not in ("asa", "mean_wait", "queue_length", "attempts"):
            assert (figure <= 1).all()
    assert (found.service_level + found.abandonment <= 1 + 1e-9).all()
    assert (found.abandonment_within_threshold <= found.abandonment + 1e-12).all()
    assert np.isfinite(found.mean_wait).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"calls": [-1, 2]}, "calls"),
        ({"calls": 5}, "calls"),
        ({"aht": [300, np.nan]}, "aht"),
        ({"aht": [300, 0]}, "aht"),
        ({"patience": 0}, "patience"),
        ({"threshold": -1}, "threshold"),
        ({"interval": [1, 2, 3]}, "interval"),
        ({"agents": [1, 2.5, 1]}, "agents"),
        ({"agents": [1, 2]}, "agents"),
        ({"agents": np.ones((3, 3)), "calls": np.ones((2, 2))}, "agents"),
        ({"skills": [[0], [1], [0, 2]]}, "skills"),
        ({"skills": [[0], [1], [0, 0]]}, "skills"),
        ({"skills": [[0], [1], []]}, "skills"),
        ({"skills": []}, "skills"),
    ],
)
def test_faults_name_the_argument(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {
        "calls": [60, 40],
        "aht": [300, 240],
        "skills": [[0], [1], [0, 1]],
        "agents": [8, 6, 3],
        "patience": 100,
    }
    with pytest.raises(ValueError, match=message):
        skill_performance(**(arguments | change))  # type: ignore[arg-type]


def test_more_connected_queues_than_can_be_estimated() -> None:
    with pytest.raises(ValueError, match="at most 8"):
        skill_performance(np.full(9, 5), 300, [list(range(9)), [0]], [20, 1], patience=100)
    apart = skill_performance(
        np.full(9, 5), 300, [[queue] for queue in range(9)], np.full(9, 2), patience=100
    )
    assert apart.exact.all()
