"""Patience from call records: the curve, the bands, and a warning exactly where the exponential does not fit."""

from __future__ import annotations

from math import exp, inf, lgamma, log

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import estimate_patience
from staffing.queueing.patience.records import RecordedPatience, estimate_patience_records
from staffing.queueing.patience.survival import kaplan_meier

Floats = npt.NDArray[np.float64]
calls = st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=40)


def simulated(patience: Floats, seed: int, *, busy: float = 0.6) -> RecordedPatience:
    """Calls that find the desk busy with a chance, and then are offered exponential waits; recorded in seconds."""
    rng = np.random.default_rng([7, seed])
    offered = rng.exponential(70, len(patience)) * (rng.random(len(patience)) < busy)
    return estimate_patience_records(np.floor(np.minimum(offered, patience)), patience < offered)


def exponential(count: int, seed: int, mean: float = 300) -> Floats:
    return np.random.default_rng(seed).exponential(mean, count)


@settings(deadline=None)
@given(calls)
def test_the_mean_is_that_of_the_totals(seen: list[tuple[int, bool]]) -> None:
    waits, gave_up = zip(*seen, strict=True)
    found = estimate_patience_records(waits, gave_up)
    totals = estimate_patience(sum(waits), sum(gave_up))
    assert found.seconds == float(totals)
    assert found.patience_at_waits_up_to(inf).seconds == pytest.approx(totals.seconds)
    assert float(found.exponential.low_seconds) == float(totals.low_seconds)
    assert (found.calls, found.abandoned) == (len(waits), sum(gave_up))


@settings(deadline=None)
@given(calls, st.integers(0, 450))
def test_the_curve_is_the_product_over_every_single_call(seen: list[tuple[int, bool]], at: int) -> None:
    """By the definition, call by call: at each moment somebody gives up, the share of those still there who stay."""
    survival, cumulative = 1.0, 0.0
    for moment in sorted({wait for wait, gave_up in seen if gave_up and wait <= at}):
        there = sum(wait >= moment for wait, _ in seen)
        left = sum(wait == moment and gave_up for wait, gave_up in seen)
        survival *= 1 - left / there
        cumulative += left / there
    curve = kaplan_meier([wait for wait, _ in seen], [gave_up for _, gave_up in seen])
    assert float(curve.at(at)) == pytest.approx(survival, abs=1e-12)
    reached = curve.cumulative_hazard[curve.seconds <= at]
    assert (reached[-1] if len(reached) else 0) == pytest.approx(cumulative, abs=1e-12)
    assert ((curve.low <= curve.survival + 1e-12) & (curve.survival <= curve.high + 1e-12)).all()
    assert ((curve.low >= 0) & (curve.high <= 1)).all()


