"""What may differ from interval to interval: handling times, the scatter of calls, a fraction of an agent."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.simulation import AgentGroup, CallType, Deterministic, Exponential, Scenario, simulate


def test_handling_times_are_scaled_by_the_interval_of_the_call() -> None:
    """Plenty of agents: busy time is calls x handling time of the interval."""
    calls = CallType("a", Deterministic(1), calls=[50, 50], handling_scale=[10, 30])
    found = simulate(Scenario([calls], [AgentGroup("g", ["a"], 60)]), replications=40)
    busy = found.occupancy_by_interval.mean[0] * 60 * 1800
    offered = found.by_interval.offered.mean[0]
    # Calls of the last seconds reach into the next interval.
    assert busy == pytest.approx(offered * [10, 30], rel=0.05)


def test_a_fraction_of_an_agent_is_there_in_that_share_of_the_replications() -> None:
    """Calls that nobody else could take: the share answered is the chance of the agent."""
    calls = CallType("a", Deterministic(1e-6), arrival_times=[1, 1801], patience=Deterministic(10))
    found = simulate(
        Scenario([calls], [AgentGroup("g", ["a"], [0.25, 1.0])], intervals=2), replications=2000, seed=3
    )
    answered = found.by_interval.answered.mean[0]
    assert answered[1] == 1
    assert answered[0] == pytest.approx(0.25, abs=0.03)


def test_whole_numbers_stay_as_they_are_and_the_calls_do_not_depend_on_fractions() -> None:
    calls = CallType("a", Exponential(200), calls=40.0)
    whole, part = (
        simulate(Scenario([calls], [AgentGroup("g", ["a"], staff)], intervals=4), replications=5)
        for staff in (6, [6.0, 6.0, 6.0, 6.5])
    )
    assert (whole.by_interval.offered.mean == part.by_interval.offered.mean).all()
    assert (
        whole.by_interval.wait_probability.mean[0, :3] == part.by_interval.wait_probability.mean[0, :3]
    ).all()


def test_calls_scatter_where_an_interval_says_so() -> None:
    """Variance over mean of gamma-Poisson counts is 1 + mean x cv^2."""
    calls = CallType("a", Deterministic(0), calls=100.0, interval_cv=[0.0, 0.2])
    counts = [
        simulate(
            Scenario([calls], [AgentGroup("g", ["a"], 1)]), replications=2, seed=seed
        ).by_interval.offered.mean
        for seed in range(400)
    ]
    variance = 2 * np.var(np.array(counts)[:, 0], axis=0, ddof=1)  # of means of two
    assert variance / 100 == pytest.approx([1, 5], rel=0.2)
