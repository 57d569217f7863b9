"""The median forecast: which recorded days count, and what stands in where none does."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import ConfigError, InputError
from staffing.forecast import forecast_median
from staffing.horizon import Horizon
from tests.forecast.desks import MONDAY, desk, history_of, together, week_number

SUNDAY_AFTER_8 = MONDAY + timedelta(days=55)
NEXT = MONDAY + timedelta(days=56)
PAST = desk(MONDAY, SUNDAY_AFTER_8)
WEEK = PAST.between(NEXT, NEXT + timedelta(days=6))
SQUARES = [0, 1, 4, 9, 16, 25, 36, 49]  # calls of each week: median and mean differ


def squares(grid: pd.DataFrame) -> "pd.Series[int]":
    return week_number(grid) ** 2


def said(notes: object) -> str:
    return "\n".join(map(str, notes))  # type: ignore[call-overload]


@pytest.mark.parametrize("weeks", range(1, 9))
@pytest.mark.parametrize("method", ["median", "mean"])
def test_it_is_the_median_or_mean_of_the_newest_same_weekdays(weeks: int, method: str) -> None:
    forecast = forecast_median(history_of(PAST, squares), WEEK, weeks=weeks, method=method)  # type: ignore[arg-type]
    assert forecast.frame["calls"].unique().tolist() == [getattr(np, method)(SQUARES[-weeks:])]
    assert forecast.method == method


def test_each_weekday_and_slot_has_its_own_median() -> None:
    history = history_of(PAST, lambda grid: 100 * grid["business_date"].dt.day_of_week + grid["slot"] // 60)
    frame = forecast_median(history, WEEK).frame
    assert (frame["calls"] == 100 * frame["business_date"].dt.day_of_week + frame["slot"] // 60).all()


def test_rows_are_the_open_intervals_of_each_queue_in_order_with_the_promised_columns() -> None:
    history = together(
        history_of(PAST, lambda grid: 5, queue="support"), history_of(PAST, lambda grid: 9, queue="orders")
    )
    holiday = NEXT + timedelta(days=2)
    horizon = desk(NEXT, NEXT + timedelta(days=6), exceptions={holiday: ""})
    frame = forecast_median(history, horizon).frame
    assert frame.columns.tolist() == [
        "queue",
        "interval_start",
        "business_date",
        "slot",
        "calls",
        "calls_low",
        "calls_high",
        "aht_seconds",
        "dispersion",
    ]
    assert frame["queue"].tolist() == ["orders"] * 18 + ["support"] * 18
    assert str(frame["interval_start"].dtype) == "datetime64[us, Asia/Tokyo]"
    assert pd.Timestamp(holiday) not in set(frame["business_date"])
    assert frame.groupby("queue")["calls"].unique().map(list).to_dict() == {"orders": [9], "support": [5]}


def test_a_missing_day_is_no_zero_and_an_older_day_takes_its_place() -> None:
    missing = [MONDAY + timedelta(days=42)]
    forecast = forecast_median(history_of(PAST, squares, missing=missing), WEEK, weeks=3)
    by_day = forecast.frame.groupby("business_date")["calls"].first().tolist()
    assert by_day == [25.0] + [36.0] * 6  # Monday: weeks 4, 5 and 7


def test_an_exceptional_day_that_is_closed_is_left_out_and_named() -> None:
    holiday = MONDAY + timedelta(days=49)
    horizon = desk(NEXT, NEXT + timedelta(days=6), exceptions={holiday: ""})
    forecast = forecast_median(history_of(PAST, squares), horizon, weeks=1)
    assert forecast.frame.groupby("business_date")["calls"].first().tolist() == [36.0] + [49.0] * 6
    assert f"1 recorded days that the opening hours close were left out: {holiday}" in said(forecast.notes)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [("10:00-12:00", [36.0, 49.0, 49.0]), ("09:00-11:00", [49.0, 49.0, 36.0])],
)
def test_of_a_day_with_hours_of_its_own_only_the_slots_inside_them_count(
    hours: str, expected: list[float]
) -> None:
    short = MONDAY + timedelta(days=49)
    horizon = desk(NEXT, NEXT, exceptions={short: hours})
    assert forecast_median(history_of(PAST, squares), horizon, weeks=1).frame["calls"].tolist() == expected


def test_channels_of_a_queue_add_up() -> None:
    voice, chat = history_of(PAST, lambda grid: 5), history_of(PAST, lambda grid: 7)
    both = together(voice, replace(chat, frame=chat.frame.assign(channel="chat")))
    assert forecast_median(both, WEEK).frame["calls"].unique().tolist() == [12.0]


def test_an_hour_that_clocks_repeat_counts_with_its_mean_and_is_forecast_twice() -> None:
    sunday = date(2026, 10, 25)  # Berlin: 02:00-03:00 twice
    night = desk(sunday, sunday, "00:00-04:00", zone="Europe/Berlin")
    history = history_of(night, lambda grid: [1, 2, 10, 20, 4])
    plain = forecast_median(history, night.between(date(2026, 11, 1), date(2026, 11, 1)))
    assert plain.frame["calls"].tolist() == [1.0, 2.0, 15.0, 4.0]
    doubled = forecast_median(history, night.between(date(2027, 10, 31), date(2027, 10, 31)))
    assert doubled.frame["calls"].tolist() == [1.0, 2.0, 15.0, 15.0, 4.0]


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32 - 1),
    start=st.integers(1, 60),
    days=st.integers(1, 10),
)
def test_no_day_from_the_horizons_first_on_is_read(seed: int, start: int, days: int) -> None:
    random = np.random.default_rng(seed)
    history = history_of(PAST, lambda grid: random.poisson(8, len(grid)))
    first = MONDAY + timedelta(days=start)
    horizon = PAST.between(first, first + timedelta(days=days - 1))
    later = history.frame["business_date"] >= pd.Timestamp(first)
    changed = history.frame.copy()
    changed.loc[later, ["offered", "answered", "handle_seconds"]] += 1000
    expected = forecast_median(replace(history, frame=changed[~later]), horizon)
    pd.testing.assert_frame_equal(
        forecast_median(replace(history, frame=changed), horizon).frame, expected.frame
    )


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32 - 1),
    mean=st.sampled_from([0.05, 1.0, 30.0]),
    kept=st.floats(0.05, 1.0),
    weeks=st.integers(1, 10),
    confidence=st.sampled_from([0.01, 0.5, 0.8, 0.99]),
    method=st.sampled_from(["median", "mean"]),
)
def test_figures_are_finite_and_ordered_however_thin_the_records(
    seed: int, mean: float, kept: float, weeks: int, confidence: float, method: str
) -> None:
    random = np.random.default_rng(seed)
    history = history_of(PAST, lambda grid: random.poisson(mean, len(grid)))
    frame = history.frame[random.random(len(history.frame)) < kept]
    if frame["answered"].sum() == 0:
        return
    forecast = forecast_median(
        replace(history, frame=frame),
        WEEK,
        weeks=weeks,
        confidence=confidence,
        method=method,  # type: ignore[arg-type]
    ).frame
    assert len(forecast) == 21
    assert np.isfinite(forecast[["calls", "calls_low", "calls_high", "aht_seconds"]]).all(axis=None)
    assert (forecast["calls_low"] >= 0).all()
    assert (forecast["calls_low"] <= forecast["calls"]).all()
    assert (forecast["calls"] <= forecast["calls_high"]).all()
    assert (forecast["aht_seconds"] > 0).all()


def test_a_new_hour_follows_other_weekdays_scaled_to_the_weekdays_level() -> None:
    hours = dict.fromkeys(range(5), "09:00-12:00") | {5: "09:00-11:00"}
    past = desk(MONDAY, SUNDAY_AFTER_8, hours)
    history = history_of(past, lambda grid: np.where(grid["business_date"].dt.day_of_week == 5, 4, 12))
    forecast = forecast_median(history, desk(NEXT, NEXT + timedelta(days=5)))
    saturday = forecast.frame[forecast.frame["business_date"].dt.day_of_week == 5]
    assert saturday["calls"].tolist() == pytest.approx([4, 4, 4])
    assert "1 intervals of the week have no history of their own (11:00-12:00)" in said(forecast.notes)


def test_an_hour_new_to_every_weekday_follows_the_nearest_with_a_note() -> None:
    history = history_of(PAST, lambda grid: grid["slot"] // 60)
    forecast = forecast_median(history, desk(NEXT, NEXT, "08:00-14:00"))
    assert forecast.frame["calls"].tolist() == [9, 9, 10, 11, 11, 11]
    assert "no history on any weekday (08:00-09:00, 12:00-14:00)" in said(forecast.notes)
    assert (forecast.frame["aht_seconds"] == 200).all()


def test_a_new_weekday_follows_the_mean_of_the_others() -> None:
    past = desk(MONDAY, SUNDAY_AFTER_8, dict.fromkeys(range(5), "09:00-12:00"))
    history = history_of(past, lambda grid: 10 + grid["business_date"].dt.day_of_week)
    saturday = NEXT + timedelta(days=5)
    assert forecast_median(history, desk(saturday, saturday)).frame["calls"].tolist() == pytest.approx(
        [12, 12, 12]
    )


def test_short_histories_and_unknown_queues_are_noted() -> None:
    fortnight = PAST.between(MONDAY + timedelta(days=42), SUNDAY_AFTER_8)
    later = history_of(WEEK, lambda grid: 5, queue="new")
    forecast = forecast_median(together(history_of(fortnight, squares), later), WEEK)
    assert "main: the forecast rests on 2 to 2 recorded days of each weekday, 8 were asked for" in said(
        forecast.notes
    )
    assert f"new: no recorded open day before {NEXT}, not forecast" in said(forecast.notes)
    assert forecast.frame["queue"].unique().tolist() == ["main"]


def test_a_quiet_desk_is_told_that_its_medians_run_low_and_the_mean_keeps_its_calls() -> None:
    history = history_of(PAST, lambda grid: week_number(grid) % 3 == 0)
    quiet = forecast_median(history, WEEK)
    assert quiet.frame["calls"].sum() == 0
    assert "the medians add up to 0 calls, the means to 8" in said(quiet.notes)
    kept = forecast_median(history, WEEK, method="mean")
    assert kept.frame["calls"].sum() == pytest.approx(21 * 3 / 8)
    assert "medians" not in said(kept.notes)


def test_a_queue_without_handling_time_takes_the_mean_of_all_and_says_so() -> None:
    silent = history_of(PAST, lambda grid: 5, queue="silent", aht_seconds=lambda grid: 0)
    forecast = forecast_median(together(history_of(PAST, lambda grid: 5), silent), WEEK)
    assert forecast.frame.groupby("queue")["aht_seconds"].first().to_dict() == {
        "main": 200.0,
        "silent": 200.0,
    }
    assert "silent: no handling time in the weeks used" in said(forecast.notes)


def test_weeks_without_a_handled_call_take_the_handling_time_of_older_ones() -> None:
    forecast = forecast_median(history_of(PAST, lambda grid: 5 * (week_number(grid) < 6)), WEEK, weeks=2)
    assert set(forecast.frame["aht_seconds"]) == {200.0}
    assert "main: no handling time in the weeks used" in said(forecast.notes)


@pytest.mark.parametrize(
    ("horizon", "expected"),
    [
        (PAST.between(MONDAY, MONDAY), "no recorded open day before 2026-06-01"),
        (desk(NEXT, NEXT, minutes=30), "found intervals of 60 minutes, expected 30 minutes"),
        (desk(NEXT, NEXT, zone="UTC"), "found time zone Asia/Tokyo, expected UTC"),
    ],
)
def test_records_that_do_not_fit_the_horizon_are_refused(horizon: Horizon, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        forecast_median(history_of(PAST, squares), horizon)


def test_records_without_any_handling_time_are_refused() -> None:
    with pytest.raises(InputError, match="handle_seconds"):
        forecast_median(history_of(PAST, lambda grid: 5, aht_seconds=lambda grid: 0), WEEK)


def test_settings_out_of_range_are_named_together() -> None:
    with pytest.raises(ConfigError) as caught:
        forecast_median(history_of(PAST, squares), WEEK, weeks=0, confidence=1, method="mode")  # type: ignore[arg-type]
    assert [fault.key for fault in caught.value.faults] == ["weeks", "confidence", "method"]


def test_a_horizon_without_open_days_gives_no_rows() -> None:
    closed = desk(NEXT, NEXT, exceptions={NEXT: ""})
    frame = forecast_median(history_of(PAST, squares), closed).frame
    assert frame.empty
    assert frame.columns[0] == "queue"
