"""Distributions have the mean and the spread they say, and refuse what cannot be."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from staffing.simulation import (
    Deterministic,
    Distribution,
    Empirical,
    Exponential,
    InOrder,
    LogNormal,
    Never,
    Weibull,
)

SIZE = 200_000


@pytest.mark.parametrize(
    ("distribution", "mean", "cv"),
    [
        (Exponential(200), 200, 1),
        (LogNormal(300, 1.2), 300, 1.2),
        (LogNormal(300, 0), 300, 0),
        (Weibull(100, 2), 88.62269254527580, 0.5227232008770634),
        (Weibull(50, 0.5), 100, 5**0.5),
        (Empirical([10, 20, 60]), 30, (1400 / 3) ** 0.5 / 30),
        (Deterministic(7), 7, 0),
        (InOrder([1, 2, 3]), 2, (2 / 3) ** 0.5 / 2),
    ],
    ids=str,
)
def test_mean_and_spread(distribution: Distribution, mean: float, cv: float) -> None:
    assert distribution.mean == pytest.approx(mean)
    values = distribution.sample(np.random.default_rng(1), SIZE)
    assert values.shape == (SIZE,)
    assert (values >= 0).all()
    # Five standard errors; the deviation's own error is larger where tails are heavy.
    assert values.mean() == pytest.approx(mean, rel=5 * cv / SIZE**0.5 + 1e-5)
    assert values.std() / values.mean() == pytest.approx(cv, rel=0.03, abs=1e-12)


def test_endless_patience() -> None:
    assert Never().mean == inf
    assert Never().sample(np.random.default_rng(1), 3).tolist() == [inf] * 3


def test_recorded_values_are_drawn_or_taken_in_order() -> None:
    values = [5.0, inf, 7.0]
    assert InOrder(values).sample(np.random.default_rng(1), 5).tolist() == [5, inf, 7, 5, inf]
    assert set(Empirical(values).sample(np.random.default_rng(1), 100).tolist()) == set(values)


def test_what_is_given_is_copied() -> None:
    values = np.array([1.0, 2.0])
    held = Empirical(values)
    values[0] = 99
    assert np.asarray(held.values).tolist() == [1, 2]


def test_a_shape_near_zero_has_an_endless_mean() -> None:
    assert Weibull(1, 0.001).mean == inf


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Exponential(-1), "mean"),
        (lambda: Exponential(inf), "mean"),
        (lambda: Exponential([1, 2]), "mean"),  # type: ignore[arg-type]
        (lambda: LogNormal(0, 1), "mean"),
        (lambda: LogNormal(10, nan), "cv"),
        (lambda: Weibull(0, 1), "scale"),
        (lambda: Weibull(1, 0), "shape"),
        (lambda: Deterministic(nan), "value"),
        (lambda: Empirical([]), "values"),
        (lambda: Empirical([1, -2]), "values"),
        (lambda: InOrder(["x"]), "values"),
    ],
)
def test_what_cannot_be_is_refused_by_name(build: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()  # type: ignore[operator]
