"""Tiny mixes against the best of everything that could be decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import required_agents
from staffing.queueing.sizing.inverse import most_calls
from staffing.sourcing.mix import Tier, solve
from tests.sourcing.mix.problems import HOURS, TARGET, booths, desk, per_call, problem, yen

MONTHS = 3


def agents(calls: float) -> int:
    """Agents that calls a month need; a volume at a breakpoint needs no more."""
    return int(required_agents(calls * (1 - 2e-6) / HOURS, 300, TARGET, interval=3600))


def patterns(lead: int, bound: int) -> Iterator[tuple[int, ...]]:
    """Every way to be active that keeps lead and minimum term within the months."""
    for way in product((0, 1), repeat=MONTHS):
        starts = [t for t in range(MONTHS) if way[t] and (t == 0 or not way[t - 1])]
        long_enough = all(all(way[t] for t in range(s, min(MONTHS, s + bound))) for s in starts)
        if long_enough and all(s >= lead for s in starts):
            yield way


def held(minimum: int, most: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every path of seats that keeps each seat its minimum, with the seat-months owed after the last month."""
    for path in product(range(most + 1), repeat=MONTHS):
        added = [max(0, b - a) for a, b in zip((0, *path), path, strict=False)]
        if all(path[t] >= sum(added[max(0, t - minimum + 1) : t + 1]) for t in range(MONTHS)):
            yield path, sum(count * max(0, t + minimum - MONTHS) for t, count in enumerate(added))


@settings(max_examples=7, deadline=None)
@given(
    volumes=st.lists(st.integers(200, 2500), min_size=MONTHS, max_size=MONTHS),
    seat=st.integers(150, 500),
    price=st.integers(100, 600),
    later=st.integers(50, 600),
    minimum=st.integers(1, 3),
    fee=st.sampled_from([0, 60_000]),
)
def test_two_vendors_against_every_decision(
    volumes: list[int], seat: int, price: int, later: int, minimum: int, fee: int
) -> None:
    """Costs are straight between breakpoints of seats, channels and tiers, so splits at those are enough."""
    first = booths(
        seat=seat * 1000,
        lead=1,
        minimum=minimum,
        seat_minimum=2,
        setup=yen(40_000),
        month_fee=yen(fee),
        most_seats=4,
    )
    second = per_call(setup=yen(10_000), month_fee=yen(30_000), included_calls=50, channel_month=yen(10_000))
    tiers = (Tier(yen(price), 500), Tier(yen(later)))
    second = type(second)(**{**vars(second), "tiers": tiers, "least_calls": 100.0})
    limits = [float(most_calls(n, 300, TARGET, interval=3600) * HOURS * (1 - 1e-6)) for n in range(1, 9)]

    def plan_price(calls: float, active: int) -> float:
        if not active:
            return 0.0 if calls == 0 else inf
        if calls < 100:
            return inf
        beyond = max(0.0, calls - 50)
        extra = max(0, agents(calls) - 1) * 10_000
        return 30_000 + extra + min(beyond, 500) * price + max(0.0, beyond - 500) * later

    def month_price(volume: float, first_active: int, seats: int, second_active: int) -> float:
        splits = {0.0, volume, volume - 100, volume - 50, volume - 550}
        splits |= set(limits) | {volume - limit for limit in limits}
        return min(
            (
                plan_price(volume - part, second_active)
                for part in splits
                if 0 <= part <= volume and agents(part) <= seats * first_active
            ),
            default=inf,
        )

    cheapest = inf
    second_ways = list(patterns(0, 1))
    for way in patterns(1, minimum):
        starts = [t for t in range(MONTHS) if way[t] and (t == 0 or not way[t - 1])]
        owed = sum(max(0, t + minimum - MONTHS) for t in starts) * fee
        fixed = len(starts) * 40_000 + sum(way) * fee + owed
        for path, seats_owed in held(2, 4):
            if any(count and not active for count, active in zip(path, way, strict=True)):
                continue
            paid = fixed + (sum(path) + seats_owed) * seat * 1000
            if paid >= cheapest:
                continue
            by_month = [
                [month_price(volumes[t], way[t], path[t], on) for on in (0, 1)] for t in range(MONTHS)
            ]
            for other in second_ways:
                begun = sum(1 for t in range(MONTHS) if other[t] and (t == 0 or not other[t - 1]))
                total = paid + begun * 10_000 + sum(by_month[t][other[t]] for t in range(MONTHS))
                cheapest = min(cheapest, total)
    mix = problem(volumes, first, second)
    found = solve(mix, gap=0.0, pieces=40)
    assert found.sizing_error == pytest.approx(0, abs=1e-9)
    assert found.objective == pytest.approx(cheapest, rel=2e-5)
    assert found.bound <= found.objective


@settings(max_examples=10, deadline=None)
@given(
    volumes=st.lists(st.integers(300, 1200), min_size=MONTHS, max_size=MONTHS),
    attrition=st.sampled_from([0.0, 0.1]),
    severance=st.integers(0, 300),
    hire=st.integers(0, 200),
    lease=st.integers(1, 3),
)
def test_a_desk_alone_against_every_way_to_hire_and_release(
    volumes: list[int], attrition: float, severance: int, hire: int, lease: int
) -> None:
    own = desk(
        heads=10,
        places=3,
        attrition=attrition,
        release=True,
        severance=yen(severance * 1000),
        hire=yen(hire * 1000),
        hire_lead=1,
        training=1,
        learning=(0.5,),
        lease=lease,
        place_month=yen(20_000),
        social_insurance=yen(0.15),
    )
    need = [agents(volume) for volume in volumes]
    assert max(need) <= 6  # what is counted through below is enough
    cheapest = inf
    for hires in product(range(8), repeat=2):  # none can be there in the first month
        for gone in product(range(10), repeat=2):  # none can be released in the first month
            cheapest = min(cheapest, _wages(need, hires, gone, attrition, hire * 1000, severance * 1000))
    mix = problem(volumes, own)
    found = solve(mix, gap=0.0, pieces=40)
    place_months = min(months for months in _leases(need, 3, lease))
    assert found.objective == pytest.approx(cheapest + place_months * 20_000, rel=2e-5)


def _wages(
    need: list[int],
    hires: tuple[int, ...],
    gone: tuple[int, ...],
    attrition: float,
    hire: int,
    severance: int,
) -> float:
    """Wages, hiring and severance of 10 heads and what becomes of them; infinite where the hours do not suffice."""
    heads, money = 10.0, 0.0
    for t in range(MONTHS):
        come, leave = (0, 0) if t == 0 else (hires[t - 1], gone[t - 1])
        heads = heads * (1 - attrition) + come - leave
        if heads < -1e-9 or need[t] * HOURS > (heads - 0.5 * come) * 100 + 1e-6:
            return inf
        training = hires[t] if t < MONTHS - 1 else 0
        money += (heads + training) * 200_000 * 1.15 + leave * severance + training * hire
    return money


def _leases(need: list[int], begun: int, lease: int) -> Iterator[int]:
    """Place-months paid and owed, for every path of places that suffices; begun ones are bound no longer."""
    for path in product(range(7), repeat=MONTHS):
        added = [max(0, b - a) for a, b in zip((begun, *path), path, strict=False)]
        kept = all(path[t] >= sum(added[max(0, t - lease + 1) : t + 1]) for t in range(MONTHS))
        if kept and all(places >= count for places, count in zip(path, need, strict=True)):
            yield sum(path) + sum(count * max(0, t + lease - MONTHS) for t, count in enumerate(added))
