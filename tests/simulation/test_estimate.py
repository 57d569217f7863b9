"""Half-widths where no replication deviates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from staffing.queueing import performance
from staffing.simulation import AgentGroup, CallType, Exponential, Scenario, simulate
from staffing.simulation.estimate import of_ratio, of_share


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_none_or_all_of_the_calls_has_the_exact_binomial_bound(confidence: float) -> None:
    whole = np.array([[20.0, 20], [17, 17], [0, 0]])
    found = of_share(whole * [0, 1], whole, confidence)
    np.testing.assert_array_equal(found.mean, [0, 1])
    exact = binomtest(0, 37).proportion_ci(confidence, method="exact").high
    np.testing.assert_allclose(found.half_width, exact, rtol=1e-12)


def test_shares_between_and_shares_of_nothing_are_ratios() -> None:
    part, whole = np.array([[3.0, 0], [5, 0], [0, 0]]), np.array([[10.0, 0], [9, 0], [12, 0]])
    share, ratio = (of(part, whole, 0.95, 1.0) for of in (of_share, of_ratio))
    np.testing.assert_array_equal(share.mean, ratio.mean)
    np.testing.assert_array_equal(share.half_width, ratio.half_width)
    assert share.half_width[1] == 0


def test_one_replication_knows_nothing() -> None:
    assert of_share(np.zeros((1, 2)), np.array([[5.0, 0]]), 0.95).half_width.tolist() == [np.inf, 0]


def test_what_was_not_seen_is_not_ruled_out() -> None:
    scenario = Scenario(
        [CallType("calls", Exponential(180), calls=[20], patience=Exponential(120))],
        [AgentGroup("desk", ["calls"], 7)],
        interval_seconds=1800,
    )
    found = simulate(scenario, replications=20, seed=1).total
    assert found.abandonment.mean == 0
    assert 0 < found.abandonment.half_width < 0.02
    assert found.abandonment.covers(float(performance(20, 180, 7, patience=120).abandonment))
    assert found.abandoned.half_width == 0
