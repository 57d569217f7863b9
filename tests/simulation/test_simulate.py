"""What `simulate` makes of its replications."""

from __future__ import annotations

from dataclasses import fields
from math import inf, sqrt

import numpy as np
import pytest
from scipy.stats import t

from staffing.queueing import performance
from staffing.simulation import (
    AgentGroup,
    CallType,
    Deterministic,
    Estimate,
    Exponential,
    Figures,
    LogNormal,
    Outcome,
    Scenario,
    Shift,
    SimulationResult,
    Vendor,
    call_log,
    simulate,
)
from staffing.simulation.draws import draw
from tests.simulation.tracing import calls, desk


def busy_day(**more: object) -> Scenario:
    """Two types, two groups, everything the simulator has."""
    types = [
        CallType(
            "sales",
            LogNormal(200, 0.8),
            calls=[20, 40, 30, 5],
            patience=Exponential(90),
            priority=1,
            redial=0.4,
        ),
        CallType(
            "support", LogNormal(300, 1.2), calls=[10, 20, 30, 5], patience=Exponential(200), day_cv=0.2
        ),
    ]
    groups = [
        AgentGroup("general", ["support", "sales"], [4, 6, 6, 2]),
        AgentGroup("sales", ["sales"], [Shift(0, 5000, ((2000, 2600),)), Shift(1800, 7200)]),
    ]
    return Scenario(types, groups, lines=11, vendor=Vendor(agents=2, after=120), **more)  # type: ignore[arg-type]


def same(one: object, other: object) -> bool:
    """Whether two results are equal to the last bit."""
    if isinstance(one, Figures | SimulationResult | Estimate):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return bool(np.array_equal(one, other))  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_result() -> None:
    first = simulate(busy_day(), replications=3, seed=11)
    assert same(first, simulate(busy_day(), replications=3, seed=11))
    assert not same(first.total, simulate(busy_day(), replications=3, seed=12).total)


def test_more_replications_go_on_from_the_fewer() -> None:
    log = call_log(busy_day(), seed=4, replication=2)
    few, more = (simulate(busy_day(), replications=count, seed=4).total.offered for count in (2, 3))
    assert 3 * more.mean - 2 * few.mean == pytest.approx(len(log.arrival))


def test_scenarios_that_differ_in_agents_see_the_same_calls() -> None:
    def first_attempts(staff: int) -> list[float]:
        call_type = CallType("a", LogNormal(300, 1), calls=50, patience=Exponential(60), redial=0.5)
        log = call_log(Scenario([call_type], [AgentGroup("g", ["a"], staff)], intervals=4), seed=3)
        return log.arrival[~log.redial].tolist()

    assert first_attempts(2) == first_attempts(9)


def test_common_calls_sharpen_a_comparison() -> None:
    def gave_up(staff: int, seed: int) -> float:
        call_type = CallType("a", Exponential(240), calls=60, patience=Exponential(60), day_cv=0.2)
        scenario = Scenario([call_type], [AgentGroup("g", ["a"], staff)], intervals=6)
        return float(simulate(scenario, replications=1, seed=seed).total.abandoned.mean)

    few, more = (np.array([gave_up(staff, seed) for seed in range(20)]) for staff in (8, 9))
    alone = np.array([gave_up(9, seed) for seed in range(100, 120)])
    assert (few - more).std() < 0.5 * (few - alone).std()
    assert (few > more).all()


def test_calls_are_conserved_in_every_cell() -> None:
    found = simulate(busy_day(), replications=5, seed=2)
    for figures in (found.total, found.by_type, found.by_interval):
        ends = (
            figures.answered,
            figures.abandoned,
            figures.blocked,
            figures.overflowed,
            figures.waiting_at_end,
        )
        assert sum(each.mean for each in ends) == pytest.approx(figures.offered.mean)
        assert all((each.mean.sum() > 0) for each in ends[:4])
        assert (figures.answered_within_threshold.mean <= figures.answered.mean).all()
        assert (figures.abandoned_within_threshold.mean <= figures.abandoned.mean).all()
        assert (figures.overflowed_within_threshold.mean <= figures.overflowed.mean).all()
    assert found.by_type.redialled.mean[0] > 0
    assert found.by_type.redialled.mean[1] == 0


