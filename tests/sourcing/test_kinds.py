"""What is special about each kind of tariff, by hand, on the desk of 1,000 calls (189 hours, 0.4409 Erlang)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

import numpy as np
import pandas as pd
import pytest

from staffing.queueing import Targets
from staffing.sourcing import (
    Bundle,
    Case,
    Context,
    Figure,
    Flat,
    Hourly,
    Offered,
    OtherDuties,
    Quote,
    Tariffs,
    quote,
)
from staffing.sourcing.quotes.make import _DRAFTS
from staffing.sourcing.tariffs import KINDS, ByChannel

MakeDemand = Callable[..., pd.DataFrame]
Priced = Callable[..., Quote]
EIGHTY = Targets(service_level=0.8)


@pytest.fixture(scope="module")
def priced(make_demand: MakeDemand, tariffs: Tariffs, may: tuple[date, date]) -> Priced:
    def price(offer: Offered, calls: float = 1000, targets: Targets = EIGHTY, **more: Any) -> Quote:
        demand = make_demand(calls, EIGHTY, **more)
        case = Case.of(demand, targets, interval_minutes=60, patience_seconds=inf, period=may)
        return quote(offer, case, Context(tariffs))

    return price


def items(found: Quote) -> dict[str, int]:
    return {line.item: line.amount for line in found.lines}


def test_every_kind_of_tariff_can_be_quoted() -> None:
    assert set(_DRAFTS) >= set(KINDS.values())


def test_people_with_other_duties_are_a_queue_held_for_the_handling_time(
    tariffs: Tariffs, priced: Priced
) -> None:
    """Two answer 80 % up to 1,770 calls; 3,000 calls (1.323 Erlang) take three, 6,000 (2.646) five.

    A call of 8 minutes costs 8 + 5 minutes: 1,000 x 13 / 60 = 216.667 h x 1,600 = 346,667.
    """
    two, five = tariffs.of(OtherDuties)
    assert priced(five, 3000).size.heads == 3
    assert priced(five, 6000).size.heads == 5
    few = priced(two, 3000)
    assert few.size.heads == 2
    assert not few.summary.meets_target
    assert "points below the target of 80.0 %" in str(few.summary.obstacles[0])
    assert items(priced(five, aht_seconds=480))["work interrupted by calls"] == 346_667


def test_people_with_other_duties_are_not_counted_twice(
    tariffs: Tariffs, make_demand: MakeDemand, may: tuple[date, date]
) -> None:
    """Two queues that need two people each: four at once, and only two may be interrupted."""
    demand = pd.concat([make_demand(1000, EIGHTY, queue=name) for name in ("a", "b")], ignore_index=True)
    case = Case.of(demand, EIGHTY, interval_minutes=60, patience_seconds=inf, period=may)
    found = quote(tariffs.of(OtherDuties)[0], case, Context(tariffs)).summary
    assert [str(note) for note in found.obstacles] == [
        "The queues need 4 people at once, 2 more than may be interrupted"
    ]


def test_hourly_pays_the_least_hours_of_a_month(tariffs: Tariffs, priced: Priced) -> None:
    """378 hours are bought; with at least 400 a month 22 more are paid: 22 x 2,300 = 50,600."""
    offer = tariffs.of(Hourly)[0]
    found = priced(replace(offer, min_hours_month=Figure(400)))
    assert items(found)["hours paid up to the minimum"] == 50_600
    assert "hours paid up to the minimum" not in items(priced(offer))


def test_hourly_buys_blocks(tariffs: Tariffs, priced: Priced) -> None:
    """One open hour a day and blocks of 4 hours: two agents x 4 h x 21 days = 168 h, of 2 hours 84."""
    office, home = tariffs.of(Hourly)
    same = replace(home, hidden=office.hidden)
    assert priced(office, 1000 / 9, hours="09:00-10:00").size.hours == 168
    assert priced(same, 1000 / 9, hours="09:00-10:00").size.hours == 84


@pytest.mark.parametrize(
    ("calls", "size", "price"),
    [
        (50, 50, 10_000),
        (86, 50, 19_000),  # 10,000 + 36 x 250 = 19,000 = 100 calls for 19,000
        (90, 100, 19_000),
        (240, 100, 54_000),  # 19,000 + 140 x 250 = 54,000 = 300 calls
        (250, 300, 54_000),
        (430, 500, 85_000),  # 54,000 + 130 x 250 = 86,500
        (600, 500, 110_000),
    ],
)
def test_the_cheapest_bundle_is_bought(
    tariffs: Tariffs, priced: Priced, calls: int, size: int, price: int
) -> None:
    found = priced(tariffs.of(Bundle)[0], calls)
    fees = items(found)
    assert found.size.calls == size
    assert fees[f"bundle of {size} calls"] + fees.get("calls beyond those included", 0) == price


def test_one_size_is_bought_for_all_months(tariffs: Tariffs, make_demand: MakeDemand) -> None:
    """100 calls in May and 500 in June: 300 calls cost 2 x 54,000 + 200 x 250 = 158,000.

    100 calls 2 x 19,000 + 400 x 250 = 138,000, 500 calls 170,000: the small one is bought.
    """
    period = (date(2027, 5, 1), date(2027, 6, 30))
    demand = make_demand(600, EIGHTY, start=period[0], end=period[1])
    may = (pd.to_datetime(demand["business_date"]).dt.month == 5).to_numpy()
    share = np.where(may, 100 / may.sum(), 500 / (~may).sum())
    case = Case.of(
        demand.assign(calls=share), EIGHTY, interval_minutes=60, patience_seconds=inf, period=period
    )
    found = quote(tariffs.of(Bundle)[0], case, Context(tariffs))
    bundles = [line for line in found.lines if line.item.startswith("bundle")]
    assert [(line.month, line.amount) for line in bundles] == [("2027-05", 19_000), ("2027-06", 19_000)]
    beyond = [line for line in found.lines if line.item == "calls beyond those included"]
    assert [(line.month, line.amount) for line in beyond] == [("2027-06", 100_000)]


def test_a_flat_plan_takes_calls_beyond_at_a_price_each(tariffs: Tariffs, priced: Priced) -> None:
    """1,600 calls, two channels: 150,000 + 600 x 200."""
    offer = tariffs.of(Flat)[1]
    found = priced(offer, 1600)
    assert items(found)["calls beyond those included"] == 120_000
    assert found.summary.handled_calls == pytest.approx(1600)


def test_a_flat_plan_that_refuses_takes_its_number_and_no_more(tariffs: Tariffs, priced: Priced) -> None:
    """Of 400 calls 300 are taken: 25 % lost, 15 points above a target of 10 %, 60 calls a month too many."""
    found = priced(tariffs.of(Flat)[0], 400, Targets(abandonment=0.1)).summary
    assert found.handled_calls == pytest.approx(300)
    assert found.abandonment == pytest.approx(0.25)
    assert [str(note) for note in found.obstacles] == [
        "Loses 25.0 % of calls, 15.0 points more than the target of 10.0 %: 60 calls a month too many"
    ]
    assert priced(tariffs.of(Flat)[0], 300, Targets(abandonment=0.1)).summary.meets_target


@pytest.mark.parametrize("calls", [200, 900, 1700, 2500, 3500])
@pytest.mark.parametrize("name", ["per call", "per call, busy tone", "bundle", "flat, 1,000 calls"])
def test_one_channel_fewer_would_miss_the_target(
    tariffs: Tariffs, priced: Priced, name: str, calls: int
) -> None:
    offer = tariffs.named(name)
    assert isinstance(offer, ByChannel)
    offer = replace(offer, max_channels=Figure(9), included_channels=Figure(1))
    bought = priced(offer, calls).size.channels
    assert priced(offer, calls).summary.meets_target
    if bought > 1:
        fewer = priced(replace(offer, max_channels=Figure(bought - 1)), calls).summary
        assert not fewer.meets_target
        assert str(fewer.obstacles[0]).endswith("the most sold, do not reach the target")


def test_terms_are_told(tariffs: Tariffs, priced: Priced) -> None:
    notes = [str(note) for note in priced(tariffs.named("per booth")).summary.notes]
    assert "Months until it begins: 2; of notice: 3; at least: 12" in notes
    assert not any("Months until" in str(note) for note in priced(tariffs.of(OtherDuties)[0]).summary.notes)
