"""The backtest: what it holds back it never reads, and its figures are those of the definitions."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from staffing.demand.history import History
from staffing.errors import ConfigError, InputError
from staffing.forecast import Backtest, backtest
from staffing.forecast.backtest import floor_wape, wape
from staffing.horizon import Horizon
from tests.forecast.desks import MONDAY, desk, history_of, together, week_number

PAST = desk(MONDAY, MONDAY + timedelta(days=69))
Bank = tuple[History, Horizon]


@pytest.fixture(scope="module")
def tested(bank: Bank) -> Backtest:
    return backtest(*bank)


def test_the_banks_last_fortnight_is_held_back(tested: Backtest) -> None:
    assert (tested.start, tested.end, tested.days) == (date(1999, 2, 15), date(1999, 2, 28), 14)
    assert (tested.frame["origin"] == pd.Timestamp(1999, 2, 15)).all()
    assert set(tested.frame["business_date"].dt.date) == {date(1999, 2, day) for day in range(15, 29)}


def test_errors_on_the_bank_equal_a_count_by_hand(bank: Bank, tested: Backtest) -> None:
    """The definitions again, row by row, without the package's arrays."""
    seen: dict[tuple[int, int], list[int]] = {}
    missed = naive = total = 0.0
    for row in bank[0].frame.sort_values("interval_start").itertuples():
        past = seen.setdefault((row.business_date.weekday(), row.slot), [])
        if row.business_date < pd.Timestamp(1999, 2, 15):
            past.append(row.offered)
        else:
            missed += abs(row.offered - median(past[-8:]))
            naive += abs(row.offered - past[-1])
            total += row.offered
    assert tested.calls_actual == total
    assert tested.wape == pytest.approx(missed / total)
    assert tested.seasonal_naive_wape == pytest.approx(naive / total)


def test_on_the_bank_the_median_beats_seasonal_naive_by_far_and_no_method_beats_the_floor(
    tested: Backtest,
) -> None:
    assert tested.floor_wape < tested.wape < 0.65 * tested.seasonal_naive_wape
    assert tested.floor_wape_day < tested.wape_day < 0.65 * tested.seasonal_naive_wape_day
    assert abs(tested.bias) < 0.03


def test_handling_time_on_the_bank_is_nearer_than_one_mean_for_all(bank: Bank, tested: Backtest) -> None:
    before = bank[0].frame[bank[0].frame["business_date"] < pd.Timestamp(1999, 2, 15)]
    one = before["handle_seconds"].sum() / before["answered"].sum()
    frame = tested.frame[tested.frame["answered"] > 0]
    came = frame["answered"] * frame["aht_actual"]
    assert tested.aht_wape is not None
    assert tested.aht_wape < (frame["answered"] * one - came).abs().sum() / came.sum()
    assert tested.aht_wape == pytest.approx(
        (frame["answered"] * frame["aht_seconds"] - came).abs().sum() / came.sum()
    )


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95])
def test_the_banks_intervals_hold_their_share_over_four_origins(bank: Bank, confidence: float) -> None:
    """Within ten points, never short by more than two."""
    found = backtest(*bank, confidence=confidence, origins=4).coverage
    assert confidence - 0.02 <= found <= confidence + 0.1


def test_poisson_intervals_would_hold_too_few_of_the_banks_counts(tested: Backtest) -> None:
    low, high = (stats.poisson.ppf(share, tested.frame["calls"]) for share in (0.1, 0.9))
    assert tested.frame["actual"].between(low, high).mean() < 0.7 < tested.coverage


def test_held_back_days_are_never_read(bank: Bank, tested: Backtest) -> None:
    history, horizon = bank
    changed = history.frame.copy()
    held = changed["business_date"] >= pd.Timestamp(1999, 2, 15)
    changed.loc[held, ["offered", "answered"]] = changed.loc[held, ["offered", "answered"]] * 3 + 7
    again = backtest(replace(history, frame=changed), horizon)
    forecast = ["calls", "calls_low", "calls_high", "seasonal_naive", "aht_seconds"]
    pd.testing.assert_frame_equal(again.frame[forecast], tested.frame[forecast])
    assert again.wape != tested.wape


