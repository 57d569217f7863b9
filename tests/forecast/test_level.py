"""The centre of recorded days, and the filling of a week's gaps."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.forecast.level import centre, fill

SLOTS = np.array([540, 600, 660, 720])


@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 9)),
    lost=st.floats(0, 1),
)
def test_centre_equals_numpys_median_and_mean_without_the_unrecorded(
    seed: int, shape: tuple[int, int, int], lost: float
) -> None:
    random = np.random.default_rng(seed)
    values = random.integers(0, 50, shape).astype(float)
    values[random.random(shape) < lost] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # numpy warns of cells without a value, centre does not
        expected = np.nanmedian(values, axis=-1), np.nanmean(values, axis=-1)
    np.testing.assert_allclose(centre(values, "median"), expected[0])
    np.testing.assert_allclose(centre(values, "mean"), expected[1])


@given(seed=st.integers(0, 2**32 - 1), lost=st.floats(0, 0.6))
def test_a_week_of_one_shape_is_restored_exactly(seed: int, lost: float) -> None:
    """Weekday level x slot shape: any cell follows from the others, while rows and columns overlap."""
    random = np.random.default_rng(seed)
    whole = np.outer(random.uniform(1, 9, 7), random.uniform(1, 9, 4))
    gaps = random.random((7, 4)) < lost
    gaps[0] = False
    gaps[:, 0] = False
    filled = fill(np.where(gaps, np.nan, whole), SLOTS)
    np.testing.assert_allclose(filled.level, whole)
    np.testing.assert_array_equal(filled.from_weekdays, gaps)
    assert not filled.from_neighbours.any()


def test_a_slot_that_no_weekday_has_takes_the_nearest_the_earlier_of_two() -> None:
    week = np.full((7, 4), np.nan)
    week[:, 0], week[:, 2] = 3.0, 5.0
    filled = fill(week, SLOTS)
    np.testing.assert_array_equal(filled.level, np.tile([3.0, 3.0, 5.0, 5.0], (7, 1)))
    np.testing.assert_array_equal(filled.from_neighbours, np.tile([False, True, False, True], (7, 1)))


def test_a_weekday_without_calls_lends_itself_unscaled() -> None:
    week = np.full((7, 4), np.nan)
    week[0], week[1, :3] = [0.0, 0.0, 0.0, 2.0], [4.0, 4.0, 4.0]
    assert fill(week, SLOTS).level[1, 3] == 2.0


def test_a_week_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="without any value"):
        fill(np.full((7, 4), np.nan), SLOTS)
