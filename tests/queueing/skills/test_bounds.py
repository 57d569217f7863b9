"""Bounds hold, are those of single queues where nothing is shared, and are what a naive count finds."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.skills import skill_bounds, skill_performance
from tests.queueing.skills.chain import CASES, solve

BOTH = Targets(service_level=0.8, threshold=20, abandonment=0.05)
LOST = Targets(abandonment=0.04)
PAIRS = [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]


def test_separate_queues_are_added() -> None:
    calls, aht = np.array([[60.0, 40.0, 20.0], [0.0, 10.0, 5.0]]), [300, 240, 200]
    found = skill_bounds(calls, aht, BOTH, [[0], [1], [2]], patience=120)
    assert (found.separate == required_agents(calls, aht, BOTH, patience=120)).all()
    assert (found.upper == found.separate.sum(axis=-1)).all()
    assert (found.lower == found.upper).all()


@given(
    calls=st.lists(st.floats(0, 60), min_size=3, max_size=3),
    aht=st.lists(st.floats(60, 600), min_size=3, max_size=3),
    patience=st.lists(st.floats(30, 600), min_size=3, max_size=3),
    skills=st.lists(st.sampled_from(PAIRS), min_size=0, max_size=3),
    targets=st.sampled_from([BOTH, LOST, Targets(asa=15), Targets(service_level=0.7, definition="virtual")]),
)
@example([0.0, 0.0, 5e-324], [60.0] * 3, [30.0] * 3, [], BOTH)
@settings(deadline=None, max_examples=60)
def test_lower_is_never_above_upper(
    calls: list[float], aht: list[float], patience: list[float], skills: list[list[int]], targets: Targets
) -> None:
    found = skill_bounds(calls, aht, targets, [[0], [1], [2], *skills], patience=patience)
    assert 0 <= found.lower <= found.upper
    loads = np.array(calls) * aht / 1800
    if targets is LOST:
        assert found.lower >= np.ceil(0.96 * loads.sum() - 1e-6)
    assert found.lower >= max(found.separate) * (targets.asa is None)


@given(
    calls=st.lists(st.floats(1, 60), min_size=2, max_size=4),
    aht=st.floats(60, 600),
    patience=st.floats(30, 600),
)
@settings(deadline=None, max_examples=30)
def test_full_pooling_is_the_least_where_queues_are_alike(
    calls: list[float], aht: float, patience: float
) -> None:
    everything = [list(range(len(calls)))]
    found = skill_bounds(calls, aht, LOST, everything, patience=patience)
    assert found.lower == found.pooled == required_agents(sum(calls), aht, LOST, patience=patience)


def test_the_lower_bound_by_trying_all_numbers() -> None:
    """No three groups smaller in total pass what each set of queues needs: by hand, all sets, all numbers."""
    calls, aht, patience = np.array([50.0, 30.0]), np.array([300.0, 200.0]), np.array([100.0, 60.0])
    found = skill_bounds(calls, aht, LOST, [[0], [1], [0, 1]], patience=patience)
    own = required_agents(calls, aht, LOST, patience=patience)
    work = 0.96 * (calls * aht / 1800).sum()
    totals = [
        a + b + c
        for a, b, c in product(range(15), repeat=3)
        if a + c >= own[0] and b + c >= own[1] and a + b + c >= work
    ]
    assert found.lower == min(totals)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_exact_chain_beats_what_each_set_of_queues_needs(case: object) -> None:
    """With the exact chain's own losses as targets the agents it had must not lie below the bound."""
    one = next(each for each in CASES if each is case)
    lost = solve(one).abandonment
    targets = [Targets(abandonment=float(share)) for share in lost]
    calls = np.array(one.rate) * 1800
    found = skill_bounds(calls, one.aht, targets, [[0], [1], [0, 1]], patience=one.patience)
    assert found.lower <= sum(one.own) + one.shared
    for queue in (0, 1):
        able = one.own[queue] + one.shared
        alone = performance(calls[queue], one.aht[queue], able, patience=one.patience[queue])
        assert alone.abandonment <= lost[queue] + 1e-9


def test_the_pooled_bound_against_an_estimate_between() -> None:
    """Same handling time and patience: some sharing loses less than none and more than full pooling."""
    calls, patience = [60.0, 40.0, 50.0], 150
    apart = skill_performance(calls, 300, [[0], [1], [2]], [11, 7, 9], patience=patience)
    some = skill_performance(calls, 300, PAIRS, [9, 6, 7, 2, 1, 1, 1], patience=patience)
    pooled = performance(150, 300, 27, patience=patience)
    weights = np.array(calls) / 150
    assert apart.abandonment @ weights > some.abandonment @ weights > pooled.abandonment


def test_endless_patience_needs_more_than_the_load() -> None:
    found = skill_bounds([60, 60], 300, Targets(service_level=0.8), [[0, 1]], patience=inf)
    assert found.lower == 21
    with pytest.raises(ValueError, match="abandonment"):
        skill_bounds([60, 60], 300, LOST, [[0, 1]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targets": [BOTH]}, "targets"),
        ({"targets": [BOTH, "both"]}, "targets"),
        ({"skills": [[0]]}, "no group serves queue 1"),
        ({"calls": np.ones(9), "aht": 300, "targets": BOTH, "skills": [[0]]}, "at most 8"),
        ({"calls": [np.nan, 1]}, "calls"),
    ],
)
def test_faults_name_the_argument(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {
        "calls": [60, 40],
        "aht": [300, 240],
        "targets": BOTH,
        "skills": [[0], [1]],
    }
    with pytest.raises(ValueError, match=message):
        skill_bounds(**(arguments | change), patience=100)  # type: ignore[arg-type]