def test_the_curve_of_a_textbook() -> None:
    """Weeks of remission of 21 patients, 9 of whom relapsed (E. Freireich and others, 1963), with the estimates that
    D. Kleinbaum and M. Klein print (Survival Analysis, chapter 2)."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = kaplan_meier(weeks, relapsed)
    printed = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    for week, share in printed.items():
        assert float(curve.at(week)) == pytest.approx(share, abs=5e-4)
    assert curve.median_seconds == 23
    assert curve.at([0, 5.9]).tolist() == [1, 1]


def test_bands_share_out_all_waiting_and_all_who_gave_up() -> None:
    waits, gave_up = [3.0, 5.0, 20.0, 400.0, 0.0], [True, True, False, True, False]
    found = estimate_patience_records(waits, gave_up, band_edges=[0, 5, 30, inf])
    assert found.bands.exposure_seconds.tolist() == [3 + 5 + 5 + 5, 15 + 25, 370]
    assert found.bands.ended.tolist() == [1, 1, 1], "a call given up at an edge counts beyond it"
    assert found.bands.mean_seconds.tolist() == [18, 40, 370]
    assert found.bands.per_second.tolist() == [1 / 18, 1 / 40, 1 / 370]
    assert found.patience_at_waits_up_to([5, 30]).seconds.tolist() == [18, 58 / 2]


def test_offered_waits_are_read_through_those_who_gave_up() -> None:
    """Answered after 10 s, given up after 20 s, answered after 30 s: two of the three were made to wait past 10 s."""
    found = estimate_patience_records([10, 20, 30], [False, True, False])
    assert found.virtual_wait.at([9, 10, 20, 30]) == pytest.approx([1, 2 / 3, 2 / 3, 0])
    assert found.patience.at([10, 20, 30]) == pytest.approx([1, 1 / 2, 1 / 2])
    assert float(found.gave_up_within(20)) == pytest.approx(1 / 2)
    assert float(found.expected_within(20)) == pytest.approx(1 - exp(-20 / 60))


def test_curves_find_the_patience_and_the_waits_behind_the_censoring() -> None:
    found = simulated(exponential(60_000, 5), 5)
    at = np.array([5.0, 30, 60, 120])
    assert found.patience.at(at) == pytest.approx(np.exp(-at / 300), abs=0.01)
    assert found.virtual_wait.at(at) == pytest.approx(0.6 * np.exp(-at / 70), abs=0.01)
    assert float(found.exponential.low_seconds) < 300 < float(found.exponential.high_seconds)


@pytest.mark.parametrize("count", [50, 1000, 20_000])
def test_exponential_patience_raises_no_warning(count: int) -> None:
    found = [simulated(exponential(count, seed), seed) for seed in range(40)]
    assert all(each.fit.fits for each in found)
    assert sum(each.fit.p < 0.05 for each in found) <= 6, "and the chance of a small p is what it says"


def weibull(count: int, seed: int) -> Floats:
    return 300 * np.random.default_rng(seed).weibull(0.7, count)


def rising(count: int, seed: int) -> Floats:
    return 300 * np.random.default_rng(seed).weibull(1.6, count)


def announced(count: int, seed: int) -> Floats:
    """Even but for one in ten, who hang up at an announcement between 45 and 60 s."""
    rng = np.random.default_rng(seed)
    decided = rng.random(count) < 0.1
    return np.where(decided, rng.uniform(45, 60, count), rng.exponential(400, count))


def balking(count: int, seed: int) -> Floats:
    """One in twenty hangs up within the first seconds of having to wait."""
    rng = np.random.default_rng(seed)
    decided = rng.random(count) < 0.05
    return np.where(decided, rng.uniform(0, 4, count), rng.exponential(400, count))


@pytest.mark.parametrize("patience", [weibull, rising, announced, balking])
def test_any_other_patience_is_told_apart(patience: object) -> None:
    assert callable(patience)
    for seed in range(5):
        assert not simulated(patience(20_000, seed), seed).fit.fits


def test_a_difference_too_small_to_matter_raises_no_warning() -> None:
    """With enough calls every law of nature is refuted; a supervisor need not know."""
    found = simulated(300 * np.random.default_rng(3).weibull(0.96, 400_000), 3)
    assert found.fit.p < 0.001
    assert found.fit.misplaced < 0.05
    assert found.fit.fits


def test_those_who_hang_up_at_once_are_counted() -> None:
    found = simulated(balking(40_000, 1), 1)
    assert float(found.gave_up_within(4)) == pytest.approx(0.05 + 0.95 * (1 - exp(-4 / 400)), abs=0.006)
    assert float(found.expected_within(4)) < 0.04
    assert found.bands.surest == 0


def test_the_shape_is_the_one_of_the_greatest_likelihood() -> None:
    """By a plain search over shapes, the likelihood written out for each call."""
    rng = np.random.default_rng(8)
    patience, offered = 200 * rng.weibull(1.3, 400), rng.exponential(150, 400)
    waits, gave_up = np.minimum(patience, offered), patience < offered
    found = estimate_patience_records(waits, gave_up).fit

    def likelihood(shape: float) -> float:
        scale = (sum(wait**shape for wait in waits) / gave_up.sum()) ** (1 / shape)
        total = 0.0
        for wait, ended in zip(waits, gave_up, strict=True):
            total -= (wait / scale) ** shape
            if ended:
                total += log(shape / scale) + (shape - 1) * log(wait / scale)
        return total

    shapes = np.linspace(0.8, 2, 601)
    best = shapes[np.argmax([likelihood(shape) for shape in shapes])]
    assert found.shape == pytest.approx(best, abs=0.002)
    assert found.likelihood_ratio == pytest.approx(2 * (likelihood(found.shape) - likelihood(1)), rel=1e-6)
    assert found.shape_low < 1.3 < found.shape_high


def test_the_limits_of_the_shape_hold_it_as_often_as_they_say() -> None:
    held = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        patience, offered = 200 * rng.weibull(1.2, 250), rng.exponential(150, 250)
        fit = estimate_patience_records(np.minimum(patience, offered), patience < offered).fit
        held += fit.shape_low <= 1.2 <= fit.shape_high
    assert 0.92 <= held / 300 <= 0.98


def test_the_chi_square_of_bands_is_the_sum_by_hand() -> None:
    waits = [2.0] * 30 + [10.0] * 30 + [50.0] * 40
    gave_up = [True] * 10 + [False] * 20 + [True] * 10 + [False] * 20 + [True] * 20 + [False] * 20
    fit = estimate_patience_records(waits, gave_up, band_edges=[0, 5, 30, inf]).fit
    exposure = np.array([30 * 2 + 70 * 5, 30 * 5 + 40 * 25, 40 * 20])
    expected = exposure / exposure.sum() * 40
    ended = np.array([10, 10, 20])
    assert fit.chi_square == pytest.approx(((ended - expected) ** 2 / expected).sum())
    assert fit.degrees == 2
    assert fit.p_bands == pytest.approx(exp(-fit.chi_square / 2)), "chi-square of two degrees is exponential"
    assert fit.misplaced == pytest.approx(abs(ended - expected).sum() / 80)
    assert fit.p_shape == pytest.approx(chi_square_tail(fit.likelihood_ratio))


def chi_square_tail(value: float) -> float:
    """Beyond `value`, one degree of freedom, by summing the series of the lower incomplete gamma function."""
    half = value / 2
    terms = (exp(k * log(half) - half - lgamma(k + 1.5)) for k in range(200))
    return 1 - half**0.5 * sum(terms)


@pytest.mark.parametrize("gave_up", [[], [False, False], [True], [True, False, True]])
def test_few_calls_give_figures_and_no_warning(gave_up: list[bool]) -> None:
    found = estimate_patience_records(np.arange(len(gave_up)), gave_up)
    assert found.fit.fits
    assert found.abandoned == sum(gave_up)
    assert found.bands.ended.sum() == sum(gave_up)
    assert np.isfinite(found.patience.at([0, 10, 1000])).all()
    if not sum(gave_up):
        assert found.seconds == found.patience.median_seconds == inf


def test_everybody_gives_up_at_one_moment() -> None:
    found = estimate_patience_records([60.0] * 200, [True] * 200)
    assert found.fit.shape > 100
    assert not found.fit.fits
    assert found.patience.at([59, 60]).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("name", "waits", "gave_up"),
    [
        ("waits_seconds", [-1.0], [True]),
        ("waits_seconds", [inf], [True]),
        ("waits_seconds", [float("nan")], [True]),
        ("waits_seconds", [1.0, 2.0], [True]),
        ("waits_seconds", 1.0, True),
        ("abandoned", [1.0], [2]),
        ("abandoned", [1.0], [0.5]),
        ("abandoned", [1.0], [-1]),
    ],
)
def test_bad_records_are_named(name: str, waits: object, gave_up: object) -> None:
    with pytest.raises(ValueError, match=rf"^{name} "):
        estimate_patience_records(waits, gave_up)  # type: ignore[arg-type]


def test_bad_limits_are_named() -> None:
    found = estimate_patience_records([1.0], [True])
    with pytest.raises(ValueError, match=r"^limit_seconds must be"):
        found.patience_at_waits_up_to(0)
    with pytest.raises(ValueError, match=r"^edges must be"):
        estimate_patience_records([1.0], [True], band_edges=[0, 5, 5])
    with pytest.raises(ValueError, match=r"^confidence must be"):
        estimate_patience_records([1.0], [True], confidence=1)
