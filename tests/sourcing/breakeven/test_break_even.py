"""The articles' crossover of about 1,000 calls a month, by hand, and what it depends on.

21 weekdays (May 2027) x 9 h = 189 hours a month, AHT 5 min, Erlang C, calls even over the hours.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from math import inf

import pytest

from staffing.errors import ConfigError
from staffing.queueing import Targets, performance
from staffing.sourcing import (
    BreakEven,
    Context,
    DemandShape,
    Figure,
    Offered,
    PerBooth,
    PerCall,
    Tariffs,
    VolumeTier,
    break_even,
    quote,
)

MEAN_CALLS_AN_HOUR = 1000 / (21 * 9)  # 5.29
LOAD = MEAN_CALLS_AN_HOUR * 300 / 3600  # 0.44 Erlang


@pytest.fixture(scope="module")
def plan(tariffs: Tariffs) -> PerCall:
    return tariffs.per_call[0]


@pytest.fixture(scope="module")
def booths(tariffs: Tariffs) -> PerBooth:
    return tariffs.per_booth[0]


@pytest.fixture(scope="module")
def context(tariffs: Tariffs) -> Context:
    return Context(tariffs)


def found(
    plan: PerCall, booths: PerBooth, context: Context, targets: Targets, most: int, **desk: object
) -> BreakEven:
    shape = DemandShape.even(targets, **desk)  # type: ignore[arg-type]
    return break_even([plan, booths], shape, context, month="2027-05", least=100, most=most)


def crossings(result: BreakEven) -> list[tuple[int, str, str]]:
    return [(x.calls, x.after or "", x.reason) for x in result.crossings]


def test_the_load_of_1000_calls_a_month() -> None:
    assert round(LOAD, 2) == 0.44


@pytest.mark.parametrize(
    ("factor", "booths", "percent"),
    [(1, 1, 57.5), (1, 2, 92.8), (1.8, 1, 21.7), (1.8, 2, 79.2), (1.8, 3, 95.6)],
)
def test_share_answered_in_20_seconds(factor: float, booths: int, percent: float) -> None:
    """Erlang C: wait probability C, share = 1 - C exp(-(n - A) 20 / 300).

    One booth: C = A = 0.4409, so 1 - 0.4409 x exp(-0.5591 / 15) = 0.5752. Two: B = (A^2/2) / (1 + A + A^2/2) =
    0.09720 / 1.5381 = 0.06319, C = 2B / (2 - A (1 - B)) = 0.12639 / 1.58695 = 0.07964, so 1 - 0.07964 x
    exp(-1.5591 / 15) = 0.9282.
    """
    answered = performance(MEAN_CALLS_AN_HOUR * factor, 300, booths, interval=3600)
    assert round(100 * float(answered.service_level), 1) == percent


def test_the_articles_crossover_from_one_channel_and_one_booth(
    plan: PerCall, booths: PerBooth, context: Context
) -> None:
    """30,000 + (V - 50) x 300 = 25,000 + 290,000 at V = 50 + 285,000 / 300 = 1,000."""
    result = found(plan, booths, context, Targets(), 2000)
    assert crossings(result) == [(1000, "per booth", "price")]
    at = result.curve[result.curve["calls"] == 1000].set_index("option")
    assert at.loc["per call", "cost"] == 30_000 + 950 * 300
    assert at.loc["per booth", "cost"] == 25_000 + 290_000
    # what the articles leave out: one channel or booth answers 57.5 % of these calls within 20 s
    assert at["service_level"].tolist() == pytest.approx([0.575, 0.575], abs=5e-4)


def test_the_crossover_depends_on_the_price_per_call(
    plan: PerCall, booths: PerBooth, context: Context
) -> None:
    """At 200 a call: V = 50 + 285,000 / 200 = 1,475; at 100 it would be 2,900, more than one channel can take."""
    by_price = {}
    for price in (300, 200, 100):
        tier = VolumeTier(from_calls=Figure(0), to_calls=Figure(inf), price=Figure(price))
        result = found(replace(plan, overage=(tier,)), booths, context, Targets(), 2200)
        by_price[price] = [x.calls for x in result.crossings]
    assert by_price == {300: [1000], 200: [1475], 100: []}


def test_the_crossover_depends_on_the_depth_of_handling(
    plan: PerCall, booths: PerBooth, context: Context
) -> None:
    """Support: 50,000 + (V - 50) x 300 >= 315,000 from V = 50 + 883.3 = 934 on."""
    result = found(replace(plan, handling="support"), booths, context, Targets(), 2000)
    assert [x.calls for x in result.crossings] == [934]


def test_the_crossover_depends_on_the_hours(plan: PerCall, booths: PerBooth, context: Context) -> None:
    """Ten hours instead of nine: a booth costs 290,000 x 210 / 189 = 322,222, of which 21 h at 1.15 more.

    18:00-19:00 is charged at 1.15: (189 + 21 x 1.15) / 189 x 290,000 = 327,056; the per-call plan must buy 24/365,
    twice all its prices: 60,000 + 600 (V - 50) = 25,000 + 327,056 at V = 536.8.
    """
    result = found(plan, booths, context, Targets(), 1500, hours="09:00-19:00")
    assert [x.calls for x in result.crossings] == [537]


def test_the_crossover_moves_with_the_service_target(
    plan: PerCall, booths: PerBooth, context: Context
) -> None:
    """80 % in 20 s takes two booths from 1,000 / 57.5 % downwards, and three before two have paid off.

    Two booths: 40,000 + (V - 50) x 300 = 605,000 at V = 1,933.3, but two answer 80 % only up to about 1,770 calls.
    Three booths: 50,000 + (V - 50) x 300 = 895,000 at V = 2,866.7, so 2,867.
    """
    result = found(plan, booths, context, Targets(service_level=0.8), 3200)
    assert crossings(result) == [(2867, "per booth", "price")]
    curve = result.curve
    assert (curve["service_level"] >= 0.8 - 1e-9).all()
    two = curve[(curve["option"] == "per booth") & (curve["seats"] == 2)]
    assert two["cost"].unique().tolist() == [605_000]
    assert two["calls"].max() < 1933
    assert len(curve) < 600  # of 6,202


def test_the_crossover_depends_on_handling_time(plan: PerCall, booths: PerBooth, context: Context) -> None:
    """Calls of 2 min instead of 5: one booth answers 80 % of 1,000 calls (0.18 Erlang), so it pays off there.

    A second is bought soon after; with two (605,000) booths are the cheaper way again from 1,934 on, at 0.34 Erlang.
    """
    result = found(plan, booths, context, Targets(service_level=0.8), 2400, aht_seconds=120)
    last = result.curve[(result.curve["option"] == "per booth") & (result.curve["seats"] == 1)]["calls"].max()
    assert crossings(result) == [
        (1000, "per booth", "price"),
        (last + 1, "per call", "step"),
        (1934, "per booth", "price"),
    ]


def test_a_loose_target_crosses_more_than_once(plan: PerCall, booths: PerBooth, context: Context) -> None:
    """50 % in 20 s: booths win from 1,000 until a second is needed, and again from 1,934 on (605,000 / 300)."""
    result = found(plan, booths, context, Targets(service_level=0.5), 2500)
    one = result.curve[(result.curve["option"] == "per booth") & (result.curve["seats"] == 1)]["calls"].max()
    assert crossings(result) == [
        (1000, "per booth", "price"),
        (one + 1, "per call", "step"),
        (1934, "per booth", "price"),
    ]
    # the step is where one booth no longer answers half: 1 - A exp(-(1 - A) / 15) < 0.5
    load = (one + 1) / 189 / 12
    assert performance((one + 1) / 189, 300, 1, interval=3600).service_level < 0.5
    assert load == pytest.approx(0.517, abs=0.001)


def test_beyond_the_channels_sold_only_booths_are_left(
    plan: PerCall, booths: PerBooth, context: Context
) -> None:
    small = replace(plan, max_channels=Figure(2))
    result = found(small, booths, context, Targets(service_level=0.8), 2500)
    (only,) = result.crossings
    assert (only.after, only.reason) == ("per booth", "capacity")
    assert performance((only.calls - 1) / 189, 300, 2, interval=3600).service_level >= 0.8
    assert performance(only.calls / 189, 300, 2, interval=3600).service_level < 0.8


def test_every_volume_priced_gives_the_same_bands(plan: PerCall, booths: PerBooth, context: Context) -> None:
    """Full enumeration: the vendor's minimum, two prices that meet; patience, a peaked day, Mondays only."""
    tier = VolumeTier(from_calls=Figure(0), to_calls=Figure(inf), price=Figure(150))
    large = replace(plan, name="large", base_fee_first_line=Figure(31_000), overage=(tier,))
    shape = DemandShape.even(
        Targets(service_level=0.7, abandonment=0.05),
        hours="09:00-13:00",
        weekdays=[0],
        profile=[1, 2, 3, 1],
        patience_seconds=90,
    )
    low, high = 47, 76
    offers: list[Offered] = [plan, large, replace(booths, booth_month=Figure(90_000))]
    result = break_even(offers, shape, context, month="2027-05", least=low, most=high)
    best = []
    for calls in range(low, high + 1):
        quotes = [quote(offer, shape.case("2027-05", calls), context).summary for offer in offers]
        costs = {x.option: x.total - x.one_off for x in quotes if x.meets_target}
        best.append([name for name, cost in costs.items() if cost == min(costs.values())])
    for band in result.bands:
        assert all(band.option in names for names in best[band.first - low : band.last - low + 1])
    runs = [name for name, _ in groupby(names[0] for names in best if len(names) == 1)]
    assert [band.option for band in result.bands] == runs == ["per booth", "per call", "large", "per booth"]