def test_shapes_are_as_documented_and_parts_add_up() -> None:
    found = simulate(busy_day(), replications=4)
    assert found.call_types == ("sales", "support")
    assert found.groups == ("general", "sales")
    for field in fields(Figures):
        total, by_type, cells = (
            getattr(each, field.name) for each in (found.total, found.by_type, found.by_interval)
        )
        for part in ("mean", "half_width"):
            assert np.shape(getattr(total, part)) == ()
            assert getattr(by_type, part).shape == (2,)
            assert getattr(cells, part).shape == (2, 4)
    assert found.occupancy.mean.shape == (2,)
    assert found.occupancy_by_interval.mean.shape == (2, 4)
    assert found.by_interval.answered.mean.sum(axis=1) == pytest.approx(found.by_type.answered.mean)
    assert found.by_type.answered.mean.sum() == pytest.approx(float(found.total.answered.mean))


def test_figures_of_a_log_that_can_be_counted_by_hand() -> None:
    patience = Deterministic(8)
    scenario = Scenario(
        [calls(0, 1, 2, 7, 55, patience=patience)],
        [AgentGroup("g", ["a"], [1, 2])],
        interval_seconds=50,
        lines=3,
    )
    # 0 answered; 1 gives up at 9, 2 at 10 answered; 7 blocked; 55 answered at once. One agent for 50 s, then two.
    found = simulate(scenario, replications=2, threshold=7.9)
    whole = found.total
    figures = {
        "offered": 5,
        "answered": 3,
        "abandoned": 1,
        "blocked": 1,
        "answered_within_threshold": 2,
        "abandoned_within_threshold": 0,
        "wait_probability": 0.4,
        "blocking": 0.2,
        "abandonment": 0.2,
        "service_level": 0.4,
        "service_level_answered": 2 / 3,
        "service_level_excluding_short": 0.4,
        "mean_wait": 16 / 5,
        "asa": 8 / 3,
    }
    for name, value in figures.items():
        assert float(getattr(whole, name).mean) == pytest.approx(value), name
        assert float(getattr(whole, name).half_width) == pytest.approx(0, abs=1e-12)
    assert found.by_interval.offered.mean.tolist() == [[4, 1]]
    assert found.by_interval.asa.mean.tolist() == [[4, 0]]
    assert found.occupancy_by_interval.mean.tolist() == [[pytest.approx(20 / 50), pytest.approx(10 / 100)]]
    assert found.occupancy.mean.tolist() == [pytest.approx(30 / 150)]
    shorter = simulate(scenario, replications=2, threshold=8).total
    assert float(shorter.service_level_excluding_short.mean) == pytest.approx(3 / 4)


def test_an_interval_without_calls_is_as_in_performance() -> None:
    scenario = Scenario([CallType("a", Exponential(60), calls=[30, 0])], [AgentGroup("g", ["a"], [1, 0])])
    found = simulate(scenario, replications=3).by_interval
    exact = performance([0], 60, 0)
    for name in ("service_level", "service_level_answered", "abandonment", "blocking", "mean_wait"):
        assert getattr(found, name).mean[0, 1] == getattr(exact, name)[0]
        assert getattr(found, name).half_width[0, 1] == 0
    assert found.asa.mean[0, 1] == 0


def test_a_desk_without_agents_answers_nobody() -> None:
    found = simulate(Scenario([CallType("a", Exponential(60), calls=30, patience=Exponential(60))], []))
    assert found.total.answered.mean == 0
    assert found.total.asa.mean == inf
    assert found.total.service_level.mean == 0
    assert found.occupancy.mean.shape == (0,)


def test_overtime_counts_as_time_on_duty() -> None:
    scenario = desk(calls(1), groups=[AgentGroup("g", ["a"], [Shift(0, 5)])])
    assert simulate(scenario, replications=2).occupancy.mean.tolist() == [pytest.approx(10 / 11)]


@pytest.mark.parametrize("handling", [500, inf])
def test_handling_beyond_the_end_counts_up_to_it(handling: float) -> None:
    scenario = desk(calls(2, handling=[handling]), groups=[AgentGroup("g", ["a"], 1)], seconds=10)
    assert simulate(scenario, replications=2).occupancy.mean.tolist() == [pytest.approx(0.8)]


def test_half_widths_are_student_t_over_replications() -> None:
    scenario = busy_day()
    sizes = [len(call_log(scenario, seed=9, replication=number).arrival) for number in range(6)]
    found = simulate(scenario, replications=6, seed=9, confidence=0.9).total.offered
    assert found.mean == pytest.approx(np.mean(sizes))
    assert found.half_width == pytest.approx(t.ppf(0.95, 5) * np.std(sizes, ddof=1) / sqrt(6))
    assert found.low == pytest.approx(found.mean - found.half_width)
    assert found.high == pytest.approx(found.mean + found.half_width)


