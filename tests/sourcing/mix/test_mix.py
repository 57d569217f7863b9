"""What a mix keeps, what it costs, and what would tip it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from staffing.errors import ConfigError, InfeasibleError
from staffing.queueing import required_agents
from staffing.sourcing.lines import total
from staffing.sourcing.mix import (
    ContactType,
    HourClass,
    Hourly,
    Limits,
    MixPlan,
    MixProblem,
    MixResult,
    Overflow,
    Terms,
    Tier,
    check,
    cost,
    runners_up,
    solve,
)
from staffing.sourcing.mix.prices import cost_at, repriced
from tests.sourcing.mix.problems import booths, desk, names, per_call, problem, yen


@pytest.fixture(scope="module")
def mixed() -> MixResult:
    """Six months with a peak in the fifth: a desk, booths, two equal per-call plans, hours, overflow."""
    calls = [1500, 1600, 1600, 1800, 3000, 1500]
    overflow = Overflow(
        name="overflow", curve=((0.6, 0.8), (0.8, 0.93)), tiers=(Tier(yen(350)),), month_fee=yen(20_000)
    )
    hourly = Hourly(name="hourly", rate_hour={"day": yen(2600)}, least_hours=40.0)
    return solve(
        problem(
            calls,
            desk(heads=9, places=8, attrition=0.02, lease=12, hire=yen(80_000), place_month=yen(20_000)),
            booths(seat=390_000, lead=2, minimum=6),
            per_call("calls A", price=420, minimum=3, setup=yen(10_000)),
            per_call("calls B", price=420, minimum=3, setup=yen(10_000)),
            hourly,
            overflow,
        ),
        gap=0.001,
    )


def test_solver_bill_and_checker_agree_on_the_cost(mixed: MixResult) -> None:
    verdict = check(mixed.problem, mixed.plan)
    assert verdict.kept
    assert verdict.cost == pytest.approx(mixed.objective, rel=1e-9)
    bill = mixed.lines()
    rounded = sum(total(lines) for lines in bill.values())
    assert abs(rounded - mixed.objective) <= 0.5 * sum(len(lines) for lines in bill.values())
    assert 0 < mixed.bound <= mixed.objective
    assert mixed.gap <= 0.001
    assert mixed.status == "optimal"


def test_tiers_of_a_call_plan_by_hand() -> None:
    """700 calls: 50 included, 500 at 300, 150 at 200; one channel in the fee, a second needed: 0.36 Erlang."""
    tiers = (Tier(yen(300), 500), Tier(yen(200)))
    plan = replace(
        per_call(), tiers=tiers, included_calls=50, month_fee=yen(30_000), channel_month=yen(10_000)
    )
    plan = replace(plan, setup=yen(10_000), terms=Terms(minimum=3, notice=2))
    found = solve(problem([700], plan))
    # 700 calls x 300 s / (160 h x 3,600 s) = 0.365 Erlang: one channel answers 63.5 % at once, two nearly all
    assert found.plan.sources[0].channels.tolist() == [2]
    # setup 10,000; fee 30,000, and twice again for a minimum of three months; channel 10,000; 150,000 + 30,000
    assert found.objective == pytest.approx(10_000 + 3 * 30_000 + 10_000 + 150_000 + 30_000)
    lines = {line.item: line.amount for line in found.lines()["per call"]}
    assert lines == {
        "setup fee": 10_000,
        "monthly fee": 30_000,
        "monthly fee, owed after the plan": 60_000,
        "extra channels": 10_000,
        "calls from 50": 150_000,
        "calls from 550": 30_000,
        "calls": 0,
    }


def test_a_desk_below_its_floor_by_hand() -> None:
    """One head at 100,000 with 15 % insurance is 115,000; a place 20,000: 165,000 are missing to 300,000."""
    own = desk(
        heads=1,
        places=1,
        hours_month=400.0,
        wage_month=yen(100_000),
        social_insurance=yen(0.15),
        place_month=yen(20_000),
        floor_month=yen(300_000),
    )
    found = solve(problem([60], own))
    amounts = {line.item: line.amount for line in found.lines()["own desk"]}
    assert amounts["top-up to the floor of a desk"] == 165_000
    assert found.objective == pytest.approx(300_000)


def test_of_equal_vendors_the_first_is_taken(mixed: MixResult) -> None:
    plan = mixed.plan
    assert plan.of("calls A").active.sum() >= plan.of("calls B").active.sum()


def test_a_season_contract_runs_through_its_months_only() -> None:
    calls = [600, 600, 600, 600, 600, 600, 600, 2400, 2400, 2400, 600, 600, 600]  # November to January
    season = booths("season", seat=200_000, season=(11, 12, 1), lead=2, month_fee=yen(10_000))
    found = solve(problem(calls, per_call(price=500), season))
    part = found.plan.of("season")
    assert part.active.tolist() == [False] * 7 + [True] * 3 + [False] * 3
    assert len(set(part.seats[7:10, 0].tolist())) == 1
    assert part.calls[7:10].sum() > 5000


def test_overflow_takes_what_the_curve_leaves() -> None:
    """4 agents for 160 hours are 640 hours, 6 heads have 600: 93.75 % of the agents, between 80 % and all of them.

    At 80 % own agents keep 93 %, at 100 % all; 5 / 16 of the way down from 100 % they keep 100 - 7 x 5 / 16 %.
    """
    overflow = Overflow(name="overflow", curve=((0.8, 0.93),), tiers=(Tier(yen(100)),))
    found = solve(problem([1500, 1500, 2900], desk(heads=6, places=8), overflow), gap=0.0, pieces=40)
    own, taken = found.plan.of("own desk"), found.plan.of("overflow")
    kept = 1 - 0.07 * 5 / 16
    assert own.agents_share[0, 2, 0] == pytest.approx(0.9375, abs=1e-6)
    assert own.kept_share[0, 2, 0] == pytest.approx(kept, abs=1e-6)
    assert taken.calls[2].sum() == pytest.approx((1 - kept) * 2900, rel=1e-5)
    above = replace(own, kept_share=own.kept_share + 0.01)
    faults = check(found.problem, MixPlan((above, taken))).faults
    assert any("not on its curve" in str(fault) for fault in faults)


@pytest.mark.parametrize(
    ("limits", "holds"),
    [
        (Limits(most_vendors=1), lambda plan: len(set(plan.contracts) - {"own desk"}) <= 1),
        (
            Limits(own_share=0.9),
            lambda plan: (plan.of("own desk").calls.sum(axis=(1, 2)) >= 0.89 * 1500).all(),
        ),
        (Limits(budget_month=3_600_000), lambda plan: len(plan.contracts) > 0),
    ],
)
def test_limits_are_kept_and_cost_something(limits: Limits, holds: Any) -> None:
    free = problem(
        [1500, 1900, 1500],
        desk(heads=5, places=8, terms=Terms(begun=True), hire_lead=1, hire=yen(50_000), release=True),
        booths(seat=150_000, most_seats=3),
        per_call(price=250, most_calls=800),
    )
    best = solve(free, gap=0.0)
    held = solve(replace(free, limits=limits), gap=0.0)
    assert holds(held.plan)
    assert check(held.problem, held.plan).kept
    assert held.objective >= best.objective - 1


def test_hard_filters_send_calls_where_they_may_go() -> None:
    base = problem(
        [800], per_call("open", price=500, certificates=frozenset({"P-mark"})), per_call("cheap", price=100)
    )
    types = (ContactType("order", 300.0), ContactType("card", 300.0, certificates=frozenset({"P-mark"})))
    mix = replace(base, types=types, calls=np.full((1, 2, 1), 400.0))
    found = solve(mix)
    assert found.plan.of("cheap").calls[0, :, 0].tolist() == pytest.approx([400, 0])
    assert found.plan.of("open").calls[0, :, 0].tolist() == pytest.approx([0, 400])
    only = replace(mix, sources=(per_call("cheap", price=100),))
    with pytest.raises(InfeasibleError, match="no source serves"):
        solve(only)


def test_teams_that_do_not_share_agents_need_more_of_them() -> None:
    mix = problem([900], booths())
    types = (ContactType("order", 300.0), ContactType("returns", 300.0))
    mix = replace(mix, types=types, calls=np.full((1, 2, 1), 450.0))
    apart = replace(mix, sources=(booths(teams=(("order",), ("returns",))),))
    assert solve(mix).plan.sources[0].seats.tolist() == [[2]]
    assert solve(apart).plan.sources[0].seats.tolist() == [[2 * 2]]


def test_runners_up_are_distinct_and_win_at_their_tip(mixed: MixResult) -> None:
    found = runners_up(mixed, within=0.2, most=2, gap=0.01)
    sets = [frozenset(mixed.plan.contracts), *(frozenset(runner.result.plan.contracts) for runner in found)]
    assert len(set(sets)) == len(sets) >= 3
    tipped = 0
    for runner in found:
        assert runner.extra == pytest.approx(runner.result.objective - mixed.objective)
        assert -0.001 * mixed.objective <= runner.extra <= 0.2 * mixed.objective
        for tip in runner.tips[:5]:
            mine = cost_at(mixed.problem, mixed.plan, tip.source, tip.price, tip.then)
            its = cost_at(mixed.problem, runner.result.plan, tip.source, tip.price, tip.then)
            assert its == pytest.approx(mine, rel=1e-8)
            beyond = tip.then + 0.01 * (tip.then - tip.now)
            mine = cost_at(mixed.problem, mixed.plan, tip.source, tip.price, beyond)
            assert cost_at(mixed.problem, runner.result.plan, tip.source, tip.price, beyond) < mine
            tipped += 1
    assert tipped


def test_every_price_moves_the_cost_as_the_bill_says(mixed: MixResult) -> None:
    source = mixed.problem.sources[0]
    doubled = repriced(source, "wage_month", 2 * source.wage_month.value)  # type: ignore[union-attr]
    changed = mixed.problem.with_sources((doubled, *mixed.problem.sources[1:]))
    heads = float(mixed.plan.sources[0].heads.sum())
    assert cost(changed, mixed.plan) - mixed.objective == pytest.approx(heads * 200_000)


def test_two_years_are_planned_and_proven(mixed: MixResult) -> None:
    longer = replace(
        mixed.problem,
        months=names(24),
        calls=np.tile(mixed.problem.calls, (4, 1, 1)),
        hours=np.tile(mixed.problem.hours, (4, 1)),
        limits=Limits(most_vendors=3),
    )
    found = solve(longer, seconds=600, gap=0.02)
    assert found.gap <= 0.02
    assert check(longer, found.plan).cost == pytest.approx(found.objective)


def test_little_time_gives_a_plan_all_the_same(mixed: MixResult) -> None:
    longer = replace(
        mixed.problem,
        months=names(60),
        calls=np.tile(mixed.problem.calls, (10, 1, 1)),
        hours=np.tile(mixed.problem.hours, (10, 1)),
    )
    assert check(longer, solve(longer, seconds=0.1).plan).kept


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"calls": np.zeros((2, 2, 1))}, "calls"),
        ({"calls": np.full((2, 1, 1), np.nan)}, "calls"),
        ({"hours": np.zeros((2, 1))}, "hours"),
        ({"classes": (HourClass("day", ((0.5, 1.0), (0.4, 1.0))),)}, "classes.day.slots"),
        ({"types": (ContactType("order", 0.0),)}, "types.order.aht_seconds"),
        ({"sources": (per_call(), per_call())}, "sources.name"),
        ({"sources": (desk(), desk(name="second"))}, "sources"),
        ({"sources": (booths(types=("fax",)),)}, "booths.types"),
        ({"sources": (replace(booths(), seat_month={}),)}, "booths.seat_month"),
        ({"sources": (Overflow(name="o", curve=((0.5, 0.7),), tiers=(Tier(yen(1)),)),)}, "sources"),
        ({"limits": Limits(own_share=2.0)}, "limits.own_share"),
    ],
)
def test_a_problem_that_cannot_be_used_is_refused_by_key(change: dict[str, Any], key: str) -> None:
    sound = problem([500, 500], per_call())
    with pytest.raises(ConfigError) as refused:
        replace(sound, **change)
    assert key in [fault.key for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: per_call(price=-1), "tiers[0].price"),
        (lambda: replace(per_call(), tiers=(Tier(yen(1), 100),)), "tiers[0].calls"),
        (lambda: replace(per_call(), tiers=()), "tiers"),
        (lambda: booths(lead=-1), "terms.lead"),
        (lambda: booths(seat=-5), "seat_month.day"),
        (lambda: booths(season=(13,)), "season"),
        (lambda: Overflow(name="o", curve=((0.5, 0.4), (0.8, 0.9)), tiers=(Tier(yen(1)),)), "curve"),
        (lambda: desk(training=3), "training"),
        (lambda: desk(attrition=1.0), "attrition"),
        (lambda: desk(terms=Terms()), "terms.begun"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused_by_key(make: Any, key: str) -> None:
    with pytest.raises(ConfigError) as refused:
        make()
    assert key in [fault.key for fault in refused.value.faults]


def test_a_mix_that_cannot_exist_is_told() -> None:
    late = problem([500, 500], per_call(lead=1))  # nobody takes the first month's calls
    with pytest.raises(InfeasibleError) as told:
        solve(late)
    assert "2027-04: no source can have begun that takes order, day: 500 calls." in str(told.value)
    assert "if per call can take calls 0 months after the first month begins, not 1." in str(told.value)


def test_the_nearest_limit_that_lets_a_mix_through_is_named() -> None:
    """3,000 calls x 300 s in 160 hours are 1.56 Erlang: three seats answer too few within 20 s, four do."""
    few = problem([500, 3000], booths(most_seats=2), limits=Limits(most_vendors=1))
    with pytest.raises(InfeasibleError) as told:
        solve(few)
    enough = int(required_agents(3000 / 160, 300, few.targets, interval=3600))
    assert "2027-05: no source takes" in str(told.value)
    assert f"if booths sells {enough} seats, not 2." in str(told.value)
    assert solve(replace(few, sources=(booths(most_seats=enough),))).plan.sources[0].seats[1] == enough


def test_a_problem_may_have_sixty_months_at_most() -> None:
    with pytest.raises(ConfigError, match="1 to 60 months"):
        problem([100] * 61, per_call())
    assert isinstance(problem([100] * 60, per_call()), MixProblem)
