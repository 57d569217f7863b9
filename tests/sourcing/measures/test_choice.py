"""Cost of a call avoided by hand; the best set and the best order against every set and every order."""

from __future__ import annotations

from itertools import combinations, permutations
from math import e, inf

import pytest

from staffing.errors import ConfigError
from staffing.sourcing.figures import Figure
from staffing.sourcing.measures import (
    Catalogue,
    Desk,
    Judge,
    best_order,
    best_set,
    joint,
    worth_of_lost_call,
)
from staffing.sourcing.measures.introduced import introduced
from staffing.sourcing.measures.ranking import ranking
from staffing.sourcing.tariffs import LostCalls
from tests.sourcing.measures.desks import ONE_MORE, make_desk

MONTHS = 9


def test_the_cost_of_a_call_avoided_by_hand() -> None:
    """One agent more saves 6/e - (18/e - 6) = 6 - 12/e calls a month, from the third month to the sixth.

    Once 1,000 + 100 for each of two people; four months of 500 and of 1/2 h x 1.5 paid hours at 1,000: 6,200.
    """
    judge = Judge(make_desk(), Catalogue(currency="JPY", measures=(ONE_MORE,)))
    found = introduced(judge, ["one more"], 6)
    assert found.avoided == pytest.approx(4 * (6 - 12 / e))
    assert [(line.item, line.quantity, line.rate, line.amount) for _, line in found.lines] == [
        ("set-up", 1, 1_000, 1_000),
        ("set-up for each person", 2, 100, 200),
        ("monthly fee", 4, 500, 2_000),
        ("agents added", 3, 1_000, 3_000),
    ]
    assert (found.cost, found.one_off) == (6_200, 1_200)
    row = ranking(judge, ["one more"], 6).iloc[0]
    assert row["cost_per_call"] == pytest.approx(6_200 / (24 - 48 / e))
    assert row["cost_month"] == 1_250
    assert row["lead_months"] == 2
    assert introduced(judge, ["one more"], 2).cost_per_call == inf  # the horizon ends before it works


def test_measures_are_ranked_by_the_cost_of_a_call_and_their_range_holds_it(
    busy: Desk, five: Catalogue
) -> None:
    table = ranking(Judge(busy, five), five.names, MONTHS)
    assert table["cost_per_call"].is_monotonic_increasing
    assert list(table["rank"]) == [1, 2, 3, 4, 5]
    assert (table["cost_per_call_low"] <= table["cost_per_call"]).all()
    assert (table["cost_per_call"] <= table["cost_per_call_high"]).all()
    faster = table.set_index("measure").loc["faster"]
    assert faster["cost_per_call_low"] < faster["cost_per_call"] < faster["cost_per_call_high"]
    assert table.set_index("measure").loc["screen", "with"] == "menu"


def sums_by_hand(judge: Judge, names: tuple[str, ...], months: int) -> tuple[float, float]:
    """Lost calls and cost month by month, straight from the desk under the measures that work."""
    lost = cost = 0.0
    starts = {}
    for name in names:
        measure = judge.catalogue[name]
        starts[name] = max(measure.lead, *(judge.catalogue[other].lead for other in measure.requires), 0)
        cost += measure.costs.one_off.value + judge.desk.heads * measure.costs.one_off_head.value
    for month in range(months):
        state = judge.state(name for name in names if starts[name] <= month)
        lost, cost = lost + state.lost, cost + state.cost
    return lost, cost


def possible(names: tuple[str, ...]) -> bool:
    return not ({"menu", "bot"} <= set(names) or ("screen" in names and "menu" not in names))


def possible_sets(five: Catalogue) -> list[tuple[str, ...]]:
    every = (some for size in range(6) for some in combinations(five.names, size))
    return [some for some in every if possible(some)]


def test_all_possible_sets_are_worked_out_and_no_other(busy: Desk, five: Catalogue) -> None:
    table = joint(Judge(busy, five), five.names)
    found = {table.members(number) for number in range(32) if table.possible[number]}
    assert found == set(possible_sets(five))
    assert len(found) == 16


@pytest.mark.parametrize("budget", [0, 60_000, 100_000, 150_000, 250_000, 400_000, 700_000, inf])
@pytest.mark.parametrize("price", [None, 30.0, 300.0])
def test_the_best_set_is_that_of_all_sets(
    busy: Desk, five: Catalogue, budget: float, price: float | None
) -> None:
    judge = Judge(busy, five)
    found = best_set(joint(judge, five.names), MONTHS, budget=budget, price_lost_call=price)
    values = {}
    for some in possible_sets(five):
        lost, cost = sums_by_hand(judge, some, MONTHS)
        if cost <= budget or not some:
            values[some] = (lost, cost) if price is None else (cost + price * lost, float(len(some)))
    assert found.names == min(values, key=lambda some: values[some])
    assert found.sets == len(values)
    lost, cost = sums_by_hand(judge, found.names, MONTHS)
    assert (found.lost, found.cost) == pytest.approx((lost, cost))
    assert found.cost <= budget


