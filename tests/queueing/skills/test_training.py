"""Cross-training: each step gains, the people stay the same in number, and both ends are those of single queues."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.queueing.skills import cross_training, skill_performance

CALLS = [60.0, 40.0, 50.0]
OWN = [11, 7, 9]


def test_a_chain_of_three_queues() -> None:
    found = cross_training(CALLS, 300, OWN, patience=150)
    apart = performance(CALLS, 300, OWN, patience=150)
    weights = np.array(CALLS) / sum(CALLS)
    assert found.separate == pytest.approx(float(apart.abandonment @ weights), rel=1e-12)
    assert found.pooled == pytest.approx(
        float(performance(150, 300, 27, patience=150).abandonment), rel=1e-12
    )
    assert found.reached
    assert found.agents.sum() == sum(OWN)
    assert found.steps[-1].gain >= 0.8
    trained = found.steps[-1].trained
    assert trained == sum(step.people for step in found.steps) < sum(OWN)
    assert sum(found.pairs.values()) == trained
    for (home, extra), people in found.pairs.items():
        assert people == sum(step.people for step in found.steps if (step.home, step.extra) == (home, extra))
    assert found.agents[[len(skills) == 2 for skills in found.skills]].sum() == trained
    last = skill_performance(CALLS, 300, found.skills, found.agents, patience=150)
    assert float(last.abandonment @ weights) == pytest.approx(found.steps[-1].value, rel=1e-12)


@given(
    calls=st.lists(st.floats(5, 50), min_size=2, max_size=3),
    spare=st.floats(-0.5, 1.5),
    aht=st.lists(st.floats(100, 500), min_size=3, max_size=3),
    measure=st.sampled_from(["abandonment", "service_level", "mean_wait"]),
)
@settings(deadline=None, max_examples=8)
def test_every_step_gains(calls: list[float], spare: float, aht: list[float], measure: str) -> None:
    times = np.array(aht[: len(calls)])
    load = np.array(calls) * times / 1800
    own = np.maximum(np.round(load + spare * np.sqrt(load)), 1)
    found = cross_training(calls, times, own, measure=measure, share=0.5, patience=120)  # type: ignore[arg-type]
    gains = [step.gain for step in found.steps]
    assert gains == sorted(gains)
    assert all(gain > 0 for gain in gains)
    assert found.reached == bool(gains and gains[-1] >= 0.5)
    assert all(gain < 0.5 for gain in gains[:-1])
    assert found.agents.sum() == own.sum()
    better = [-step.value if measure == "service_level" else step.value for step in found.steps]
    assert better == sorted(better, reverse=True)


def test_help_goes_to_the_queue_that_is_short() -> None:
    found = cross_training([60.0, 20.0], 300, [8, 6], patience=120, share=0.3)
    assert {(step.home, step.extra) for step in found.steps} == {(1, 0)}
    assert len(found.steps) == 1
    assert found.steps[0].people == found.steps[0].trained


def test_a_queue_that_never_ends_gains_all_once_it_does() -> None:
    found = cross_training([60.0, 20.0], 300, [10, 6], measure="mean_wait", share=1.0)
    assert np.isinf(found.separate)
    assert np.isfinite(found.pooled)
    assert found.reached
    assert np.isfinite(found.steps[-1].value)


@pytest.mark.parametrize("measure", ["mean_wait", "service_level"])
def test_several_people_may_be_needed_before_waiting_ends(measure: str) -> None:
    found = cross_training([66.0, 15.0], 300, [9, 8], measure=measure, share=0.1)  # type: ignore[arg-type]
    assert found.reached
    assert found.pairs == {(1, 0): found.steps[-1].trained}
    assert found.steps[-1].trained >= 3
    last = skill_performance([66, 15], 300, found.skills, found.agents)
    assert np.isfinite(last.mean_wait).all()


def test_nothing_to_gain() -> None:
    found = cross_training([0.0, 20.0], 300, [0, 6], patience=120)
    assert found.steps == ()
    assert not found.reached
    assert found.agents.tolist() == [6]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"share": 0}, "share"),
        ({"share": 1.2}, "share"),
        ({"measure": "asa"}, "measure"),
        ({"calls": [60.0]}, "calls"),
        ({"calls": [[60.0, 40.0]]}, "calls"),
        ({"specialists": [8.5, 6]}, "specialists"),
        ({"specialists": [8]}, "specialists"),
        ({"calls": np.ones(9), "specialists": np.ones(9)}, "at most 8"),
        ({"patience": np.inf}, "patience"),
    ],
)
def test_faults_name_the_argument(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"calls": [60.0, 40.0], "aht": 300, "specialists": [8, 6], "patience": 100}
    with pytest.raises(ValueError, match=message):
        cross_training(**(arguments | change))  # type: ignore[arg-type]
