"""Level, season and growth of monthly calls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError, InputError
from staffing.sourcing.horizon.months import before, run
from staffing.sourcing.horizon.volumes import Season, Volumes, fit_volumes


def test_growth_and_season_by_hand() -> None:
    """Weights 1 but 2.2 in December: mean 1.1, so December is 2 and the others 1 / 1.1 of a mean month."""
    season = Season.of({12: 2.2})
    found = Volumes.of("2027-11", 14, 1000, growth=0.1, season=season)
    assert found.months[:3] == ("2027-11", "2027-12", "2028-01")
    assert found.calls[0] == pytest.approx(1000 / 1.1)
    assert found.calls[1] == pytest.approx(2000 * 1.1 ** (1 / 12))
    assert found.calls[12] == pytest.approx(1000)  # a year on: x 1.1, season / 1.1
    assert found.calls[13] == pytest.approx(2000 * 1.1 ** (13 / 12))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0.3, 3.0), min_size=12, max_size=12),
    st.floats(-0.3, 0.5),
    st.floats(50, 50_000),
    st.integers(24, 50),
)
def test_a_history_without_noise_gives_back_what_made_it(
    weights: list[float], growth: float, level: float, months: int
) -> None:
    season = Season.of(tuple(weights))
    made = Volumes.of("2024-04", months, level, growth=growth, season=season)
    fit = fit_volumes(dict(zip(made.months, made.calls, strict=True)))
    assert fit.growth == pytest.approx(growth, abs=1e-8)
    assert fit.level == pytest.approx(level * (1 + growth) ** (months / 12), rel=1e-8)
    np.testing.assert_allclose(fit.season.factors, season.factors, rtol=1e-8)
    assert fit.noise < 1e-8


def test_errors_of_a_noisy_history_are_of_the_size_of_the_noise() -> None:
    """Of 200 histories, about 95 in 100 have the true growth within two standard errors (t with 23 degrees)."""
    rng = np.random.default_rng(7)
    names, inside = run("2024-01", 36), 0
    for _ in range(200):
        calls = 1000 * 1.05 ** (np.arange(36) / 12) * np.exp(0.08 * rng.standard_normal(36))
        fit = fit_volumes(dict(zip(names, calls, strict=True)))
        inside += abs(np.log1p(fit.growth) - np.log(1.05)) < 2.069 * fit.growth_error
    assert 180 <= inside <= 199


@pytest.mark.parametrize(
    ("calls", "told"),
    [
        (dict.fromkeys(run("2025-01", 23), 10.0), "23 months, expected at least 24"),
        (dict.fromkeys(run("2024-01", 30), 10.0) | {"2024-07": 0.0}, "0 calls in 2024-07"),
        (dict.fromkeys((*run("2024-01", 12), *run("2025-03", 14)), 10.0), "no calls of 2025-02"),
    ],
)
def test_a_history_that_cannot_be_used_is_named(calls: dict[str, float], told: str) -> None:
    with pytest.raises(InputError, match=told):
        fit_volumes(calls)


def test_settings_that_cannot_be_used_are_named() -> None:
    with pytest.raises(ConfigError, match="months = 61: must be 1 to 60"):
        Volumes.of("2027-01", 61, 100)
    with pytest.raises(ConfigError, match="growth = -1: must be above -1 a year"):
        Volumes.of("2027-01", 12, 100, growth=-1)
    with pytest.raises(ConfigError, match="whose mean is 1"):
        Season((2.0,) * 12)
    with pytest.raises(ConfigError, match="must be 12 numbers above 0"):
        Season.of((1.0,) * 11)


def test_months_before() -> None:
    assert before("2027-01", 1) == "2026-12"
    assert before("2026-12", -2) == "2027-02"
