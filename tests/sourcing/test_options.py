"""Each option's bill, calculated by hand.

The desk: 1,000 calls in May 2027 (21 weekdays x 9 h = 189 hours), AHT 5 min, calls even over the hours. That is
1,000 / 189 = 5.291 calls an hour and 5.291 x 300 / 3,600 = 0.4409 Erlang. With Erlang C, one agent answers 57.5 %
within 20 s and two 92.8 %, so 80 % within 20 s takes two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.errors import ConfigError, InputError
from staffing.queueing import Targets
from staffing.sourcing import (
    Comparison,
    Figure,
    InHouseFacts,
    OptionService,
    PerBooth,
    PerCall,
    Tariffs,
    VolumeTier,
    compare,
)

Period = tuple[date, date]
MakeDemand = Callable[..., pd.DataFrame]
EIGHTY = Targets(service_level=0.8)
BESIDE_THE_BILL = {  # of 1,000 calls at the catalogue's vendors
    "liaison with the vendor": 8_000,  # 4 h x 2,000
    "escalations to one's own people": 5_750,  # 50 calls x 5 min = 4.1667 h x 1,380
}


def option(comparison: Comparison, name: str) -> OptionService:
    return next(found for found in comparison.options if found.option == name)


def bill(comparison: Comparison, name: str) -> dict[tuple[str, str], int]:
    lines = comparison.lines[comparison.lines["option"] == name]
    return dict(zip(zip(lines["month"], lines["item"], strict=True), lines["amount"], strict=True))


def items(comparison: Comparison, name: str) -> dict[str, int]:
    return {item: amount for (_, item), amount in bill(comparison, name).items()}


def only(tariffs: Tariffs, plan: PerCall | PerBooth) -> Tariffs:
    return replace(tariffs, offers=(plan,))


def compared(
    demand: pd.DataFrame, targets: Targets, tariffs: Tariffs, period: Period, **more: object
) -> Comparison:
    settings: dict[str, object] = {"interval_minutes": 60, "patience_seconds": inf, "period": period, **more}
    return compare(demand, targets, tariffs, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def thousand(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> Comparison:
    return compared(make_demand(1000, EIGHTY), EIGHTY, tariffs, may, currency="JPY")


def test_per_call_bill_of_1000_calls(thousand: Comparison) -> None:
    assert items(thousand, "per call") == {
        "setup fee": 10_000,  # once
        "base fee": 30_000,  # first line
        "extra channels": 10_000,  # the second channel
        "calls beyond those included": 285_000,  # (1,000 - 50) x 300
        **BESIDE_THE_BILL,
    }
    found = option(thousand, "per call")
    assert found.total == 335_000 + 13_750
    assert found.one_off == 10_000
    assert str(found.capacity) == "2 channels, weekdays 9-18"
    assert found.service_level == pytest.approx(0.928, abs=5e-4)
    assert found.handled_calls == pytest.approx(1000)
    assert found.cost_per_handled_call == pytest.approx(348.75)
    assert found.meets_target


def test_per_booth_bill_of_1000_calls(thousand: Comparison) -> None:
    """Two booths x 9 h x 21 days = 378 booth-hours at 290,000 / 189 each = 2 booth-months."""
    assert items(thousand, "per booth") == {
        "setup fee": 50_000,
        "training": 100_000,
        "manual": 50_000,
        "management fee": 25_000,
        "booths, weekdays 9-18": 580_000,
        **BESIDE_THE_BILL,
    }
    found = option(thousand, "per booth")
    assert (found.total, found.one_off) == (805_000 + 13_750, 200_000)
    assert str(found.capacity) == "up to 2 booths, 378 booth-hours in blocks of 4 h or more"
    assert found.service_level == pytest.approx(0.928, abs=5e-4)


def test_in_house_bill_of_1000_calls_without_a_roster(thousand: Comparison) -> None:
    """Two net at 30 % shrinkage are three gross: 3 x 189 = 567 paid hours, 567 / 160 -> 4 heads."""
    assert items(thousand, "in-house") == {
        "wages": 680_400,  # 567 x 1,200
        "training of new people": 11_520,  # 4 x 0.03 = 0.12 hires x 80 h x 1,200
        "supervisors": 79_380,  # 56.7 x 1,400
        "employer's social insurance": 115_695,  # (680,400 + 11,520 + 79,380) x 0.15
        "recruiting": 12_000,  # 0.12 hires x 100,000
        "seats": 15_000,  # 3 x 5,000
        "space": 30_000,  # 3 x 10,000
        "PC leases": 15_000,
        "licences": 15_000,
        "telephone system": 20_000,
        "telephone lines": 9_000,  # 3 x 3,000
    }
    assert option(thousand, "in-house").total == 1_002_995


def test_in_house_bill_from_a_roster(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """The roster's own wages and service; 4 people on the floor at once, 5 employed."""
    facts = InHouseFacts(
        wages=pd.DataFrame({"month": ["2027-05"], "paid_hours": [620.5], "wages": [790_001]}),
        heads=5,
        seats=4,
        abandonment=0.02,
        service_level=0.85,
    )
    found = compared(make_demand(1000, EIGHTY), EIGHTY, tariffs, may, in_house=facts)
    assert items(found, "in-house") == {
        "wages": 790_001,
        "training of new people": 15_278,  # 5 x 0.03 x 80 = 12 h at 790,001 / 620.5 = 1,273.17
        "supervisors": 86_870,  # 62.05 x 1,400
        "employer's social insurance": 133_822,  # 892,149 x 0.15 = 133,822.35
        "recruiting": 15_000,  # 5 x 0.03 x 100,000
        "seats": 20_000,
        "space": 40_000,
        "PC leases": 20_000,
        "licences": 20_000,
        "telephone system": 20_000,
        "telephone lines": 12_000,
    }
    desk = option(found, "in-house")
    assert desk.handled_calls == pytest.approx(980)
    assert desk.meets_target
    assert desk.intervals_missing is None


