"""The queue through time against the call-by-call simulator, which shares no code with it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.transient import AGENTS, CALLS, DAYS, Day, finite, measure, report, scenario, shifts, speeds
from staffing.queueing.transient import transient_performance
from staffing.simulation import AgentGroup, CallType, Exponential, Scenario, simulate

PEAK = slice(5, 13)


@pytest.fixture(scope="module", params=[180.0, np.inf])
def peak(request: pytest.FixtureRequest) -> tuple[Day, dict[str, dict[str, dict[str, list[float]]]]]:
    """The hours about the lunch peak of the benchmark's day."""
    day = Day("peak", CALLS[PEAK], AGENTS[PEAK], 240.0, request.param)
    return day, measure(day, 250)


def test_the_transient_figures_lie_in_the_simulations_interval(peak: tuple[Day, dict]) -> None:
    _, found = peak
    inside = [one for figures in found["intervals"].values() for one in figures["inside"]]
    assert len(inside) == 24
    assert sum(inside) >= 23  # of 99 % intervals; the seed is fixed


def test_the_stationary_figures_are_wrong_about_the_overloaded_hour(peak: tuple[Day, dict]) -> None:
    day, found = peak
    levels = found["intervals"]["service_level"]
    assert not levels["stationary_inside"][2]
    if np.isinf(day.patience):
        assert found["day"]["mean_wait"]["stationary"] is None
        assert found["day"]["mean_wait"]["transient"] > 100


def test_the_report_shows_all_three(peak: tuple[Day, dict]) -> None:
    day, found = peak
    text = report(found, day)
    assert text.count("±") == 27
    assert "transient figures lie in the simulation's 99 % interval" in text


def test_calls_handed_back_are_lost_as_often_as_simulated() -> None:
    """Agents who leave return their callers to the head of the queue; who gives up there counts, too."""
    calls, agents = np.array([40.0, 40, 30, 30]), np.array([12, 5, 9, 3])
    found = transient_performance(calls, 400, agents, interval=900, patience=150, leaving="return")
    people = shifts(np.append(agents, np.full(16, 3)), 900)
    kind = CallType(
        "calls", Exponential(400), calls=np.append(calls, np.zeros(16)), patience=Exponential(150)
    )
    day = Scenario([kind], [AgentGroup("agents", ["calls"], people, leaving="return")], 900)
    simulated = simulate(day, replications=400, seed=5, confidence=0.99)
    lost = float(found.abandoned.sum() + found.abandoned_late.sum())
    assert simulated.total.abandoned.covers(lost)
    kept = transient_performance(calls, 400, agents, interval=900, patience=150)
    assert not simulated.total.abandoned.covers(float(kept.abandoned.sum() + kept.abandoned_late.sum()))
    assert found.returned[1] > 4


def test_the_benchmarks_parts() -> None:
    assert finite([1.0, np.inf]) == [1.0, None]
    for day in DAYS:
        assert len(day.calls) == len(day.agents) == 20
        played = scenario(day)
        assert played.interval_count > 20
    starts = [(shift.start, shift.end) for shift in shifts(np.array([1, 2, 1, 0]))]
    assert starts == [(0, 3600), (1800, 5400)]
    assert callable(speeds)