def order_by_hand(judge: Judge, names: tuple[str, ...], months: int) -> tuple[float, float]:
    """Lost calls and cost when measures are introduced one after the other."""
    lost = cost = 0.0
    begins, there = 0, []
    for name in names:
        measure = judge.catalogue[name]
        cost += measure.costs.one_off.value + judge.desk.heads * measure.costs.one_off_head.value
        state = judge.state(there)
        passing = min(begins + measure.lead, months) - begins
        lost, cost = lost + passing * state.lost, cost + passing * state.cost
        begins, there = begins + passing, [*there, name]
    state = judge.state(there)
    return lost + (months - begins) * state.lost, cost + (months - begins) * state.cost


def orders(five: Catalogue, catalogue_names: tuple[str, ...], months: int) -> list[tuple[str, ...]]:
    """Every order of every possible set in which what is required comes first and all begin within the horizon."""
    found = []
    for size in range(len(catalogue_names) + 1):
        for some in permutations(catalogue_names, size):
            first = all(set(five[name].requires) <= set(some[:at]) for at, name in enumerate(some))
            begun = all(sum(five[name].lead for name in some[:at]) < months for at in range(len(some)))
            if possible(some) and first and begun:
                found.append(some)
    return found


@pytest.mark.parametrize("months", [1, 3, 6, 12, 30])
@pytest.mark.parametrize("price", [0.0, 20.0, 100.0, 1_000.0])
def test_the_best_order_for_money_is_that_of_all_orders(
    busy: Desk, five: Catalogue, months: int, price: float
) -> None:
    judge = Judge(busy, five)
    found = best_order(joint(judge, five.names), months, aim="money", price_lost_call=price)
    lost, cost = order_by_hand(judge, found.names, months)
    assert (found.lost, found.cost) == pytest.approx((lost, cost))
    sums = [order_by_hand(judge, some, months) for some in orders(five, five.names, months)]
    assert cost + price * lost == pytest.approx(min(c + price * calls for calls, c in sums))


@pytest.mark.parametrize("months", [2, 6, 12])
def test_the_best_order_for_fewest_lost_calls_is_that_of_all_orders(
    busy: Desk, five: Catalogue, months: int
) -> None:
    judge = Judge(busy, five)
    found = best_order(joint(judge, five.names), months)
    sums = [order_by_hand(judge, some, months) for some in orders(five, five.names, months)]
    fewest = min(lost for lost, _ in sums)
    assert found.lost == pytest.approx(fewest)
    assert found.cost == pytest.approx(min(cost for lost, cost in sums if lost <= fewest + 1e-6))


def test_all_measures_in_the_order_that_is_cheapest_a_call(busy: Desk, five: Catalogue) -> None:
    """All four that go together, by the ratio of cost and calls avoided, against all 12 orders."""
    judge = Judge(busy, five)
    names = ("faster", "menu", "screen", "vendor")
    found = best_order(joint(judge, names), 12, aim="ratio")
    ratios = {}
    before = judge.before.lost * 12
    for some in orders(five, names, 12):
        if len(some) == 4:
            lost, cost = order_by_hand(judge, some, 12)
            ratios[some] = cost / (before - lost)
    assert len(ratios) == 12
    assert found.cost_per_call == pytest.approx(min(ratios.values()))
    assert set(found.names) == set(names)
    every = best_order(joint(judge, names), 12, aim="money", price_lost_call=0, every=True)
    assert set(every.names) == set(names)
    steps = found.steps
    assert [step.begins for step in steps] == [0, *(step.works for step in steps[:-1])]
    with pytest.raises(ConfigError, match="exclude one another"):
        best_order(joint(judge, five.names), 12, every=True)


def test_the_worth_of_a_lost_call_by_hand() -> None:
    """A tenth is lost and half of these call again, so 5 % of the lost lose a second call.

    Orders: half do not call again, a tenth of these would have bought for 3,000: 150. Customers: of 1,000 a call
    0.95 x 0.95 x 50 % leave after one loss and 0.95 x 0.05 x 80 % after two: 451.25 and 38.
    """
    prices = LostCalls(
        counted=False,
        order_share=Figure(0.1),
        order_margin=Figure(3_000),
        at_risk_share=Figure(0.05),
        customer_value=Figure(20_000),
        churn_once=Figure(0.5),
        churn_twice=Figure(0.8),
        redial_share=Figure(0.5),
    )
    assert worth_of_lost_call(prices, 0.1) == pytest.approx(150 + 451.25 + 38, rel=1e-6)
    assert worth_of_lost_call(prices, 0) == pytest.approx(150 + 500, rel=1e-3)
    with pytest.raises(ValueError, match="abandonment"):
        worth_of_lost_call(prices, 1.2)


def test_sets_that_cannot_be_worked_out_are_refused(busy: Desk, five: Catalogue) -> None:
    judge = Judge(busy, five)
    for names, message in (
        (("screen",), "also needs menu"),
        (("nobody",), "is no measure"),
        (("faster", "faster"), "each measure once"),
        (("faster",) * 13, "at most 12"),
    ):
        with pytest.raises(ConfigError, match=message):
            joint(judge, names)
