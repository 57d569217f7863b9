"""The articles' crossover of about 1,000 calls a month, by hand, and what a service target does to it.

21 weekdays x 9 h = 189 hours a month, AHT 5 min, Erlang C, calls even over the hours.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from staffing.queueing import Targets, performance
from staffing.sourcing import Figure, Tariffs, VolumeTier, crossover

MEAN_CALLS_AN_HOUR = 1000 / (21 * 9)  # 5.29
LOAD = MEAN_CALLS_AN_HOUR * 300 / 3600  # 0.44 Erlang


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
    found = performance(MEAN_CALLS_AN_HOUR * factor, 300, booths, interval=3600)
    assert round(100 * float(found.service_level), 1) == percent


def test_the_articles_crossover_from_one_channel_and_one_booth(tariffs: Tariffs) -> None:
    """30,000 + (V - 50) x 300 = 25,000 + 290,000 at V = 50 + 285,000 / 300 = 1,000."""
    found = crossover(tariffs.per_call[0], tariffs.per_booth[0], None, max_calls=2000)
    assert (found.calls, found.reason) == (1000, "price")
    assert found.switches == (1000,)
    at = found.curve.set_index("calls").loc[1000]
    assert at["per_call"] == pytest.approx(30_000 + 950 * 300)
    assert at["per_booth"] == pytest.approx(25_000 + 290_000)
    # what the articles leave out: one channel or booth answers 57.5 % of these calls within 20 s
    assert at["service_level"] == pytest.approx(0.575, abs=5e-4)


def test_the_crossover_depends_on_the_price_per_call(tariffs: Tariffs) -> None:
    """At 200 a call: V = 50 + 285,000 / 200 = 1,475; at 100 it would be 2,900, more than one channel can take."""
    found = {}
    for price in (300, 200, 100):
        tier = VolumeTier(from_calls=Figure(0), to_calls=Figure(inf), price=Figure(price))
        plan = replace(tariffs.per_call[0], overage=(tier,))
        found[price] = crossover(plan, tariffs.per_booth[0], None, max_calls=3500).calls
    # one channel takes at most 189 h x 12 = 2,268 calls a month: 30,000 + 2,218 x 100 < 315,000
    assert found == {300: 1000, 200: 1475, 100: None}


def test_support_calls_cross_earlier(tariffs: Tariffs) -> None:
    """50,000 + (V - 50) x 300 >= 315,000 from V = 50 + 883.3 = 934 on."""
    plan = replace(tariffs.per_call[0], handling="support")
    assert crossover(plan, tariffs.per_booth[0], None, max_calls=2000).calls == 934


def test_the_crossover_moves_with_the_service_target(tariffs: Tariffs) -> None:
    """80 % in 20 s takes two booths from 1,000 / 57.5 % downwards, and three before two have paid off.

    Two booths: 40,000 + (V - 50) x 300 = 605,000 at V = 1,933.3, but two answer 80 % only up to about 1,770 calls.
    Three booths: 50,000 + (V - 50) x 300 = 895,000 at V = 2,866.7, so 2,867.
    """
    found = crossover(tariffs.per_call[0], tariffs.per_booth[0], Targets(service_level=0.8), max_calls=3200)
    assert (found.calls, found.calls_for_good, found.reason) == (2867, 2867, "price")
    curve = found.curve.set_index("calls")
    assert (curve["service_level"] >= 0.8 - 1e-9).all()
    assert curve.loc[1000, "booths"] == curve.loc[1000, "channels"] == 2
    assert curve.loc[1000, "per_booth"] == pytest.approx(605_000)
    assert curve.loc[1000, "per_call"] == pytest.approx(325_000)
    two_booths = curve.index[curve["booths"] == 2]
    assert two_booths.max() < 1933


def test_a_loose_target_crosses_more_than_once(tariffs: Tariffs) -> None:
    """50 % in 20 s: booths win from 1,000 until a second is needed, and again from 1,934 on (605,000 / 300)."""
    found = crossover(tariffs.per_call[0], tariffs.per_booth[0], Targets(service_level=0.5), max_calls=2500)
    one_booth = found.curve.loc[found.curve["booths"] == 1, "calls"].max()
    assert found.switches == (1000, one_booth + 1, 1934)
    assert (found.calls, found.calls_for_good) == (1000, 1934)


def test_beyond_the_channels_sold_only_booths_are_left(tariffs: Tariffs) -> None:
    plan = replace(tariffs.per_call[0], max_channels=Figure(2))
    found = crossover(plan, tariffs.per_booth[0], Targets(service_level=0.8), max_calls=2500)
    limit = found.curve.loc[found.curve["channels"] == 2, "calls"].max()
    assert (found.calls, found.reason) == (limit + 1, "capacity")
    assert np.isnan(found.curve.loc[found.curve["channels"] == 3, "per_call"]).all()


def test_a_peaked_day_needs_more_for_the_same_service(tariffs: Tariffs) -> None:
    peaked = [0.9, 0.9, 1.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
    even = crossover(tariffs.per_call[0], tariffs.per_booth[0], Targets(service_level=0.8), max_calls=2000)
    found = crossover(
        tariffs.per_call[0], tariffs.per_booth[0], Targets(service_level=0.8), profile=peaked, max_calls=2000
    )
    assert (found.curve["booths"] >= even.curve["booths"]).all()
    assert (found.curve["booths"] > even.curve["booths"]).any()


def test_a_profile_must_fit_the_hours(tariffs: Tariffs) -> None:
    with pytest.raises(ValueError, match="profile must hold 9 shares"):
        crossover(tariffs.per_call[0], tariffs.per_booth[0], None, profile=[1, 2])
