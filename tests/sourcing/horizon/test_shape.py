"""Typical days of a week and the months they make."""

from __future__ import annotations

from datetime import date
from math import inf

import numpy as np
import pandas as pd
import pytest

from staffing.errors import InputError
from staffing.queueing import Targets
from staffing.sourcing.case import Case
from staffing.sourcing.horizon.shape import DemandShape
from tests.sourcing.conftest import MakeDemand

TARGET = Targets(service_level=0.8)


def case_of(demand: pd.DataFrame, minutes: int = 60) -> Case:
    return Case.of(demand, TARGET, interval_minutes=minutes, patience_seconds=inf)


@pytest.fixture(scope="module")
def weekly(make_demand: MakeDemand) -> Case:
    """May 2027, weekdays: Mondays take 20 calls a day, other days 10; three calls in four in the first hour."""
    demand = make_demand(10, TARGET, hours="09:00-11:00", shape=[3, 1])
    monday = pd.DatetimeIndex(demand["business_date"]).day_of_week == 0
    return case_of(demand.assign(calls=demand["calls"] * np.where(monday, 2, 1)))


def test_a_month_is_spread_over_its_own_weekdays(weekly: Case) -> None:
    """June 2027 has 4 Mondays, 5 Tuesdays, 5 Wednesdays, 4 Thursdays and 4 Fridays: 4 x 20 + 18 x 10 = 260 parts."""
    found = DemandShape.of(weekly).month("2027-06", 520)
    assert found["days"].tolist() == [4, 4, 5, 5, 5, 5, 4, 4, 4, 4]
    by_date = found.groupby(found["business_date"].dt.strftime("%m-%d"))["calls"].agg(list)
    assert by_date["06-07"] == pytest.approx([30, 10])  # twice 20 x 3/4 and 1/4
    assert by_date["06-01"] == pytest.approx([15, 5])
    assert float(found["calls"] @ found["days"]) == pytest.approx(520, rel=1e-12)


def test_the_month_it_was_taken_from_comes_back(weekly: Case) -> None:
    shape = DemandShape.of(weekly)
    again = shape.case("2027-05", float(weekly.calls.sum()))
    assert [(month.name, month.share) for month in again.months] == [("2027-05", 1.0)]
    merged = weekly.demand.assign(weekday=pd.DatetimeIndex(weekly.demand["business_date"]).day_of_week).merge(
        again.demand.assign(weekday=pd.DatetimeIndex(again.demand["business_date"]).day_of_week),
        on=["weekday", "slot"],
    )
    assert len(merged) == len(weekly.demand)
    np.testing.assert_allclose(merged["calls_x"], merged["calls_y"], rtol=1e-12)
    assert (
        merged["agents_net_x"] <= merged["agents_net_y"]
    ).all()  # a Monday has twice the calls it was sized for


def test_typical_days_of_typical_days_are_the_same(weekly: Case) -> None:
    shape = DemandShape.of(weekly)
    again = DemandShape.of(shape.case("2027-05", float(weekly.calls.sum())))
    pd.testing.assert_frame_equal(shape.typical, again.typical)


def test_closed_dates_and_holidays_that_run_as_another_day(weekly: Case) -> None:
    """12 July 2027 is a Monday: closed it leaves 3, as a Tuesday it adds to the 4 of them."""
    shut = DemandShape.of(weekly, closed=[date(2027, 7, 12)])
    alike = DemandShape.of(weekly, like={date(2027, 7, 12): 1})
    assert [len(shut.dates("2027-07")[day]) for day in (0, 1)] == [3, 4]
    assert [len(alike.dates("2027-07")[day]) for day in (0, 1)] == [3, 5]


def test_a_holiday_in_the_history_counts_with_the_days_it_runs_as(make_demand: MakeDemand) -> None:
    """Monday 3 May has 40 calls and runs as a Friday: Fridays are (40 + 4 x 10) / 5 = 16, Mondays stay 10."""
    demand = make_demand(10, TARGET, hours="09:00-10:00")
    holiday = demand["business_date"] == "2027-05-03"
    shape = DemandShape.of(
        case_of(demand.assign(calls=np.where(holiday, 40.0, 10.0))), like={date(2027, 5, 3): 4}
    )
    weights = shape.typical.set_index("weekday")["weight"]
    assert (weights[0], weights[4]) == (10, 16)


def test_handling_time_is_weighed_by_calls(make_demand: MakeDemand) -> None:
    demand = make_demand(
        10, TARGET, start=date(2027, 5, 3), end=date(2027, 5, 10), hours="09:00-10:00", days=[0]
    )
    demand = demand.assign(calls=[30.0, 10.0], aht_seconds=[200.0, 400.0])
    assert DemandShape.of(case_of(demand)).typical["aht_seconds"].tolist() == [250.0]


def test_night_shifts_keep_their_business_date(make_demand: MakeDemand) -> None:
    demand = make_demand(8, TARGET, hours="22:00-26:00")
    found = DemandShape.of(case_of(demand)).month("2027-06", 100)
    late = found[found["slot"] == 25 * 60].iloc[0]
    midnight = pd.Timestamp(late["business_date"]).tz_localize("Asia/Tokyo")
    assert late["interval_start"] == midnight + pd.Timedelta(hours=25)


def test_a_month_without_open_days_is_refused(make_demand: MakeDemand) -> None:
    demand = make_demand(10, TARGET, days=[0])
    shape = DemandShape.of(case_of(demand), closed=[date(2027, 6, day) for day in (7, 14, 21, 28)])
    with pytest.raises(InputError, match="no open interval with calls in 2027-06"):
        shape.month("2027-06", 100)
    with pytest.raises(InputError, match='a month such as "2027-04"'):
        shape.month("June", 100)


def test_typical_days_avoid_changes_of_the_clocks(make_demand: MakeDemand) -> None:
    """In New York clocks change on Sunday 7 November 2027: the typical Sunday is the 14th."""
    demand = make_demand(24, TARGET, hours="00:00-24:00", days=[6])
    starts = demand["interval_start"].dt.tz_localize(None).dt.tz_localize("America/New_York")
    found = DemandShape.of(case_of(demand.assign(interval_start=starts))).month("2027-11", 100)
    assert found["business_date"].unique().tolist() == [pd.Timestamp("2027-11-14")]
    assert not found["interval_start"].duplicated().any()


def test_a_limit_on_abandonment_sizes_nothing_where_nobody_gives_up() -> None:
    """0.44 Erlang in each hour: one agent has the time for it, and no caller is lost."""
    shape = DemandShape.even(Targets(abandonment=0.05))
    assert shape.month("2027-05", 1000)["agents_net"].unique().tolist() == [1]


def test_an_even_desk_needs_a_share_for_each_interval() -> None:
    with pytest.raises(InputError, match=r"column profile: found \[1, 2\], expected 9 shares"):
        DemandShape.even(TARGET, profile=[1, 2])
    with pytest.raises(InputError, match="not all 0"):
        DemandShape.even(TARGET, hours="09:00-10:00", profile=[0])


def test_calls_never_fall_below_what_was_asked_by_rounding() -> None:
    """A vendor's minimum of 50 calls is reached by 50 calls, whatever they are divided by."""
    shape = DemandShape.even(TARGET, profile=[0.1, 0.2, 0.3, 0.7, 0.1, 0.1, 0.1, 0.3, 0.9])
    for calls in range(40, 90):
        case = shape.case("2027-05", float(calls))
        assert calls <= case.by_month(case.calls)["2027-05"] < calls * (1 + 1e-12)
