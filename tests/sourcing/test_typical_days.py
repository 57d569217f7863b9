"""A month given as typical days, each standing for several dates, is priced like every date by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.errors import InputError
from staffing.queueing import Targets
from staffing.sourcing import Case, Context, Tariffs, quote

MakeDemand = Callable[..., pd.DataFrame]
TARGETS = Targets(service_level=0.8)


def case_of(demand: pd.DataFrame, period: tuple[date, date]) -> Case:
    return Case.of(demand, TARGETS, interval_minutes=60, patience_seconds=inf, period=period)


@pytest.fixture(scope="module")
def dates(make_demand: MakeDemand) -> pd.DataFrame:
    """All 21 weekdays of May 2027, which has 5 Mondays and 4 of every other weekday."""
    return make_demand(900, TARGETS, shape=[1, 2, 3, 2, 1, 1, 2, 2, 1])


@pytest.fixture(scope="module")
def typical(dates: pd.DataFrame) -> pd.DataFrame:
    """The first Monday to Friday, with the number of such dates."""
    days = pd.to_datetime(dates["business_date"])
    first = days <= pd.Timestamp("2027-05-07")
    count = days.dt.day_name().map({"Monday": 5}).fillna(4)
    return dates.assign(days=count)[first]


def test_every_kind_costs_and_reaches_the_same(
    dates: pd.DataFrame, typical: pd.DataFrame, tariffs: Tariffs, may: tuple[date, date]
) -> None:
    context = Context(tariffs)
    assert typical["days"].groupby(typical["business_date"]).first().sum() == 21
    for offer in tariffs.every:
        whole = quote(offer, case_of(dates, may), context)
        few = quote(offer, case_of(typical, may), context)
        assert few.summary.total == whole.summary.total
        assert few.summary.handled_calls == pytest.approx(whole.summary.handled_calls)
        assert few.summary.service_level == pytest.approx(whole.summary.service_level)
        assert few.summary.intervals_open == whole.summary.intervals_open == 189
        assert few.summary.intervals_missing == whole.summary.intervals_missing
        assert few.size.hours == pytest.approx(whole.size.hours)
        assert (few.size.heads, few.size.seats, few.size.channels) == (
            whole.size.heads,
            whole.size.seats,
            whole.size.channels,
        )


def test_totals_weigh_by_days_and_calls_do_not(typical: pd.DataFrame, may: tuple[date, date]) -> None:
    case = case_of(typical, may)
    assert case.total_calls == pytest.approx(900)
    assert case.by_month(case.calls) == {"2027-05": pytest.approx(900)}
    assert case.calls.sum() == pytest.approx(900 * 5 / 21)


def test_days_must_be_numbers_and_the_same_all_day(typical: pd.DataFrame, may: tuple[date, date]) -> None:
    with pytest.raises(InputError, match="row 2, column days: found -1"):
        case_of(typical.assign(days=-1.0), may)
    mixed = typical.assign(days=[3.0, *typical["days"][1:]])
    with pytest.raises(InputError, match="column days: found several numbers on 2027-05-03"):
        case_of(mixed, may)
