"""1,000 calls a month by every option of the catalogue, calculated by hand.

The desk: May 2027 (21 weekdays x 9 h = 189 hours), AHT 5 min, calls even over the hours: 1,000 / 189 = 5.291 calls
an hour, 0.4409 Erlang. Target 80 % in 20 s: two servers (92.8 %), one does not (57.5 %).

Beside each vendor's bill: 4 hours of liaison x 2,000 = 8,000, and one call in twenty comes back to one's own people
for 5 minutes: 50 x 5 / 60 = 4.1667 h x 1,380 = 5,750.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.queueing import Targets
from staffing.sourcing import Comparison, Size, Tariffs, compare

EIGHTY = Targets(service_level=0.8)
LIAISON = {"liaison with the vendor": 8_000}
BESIDE = {**LIAISON, "escalations to one's own people": 5_750}
SEATS = {  # two seats on one's own premises, as in-house
    "seats": 10_000,
    "space": 20_000,
    "PC leases": 10_000,
    "licences": 10_000,
    "telephone system": 20_000,
    "telephone lines": 6_000,
}
BILLS: dict[str, dict[str, int]] = {
    "other duties, 2 people": {
        # every call takes 5 minutes and 5 more until one is back in the work: 1,000 x 10 / 60 = 166.6667 h x 1,600
        "work interrupted by calls": 266_667,
        "employer's social insurance": 40_000,  # 266,667 x 0.15 = 40,000.05
    },
    "per call": {
        "setup fee": 10_000,
        "base fee": 30_000,
        "extra channels": 10_000,
        "calls beyond those included": 285_000,  # 950 x 300
        **BESIDE,
    },
    "per call, support": {
        "setup fee": 10_000,
        "base fee": 50_000,
        "extra channels": 10_000,
        "calls beyond those included": 285_000,
        **BESIDE,
    },
    "per call, busy tone": {
        # 3 in 100 call again: 1,000 / 0.97 = 1,030.93 calls; AHT 315 s: 0.4773 Erlang. Erlang B with two:
        # 0.113893 / 1.591168 = 7.1578 % blocked, 957.135 handled, of which 50 are included.
        "setup fee": 10_000,
        "base fee": 30_000,
        "extra channels": 10_000,
        "calls beyond those included, 0-500": 100_000,  # 500 x 200
        "calls beyond those included, 500-inf": 61_070,  # 407.135 x 150
        **LIAISON,
        "escalations to one's own people": 5_504,  # 957.135 / 20 / 12 = 3.98806 h
    },
    "bundle": {  # 500 calls and 500 x 250 = 210,000; with 300 calls 54,000 + 175,000 = 229,000
        "setup fee": 10_000,
        "bundle of 500 calls": 85_000,
        "extra channels": 10_000,
        "calls beyond those included": 125_000,
        **BESIDE,
    },
    "bundle, large": {  # 500 calls and 500 x 200 would be 200,000, 2,000 calls 320,000
        "setup fee": 10_000,
        "bundle of 1000 calls": 180_000,
        "extra channels": 10_000,
        **BESIDE,
    },
    "flat, 300 calls": {  # 700 calls are refused; 300 / 240 = 1.25 h come back
        "setup fee": 10_000,
        "flat price": 60_000,
        "extra channels": 10_000,
        **LIAISON,
        "escalations to one's own people": 1_725,
    },
    "flat, 1,000 calls": {
        "setup fee": 10_000,
        "flat price": 150_000,
        **BESIDE,
    },  # two channels are the plan's
    "per booth": {
        "setup fee": 50_000,
        "training": 100_000,
        "manual": 50_000,
        "management fee": 25_000,
        "booths, weekdays 9-18": 580_000,  # 2 x 189 = 378 booth-hours, two booth-months
        **BESIDE,
    },
    "per booth, dedicated site": {
        "setup fee": 100_000,
        "training": 200_000,
        "manual": 100_000,
        "management fee": 50_000,
        "booths, weekdays 9-18": 700_000,
        "liaison with the vendor": 4_000,  # 2 h
        "escalations to one's own people": 3_450,  # 30 x 5 / 60 = 2.5 h
    },
    "hourly": {
        "setup fee": 50_000,
        "training": 50_000,
        "management fee": 20_000,
        "agent-hours, weekdays 9-18": 869_400,  # 378 x 2,300
        **BESIDE,
    },
    "hourly, from home": {
        "setup fee": 50_000,
        "training": 50_000,
        "management fee": 20_000,
        "agent-hours, weekdays 9-18": 718_200,  # 378 x 1,900
        **BESIDE,
    },
    "consignment": {
        "setup fee, vendor A": 50_000,
        "training, vendor A": 100_000,
        "management fee, vendor A": 50_000,
        "seat-hours, vendor A": 756_000,  # 378 x 2,000
        **SEATS,
        "liaison with the vendor": 16_000,  # 8 h
        "escalations to one's own people": 2_300,  # 20 x 5 / 60 = 1.6667 h
    },
    "consignment, two vendors": {
        "setup fee, vendor A": 50_000,
        "training, vendor A": 100_000,
        "management fee, vendor A": 50_000,
        "seat-hours, vendor A": 453_600,  # 60 % of 378 = 226.8 x 2,000
        "setup fee, vendor B": 50_000,
        "training, vendor B": 100_000,
        "management fee, vendor B": 40_000,
        "seat-hours, vendor B": 294_840,  # 40 % of 378 = 151.2 x 1,950
        **SEATS,
        "liaison with the vendor": 16_000,
        "escalations to one's own people": 2_300,
    },
}
BOUGHT = {
    "in-house": Size(heads=4, seats=3, hours=567),
    "other duties, 2 people": Size(heads=2),
    "other duties, 5 people": Size(heads=2),
    "per call": Size(channels=2, calls=50),
    "bundle": Size(channels=2, calls=500),
    "flat, 1,000 calls": Size(channels=2, calls=1000),
    "per booth": Size(seats=2, hours=378),
    "hourly": Size(seats=2, hours=378),
    "consignment, two vendors": Size(seats=2, hours=378),
}


@pytest.fixture(scope="module")
def thousand(
    make_demand: Callable[..., pd.DataFrame], tariffs: Tariffs, may: tuple[date, date]
) -> Comparison:
    demand = make_demand(1000, EIGHTY)
    return compare(demand, EIGHTY, tariffs, interval_minutes=60, patience_seconds=inf, period=may)


@pytest.mark.parametrize("name", BILLS)
def test_the_bill_of_1000_calls(thousand: Comparison, name: str) -> None:
    lines = thousand.lines[thousand.lines["option"] == name]
    assert dict(zip(lines["item"], lines["amount"], strict=True)) == BILLS[name]
    (found,) = [option for option in thousand.options if option.option == name]
    assert found.total == sum(BILLS[name].values())


def test_what_was_bought(thousand: Comparison) -> None:
    assert {name: thousand.sizes[name] for name in BOUGHT} == BOUGHT


def test_every_option_reaches_the_target_but_the_plan_that_refuses_calls(thousand: Comparison) -> None:
    """Two servers answer 92.8 %; from home calls take 5 % longer; 300 of 1,000 calls are 30 % of that.

    Where the second server is asked only after 20 s, 92.4 % (test_overflow_offers.py).
    """
    reached = {option.option: round(100 * option.service_level, 1) for option in thousand.options}
    others = {name: level for name, level in reached.items() if level != 92.8}
    assert others == {"hourly, from home": 92.1, "flat, 300 calls": 27.8, "overflow, per call": 92.4}
    failing = [option for option in thousand.options if not option.meets_target]
    assert [option.option for option in failing] == ["flat, 300 calls"]
    assert [str(note) for note in failing[0].obstacles] == [
        "Answers 27.8 % within 20 s, 52.2 points below the target of 80.0 %: 522 calls a month too few"
    ]
    assert "700 calls beyond the 300 a month of the plan are refused" in map(str, failing[0].notes)


def test_the_cheapest_is_the_cheapest_that_reaches_the_target(thousand: Comparison) -> None:
    """The flat plan for 300 calls costs 89,725, but refuses 700."""
    cheapest = thousand.cheapest
    assert cheapest is not None
    assert (cheapest.option, cheapest.total) == ("flat, 1,000 calls", 173_750)
