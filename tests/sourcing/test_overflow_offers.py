"""Overflow only: bills by hand, the best numbers by trying all, and what cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from math import inf

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import expm

from staffing.errors import ConfigError
from staffing.queueing import Targets, overflow_performance
from staffing.sourcing import Case, Context, Figure, Overflow, PerCall, Quote, Tariffs, quote
from staffing.sourcing.lines import total
from staffing.sourcing.quotes.joint import joint
from staffing.sourcing.quotes.known_rows import Rule, known_rows
from staffing.sourcing.quotes.own_part import OwnPart
from staffing.sourcing.quotes.vendor_part import by_channel

EIGHTY = Targets(service_level=0.8)
BOTH = Targets(service_level=0.8, abandonment=0.05)
MakeDemand = Callable[..., pd.DataFrame]
Period = tuple[date, date]
OWN = {  # two people at once (1 net at 30 % shrinkage) for 189 hours, three heads
    "wages": 453_600,  # 378 h x 1,200
    "training of new people": 8_640,  # 3 x 0.03 x 80 h = 7.2 h x 1,200
    "supervisors": 52_920,  # 37.8 h x 1,400
    "employer's social insurance": 77_274,  # 515,160 x 0.15
    "recruiting": 9_000,  # 3 x 0.03 x 100,000
    "seats": 10_000,
    "space": 20_000,
    "PC leases": 10_000,
    "licences": 10_000,
    "telephone system": 20_000,
    "telephone lines": 6_000,
}


def case_of(demand: pd.DataFrame, targets: Targets, period: Period, patience: float = inf) -> Case:
    return Case.of(demand, targets, interval_minutes=60, patience_seconds=patience, period=period)


def bill(found: Quote) -> dict[str, int]:
    return {line.item: line.amount for line in found.lines}


@pytest.fixture(scope="module")
def thousand(make_demand: MakeDemand, may: Period) -> Case:
    return case_of(make_demand(1000, EIGHTY), EIGHTY, may)


def test_own_people_and_a_vendor_asked_at_once_are_two_servers(thousand: Case, tariffs: Tariffs) -> None:
    """a = 1,000 / 189 x 300 / 3,600 = 0.440917 Erlang; one own agent, one of the vendor: M/M/2.

    Nobody there: (1 - a/2) / (1 + a/2) = 0.638728; both busy, nobody waits: a^2 / 2 of it = 0.062087; both busy in
    all: 0.062087 / (1 - a/2) = 0.079646. The vendor alone is busy when the own agent ends first: 0.062087 / (1 + a) =
    0.043089. So the vendor is busy 0.122734 of the time and takes 0.122734 / a = 27.836 % of calls; of these one in
    twenty comes back for 300 s: 278.36 / 20 / 12 = 1.159835 h x 1,380.
    """
    found = quote(tariffs.named("overflow, hourly"), thousand, Context(tariffs))
    assert bill(found) == OWN | {
        "setup fee": 50_000,
        "training": 50_000,
        "management fee": 20_000,
        "agent-hours, weekdays 9-18": 434_700,  # 189 x 2,300
        "liaison with the vendor": 8_000,
        "escalations to one's own people": 1_601,
    }
    assert found.summary.total == sum(OWN.values()) + 564_301
    assert found.summary.service_level == pytest.approx(0.928217, abs=1e-6)  # as two channels or booths have
    assert found.intervals["vendor_calls"].sum() == pytest.approx(278.36, abs=0.005)
    assert (found.size.heads, found.size.seats, found.size.hours) == (3, 2 + 1, 378 + 189)


def test_own_people_and_a_channel_asked_after_20_seconds(thousand: Case, tariffs: Tariffs) -> None:
    """Times in handling times, T = 20 / 300. The weights of the own agent free, busy, and someone waiting up to T:

        1 / a, 1, a (1 - exp(-(1 - a) T)) / (1 - a);

    who has waited T finds the channel free or waits on, the first in line then leaving at the rate 2. The chance to
    find it busy is phi = 1 / (1 + D / V), as the transform of the time between two overflows solves V' = a D,
    D' = V + (2 - a) D from D / V = (1 + 1 / (1 + a)) / a.
    """
    a, wait = 1000 / 189 * 300 / 3600, 20 / 300
    v, d = expm(wait * np.array([[0, a], [1, 2 - a]])) @ [1, (1 + 1 / (1 + a)) / a]
    busy = v / (v + d)
    reached = a * np.exp(-(1 - a) * wait)
    whole = 1 / a + 1 + a * (1 - np.exp(-(1 - a) * wait)) / (1 - a) + busy * reached / (2 - a)
    taken = 1000 * ((1 - busy) * reached / a + busy * reached / a / (2 - a)) / whole
    assert taken == pytest.approx(266.2, abs=0.05)
    found = quote(tariffs.named("overflow, per call"), thousand, Context(tariffs))
    assert found.intervals["vendor_calls"].sum() == pytest.approx(taken, rel=1e-6)
    assert bill(found) == OWN | {
        "setup fee": 10_000,
        "base fee": 30_000,
        "calls beyond those included": round((taken - 50) * 300),
        "liaison with the vendor": 8_000,
        "escalations to one's own people": round(taken / 20 / 12 * 1_380),
    }
    assert found.summary.meets_target
    assert (found.size.channels, found.size.calls) == (1, 50)
    assert "per call takes 266 calls, 26.6 % of all" in map(str, found.summary.notes)


def test_with_nobody_of_ones_own_it_is_the_vendors_own_bill(thousand: Case, tariffs: Tariffs) -> None:
    alone = Overflow(name="alone", vendor="per call", after_seconds=Figure(0.0), own_least=Figure(0.0))
    found = quote(alone, thousand, Context(tariffs))
    vendor = quote(tariffs.named("per call"), thousand, Context(tariffs))
    assert found.lines == vendor.lines
    assert found.summary.service_level == pytest.approx(vendor.summary.service_level)
    assert "Own people would cost more: the vendor takes all calls" in map(str, found.summary.notes)


@pytest.mark.parametrize("after", [0.0, 15.0])
@pytest.mark.parametrize(("calls", "price"), [(40, 300.0), (60, 100.0), (85, 700.0)])
def test_no_numbers_of_own_people_and_channels_are_clearly_cheaper(
    make_demand: MakeDemand, tariffs: Tariffs, calls: float, price: float, after: float
) -> None:
    """Three hours of one day, every number of own people up to what each hour needs by itself, 1 to 3 channels."""
    period = date(2027, 5, 3), date(2027, 5, 3)
    demand = make_demand(
        calls,
        BOTH,
        start=period[0],
        end=period[1],
        hours="09:00-12:00",
        shape=[1, 3, 2],
        patience_seconds=120,
    )
    case = case_of(demand, BOTH, period, patience=120)
    plan = tariffs.of(PerCall)[0]
    tier = replace(plan.overage[0], price=Figure(price))
    plan = replace(plan, overage=(tier,), included_calls=Figure(0.0), minimum_calls=Figure(0.0))
    in_house = replace(tariffs.in_house, floor_month=Figure(0.0))
    some = replace(tariffs, in_house=in_house, offers=(plan,))
    offer = Overflow(name="overflow", vendor="per call", after_seconds=Figure(after))
    context = Context(some)
    found = quote(offer, case, context)
    assert found.summary.meets_target
    rule, own = Rule(after, plan.hidden.aht_factor.value), OwnPart(case, context, 0, 1)
    best = inf
    for channels in (1, 2, 3):
        every = np.array(
            list(product(*(range(1, int(most) + 1) for most in case.demand["agents_net"]))), float
        )
        exact = known_rows(case, rule).of(case.calls, case.aht, every, channels)
        share = case.calls / case.calls.sum()
        met = (exact.lost @ share <= 0.05) & (exact.service_level @ share >= 0.8)
        met &= ((exact.lost <= 0.125 + 1e-9) & (exact.service_level >= 0.5 - 1e-9)).all(axis=1)
        for agents in every[met]:
            tried = joint(case, agents, np.full(3, float(channels)), rule)
            people = total(own.bill(tried.own).lines)
            best = min(best, people + total(by_channel(plan, tried, {"main": channels}).lines))
    assert best <= found.summary.total <= best * 1.02


def test_booths_above_a_level_of_own_people_reach_the_target_in_blocks(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    demand = make_demand(8000, BOTH, shape=[1, 2, 3, 4, 4, 3, 2, 2, 1], patience_seconds=120)
    case = case_of(demand, BOTH, may, patience=120)
    offer = Overflow(name="both", vendor="per booth", after_seconds=Figure(10.0), own_block_hours=Figure(9.0))
    found = quote(offer, case, Context(tariffs))
    assert found.summary.meets_target
    table = found.intervals
    by_day = table.groupby(pd.DatetimeIndex(table["interval_start"]).date)["own_agents"]
    assert (by_day.min() == by_day.max()).all()  # whole days
    exact = overflow_performance(
        case.calls,
        300,
        table["own_agents"].to_numpy(),
        (table["seats"] - table["own_agents"]).to_numpy(),
        after=10,
        interval=3600,
        patience=120,
        handling_factor=tariffs.per_booth[0].hidden.aht_factor.value,
    )
    assert table["abandonment"].to_numpy() == pytest.approx(exact.lost, abs=1e-9)
    assert table["vendor_calls"].to_numpy() == pytest.approx(exact.overflow * case.calls)
    assert found.summary.abandonment == pytest.approx(float(exact.lost @ case.calls / case.calls.sum()))
    assert found.summary.abandonment <= 0.05


def test_two_queues_alike_have_two_contracts_and_twice_the_people(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    one = make_demand(2000, EIGHTY)
    both = pd.concat([one, one.assign(queue="other")], ignore_index=True)
    offer = Overflow(name="each", vendor="per call", after_seconds=Figure(10.0))
    alone = quote(offer, case_of(one, EIGHTY, may), Context(tariffs))
    found = quote(offer, case_of(both, EIGHTY, may), Context(tariffs))
    assert found.summary.service_level == pytest.approx(alone.summary.service_level)
    assert found.size.channels == 2 * alone.size.channels
    assert found.intervals["own_agents"].sum() == 2 * alone.intervals["own_agents"].sum()
    for item in ("setup fee", "base fee"):
        assert bill(found)[item] == 2 * bill(alone)[item]
    assert bill(found)["calls beyond those included"] == pytest.approx(
        2 * bill(alone)["calls beyond those included"], abs=1
    )


def test_a_looser_wait_before_overflow_that_loses_too_many_is_told(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    """After a minute in the queue most of the impatient are gone, and one own agent is all that is allowed for."""
    demand = make_demand(1000, BOTH, patience_seconds=30).assign(agents_net=1, agents_gross=2)
    offer = Overflow(name="late", vendor="per call", after_seconds=Figure(60.0))
    found = quote(offer, case_of(demand, BOTH, may, patience=30), Context(tariffs))
    assert not found.summary.meets_target
    assert any(str(note).startswith("Loses ") for note in found.summary.obstacles)


def test_an_offer_that_fails_the_requirements_takes_the_overflow_with_it(
    thousand: Case, tariffs: Tariffs
) -> None:
    strict = replace(tariffs, requirements=replace(tariffs.requirements, certifications=("ISMS",)))
    found = quote(tariffs.named("overflow, hourly"), thousand, Context(strict))
    assert "The offer states no certification ISMS" in map(str, found.summary.obstacles)


def test_a_vendor_of_another_kind_is_refused(thousand: Case, tariffs: Tariffs) -> None:
    offer = Overflow(name="odd", vendor="flat, 300 calls", after_seconds=Figure(0.0))
    with pytest.raises(ConfigError, match=r"odd\.vendor = 'flat, 300 calls': must name an offer per call"):
        quote(offer, thousand, Context(tariffs))


def test_a_vendor_that_is_not_there_is_refused(tariffs: Tariffs) -> None:
    offer = Overflow(name="odd", vendor="nobody", after_seconds=Figure(0.0))
    with pytest.raises(ConfigError, match="'nobody': must be the name of another offer"):
        replace(tariffs, offers=(*tariffs.offers, offer))


@pytest.mark.parametrize(
    ("key", "value"),
    [("after_seconds", -1), ("own_block_hours", 13), ("own_block_hours", 2.5), ("own_least", 0.5)],
)
def test_figures_out_of_bounds_are_refused(key: str, value: float) -> None:
    good = {"after_seconds": Figure(20.0)}
    with pytest.raises(ConfigError, match=key):
        Overflow(name="bad", vendor="per call", **(good | {key: Figure(value)}))


def test_gross_numbers_follow_the_shrinkage_of_the_case(thousand: Case, tariffs: Tariffs) -> None:
    """2 net are 3 gross: a share of up to 1/3 fits, and 1 net are 2 gross with it, 3 are 5."""
    part = OwnPart(thousand, Context(tariffs), 0)
    assert part.shrinkage == pytest.approx(1 / 3)
    assert part.gross([0, 1, 2, 3]).tolist() == [0, 2, 3, 5]


def test_blocks_of_own_people_cover_the_need_and_a_short_day_is_one_block(
    make_demand: MakeDemand, tariffs: Tariffs
) -> None:
    day = date(2027, 5, 3)
    demand = make_demand(50, EIGHTY, start=day, end=day, hours="09:00-14:00")
    part = OwnPart(case_of(demand, EIGHTY, (day, day)), Context(tariffs), 4)
    assert part.in_blocks([1, 0, 0, 0, 1]).tolist() == [
        1,
        1,
        1,
        1,
        1,
    ]  # one block of five hours, not two of four
    assert part.in_blocks([0, 2, 2, 0, 0]).tolist() == [2, 2, 2, 2, 0]
    short = OwnPart(case_of(demand, EIGHTY, (day, day)), Context(tariffs), 8)
    assert short.in_blocks([0, 0, 3, 0, 0]).tolist() == [3, 3, 3, 3, 3]
