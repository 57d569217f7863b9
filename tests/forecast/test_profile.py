"""The profile forecast: a monthly total over the open intervals, nothing lost."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from staffing.errors import ConfigError, InputError
from staffing.forecast import Forecast, forecast_profile
from staffing.horizon import WEEKDAYS, Horizon
from staffing.io.profile import read_profile
from tests.forecast.desks import desk

SMALL_DESK = Path(__file__).parents[2] / "data" / "small-desk" / "profile.csv"
WEEKDAYS_ONLY = dict.fromkeys(range(5), "09:00-12:00")
FLAT = pd.DataFrame({"weekday": "*", "slot": [540, 600, 660], "weight": 1.0})


def spread(profile: pd.DataFrame, horizon: Horizon, calls: float = 300.0) -> Forecast:
    return forecast_profile(profile, horizon, calls_per_month=calls, aht_seconds=300)


def by_month(forecast: Forecast) -> "pd.Series[float]":
    return forecast.frame.groupby(forecast.frame["business_date"].dt.to_period("M"))["calls"].sum()


@settings(max_examples=30)
@given(
    calls=st.floats(0, 1e5),
    weights=st.lists(st.floats(0.01, 100), min_size=21, max_size=21),
    first=st.integers(0, 700),
    months=st.integers(1, 5),
    holiday=st.integers(0, 27),
)
def test_whole_months_get_exactly_their_total(
    calls: float, weights: list[float], first: int, months: int, holiday: int
) -> None:
    start = (date(2026, 1, 1) + timedelta(days=first)).replace(day=1)
    end = (pd.Timestamp(start) + pd.DateOffset(months=months) - pd.Timedelta(days=1)).date()
    profile = pd.DataFrame(
        {"weekday": np.repeat(range(7), 3), "slot": np.tile([540, 600, 660], 7), "weight": weights}
    )
    horizon = desk(start, end, exceptions={start + timedelta(days=holiday): ""})
    totals = by_month(spread(profile, horizon, calls))
    assert len(totals) == months
    assert totals.to_numpy() == pytest.approx(calls, rel=1e-9, abs=1e-9)


@settings(max_examples=30)
@given(day=st.integers(2, 28))
def test_two_parts_of_a_month_make_the_whole(day: int) -> None:
    whole = desk(date(2026, 6, 1), date(2026, 6, 30), WEEKDAYS_ONLY)
    parts = [whole.between(whole.start, date(2026, 6, day - 1)), whole.between(date(2026, 6, day), whole.end)]
    frames = [spread(FLAT, part).frame for part in parts]
    joined = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    pd.testing.assert_frame_equal(joined, spread(FLAT, whole).frame)


def test_calls_are_in_proportion_to_the_weights_and_closed_days_get_none() -> None:
    """June 2026 has 22 weekdays; one closed leaves 21 x (1 + 2 + 3) = 126 parts of 252 calls."""
    profile = FLAT.assign(weight=[1.0, 2.0, 3.0])
    closed = date(2026, 6, 10)
    frame = spread(
        profile, desk(date(2026, 6, 1), date(2026, 6, 30), WEEKDAYS_ONLY, exceptions={closed: ""}), 252
    ).frame
    assert frame.groupby("slot")["calls"].unique().map(list).to_dict() == {540: [2.0], 600: [4.0], 660: [6.0]}
    assert len(frame) == 21 * 3
    assert pd.Timestamp(closed) not in set(frame["business_date"])


def test_a_night_belongs_to_the_month_in_which_it_began() -> None:
    night = pd.DataFrame({"weekday": "*", "slot": [22 * 60, 23 * 60, 24 * 60, 25 * 60], "weight": 1.0})
    frame = spread(night, desk(date(2026, 6, 30), date(2026, 6, 30), "22:00-26:00"), 240).frame
    assert frame["calls"].tolist() == [2.0] * 4
    assert frame["interval_start"].iloc[-1].month == 7


def test_the_interval_is_poissons_and_the_frame_is_the_promised_one() -> None:
    forecast = forecast_profile(
        FLAT,
        desk(date(2026, 6, 1), date(2026, 6, 30)),
        calls_per_month=900,
        aht_seconds=240,
        queue="desk",
        confidence=0.9,
    )
    frame = forecast.frame
    assert (forecast.method, forecast.confidence, forecast.interval_minutes) == ("profile", 0.9, 60)
    assert frame["calls"].to_numpy() == pytest.approx(10)
    assert set(frame["calls_low"]) == {stats.poisson.ppf(0.05, 10)}
    assert set(frame["calls_high"]) == {stats.poisson.ppf(0.95, 10)}
    assert set(frame["aht_seconds"]) == {240.0}
    assert set(frame["queue"]) == {"desk"}


@pytest.mark.parametrize("named", [list(range(7)), list(WEEKDAYS)])
def test_weekdays_are_numbers_or_names_and_go_before_every_day(named: list[object]) -> None:
    own = pd.DataFrame({"weekday": named[:1], "slot": [540], "weight": [9.0]})
    profile = pd.concat([own, FLAT.astype({"weekday": object})], ignore_index=True)
    frame = spread(profile, desk(date(2026, 6, 1), date(2026, 6, 30))).frame
    first = frame[frame["slot"] == 540]
    ratio = first["calls"] / frame["calls"].min()
    assert ratio.to_numpy() == pytest.approx(np.where(first["business_date"].dt.day_of_week == 0, 9, 1))


def test_an_hourly_profile_serves_a_half_hour_grid_with_a_note() -> None:
    half_hours = desk(date(2026, 6, 1), date(2026, 6, 30), WEEKDAYS_ONLY, minutes=30)
    forecast = spread(FLAT.assign(weight=[1.0, 2.0, 3.0]), half_hours, 22 * 12)
    assert forecast.frame["calls"].iloc[:6].to_numpy() == pytest.approx([1, 1, 2, 2, 3, 3])
    assert "no weight for 15 open intervals of the week (09:30-10:00, 10:30-11:00, 11:30-12:00)" in str(
        forecast.notes[0]
    )


def test_the_bundled_small_desk_keeps_its_300_calls_over_two_holidays() -> None:
    holidays = {date(2027, 2, 11): "", date(2027, 2, 23): ""}
    hours = dict.fromkeys(range(5), "09:00-18:00")
    february = desk(date(2027, 2, 1), date(2027, 2, 28), hours, minutes=30, exceptions=holidays)
    forecast = spread(read_profile(SMALL_DESK), february)
    assert len(forecast.frame) == 18 * 18
    assert forecast.frame["calls"].sum() == pytest.approx(300, abs=1e-9)
    assert forecast.notes == ()


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (FLAT.assign(weight=[1.0, -1.0, 1.0]), "row 3, column weight: found -1.0, expected 0 or more"),
        (FLAT.assign(weight=[1.0, np.nan, np.inf]), "row 3, column weight.*\n.*row 4, column weight"),
        (FLAT.assign(weekday="someday"), "row 2, column weekday: found someday"),
        (FLAT.assign(slot=540), "row 3, column slot: found 540, expected each weekday and slot once"),
        (FLAT.assign(weight=0.0), "no weight above 0"),
        (FLAT.iloc[:0], "no weight above 0"),
        (
            pd.concat([FLAT.assign(weight=0.0), FLAT.assign(slot=[0, 60, 120])]),
            "no weight in the open intervals",
        ),
    ],
)
def test_a_profile_that_cannot_be_used_is_refused(profile: pd.DataFrame, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        spread(profile, desk(date(2026, 6, 1), date(2026, 6, 30)))


def test_settings_out_of_range_are_named_together() -> None:
    with pytest.raises(ConfigError) as caught:
        forecast_profile(
            FLAT, desk(date(2026, 6, 1), date(2026, 6, 1)), calls_per_month=-1, aht_seconds=0, confidence=0
        )
    assert [fault.key for fault in caught.value.faults] == ["calls_per_month", "aht_seconds", "confidence"]
