"""Hidden costs, requirements on vendors and the price of lost calls, by hand, on the desk of 1,000 calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import Targets, performance
from staffing.sourcing import (
    Case,
    Comparison,
    Context,
    Figure,
    Hidden,
    Hourly,
    Quote,
    Requirements,
    Tariffs,
    compare,
    quote,
)
from staffing.sourcing.lines import total

MakeDemand = Callable[..., pd.DataFrame]
EIGHTY = Targets(service_level=0.8)


@pytest.fixture(scope="module")
def case(make_demand: MakeDemand, may: tuple[date, date]) -> Case:
    return Case.of(make_demand(1000, EIGHTY), EIGHTY, interval_minutes=60, patience_seconds=inf, period=may)


def amounts(found: Quote) -> dict[str, int]:
    return {line.item: line.amount for line in found.lines}


def with_hidden(tariffs: Tariffs, case: Case, **figures: float) -> Quote:
    hidden = Hidden(**{name: Figure(value) for name, value in figures.items()})
    return quote(replace(tariffs.per_call[0], hidden=hidden), case, Context(tariffs))


def test_an_offer_that_states_no_hidden_costs_has_none(tariffs: Tariffs, case: Case) -> None:
    assert with_hidden(tariffs, case).summary.total == 335_000


def test_calls_that_come_again_are_billed_and_take_channels(tariffs: Tariffs, case: Case) -> None:
    """Half come again: 1,000 / (1 - 0.5) = 2,000 calls, 0.8818 Erlang: three channels; (2,000 - 50) x 300.

    First calls handled are still 1,000.
    """
    found = with_hidden(tariffs, case, repeat_share=0.5)
    assert amounts(found)["calls beyond those included"] == 585_000
    assert found.size.channels == 3
    assert found.summary.handled_calls == pytest.approx(1000)
    level = performance(2000 / 189, 300, 3, interval=3600).service_level
    assert found.summary.service_level == pytest.approx(float(level))


def test_longer_calls_take_channels_but_are_not_more_calls(tariffs: Tariffs, case: Case) -> None:
    found = with_hidden(tariffs, case, aht_factor=2)
    assert amounts(found)["calls beyond those included"] == 285_000
    assert found.size.channels == 3


def test_a_vendor_of_seats_fills_more_of_them_for_worse_work(tariffs: Tariffs, case: Case) -> None:
    """At 1.6 times the AHT (0.7055 Erlang) two seats answer only 81.8 %, at 1.8 times three are needed somewhere."""
    offer = tariffs.of(Hourly)[0]

    def hours(factor: float) -> float:
        hidden = Hidden(aht_factor=Figure(factor))
        return quote(replace(offer, hidden=hidden), case, Context(tariffs)).size.hours

    assert hours(1.0) == 378
    assert 378 < hours(1.9) <= 567


def test_escalated_calls_come_back_by_the_minute(tariffs: Tariffs, case: Case) -> None:
    """100 calls x 6 min = 10 h x 2,500."""
    found = with_hidden(
        tariffs, case, escalation_share=0.1, escalation_seconds=360, escalation_wage_hour=2500
    )
    assert amounts(found)["escalations to one's own people"] == 25_000


def compared(demand: pd.DataFrame, tariffs: Tariffs, **requirements: Any) -> Comparison:
    strict = replace(tariffs, requirements=Requirements(**requirements))
    period = (date(2027, 5, 1), date(2027, 5, 31))
    return compare(demand, EIGHTY, strict, interval_minutes=60, patience_seconds=inf, period=period)


REQUIRED: list[tuple[dict[str, Any], str, set[str]]] = [
    (
        {"certifications": ("ISMS",)},
        "The offer states no certification ISMS",
        {
            *("per call", "per call, busy tone", "bundle", "bundle, large", "flat, 300 calls"),
            *("flat, 1,000 calls", "hourly", "hourly, from home", "consignment", "consignment, two vendors"),
        },
    ),
    (
        {"certifications": ("P-mark",), "scope_covers_department": True},
        "The certificate's scope does not cover the department that takes the calls",
        {
            *("per call", "per call, busy tone", "bundle", "bundle, large", "flat, 300 calls"),
            *("flat, 1,000 calls", "hourly, from home"),
        },
    ),
    (
        {"home_working_allowed": False},
        "The vendor's people also work from home, which the desk does not allow",
        {"hourly, from home"},
    ),
    (
        {"contact_types": ("phone", "chat")},
        "The offer does not take contacts of the type chat",
        {
            *("per call", "per call, support", "per call, busy tone", "bundle", "bundle, large"),
            *("flat, 300 calls", "flat, 1,000 calls", "per booth", "hourly", "hourly, from home"),
            *("consignment", "consignment, two vendors"),
        },
    ),
    (
        {"languages": ("ja", "en")},
        "The offer does not serve the language en",
        {
            *("per call", "per call, busy tone", "bundle", "bundle, large", "flat, 300 calls"),
            *("flat, 1,000 calls", "per booth", "hourly", "hourly, from home"),
            *("consignment", "consignment, two vendors"),
        },
    ),
]


@pytest.mark.parametrize(("asked", "obstacle", "failing"), REQUIRED)
def test_an_offer_that_fails_a_requirement_stays_in_the_table_with_its_obstacle(
    make_demand: MakeDemand, tariffs: Tariffs, asked: dict[str, Any], obstacle: str, failing: set[str]
) -> None:
    demand = make_demand(1000, EIGHTY)
    found = compared(demand, tariffs, **asked)
    assert [option.option for option in found.options] == [offer.name for offer in tariffs.every]
    named = {o.option for o in found.options if obstacle in map(str, o.obstacles)}
    assert named == failing | {offer.name for offer in tariffs.offers if failing & set(offer.needs)}
    assert not any(o.meets_target for o in found.options if o.option in failing)
    cheapest = found.cheapest
    assert cheapest is not None
    assert cheapest.option not in failing


def test_hours_that_do_not_cover_the_desk_fail_where_all_hours_are_required(
    make_demand: MakeDemand, tariffs: Tariffs
) -> None:
    """Open 8-18, one hour in ten outside a vendor that works from 9: 100 of 1,000 calls."""
    weekdays = tariffs.per_call[0].hours[:1]
    few = replace(tariffs, offers=(replace(tariffs.per_booth[0], hours=weekdays), tariffs.of(Hourly)[0]))
    demand = make_demand(1000, EIGHTY, hours="08:00-18:00")
    obstacle = "The hours offered do not cover all opening hours: 100 calls fall outside"
    for all_hours in (False, True):
        found = compared(demand, few, all_hours=all_hours)
        named = [o.option for o in found.options if obstacle in map(str, o.obstacles)]
        assert named == (["per booth"] if all_hours else [])


def test_the_price_of_lost_calls(tariffs: Tariffs, case: Case) -> None:
    """The plan for 300 calls loses 700 of 1,000 calls; every second lost caller calls again, and loses 70 % again.

    Orders: 700 x 0.5 x 0.1 = 35 x 3,000 = 105,000. With d p = 0.35: 700 x 0.65 = 455 callers, of whom
    455 x 0.65 = 295.75 lose one call and 159.25 two or more. One in twenty is at risk:
    295.75 x 0.05 x 0.5 = 7.39375 and 159.25 x 0.05 x 0.8 = 6.37 customers x 20,000.
    """
    offer = tariffs.named("flat, 300 calls")
    found = quote(offer, case, Context(tariffs))
    assert {line.item: line.amount for line in found.lost} == {
        "lost orders": 105_000,
        "customers lost after one bad experience": 147_875,
        "customers lost after two or more": 127_400,
    }
    summary = found.summary
    assert (summary.total, summary.lost_calls_cost) == (89_725, 380_275)
    assert summary.total_with_lost_calls == 470_000
    assert total(found.lines) == summary.total  # what is lost is not paid out


def test_lost_calls_have_no_price_where_none_is_given(tariffs: Tariffs, case: Case) -> None:
    found = quote(tariffs.named("flat, 300 calls"), case, Context(replace(tariffs, lost_calls=None)))
    assert found.lost == ()
    assert found.summary.lost_calls_cost is None
    assert found.summary.total_with_lost_calls == found.summary.total == 89_725


def test_lost_calls_decide_only_where_they_are_counted(make_demand: MakeDemand, tariffs: Tariffs) -> None:
    """At 70 % abandoned allowed, the plan for 300 calls is the cheapest to pay and among the dearest to have."""
    targets = Targets(abandonment=0.75)
    assert tariffs.lost_calls is not None
    assert not tariffs.lost_calls.counted
    demand = make_demand(1000, EIGHTY)
    period = (date(2027, 5, 1), date(2027, 5, 31))
    best = {}
    for counted in (False, True):
        priced = replace(tariffs, lost_calls=replace(tariffs.lost_calls, counted=counted))
        found = compare(demand, targets, priced, interval_minutes=60, patience_seconds=inf, period=period)
        assert found.cheapest is not None
        best[counted] = found.cheapest.option
        sums = found.lost.groupby("option")["amount"].sum()
        assert sums["flat, 300 calls"] > 300_000
    assert best == {False: "flat, 300 calls", True: "flat, 1,000 calls"}


@given(st.floats(0, 0.95), st.floats(0.01, 0.99))
def test_callers_who_lose_calls_add_up_to_the_lost_calls(redial: float, lost: float) -> None:
    """F (1 - dp) lose one and F d p two or more, of F = L (1 - d p); summed over attempts that is L again."""
    again = redial * lost
    callers = lost * (1 - again)
    attempts = sum(callers * again**attempt for attempt in range(4000))
    assert attempts == pytest.approx(lost)