def test_in_house_says_by_how_much_the_roster_misses(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    facts = InHouseFacts(
        wages=pd.DataFrame({"month": ["2027-05"], "paid_hours": [300.0], "wages": [360_000]}),
        heads=2,
        abandonment=0.125,
        service_level=0.7,
        asa_seconds=31.0,
    )
    targets = Targets(service_level=0.8, abandonment=0.05, asa=30)
    found = compared(make_demand(1000, EIGHTY), targets, tariffs, may, in_house=facts)
    desk = option(found, "in-house")
    assert not desk.meets_target
    assert [str(note) for note in desk.obstacles] == [
        "Loses 12.5 % of calls, 7.5 points more than the target of 5.0 %: 75 calls a month too many",
        "Answers 70.0 % within 20 s, 10.0 points below the target of 80.0 %: 100 calls a month too few",
        "Callers wait 31.0 s on average, 1.0 s longer than the target of 30 s",
    ]


def test_a_desk_costs_its_floor_even_below_one_persons_work(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """20 paid hours at 1,200: the lines come to 85,132, so 300,000 - 85,132 = 214,868 is missing.

    24,000 + 2,880 (2.4 h of training) + 2,800 + 4,452 (15 % of the three) + 3,000 + 5,000 + 10,000 + 5,000 + 5,000
    + 20,000 + 3,000 = 85,132.
    """
    facts = InHouseFacts(
        wages=pd.DataFrame({"month": ["2027-05"], "paid_hours": [20.0], "wages": [24_000]}),
        heads=1,
        seats=1,
        abandonment=0.0,
        service_level=1.0,
    )
    found = compared(make_demand(60, EIGHTY), EIGHTY, tariffs, may, in_house=facts)
    assert items(found, "in-house")["top-up to the floor of a desk"] == 214_868
    assert option(found, "in-house").total == 300_000


def test_wages_of_another_month_are_refused(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    wages = pd.DataFrame({"month": ["2027-06"], "paid_hours": [20.0], "wages": [24_000]})
    facts = InHouseFacts(wages=wages, heads=1, abandonment=0.0, service_level=1.0)
    with pytest.raises(InputError, match="found 2027-06, expected one row for each of 2027-05"):
        compared(make_demand(60, EIGHTY), EIGHTY, tariffs, may, in_house=facts)


def test_a_partial_month_pays_fixed_fees_by_days_and_says_so(
    make_demand: MakeDemand, tariffs: Tariffs
) -> None:
    """17 May to 11 June: 15 of 31 and 11 of 30 days; 500 calls over 20 weekdays, 11 in May and 9 in June.

    May: 275 calls; included 50 x 15/31 = 24.19; 250.81 x 300 = 75,242 (75,241.94).
    June: 225 calls; included 50 x 11/30 = 18.33; 206.67 x 300 = 62,000.
    Liaison 4 h x 2,000 by the same parts; one call in twenty comes back for 5 minutes at 1,380 an hour.
    """
    days = (date(2027, 5, 17), date(2027, 6, 11))
    plan = tariffs.per_call[0]
    demand = make_demand(500, Targets(), start=days[0], end=days[1])
    found = compared(demand, Targets(), only(tariffs, plan), days)
    assert bill(found, "per call") == {
        ("2027-05", "setup fee"): 10_000,
        ("2027-05", "base fee"): 14_516,  # 0.483871 x 30,000 = 14,516.13
        ("2027-05", "calls beyond those included"): 75_242,
        ("2027-05", "liaison with the vendor"): 3_871,  # 0.483871 x 8,000
        ("2027-05", "escalations to one's own people"): 1_581,  # 275 / 20 / 12 = 1.1458 h
        ("2027-06", "base fee"): 11_000,  # 11/30 = 0.366667 x 30,000 = 11,000.01
        ("2027-06", "calls beyond those included"): 62_000,
        ("2027-06", "liaison with the vendor"): 2_933,  # 0.366667 x 8,000
        ("2027-06", "escalations to one's own people"): 1_294,  # 225 / 20 / 12 = 0.9375 h
    }
    units = found.lines.loc[found.lines["item"] == "base fee", "unit"]
    assert list(units) == ["month (15 of 31 days)", "month (11 of 30 days)"]


def test_overage_tiers_are_graduated(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """950 calls beyond the 50 included: 400 x 300 = 120,000 and 550 x 200 = 110,000."""
    tiers = (
        VolumeTier(from_calls=Figure(0), to_calls=Figure(400), price=Figure(300)),
        VolumeTier(from_calls=Figure(400), to_calls=Figure(inf), price=Figure(200)),
    )
    plan = replace(tariffs.per_call[0], overage=tiers)
    found = compared(make_demand(1000, EIGHTY), EIGHTY, only(tariffs, plan), may)
    assert items(found, "per call")["calls beyond those included, 0-400"] == 120_000
    assert items(found, "per call")["calls beyond those included, 400-inf"] == 110_000


def test_support_pays_the_higher_base_fee(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    plan = replace(tariffs.per_call[0], handling="support")
    found = compared(make_demand(1000, EIGHTY), EIGHTY, only(tariffs, plan), may)
    assert items(found, "per call")["base fee"] == 50_000


def test_too_few_channels_says_so_and_by_how_much(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """3 channels for 6,000 calls (2.646 Erlang): far below 80 %."""
    found = option(compared(make_demand(6000, EIGHTY), EIGHTY, tariffs, may), "per call")
    assert not found.meets_target
    notes = [str(note) for note in found.notes]
    assert notes[0] == "Queue main: 3 channels, the most sold, do not reach the target"
    assert "points below the target of 80.0 %: " in notes[1]
    assert found.intervals_missing == found.intervals_open == 189


def test_below_the_minimum_volume_says_so_and_by_how_much(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    found = option(compared(make_demand(30, EIGHTY), EIGHTY, tariffs, may), "per call")
    assert not found.meets_target
    assert str(found.notes[0]) == "30 calls a month are 20 below the vendor's minimum of 50"


def test_minimum_volume_of_a_partial_month_is_judged_as_a_whole_month(
    make_demand: MakeDemand, tariffs: Tariffs
) -> None:
    """40 calls from 1 to 15 May are 40 x 31 / 15 = 82.7 a month: enough."""
    days = (date(2027, 5, 1), date(2027, 5, 15))
    demand = make_demand(40, EIGHTY, start=days[0], end=days[1])
    assert option(compared(demand, EIGHTY, tariffs, days), "per call").meets_target


def test_calls_outside_the_hours_sold_are_lost(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """Open 8-18, the vendor from 9: one hour in ten is not taken, so 10 % of calls are lost."""
    weekdays = tariffs.per_call[0].hours[:1]
    plans = replace(
        tariffs,
        offers=(
            replace(tariffs.per_call[0], hours=weekdays),
            replace(tariffs.per_booth[0], hours=weekdays),
        ),
    )
    targets = Targets(abandonment=0.05)
    demand = make_demand(1000, EIGHTY, hours="08:00-18:00")
    found = compared(demand, targets, plans, may)
    for name in ("per call", "per booth"):
        vendor = option(found, name)
        assert vendor.abandonment == pytest.approx(0.1)
        assert not vendor.meets_target
        notes = " | ".join(str(note) for note in vendor.notes)
        assert "Loses 10.0 % of calls, 5.0 points more than the target of 5.0 %" in notes
        assert "10.0 % of calls fall outside" in notes
    seats = found.intervals[found.intervals["interval_start"].dt.hour == 8]
    assert set(seats.loc[seats["option"] != "in-house", "seats"]) == {0}


def test_wider_hours_cost_their_factor(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """Open every day 9-19: per call the 24/365 tier at x 2 on every price.

    Booths, one seat: 21 weekdays x 9 h = 189 h at x 1; 21 h after 18:00 and 10 weekend days x 10 h = 121 h at x 1.15:
    121 x 290,000 / 189 x 1.15 = 213,510.58.
    """
    demand = make_demand(310, Targets(), hours="09:00-19:00", days=range(7))
    found = compared(demand, Targets(), tariffs, may)
    assert items(found, "per call")["base fee"] == 60_000
    assert items(found, "per call")["calls beyond those included"] == 156_000  # 260 x 300 x 2
    assert items(found, "per booth")["booths, weekdays 9-18"] == 290_000
    assert items(found, "per booth")["booths, every day 5-22"] == 213_511


def test_hours_follow_the_calendar_day_past_midnight(make_demand: MakeDemand, tariffs: Tariffs) -> None:
    """Open Friday 20:00-26:00 only: 20-22 at x 1.15, 22-02 at x 1.4, whatever date the desk counts it to."""
    days = (date(2027, 5, 7), date(2027, 5, 7))
    demand = make_demand(12, Targets(), start=days[0], end=days[1], hours="20:00-26:00", days=[4])
    found = compared(demand, Targets(), only(tariffs, tariffs.per_booth[0]), days)
    lines = found.lines.set_index("item")["quantity"]
    assert lines["booths, every day 5-22"] == 2
    assert lines["booths, 24/365"] == 4


def test_a_second_booth_is_bought_in_blocks(make_demand: MakeDemand, tariffs: Tariffs) -> None:
    """The fourth hour of nine is twice as busy as the others: two blocks overlap in it, 4 + 6 booth-hours.

    Answered in 20 s: 61.9 % at 0.9 times the mean with one booth, 21.7 and 79.2 % at 1.8 times with one and two.
    One booth all day gives (7.2 x 61.9 + 1.8 x 21.7) / 9 = 53.8 %, two in the busy hour
    (7.2 x 61.9 + 1.8 x 79.2) / 9 = 65.3 %: 62 % for the day, though the eight quiet hours miss it by themselves.
    """
    day = (date(2027, 5, 6), date(2027, 5, 6))
    busy = [0.9, 0.9, 0.9, 1.8, 0.9, 0.9, 0.9, 0.9, 0.9]
    targets = Targets(service_level=0.62)
    demand = make_demand(1000 / 21, targets, start=day[0], end=day[1], shape=busy)
    found = compared(demand, targets, only(tariffs, tariffs.per_booth[0]), day)
    booths = found.intervals[found.intervals["option"] == "per booth"]
    assert found.lines.set_index("item")["quantity"]["booths, weekdays 9-18"] == 10
    assert booths["seats"].max() == 2
    assert option(found, "per booth").service_level == pytest.approx(0.653, abs=5e-4)
    assert option(found, "per booth").intervals_missing == 8


def test_no_more_booths_than_the_horizon_needs(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """Every interval by itself would want the second booth at 60 %, the month as a whole only some of the day."""
    targets = Targets(service_level=0.6)
    found = compared(make_demand(1000, targets), targets, only(tariffs, tariffs.per_booth[0]), may)
    booths = option(found, "per booth")
    assert booths.meets_target
    assert booths.intervals_missing is not None
    assert 0.6 <= booths.service_level <= 0.93


def test_busy_tone_instead_of_a_queue_is_erlang_b(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """No waiting places: one channel loses 0.4409 / 1.4409 = 30.6 %, two 0.0972 / 1.5381 = 6.3 %, three 0.94 %."""
    plan = replace(tariffs.per_call[0], waiting_places=Figure(0))
    demand = make_demand(1000, EIGHTY)
    one = replace(plan, max_channels=Figure(1))
    two = replace(plan, max_channels=Figure(2))
    targets = Targets(abandonment=0.05)
    load = 1000 / 189 * 300 / 3600
    losses = [load / (1 + load), load**2 / 2 / (1 + load + load**2 / 2)]
    for tariff, loss in zip((one, two), losses, strict=True):
        found = option(compared(demand, targets, only(tariffs, tariff), may), "per call")
        assert found.abandonment == pytest.approx(loss, abs=1e-9)
        assert not found.meets_target
    assert option(compared(demand, targets, only(tariffs, plan), may), "per call").meets_target


def test_more_work_than_one_channel_can_do_is_lost(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """Unlimited patience, 4,536 calls = 2 Erlang, one channel: half of the calls are never taken nor billed."""
    plan = replace(tariffs.per_call[0], max_channels=Figure(1))
    found = compared(make_demand(4536, EIGHTY), EIGHTY, only(tariffs, plan), may)
    vendor = option(found, "per call")
    assert vendor.abandonment == pytest.approx(0.5)
    assert vendor.service_level == 0
    assert items(found, "per call")["calls beyond those included"] == (2268 - 50) * 300


def test_each_queue_is_a_contract_of_its_own(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """Two numbers of 1,000 calls: two base fees, 2 + 2 channels, 2 x 950 calls beyond those included."""
    demand = pd.concat([make_demand(1000, EIGHTY, queue=name) for name in ("a", "b")], ignore_index=True)
    found = compared(demand, EIGHTY, tariffs, may)
    assert items(found, "per call") == {
        "setup fee": 20_000,
        "base fee": 60_000,
        "extra channels": 20_000,
        "calls beyond those included": 570_000,
        "liaison with the vendor": 8_000,
        "escalations to one's own people": 11_500,
    }
    assert items(found, "per booth")["booths, weekdays 9-18"] == 1_160_000
    assert items(found, "in-house")["seats"] == 30_000


def test_a_desk_without_calls_needs_nothing_but_fees(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    demand = make_demand(1000, EIGHTY).assign(calls=0.0, agents_net=0, agents_gross=0)
    found = compared(demand, EIGHTY, tariffs, may)
    booths = option(found, "per booth")
    assert booths.total == 225_000 + 8_000
    assert booths.handled_calls == 0
    assert booths.meets_target
    assert option(found, "overflow, per call").total == option(found, "per call").total
    assert items(found, "in-house")["top-up to the floor of a desk"] == 280_000


def test_vendors_get_seats_by_interval_and_no_names(thousand: Comparison) -> None:
    assert list(thousand.intervals.columns[:10]) == [
        "option",
        "queue",
        "interval_start",
        "calls",
        "days",
        "seats",
        "abandonment",
        "service_level",
        "asa_seconds",
        "misses_target",
    ]
    counts = thousand.intervals.groupby("option").size()
    assert dict(counts) == {option.option: 189 for option in thousand.options}
    assert len(counts) == 20


def test_another_currency_is_refused(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    with pytest.raises(
        ConfigError, match=r"tariffs\.toml: currency = 'JPY': must be the plan's currency, \"USD\""
    ):
        compared(make_demand(1000, EIGHTY), EIGHTY, tariffs, may, currency="USD")


def test_bad_demand_is_refused(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    demand = make_demand(1000, EIGHTY)
    with pytest.raises(InputError, match="column agents_net: found no such column"):
        compared(demand.drop(columns="agents_net"), EIGHTY, tariffs, may)
    with pytest.raises(InputError, match="found no rows"):
        compared(demand.iloc[:0], EIGHTY, tariffs, may)
    with pytest.raises(InputError, match="row 2, column calls: found -1"):
        compared(demand.assign(calls=-1.0), EIGHTY, tariffs, may)
    with pytest.raises(InputError, match="expected 2027-05-10 to 2027-05-31"):
        compared(demand, EIGHTY, tariffs, (date(2027, 5, 10), may[1]))
