"""The requirement: the smallest number that meets all targets, however it is looked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.sizing import breakpoints, required
from staffing.queueing.sizing.fractional import required_agents_fractional
from staffing.queueing.sizing.required import search
from staffing.queueing.stationary.workload import Workload

LEVELS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level_virtual",
    "excluding_short": "service_level_excluding_short",
}
SHARES = st.floats(0.01, 0.99)


@st.composite
def targets(draw: st.DrawFn) -> Targets:
    def sometimes(values: st.SearchStrategy[float]) -> float | None:
        return draw(st.one_of(st.none(), values))

    return Targets(
        service_level=draw(SHARES),
        threshold=draw(st.sampled_from([0, 10, 20, 300])),
        abandonment=sometimes(SHARES),
        asa=sometimes(st.floats(0.1, 1000)),
        occupancy=sometimes(st.floats(0.1, 1)),
        definition=draw(st.sampled_from(sorted(LEVELS))),
    )


def meets(
    targets: Targets, calls: ArrayLike, aht: float, agents: ArrayLike, slack: float, **options: Any
) -> NDArray[np.bool_]:
    """Whether the agents keep every target, give or take the slack; the shape of `calls` and `agents` together."""
    found = performance(calls, aht, agents, threshold=targets.threshold, **options)
    kept = np.ones(np.broadcast_shapes(np.shape(calls), np.shape(agents)), dtype=np.bool_)
    if targets.service_level is not None:
        kept &= getattr(found, LEVELS[targets.definition]) >= targets.service_level - slack
    for name in ("abandonment", "asa", "occupancy"):
        if getattr(targets, name) is not None:
            kept &= getattr(found, name) <= getattr(targets, name) * (1 + slack)
    return kept


@settings(max_examples=100)
@given(
    targets(),
    st.floats(-6, 5).map(lambda power: float(10**power)),
    st.floats(0, 3.5).map(lambda power: float(10**power)),
    st.one_of(st.just(inf), st.floats(0, 7).map(lambda power: float(10**power))),
    st.sampled_from([0.0, 0.0, 0.5]),
)
def test_it_is_the_smallest_that_meets_every_target(
    wanted: Targets, load: float, aht: float, patience: float, redial: float
) -> None:
    calls = load * 1800 / aht
    agents = int(required_agents(calls, aht, wanted, patience=patience, redial=redial))
    options = {"patience": patience, "redial": redial}
    assert agents >= 1
    assert meets(wanted, calls, aht, agents, 1e-9, **options)
    assert agents == 1 or not meets(wanted, calls, aht, agents - 1, -1e-9, **options)


def one_by_one(calls: float, aht: float, wanted: Targets, **options: Any) -> int:
    """The first of all numbers from 1 that keeps the targets."""
    every = np.arange(1, 2 * int(calls * aht / 1800) + 40)
    kept = meets(wanted, calls, aht, every, 0, **options)
    assert kept.any()
    return int(every[kept.argmax()])


@pytest.mark.parametrize("patience", [inf, 600, 60, 5])
@pytest.mark.parametrize(
    "wanted",
    [
        Targets(service_level=0.8),
        Targets(service_level=0.8, abandonment=0.05, definition="answered"),
        Targets(service_level=0.5, threshold=120, asa=10, occupancy=0.85),
        Targets(asa=30),
        Targets(occupancy=0.7),
    ],
)
def test_it_agrees_with_trying_every_number(wanted: Targets, patience: float) -> None:
    calls = np.linspace(1, 400, 23)
    found = required_agents(calls, 257, wanted, patience=patience)
    assert found.tolist() == [one_by_one(each, 257, wanted, patience=patience) for each in calls.tolist()]


def test_it_agrees_with_trying_every_number_where_lines_are_limited() -> None:
    wanted = Targets(service_level=0.7, threshold=30)
    calls = np.linspace(1, 150, 12)
    found = required_agents(calls, 180, wanted, lines=25, patience=90, redial=0.3)
    assert found.tolist() == [
        one_by_one(each, 180, wanted, lines=25, patience=90, redial=0.3) for each in calls.tolist()
    ]


SHIFTING = Targets(service_level=0.9, threshold=120, definition="excluding_short")


def test_where_losses_shift_it_is_still_the_smallest() -> None:
    """7 agents reach 93.0 %, an agent on each of the 15 lines 76.6 %."""
    assert required_agents(100, 300, SHIFTING, patience=60, lines=15) == 7
    assert required_agents_fractional(100, 300, SHIFTING, patience=60, lines=15) == pytest.approx(
        6.035, abs=1e-3
    )
    found = required_agents([100, 100, 0], 300, SHIFTING, patience=[60, 60, 5], lines=[15, inf, 2])
    assert found.tolist() == [7, int(required_agents(100, 300, SHIFTING, patience=60)), 0]


@settings(max_examples=150, deadline=None)
@given(
    targets(),
    st.floats(-1, 1.5).map(lambda power: float(10**power)),
    st.floats(0.5, 3.5).map(lambda power: float(10**power)),
    st.one_of(st.just(inf), st.just(0.0), st.floats(0, 4).map(lambda power: float(10**power))),
    st.integers(0, 30),
    st.sampled_from([0.0, 0.5, 0.95]),
    st.booleans(),
)
def test_with_any_lines_it_agrees_with_trying_every_number(
    wanted: Targets, load: float, aht: float, patience: float, lines: int, redial: float, alone: bool
) -> None:
    """Beyond the lines and the load / occupancy nothing changes."""
    if alone and wanted.abandonment is not None and patience < inf:
        wanted = replace(wanted, service_level=None, asa=None, occupancy=None)
    calls = load * 1800 / aht
    options = {"patience": patience, "lines": lines, "redial": redial}
    most = 1 + max(lines, int(np.ceil(lines / (wanted.occupancy or 1))))
    every = np.arange(1, most + 1)
    strictly, nearly = (every[meets(wanted, calls, aht, every, slack, **options)] for slack in (-1e-9, 1e-9))
    if not len(strictly):
        with suppress(ValueError):
            assert int(required_agents(calls, aht, wanted, **options)) in nearly
        return
    found = int(required_agents(calls, aht, wanted, **options))
    assert found in nearly
    assert found <= strictly[0]
    assert np.ceil(required_agents_fractional(calls, aht, wanted, **options)) == found


def test_more_lines_than_are_tried_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, wanted = np.linspace(20, 110, 10), replace(SHIFTING, service_level=0.85)
    options = {"patience": 60, "lines": 15}
    exact = required_agents(calls, 300, wanted, **options)
    monkeypatch.setattr(required, "TRIED", 5)
    monkeypatch.setattr(required, "BLOCK", 7)
    coarse = required_agents(calls, 300, wanted, **options)
    assert coarse.tolist() == exact.tolist()


@pytest.mark.parametrize(("patience", "redial"), [(inf, 0), (3600, 0), (120, 0), (10, 0), (60, 0.4)])
def test_the_table_says_what_the_search_says(
    patience: float, redial: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breakpoints, "FIXED", 1)
    top = 60.0 if redial else 900.0
    calls = np.concatenate([np.random.default_rng(7).uniform(0.001, top, 400), np.arange(1.0, top)])
    same = np.ones_like(calls)
    workload = Workload(calls, same * 200, same * 1800, same * patience, same * inf, same * redial, same * 20)
    for wanted in (Targets(service_level=0.8), Targets(service_level=0.6, abandonment=0.04, occupancy=0.8)):
        with np.errstate(all="ignore"):
            table = breakpoints.by_breakpoints(workload, wanted, search)
            found = search(workload, wanted)
        assert table is not None
        assert table.tolist() == found.tolist()


@pytest.mark.parametrize("fixed", [1, 10**9], ids=["table", "search"])
def test_an_occupancy_target_met_exactly_is_met(fixed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """8 Erlangs on 10 agents are 80 %; such calls lie on breakpoints, and rounding must not add an agent."""
    monkeypatch.setattr(breakpoints, "FIXED", fixed)
    loads = np.arange(4.0, 201.0, 4.0)
    between = np.linspace(4, 200, 1000)
    found = required_agents(np.concatenate([loads, between]) * 10, 360, Targets(occupancy=0.8), interval=3600)
    assert found[: len(loads)].tolist() == np.round(loads / 0.8).astype(int).tolist()
    assert found[len(loads) :].tolist() == np.ceil(between / 0.8 - 1e-9).astype(int).tolist()
    assert required_agents(80, 360, Targets(occupancy=0.8), interval=3600) == 10


def test_under_impatient_callers_it_may_lie_below_the_load() -> None:
    """Domain example: 57.1 Erlangs, and 54 agents answer 80.6 % within 20 s, losing 10.3 %."""
    assert required_agents(400, 257, Targets(service_level=0.8), patience=60) == 54
    found = performance(400, 257, 54, patience=60)
    assert float(found.service_level) == pytest.approx(0.806, abs=5e-4)
    assert float(found.abandonment) == pytest.approx(0.103, abs=5e-4)
    assert required_agents(400, 257, Targets(service_level=0.8, abandonment=0.05), patience=60) == 60


def test_intervals_without_calls_need_nobody() -> None:
    found = required_agents([0, 10, 0], [0, 180, 180], Targets(service_level=0.8))
    assert found.tolist() == [0, 3, 0]
    assert found.dtype == np.int64
    assert required_agents(np.zeros((0, 3)), 180, Targets(service_level=0.8)).shape == (0, 3)
    assert required_agents(0, 180, Targets(service_level=0.8)) == 0


def test_many_unlike_intervals_together_get_what_each_gets_alone() -> None:
    """Together they start from a fit, alone from a fan of numbers; the answer owes nothing to either."""
    rng, count = np.random.default_rng(1), 270
    calls, aht = 10 ** rng.uniform(-6, 4, count), 10 ** rng.uniform(0, 3.5, count)
    aht[:3] = 0
    options = {
        "patience": rng.choice([inf, 0, 1, 30, 200, 5000, 1e7], count),
        "redial": rng.choice([0] * 9 + [0.5], count),
        "interval": rng.choice([900, 1800], count),
    }
    for wanted in (Targets(service_level=0.8), Targets(asa=30, occupancy=0.9), Targets()):
        together = required_agents(calls, aht, wanted, **options)
        for row in range(0, count, 2):
            one = {name: values[row] for name, values in options.items()}
            assert together[row] == required_agents(calls[row], aht[row], wanted, **one), (row, wanted)


def test_the_shape_is_that_of_the_arguments() -> None:
    found = required_agents(np.full((4, 1), 90), np.array([120, 240, 360]), Targets(service_level=0.8))
    assert found.shape == (4, 3)
    assert (np.diff(found, axis=1) > 0).all()


def test_without_targets_one_agent_a_call_has_or_what_keeps_the_queue_from_growing() -> None:
    assert required_agents([0.01, 100], 180, Targets()).tolist() == [1, 11]
    assert required_agents([0.01, 100], 180, Targets(), patience=60).tolist() == [1, 1]


@settings(max_examples=60)
@given(targets(), st.floats(0.1, 2000), st.floats(1, 1.5))
def test_more_calls_never_need_fewer_agents(wanted: Targets, calls: float, growth: float) -> None:
    fewer, more = required_agents([calls, calls * growth], 180, wanted, patience=200)
    assert fewer <= more


class TestUnreachable:
    def test_abandonment_alone_sizes_nothing_for_endless_patience(self) -> None:
        with pytest.raises(ValueError, match=r"^abandonment: .* patience is infinite"):
            required_agents([10, 20], 180, Targets(abandonment=0.05), patience=[60, inf])

    def test_too_few_lines(self) -> None:
        with pytest.raises(
            ValueError, match=r"^service_level: no number of agents reaches 0\.8 with 5 lines"
        ):
            required_agents(100, 180, Targets(service_level=0.8), lines=5)

    def test_too_few_lines_for_all_targets_together(self) -> None:
        both = replace(SHIFTING, abandonment=0.01)
        with pytest.raises(ValueError, match=r"^service_level: .* 0\.9 with 15 lines where the other"):
            required_agents(100, 300, both, patience=60, lines=15)
        with pytest.raises(ValueError, match=r"^service_level: .* 0\.999 with 15 lines$"):
            required_agents(100, 300, replace(SHIFTING, service_level=0.999), patience=60, lines=15)

    def test_no_line_at_all(self) -> None:
        with pytest.raises(ValueError, match=r"^asa: no number of agents reaches 30 with 0 lines"):
            required_agents(100, 180, Targets(asa=30), lines=0)

    def test_more_agents_than_can_be_counted(self) -> None:
        with pytest.raises(ValueError, match=r"^calls: a load of"):
            required_agents(1e18, 1800, Targets(service_level=0.8))
        with pytest.raises(ValueError, match=r"^occupancy: a target of"):
            required_agents(1e3, 1800, Targets(occupancy=1e-14))


class TestTargets:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("service_level", 80),
            ("service_level", 1),
            ("service_level", 0),
            ("service_level", float("nan")),
            ("abandonment", -0.1),
            ("abandonment", 0),
            ("abandonment", 1.5),
            ("asa", 0),
            ("asa", inf),
            ("asa", float("nan")),
            ("occupancy", 85),
            ("occupancy", 0),
            ("threshold", -1),
            ("threshold", float("nan")),
            ("definition", "all"),
            ("definition", ["offered", "answered"]),
            ("service_level", "0.8"),
            ("service_level", [0.8, 0.9]),
            ("abandonment", np.array([0.1, 0.2])),
            ("occupancy", "0.8"),
            ("asa", "10"),
            ("asa", [10, 20]),
            ("threshold", None),
            ("threshold", "20"),
        ],
    )
    def test_what_cannot_be_is_refused_by_name(self, name: str, value: Any) -> None:
        with pytest.raises(ValueError, match=f"^{name} must be"):
            Targets(**{name: value})