def test_pairs_hold_each_two_options(
    tariffs: Tariffs, plan: PerCall, booths: PerBooth, context: Context
) -> None:
    shape = DemandShape.even(Targets(), shrinkage=0.3)
    result = break_even([tariffs.in_house, plan, booths], shape, context, month="2027-05", most=1100)
    assert result.between("per booth", "per call")["calls"].tolist() == [50, 1000]
    assert result.between("per booth", "per call")["reason"].tolist() == ["minimum", "price"]
    assert [(band.first, band.option) for band in result.bands] == [
        (1, "per booth"),
        (50, "per call"),
        (1000, "per booth"),
    ]
    assert not any("missing" in str(note) for note in result.notes)


def test_what_is_paid_once_can_be_spread(plan: PerCall, booths: PerBooth, context: Context) -> None:
    """Over 12 months booths' 200,000 and the plan's 10,000 are 15,833 a month apart: 53 calls, V = 1,053."""
    result = break_even(
        [plan, booths],
        DemandShape.even(Targets()),
        context,
        month="2027-05",
        least=100,
        most=2000,
        spread_months=12,
    )
    assert [x.calls for x in result.crossings] == [1053]


def test_settings_that_cannot_be_used_are_named(plan: PerCall, context: Context) -> None:
    shape = DemandShape.even(Targets())
    with pytest.raises(ConfigError, match="least = 10"):
        break_even([plan], shape, context, month="2027-05", least=10, most=5)
    with pytest.raises(ConfigError, match="each with its own name"):
        break_even([plan, plan], shape, context, month="2027-05")
