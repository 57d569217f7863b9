"""Handling time per slot: weighted by calls, steadied towards the queue's own mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.forecast.handling import handling_time


def records(aht: np.ndarray, calls: float, days: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Poisson numbers of calls of exponential length around each slot's AHT, shape (7, slots, days)."""
    random = np.random.default_rng(seed)
    answered = random.poisson(calls, (*aht.shape, days)).astype(float)
    return answered, random.gamma(answered, aht[..., None])


def test_slots_that_differ_by_chance_only_get_the_overall_mean() -> None:
    answered = np.full((7, 4, 2), 10.0)
    handled = np.stack([np.full((7, 4), 1000.0), np.full((7, 4), 3000.0)], axis=-1)
    found = handling_time(answered, handled)
    assert found is not None
    assert found.calls_for_half == np.inf
    np.testing.assert_array_equal(found.week, np.full((7, 4), 200.0))


def test_slots_that_truly_differ_keep_their_own_and_more_calls_keep_more() -> None:
    truth = np.where(np.arange(28).reshape(7, 4) % 2, 150.0, 250.0)
    few, many = (handling_time(*records(truth, calls, 8, seed=2)) for calls in (2, 200))
    assert few is not None
    assert many is not None
    assert np.abs(many.week - truth).max() < 20
    assert np.abs(many.week - many.overall).min() > np.abs(few.week - few.overall).min()


@pytest.mark.parametrize("calls", [2, 20])
def test_the_constant_is_the_variance_within_slots_over_that_between(calls: int) -> None:
    """Exponential calls of 150 or 250 s: (150^2 + 250^2) / 2 within, 50^2 between: 17, for few calls or many."""
    truth = np.where(np.arange(7 * 60).reshape(7, 60) % 2, 150.0, 250.0)
    constants = [
        found.calls_for_half
        for seed in range(10)
        if (found := handling_time(*records(truth, calls, 8, seed)))
    ]
    assert np.mean(constants) == pytest.approx(17, rel=0.1)


def test_a_slot_with_as_many_calls_as_the_constant_lies_half_way() -> None:
    truth = np.where(np.arange(28).reshape(7, 4) % 2, 150.0, 250.0)
    answered, handled = records(truth, 20, 8, seed=3)
    found = handling_time(answered, handled)
    assert found is not None
    own = handled.sum(axis=-1) / answered.sum(axis=-1)
    n, k = answered.sum(axis=-1), found.calls_for_half
    np.testing.assert_allclose(found.week, (n * own + k * found.overall) / (n + k))
    assert found.overall == pytest.approx(handled.sum() / answered.sum())


def test_shrinking_misses_the_truth_by_less_than_each_slots_own_mean() -> None:
    """Mean squared error over 40 weeks of 16 calls a slot, slots 30 s apart from a mean of 200 s."""
    random = np.random.default_rng(4)
    own_error = steady_error = 0.0
    for seed in range(40):
        truth = random.normal(200, 30, (7, 10))
        answered, handled = records(truth, 2, 8, seed)
        found = handling_time(answered, handled)
        assert found is not None
        own_error += np.mean((handled.sum(axis=-1) / answered.sum(axis=-1) - truth) ** 2)
        steady_error += np.mean((found.week - truth) ** 2)
    assert steady_error < 0.6 * own_error


@given(seed=st.integers(0, 2**32 - 1), mean=st.sampled_from([0.05, 0.5, 5.0]), days=st.integers(1, 9))
def test_every_slot_lies_between_its_own_mean_and_the_overall_and_is_a_number(
    seed: int, mean: float, days: int
) -> None:
    random = np.random.default_rng(seed)
    answered = random.poisson(mean, (7, 5, days)).astype(float)
    handled = answered * random.uniform(60, 400, answered.shape)
    answered[random.random(answered.shape) < 0.2] = np.nan
    handled[np.isnan(answered)] = np.nan
    found = handling_time(answered, handled)
    if np.nansum(answered) == 0:
        assert found is None
        return
    assert found is not None
    n = np.nansum(answered, axis=-1)
    own = np.where(n > 0, np.nansum(handled, axis=-1) / np.maximum(n, 1), found.overall)
    assert (found.week >= np.minimum(own, found.overall) - 1e-9).all()
    assert (found.week <= np.maximum(own, found.overall) + 1e-9).all()


@pytest.mark.parametrize("handled", [0.0, np.nan])
def test_no_handling_time_gives_none(handled: float) -> None:
    assert handling_time(np.full((7, 2, 3), 5.0), np.full((7, 2, 3), handled)) is None
    assert handling_time(np.zeros((7, 2, 3)), np.zeros((7, 2, 3))) is None
