"""Tornado, two-way table and thresholds by hand.

1,000 calls in May 2027 (21 weekdays x 9 h, AHT 5 min), 80 % in 20 s: two channels or two booths. Per call 30,000 +
10,000 + 300 x 950 = 325,000; per booth 25,000 + 2 x 290,000 = 605,000 a month.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from staffing.errors import ConfigError
from staffing.queueing import Targets, performance
from staffing.sourcing import Context, DemandShape, Figure, LostCalls, Tariffs, quote
from staffing.sourcing.sensitivity import (
    Input,
    Situation,
    Threshold,
    monthly_costs,
    present_values,
    thresholds,
    tornado,
    two_way,
)

PRICE = "per_call[1].overage[1].price"
BOOTH = "per_booth[1].booth_month"


@pytest.fixture(scope="module")
def desk(tariffs: Tariffs) -> Situation:
    shape = DemandShape.even(Targets(service_level=0.8), shrinkage=0.3)
    return Situation(tariffs, shape, calls=1000, start="2027-05", only=("per call", "per booth"))


def test_the_base_is_the_arithmetic_above(desk: Situation) -> None:
    costs = monthly_costs(desk).set_index("option")["cost"]
    assert costs.to_dict() == {"per call": 325_000, "per booth": 605_000}


def test_tornado_by_hand(desk: Situation) -> None:
    """Price 200: 230,000; 800: 800,000. A booth at 100,000: 225,000. Calls 2,000 (three channels): 635,000."""
    found = tornado(
        desk,
        [
            Input(PRICE, 200, 800, "price a call"),
            Input(BOOTH, 100_000, 300_000),
            Input("case.calls", 500, 2000),
        ],
    )
    rows = found.costs.set_index(["path", "option"])
    assert rows.loc[(PRICE, "per call"), ["cost_low", "cost_base", "cost_high", "swing"]].tolist() == [
        230_000,
        325_000,
        800_000,
        570_000,
    ]
    assert rows.loc[(PRICE, "per booth"), "swing"] == 0
    assert rows.loc[(BOOTH, "per booth"), "cost_low"] == 225_000
    assert rows.loc[("case.calls", "per call"), "cost_high"] == 30_000 + 20_000 + 1950 * 300
    bests = found.bests.set_index("path")
    assert bests.loc[PRICE, ["input", "best_low", "best_high", "changes"]].tolist() == [
        "price a call",
        "per call",
        "per booth",
        True,
    ]
    assert bests.loc[BOOTH, ["best_low", "best_base", "best_high"]].tolist() == [
        "per booth",
        "per call",
        "per call",
    ]
    own = found.of("per call")
    assert own["path"].tolist() == [PRICE, "case.calls", BOOTH]
    gap = found.gap("per call", "per booth").set_index("path")
    assert gap.loc[BOOTH, ["cost_low", "cost_base", "cost_high"]].tolist() == [100_000, -280_000, -300_000]


def test_two_way_table_by_hand(desk: Situation) -> None:
    """At 600 a call the plan costs 610,000; booths at 290,000 605,000, at 300,000 625,000."""
    found = two_way(desk, (PRICE, [300, 600]), (BOOTH, [290_000, 300_000]))
    assert found["best"].tolist() == ["per call", "per call", "per booth", "per call"]
    assert found["cost"].tolist() == [325_000, 325_000, 605_000, 610_000]
    assert found["lead"].tolist() == [280_000, 300_000, 5_000, 15_000]


def test_a_price_threshold_is_exact(desk: Situation) -> None:
    """40,000 + 950 p = 605,000 at p = 594.7368..; a booth: 25,000 + 2 b = 325,000 at b = 150,000."""
    (price,) = thresholds(desk, PRICE, 100, 1000)
    assert price == Threshold(PRICE, pytest.approx(565_000 / 950, rel=1e-9), "per call", "per booth", True)
    (booth,) = thresholds(desk, BOOTH, 50_000, 400_000)
    assert (booth.value, booth.before, booth.after) == (
        pytest.approx(150_000, abs=1),
        "per booth",
        "per call",
    )
    assert booth.exact


def test_a_threshold_of_the_target_is_closed_in_on(desk: Situation) -> None:
    """What three channels, the most sold, answer of 1,000 calls; beyond it only booths are left."""
    limit = float(performance(1000 / 189, 300, 3, interval=3600).service_level)
    (found,) = thresholds(desk, "case.targets.service_level", 0.9, 0.995, tolerance=1e-5)
    assert (found.before, found.after, found.exact) == ("per call", "per booth", False)
    assert found.value == pytest.approx(limit, abs=1e-5)


def test_no_threshold_where_nothing_changes(desk: Situation) -> None:
    assert thresholds(desk, "per_call[1].base_fee_first_line", 10_000, 50_000) == ()
    with pytest.raises(ConfigError, match="low = 2"):
        thresholds(desk, PRICE, 2, 1)


def test_the_rival_that_is_nearest_sets_the_threshold(desk: Situation) -> None:
    """A second plan at 100,000 and 350 a call costs 442,500 with its second channel, less than booths ever do.

    40,000 + 950 p = 442,500 at p = 423.68.
    """
    plan = desk.tariffs.per_call[0]
    tier = replace(plan.overage[0], price=replace(plan.overage[0].price, value=350))
    base = replace(plan.base_fee_first_line, value=100_000)
    second = replace(plan, name="second", base_fee_first_line=base, overage=(tier,))
    three = replace(desk, tariffs=replace(desk.tariffs, offers=(*desk.tariffs.offers, second)), only=())
    (found,) = thresholds(three, PRICE, 100, 1000)
    assert (found.value, found.after, found.exact) == (pytest.approx(402_500 / 950, rel=1e-9), "second", True)


def test_lost_calls_count_where_the_tariffs_say_so(desk: Situation) -> None:
    """Callers give up after two minutes on average, and each lost call is a lost order of 50,000."""
    waiting = replace(desk, shape=replace(desk.shape, patience_seconds=120.0))
    figures = dict.fromkeys(
        ("at_risk_share", "customer_value", "churn_once", "churn_twice", "redial_share"), Figure(0)
    )
    orders = LostCalls(counted=True, order_share=Figure(1), order_margin=Figure(50_000), **figures)
    counted = replace(waiting, tariffs=replace(desk.tariffs, lost_calls=orders))
    case = counted.shape.case("2027-05", 1000)
    lost = [
        1000 * quote(offer, case, Context(counted.tariffs)).summary.abandonment
        for offer in counted.tariffs.offers
    ]
    plain, priced = (monthly_costs(x)["cost"].to_numpy() for x in (waiting, counted))
    assert (priced - plain).tolist() == pytest.approx([50_000 * calls for calls in lost], abs=1)
    month = replace(counted, months=1, rate=0.1)
    without = replace(month, tariffs=replace(desk.tariffs, lost_calls=replace(orders, counted=False)))
    values = [present_values(x)["cost"].to_numpy() for x in (month, without)]
    expected = [50_000 * calls / 1.1 ** (1 / 12) for calls in lost]
    assert (values[0] - values[1]).tolist() == pytest.approx(expected, abs=1.5)


def test_present_values_count_growth_and_terms(desk: Situation) -> None:
    year = replace(desk, months=2, start="2027-05", rate=0.1)
    costs = present_values(year).set_index("option")["cost"]
    q = 1.1 ** (-1 / 12)
    assert costs["per call"] == round(10_000 + 325_000 * (q + q * q))
    booths = 200_000 + 605_000 * q + (25_000 + 2 * 290_000 * 22 / 21) * q * q  # June has 22 weekdays
    assert costs["per booth"] == pytest.approx(booths, abs=1)
    (found,) = thresholds(
        replace(year, calls=1700),
        "horizon.growth",
        0.0,
        3.0,
        evaluate=_plan_against_a_fixed_sum,
        tolerance=1e-4,
    )
    assert (found.before, found.after) == ("per call", "rival")
    at = present_values(replace(year, calls=1700, growth=found.value)).set_index("option")["cost"]
    assert at["per call"] == pytest.approx(1_100_000, abs=60)  # a ten-thousandth of growth is 50 yen here


def _plan_against_a_fixed_sum(situation: Situation) -> pd.DataFrame:
    """A rival of a fixed price, to have something that growth tips."""
    costs = present_values(replace(situation, only=("per call",)))
    rival = pd.DataFrame({"option": ["rival"], "cost": [1_100_000.0], "meets_target": [True]})
    return pd.concat([costs, rival], ignore_index=True)
