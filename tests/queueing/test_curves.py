"""Curves of calls kept: concave, whole, and never above what the queueing model says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.queueing.curves import TOLERANCE, UNITS_A_CALL, Steps, concave_steps, kept_calls

PEOPLE = 40


def truth(calls: float, aht: float, patience: float, shrinkage: float, threshold: float) -> np.ndarray:
    """Calls answered and answered in time with 0, 1, ... people, asked of `performance` one by one. Shape (2, n)."""
    kept = []
    for people in range(PEOPLE + 1):
        net = people * (1 - shrinkage)
        low = int(net + 1e-9)
        part = max(net - low, 0.0)
        found = [
            performance(calls, aht, n, patience=patience, threshold=threshold, interval=1800)
            for n in (low, low + 1)
        ]
        answered, level = (
            (1 - part) * float(below) + part * float(above)
            for below, above in (
                (1 - found[0].abandonment, 1 - found[1].abandonment),
                (found[0].service_level, found[1].service_level),
            )
        )
        kept.append((calls * answered, calls * level))
    return np.array(kept).T


@settings(max_examples=25)
@given(
    calls=st.floats(0.1, 200),
    aht=st.floats(20, 600),
    patience=st.floats(15, 2000),
    shrinkage=st.sampled_from((0.0, 0.15, 0.3)),
    threshold=st.sampled_from((0, 20, 60)),
)
def test_the_curve_is_concave_and_never_above_the_truth(
    calls: float, aht: float, patience: float, shrinkage: float, threshold: int
) -> None:
    """After rounding and joining, too; from 80 % of the calls on it is near, where the truth is concave."""
    kept = kept_calls(
        [calls], [aht], PEOPLE, shrinkage=shrinkage, patience=patience, threshold=threshold, interval=1800
    )
    exact = truth(calls, aht, patience, shrinkage, threshold)
    for found, true in zip((kept.answered[0], kept.in_time[0]), exact, strict=True):
        steps = concave_steps(found[None], TOLERANCE * calls)
        curve = np.array([int(steps.kept(n)[0]) for n in range(PEOPLE + 1)])
        assert (np.diff(curve, 2) <= 0).all()
        assert (curve <= true * UNITS_A_CALL + 1e-3).all()
        gains = np.diff(true)
        bent = np.flatnonzero(np.diff(gains) > 1e-9)
        first = (bent.max() + 2 if len(bent) else 0) + 1
        room = 3 * TOLERANCE * calls + (PEOPLE + 2) / UNITS_A_CALL
        near = np.arange(PEOPLE + 1) >= max(first, calls * aht / 1800)
        assert ((true - curve / UNITS_A_CALL)[near] <= room + 0.002 * calls).all()


def test_without_patience_limits_nothing_is_lost_above_the_load_and_all_below() -> None:
    """Erlang C: 10 calls of 300 s in 30 minutes are a load of 5/3; two agents answer all, one has no steady state."""
    kept = kept_calls([10.0], [300.0], 4, threshold=20)
    assert kept.answered[0, 2:] == pytest.approx(10)
    assert kept.in_time[0, :2] == pytest.approx(0)
    assert kept.in_time[0, 2:] == pytest.approx(
        10 * performance(10, 300, np.arange(2, 5), threshold=20).service_level
    )


def test_no_calls_need_nobody() -> None:
    kept = kept_calls([0.0, 5.0], [300.0, 300.0], 3, patience=60)
    steps = concave_steps(kept.answered)
    assert steps.starts[1] == 0
    assert steps.kept(3)[0] == 0


def test_a_curve_that_bends_up_first_goes_on_straight_below_its_steepest_gain() -> None:
    """Gains 1, 4, 2: the first one counts as 4, so with nobody the curve lies 3 calls below the truth."""
    steps = concave_steps(np.array([[0.0, 1.0, 5.0, 7.0]]))
    assert steps.base.tolist() == [-3 * UNITS_A_CALL]
    assert steps.gains.tolist() == [4 * UNITS_A_CALL, 2 * UNITS_A_CALL]
    assert steps.widths.tolist() == [2, 1]
    assert [int(steps.kept(n)[0]) for n in range(5)] == [-3000, 1000, 5000, 7000, 7000]


def test_equal_gains_are_one_step_and_none_is_left_out_between_rows() -> None:
    steps = concave_steps(np.array([[0.0, 2.0, 4.0, 5.0], [0.0, 0.0, 0.0, 0.0], [0.0, 3.0, 3.0, 3.0]]))
    assert steps.starts.tolist() == [0, 2, 2, 3]
    assert steps.widths.tolist() == [2, 1, 1]
    assert steps.rows.tolist() == [0, 0, 2]
    assert steps.before.tolist() == [0, 2, 0]
    assert steps.kept([1, 3, 9]).tolist() == [2000, 0, 3000]


@pytest.mark.parametrize(("widths", "gains"), [((1, 1), (1, 2)), ((1, 0), (2, 1)), ((1, 1), (1, 0))])
def test_steps_that_rise_or_do_nothing_are_refused(widths: tuple[int, ...], gains: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="gains must not rise"):
        Steps(np.array([0, 2]), np.array(widths), np.array(gains), np.array([0]))
