"""The interval around a forecast: quantiles of gamma-Poisson counts, and the dispersion behind them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from staffing.forecast.level import centre
from staffing.forecast.spread import count_interval, dispersion, expected_counts, residuals


def gamma_poisson(mean: float, spread: float, shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Counts of the given mean and variance spread x mean, as a Poisson count of a gamma rate."""
    random = np.random.default_rng(seed)
    return random.poisson(random.gamma(mean / (spread - 1), spread - 1, shape)).astype(float)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("spread", [1.5, 3.0, 6.0])
@pytest.mark.parametrize("mean", [5.0, 40.0, 200.0])
def test_an_interval_of_known_mean_and_dispersion_holds_its_share(
    mean: float, spread: float, confidence: float
) -> None:
    """At least the share, and no more than the two ends' own probabilities above it."""
    low, high = count_interval(np.array([mean]), np.array([spread]), confidence)
    counts = gamma_poisson(mean, spread, (200_000,), seed=1)
    inside = np.mean((counts >= low) & (counts <= high))
    ends = np.mean(counts == low) + np.mean(counts == high)
    assert confidence - 0.005 <= inside <= confidence + ends + 0.005


@given(mean=st.floats(0, 500), confidence=st.floats(0.01, 0.99))
def test_a_dispersion_of_one_is_poisson(mean: float, confidence: float) -> None:
    low, high = count_interval(np.array([mean]), np.array([1.0]), confidence)
    expected = stats.poisson.ppf([(1 - confidence) / 2, (1 + confidence) / 2], mean)
    assert [low[0], high[0]] == expected.clip(0).tolist()


@given(mean=st.floats(0.1, 500), spread=st.floats(1.01, 20))
def test_more_scatter_never_lowers_the_upper_end_of_a_wide_interval(mean: float, spread: float) -> None:
    _, poisson = count_interval(np.array([mean]), np.array([1.0]), 0.95)
    _, wide = count_interval(np.array([mean]), np.array([spread]), 0.95)
    assert wide[0] >= poisson[0] or mean < 5  # small means: scatter piles up at 0 instead


def test_no_calls_expected_gives_none_at_either_end() -> None:
    low, high = count_interval(np.zeros(3), np.array([1.0, 2.0, 9.0]), 0.9)
    assert low.tolist() == high.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("spread", [1.5, 3.0, 6.0])
def test_the_interval_found_from_past_days_holds_its_share_of_new_ones(
    spread: float, confidence: float
) -> None:
    """400 cells of 8 days, means 10 to 80; the next day of each falls inside as often as asked, within 4 points."""
    means = np.linspace(10, 80, 400)
    days = np.stack([gamma_poisson(mean, spread, (9,), seed) for seed, mean in enumerate(means)])
    past, new = days[:, :8], days[:, 8]
    found = dispersion(residuals(past, "median"), confidence)
    assert found is not None
    middle, scatter = centre(past, "median"), np.asarray(found)
    low, high = count_interval(expected_counts(middle, past.mean(axis=1), scatter), scatter, confidence)
    assert np.mean((new >= low) & (new <= high)) == pytest.approx(confidence, abs=0.04)


def test_one_freak_day_hardly_moves_the_dispersion() -> None:
    days = np.stack([gamma_poisson(40, 3, (8,), seed) for seed in range(100)])
    freak = days.copy()
    freak[:, 3] *= 5
    calm, moved = (dispersion(residuals(values, "median"), 0.8) for values in (days, freak))
    assert calm is not None
    assert moved is not None
    assert moved < 2 * calm
    squares = [np.mean(residuals(values, "median") ** 2) for values in (days, freak)]
    assert squares[1] > 20 * squares[0]  # a sum of squares would have been carried away


def test_residuals_leave_their_own_day_out() -> None:
    scaled = residuals(np.array([[4.0, 9.0, np.nan, 16.0]]), "median")
    expected = [abs(4 - 12.5) / 12.5**0.5, abs(9 - 10) / 10**0.5, abs(16 - 6.5) / 6.5**0.5]
    assert sorted(scaled) == pytest.approx(sorted(expected))


def test_single_days_show_no_scatter() -> None:
    assert residuals(np.ones((40, 1)), "median").size == 0
    assert dispersion(np.ones(29), 0.8) is None
    assert dispersion(np.zeros(30), 0.8) == 1.0


@given(middle=st.floats(0, 100), mean=st.floats(0, 200), spread=st.floats(1, 10))
def test_the_expected_count_lies_from_the_median_to_a_third_of_the_dispersion_above(
    middle: float, mean: float, spread: float
) -> None:
    found = expected_counts(np.array(middle), np.array(mean), np.array(spread))
    assert middle <= found <= middle + spread / 3
    assert found == pytest.approx(mean) or not middle <= mean <= middle + spread / 3
