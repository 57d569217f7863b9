"""Paths of volume: their moments, and that draws do not depend on how many are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.errors import ConfigError
from staffing.sourcing.horizon.scenarios import Uncertainty


def test_moments_by_hand() -> None:
    """Variance of the logarithm in month k: 0.1^2 + (0.06 k / 12)^2 + 0.05^2; months share the level and growth."""
    factors = Uncertainty(0.1, 0.06, 0.05, paths=20_000, seed=3).factors(25)
    logs = np.log(factors)
    for month in (0, 12, 24):
        variance = 0.1**2 + (0.06 * month / 12) ** 2 + 0.05**2
        assert factors[:, month].mean() == pytest.approx(1, abs=4 * np.sqrt(variance / 20_000))
        assert logs[:, month].var() == pytest.approx(variance, rel=0.04)
    shared = np.cov(logs[:, 12], logs[:, 24])[0, 1]
    assert shared == pytest.approx(0.1**2 + 0.06 * 0.12, rel=0.05)


def test_nothing_uncertain_is_the_forecast() -> None:
    np.testing.assert_array_equal(Uncertainty(0, 0, 0, paths=3).factors(4), np.ones((3, 4)))


def test_paths_do_not_depend_on_how_many_or_how_long() -> None:
    long, short = (Uncertainty(paths=paths, seed=5).factors(months) for paths, months in ((8, 36), (3, 12)))
    np.testing.assert_array_equal(long[:3, :12], short)
    assert not np.array_equal(short, Uncertainty(paths=3, seed=6).factors(12))


def test_settings_that_cannot_be_used_are_named() -> None:
    with pytest.raises(ConfigError, match=r"level = -0\.1"):
        Uncertainty(level=-0.1)
    with pytest.raises(ConfigError, match="paths = 0"):
        Uncertainty(paths=0)