def test_a_history_that_repeats_itself_is_forecast_without_error() -> None:
    history = history_of(PAST, lambda grid: grid["slot"] // 60 + grid["business_date"].dt.day_of_week)
    found = backtest(history, PAST)
    assert found.wape == found.wape_day == found.seasonal_naive_wape == found.aht_wape == found.bias == 0
    assert found.coverage == 1


def test_seasonal_naive_repeats_the_last_week_before_the_held_back_days() -> None:
    """Weeks of 1, 2, ... 10 calls: the last two held back were said to be 8 each by naive, 4.5 each by the median."""
    found = backtest(history_of(PAST, lambda grid: 1 + week_number(grid)), PAST)
    assert found.seasonal_naive_wape == pytest.approx((1 + 2) / 19)
    assert found.wape == pytest.approx((4.5 + 5.5) / 19)


def test_origins_roll_back_and_their_errors_are_pooled() -> None:
    random = np.random.default_rng(5)
    history = history_of(PAST, lambda grid: random.poisson(20, len(grid)))
    rolled = backtest(history, PAST, days=7, origins=3, step_days=7)
    frame = history.frame
    singles = []
    for weeks in (2, 1, 0):
        end = PAST.end - timedelta(days=7 * weeks)
        until = replace(history, frame=frame[frame["business_date"] <= pd.Timestamp(end)])
        singles.append(backtest(until, PAST, days=7))
    assert rolled.origins == 3
    assert (rolled.start, rolled.end) == (singles[0].start, PAST.end)
    missed = sum(single.wape * single.calls_actual for single in singles)
    assert rolled.wape == pytest.approx(missed / sum(single.calls_actual for single in singles))


def test_days_not_recorded_are_not_scored() -> None:
    missing = [PAST.end - timedelta(days=3)]
    found = backtest(history_of(PAST, lambda grid: 10, missing=missing), PAST)
    assert len(found.frame) == 13 * 3
    assert found.wape == 0


def test_the_floor_is_the_error_of_a_perfect_forecast_of_poisson_counts() -> None:
    """Against the exact mean absolute deviation 2 exp(-v) v^(v+1) / v! of whole v, to 1 in 10 v."""
    for volume in (5, 20, 100):
        exact = 2 * stats.poisson.pmf(volume, volume)
        calls = pd.Series([volume] * 4)
        assert floor_wape(calls, pd.Series(["a"] * 4)) == pytest.approx(np.sqrt(2 / (np.pi * volume)))
        assert floor_wape(calls, pd.Series(["a"] * 4)) == pytest.approx(exact, rel=1 / (10 * volume))


def test_the_floor_of_several_queues_weighs_each_by_its_calls() -> None:
    random = np.random.default_rng(6)
    large = history_of(PAST, lambda grid: random.poisson(100, len(grid)), queue="large")
    small = history_of(PAST, lambda grid: random.poisson(4, len(grid)), queue="small")
    floors = {name: backtest(history, PAST) for name, history in (("large", large), ("small", small))}
    both = backtest(together(large, small), PAST)
    calls = {name: found.calls_actual for name, found in floors.items()}
    expected = sum(floors[name].floor_wape * calls[name] for name in calls) / sum(calls.values())
    assert both.floor_wape == pytest.approx(expected)
    assert both.floor_wape < both.wape


def test_wape_is_the_sum_of_errors_over_the_sum_of_what_came() -> None:
    assert wape(pd.Series([10.0, 0.0]), pd.Series([8.0, 1.0])) == pytest.approx(0.3)
    assert np.isnan(wape(pd.Series([0.0]), pd.Series([1.0])))


def test_the_method_is_carried_through(bank: Bank, tested: Backtest) -> None:
    mean = backtest(*bank, method="mean", weeks=4)
    assert (mean.method, mean.weeks) == ("mean", 4)
    assert mean.wape != tested.wape


@pytest.mark.parametrize("setting", ["days", "origins", "step_days"])
def test_settings_out_of_range_are_named(setting: str) -> None:
    with pytest.raises(ConfigError, match=f"{setting} = 0"):
        backtest(history_of(PAST, lambda grid: 1), PAST, **{setting: 0})


@pytest.mark.parametrize(
    ("offered", "days", "expected"),
    [
        (lambda grid: 1, 70, "no recorded open day before 2026-06-01"),
        (lambda grid: week_number(grid) < 8, 14, "no calls in open intervals from 2026-07-27 to 2026-08-09"),
    ],
)
def test_records_that_allow_no_comparison_are_refused(offered: object, days: int, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        backtest(history_of(PAST, offered), PAST, days=days)  # type: ignore[arg-type]
