"""Patience from totals: the estimate, its interval, and what it says when nobody gave up."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import estimate_patience


def test_total_wait_over_abandoned() -> None:
    found = estimate_patience([6000, 100], [50, 4])
    assert found.seconds.tolist() == [120, 25]
    assert float(estimate_patience(6000, 50)) == 120


def test_the_interval_holds_published_poisson_limits() -> None:
    """Garwood's 95 % limits for 10 events, as tabulated: 4.795 and 18.390."""
    found = estimate_patience(1000, 10)
    assert float(found.high_seconds) == pytest.approx(1000 / 4.795, rel=2e-4)
    assert float(found.low_seconds) == pytest.approx(1000 / 18.390, rel=2e-4)


def test_nobody_gave_up() -> None:
    found = estimate_patience(3600, 0)
    assert float(found.seconds) == float(found.high_seconds) == inf
    assert float(found.low_seconds) == pytest.approx(3600 / -log(0.025))
    assert float(estimate_patience(0, 0)) == inf


@given(st.floats(0, 1e9), st.integers(0, 10**6), st.floats(0.5, 0.999))
def test_the_estimate_lies_in_its_interval_and_more_confidence_widens_it(
    wait: float, abandoned: int, confidence: float
) -> None:
    found = estimate_patience(wait, abandoned, confidence=confidence)
    wider = estimate_patience(wait, abandoned, confidence=(1 + confidence) / 2)
    assert wider.low_seconds <= found.low_seconds <= found.seconds <= found.high_seconds <= wider.high_seconds


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    waits = rng.exponential(30, (4000, 60))
    patience = rng.exponential(120, waits.shape)
    seen = estimate_patience(np.minimum(waits, patience).sum(axis=1), (patience < waits).sum(axis=1))
    covered = float(((seen.low_seconds <= 120) & (seen.high_seconds >= 120)).mean())
    assert 0.94 < covered < 0.985


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("total_wait_seconds", (-1, 2)),
        ("total_wait_seconds", (float("nan"), 2)),
        ("abandoned", (10, -1)),
        ("abandoned", (10, 0.5)),
    ],
)
def test_bad_totals_are_named(name: str, arguments: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be"):
        estimate_patience(*arguments)
    with pytest.raises(ValueError, match=r"^confidence must be"):
        estimate_patience(10, 1, confidence=95)