def test_shares_are_total_over_total() -> None:
    scenario = busy_day()
    logs = [call_log(scenario, seed=9, replication=number) for number in range(6)]
    lost = np.array([(log.outcome == Outcome.ABANDONED).sum() for log in logs])
    offered = np.array([len(log.outcome) for log in logs])
    found = simulate(scenario, replications=6, seed=9, confidence=0.9).total.abandonment
    share = lost.sum() / offered.sum()
    rest = lost - share * offered
    assert found.mean == pytest.approx(share)
    assert found.half_width == pytest.approx(t.ppf(0.95, 5) * rest.std(ddof=1) / sqrt(6) / offered.mean())


def test_one_replication_is_compared_in_batches() -> None:
    scenario = Scenario(
        [CallType("a", Exponential(120), calls=20, patience=Exponential(60))],
        [AgentGroup("g", ["a"], 2)],
        intervals=100,
    )
    found = simulate(scenario, replications=1, batches=10)
    log = call_log(scenario)
    sizes = np.histogram(log.arrival, np.linspace(0, scenario.seconds, 11))[0]
    assert found.batches == 10
    assert found.total.offered.mean == pytest.approx(len(log.arrival))
    assert found.total.offered.half_width == pytest.approx(t.ppf(0.975, 9) * sizes.std(ddof=1) * sqrt(10))
    assert (found.by_interval.offered.half_width == inf).all()
    assert simulate(scenario, replications=2).batches == 0


def test_the_warm_up_is_not_counted() -> None:
    scenario = Scenario([calls(0, 1, 12, 15)], [AgentGroup("g", ["a"], [1, 1])], interval_seconds=10)
    found = simulate(scenario, replications=2, warm_up=5)
    assert found.by_interval.offered.mean.tolist() == [[0, 2]]
    assert found.by_type.offered.mean.tolist() == [2]
    assert found.occupancy.mean.tolist() == [pytest.approx(1.0)]
    assert found.occupancy_by_interval.mean.tolist() == [[pytest.approx(1.0), pytest.approx(1.0)]]


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """A hundred seeds, none chosen: the number of misses is what chance allows."""
    scenario = Scenario(
        [CallType("a", Exponential(180), calls=30, patience=Exponential(90))],
        [AgentGroup("g", ["a"], 3)],
        intervals=8,
    )
    exact = float(performance(30, 180, 3, patience=90).abandonment)
    found = [
        simulate(scenario, replications=5, seed=seed, warm_up=3600).total.abandonment for seed in range(100)
    ]
    misses = np.array([abs(each.mean - exact) / each.half_width for each in found])
    for confidence in (0.8, 0.95, 0.99):
        reach = t.ppf((1 + confidence) / 2, 4) / t.ppf(0.975, 4)
        spread = sqrt(100 * confidence * (1 - confidence))
        assert abs(np.count_nonzero(misses <= reach) - 100 * confidence) <= 3 * spread


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"replications": 0}, "replications"),
        ({"replications": 1.5}, "replications"),
        ({"seed": -1}, "seed"),
        ({"batches": 1}, "batches"),
        ({"confidence": 1}, "confidence"),
        ({"confidence": float("nan")}, "confidence"),
        ({"threshold": -1}, "threshold"),
        ({"warm_up": 1e9}, "warm_up"),
    ],
)
def test_arguments_out_of_range_are_named(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simulate(busy_day(), **arguments)  # type: ignore[arg-type]


def test_arrivals_vary_by_day_and_by_interval_as_asked() -> None:
    def variance(**spread: float) -> tuple[float, float]:
        scenario = Scenario(
            [CallType("a", Deterministic(1), calls=[50, 50], **spread)], [], interval_seconds=60
        )
        counts = np.array(
            [np.histogram(draw(scenario, 1, number).arrival, [0, 60, 120])[0] for number in range(400)]
        )
        assert counts.mean() == pytest.approx(50, rel=0.03)
        return counts.var(ddof=1, axis=0).mean() / 50, float(np.corrcoef(counts.T)[0, 1])

    plain, apart = variance()
    assert plain == pytest.approx(1, rel=0.2)
    assert abs(apart) < 0.1
    by_day, together = variance(day_cv=0.2)
    assert by_day == pytest.approx(1 + 50 * 0.2**2, rel=0.2)
    assert together == pytest.approx(2 / 3, abs=0.15)
    by_interval, apart = variance(interval_cv=0.2)
    assert by_interval == pytest.approx(1 + 50 * 0.2**2, rel=0.2)
    assert abs(apart) < 0.1
