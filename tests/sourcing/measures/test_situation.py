"""What measures do to calls, handling time, agents and lines, and to the calls lost: by hand and as properties."""

from __future__ import annotations

from dataclasses import replace
from math import e, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import InputError
from staffing.queueing import required_agents
from staffing.sourcing.measures import (
    CallBack,
    Capacity,
    Catalogue,
    Desk,
    Effect,
    Judge,
    Measure,
    SelfService,
    Vendor,
    Work,
)
from staffing.sourcing.measures.effects import Level
from staffing.sourcing.measures.outcome import first_calls, outcome
from staffing.sourcing.measures.situation import Situation, moved_agents, under
from tests.sourcing.measures.desks import ONE_MORE, make_desk, money


def with_measures(desk: Desk, *measures: Measure, level: Level = "expected") -> Situation:
    return under(Situation.of(desk, first_calls(desk)), measures, level)


def lost(desk: Desk, *measures: Measure, level: Level = "expected") -> float:
    return desk.monthly(outcome(with_measures(desk, *measures, level=level)).lost)


def service(**effects: float) -> Measure:
    part = SelfService(**{name: Effect(value) for name, value in effects.items()})
    return Measure(name=f"service {effects}", self_service=part)


def work(**effects: float) -> Measure:
    return Measure(
        name=f"work {effects}", work=Work(**{name: Effect(value) for name, value in effects.items()})
    )


def capacity(**effects: float) -> Measure:
    part = Capacity(**{name: Effect(value) for name, value in effects.items()})
    return Measure(name=f"capacity {effects}", capacity=part)


def test_a_self_service_by_hand() -> None:
    """Of 100 calls 50 meet it, 10 opt out, of 40 12 are helped and 2 give up: 86 reach the queue.

    26 of these spent 60 s in it, half of it counts: patience is 200 - 26 / 86 x 30. It holds 4/3 lines.
    """
    desk = make_desk([100], agents=20, patience=200, lines=30)
    menu = service(reach=0.5, opt_out=0.2, contained=0.3, gives_up=0.05, seconds=60, patience_used=0.5)
    now = with_measures(desk, menu)
    assert now.calls == pytest.approx([86])
    assert now.left == pytest.approx([2])
    assert now.contacts[menu.name] == pytest.approx([12])
    assert now.patience_seconds == pytest.approx(200 - 26 / 86 * 30)
    assert now.lines == pytest.approx([28])  # whole lines: 30 - 4/3 rounded down
    second = with_measures(desk, menu, service(contained=0.5))
    assert second.calls == pytest.approx([43])
    assert outcome(now).lost == pytest.approx(outcome(now).abandoned + outcome(now).blocked + 2)


def test_shares_of_handling_time_patience_and_redials_multiply() -> None:
    desk = make_desk(patience=100, redial=0.4)
    one = work(aht_saved=0.1, patience_gained=0.2, redials_avoided=0.25)
    two = work(aht_saved=0.2, patience_gained=-0.5, redials_avoided=0.5)
    now = with_measures(desk, one, two)
    assert now.aht_seconds == pytest.approx([300 * 0.9 * 0.8])
    assert now.patience_seconds == pytest.approx(100 * 1.2 * 0.5)
    assert now.redial == pytest.approx(0.4 * 0.75 * 0.5)


def test_hours_move_from_where_they_are_spare_to_where_they_are_missing() -> None:
    """Spare 2 + 4, missing 1 + 2: what is missing moves, a third from the first, two thirds from the second."""
    agents, needed = np.array([5.0, 9, 3, 4]), np.array([3.0, 5, 4, 6])
    week, days = np.zeros(4, dtype=np.int64), np.ones(4)
    assert moved_agents(agents, needed, week, days, 1.0) == pytest.approx([4, 7, 4, 6])
    assert moved_agents(agents, needed, week, days, 0.5) == pytest.approx([4.5, 8, 3.5, 5])
    apart = np.array([0, 0, 1, 1])
    assert moved_agents(agents, needed, apart, days, 1.0) == pytest.approx(agents)


@given(
    agents=st.lists(st.floats(0, 20), min_size=2, max_size=8),
    seed=st.integers(0, 999),
    share=st.floats(0, 1),
)
def test_moving_hours_keeps_their_sum_in_each_week(agents: list[float], seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    size = len(agents)
    needed, week = rng.integers(0, 20, size).astype(float), rng.integers(0, 2, size)
    days = rng.integers(1, 4, size).astype(float)
    there = np.array(agents)
    moved = moved_agents(there, needed, week, days, share)
    for number in (0, 1):
        rows = week == number
        assert (moved * days)[rows].sum() == pytest.approx((there * days)[rows].sum())
    assert (np.abs(moved - needed) <= np.abs(there - needed) + 1e-9).all()


def test_a_shortfall_is_filled_to_the_number_that_reaches_the_target_with_what_is_left_of_the_calls() -> None:
    desk = make_desk([60], 240, agents=4, patience=120)
    half = with_measures(desk, service(contained=0.5), capacity(shortfall_filled=1))
    assert half.agents == required_agents(30, 240, desk.targets, patience=120)
    assert half.agents < with_measures(desk, capacity(shortfall_filled=1)).agents


def test_one_more_agent_and_two_lines_by_hand() -> None:
    """One Erlang, patience = AHT: one agent loses 1/e, two lose 3/e - 1 (see the diagnosis)."""
    assert lost(make_desk()) == pytest.approx(6 / e)
    assert lost(make_desk(), ONE_MORE) == pytest.approx(6 * (3 / e - 1))
    assert lost(make_desk(lines=1)) == pytest.approx(3)
    assert lost(make_desk(lines=1), capacity(lines_added=1)) < 3


def test_a_vendor_by_hand() -> None:
    """No place to wait: Erlang B of one agent passes on 3 of 6 calls, a tenth of which nobody answers."""
    vendor = Measure(
        name="vendor",
        costs=money(per_contact=300),
        vendor=Vendor(waiting_places=Effect(0), answered=Effect(0.9)),
    )
    judge = Judge(make_desk(), Catalogue(currency="JPY", measures=(vendor,)))
    found = judge.state(["vendor"])
    assert found.lost == pytest.approx(0.3)
    assert found.running[0].contacts == pytest.approx(2.7)
    assert found.cost == pytest.approx(2.7 * 300)
    assert found.abandonment == pytest.approx(0.05)


def vendor(**effects: float) -> Measure:
    part = Vendor(**{name: Effect(value) for name, value in effects.items()})
    return Measure(name=f"vendor {effects}", vendor=part)


def test_a_vendor_who_takes_calls_after_a_wait(busy: Desk) -> None:
    """At once, with agents enough, is a queue without places; the later and the fewer, the more calls are lost."""
    assert lost(busy, vendor(after_seconds=0)) == pytest.approx(
        lost(busy, vendor(waiting_places=0)), abs=1e-6
    )
    by_wait = [lost(busy, vendor(after_seconds=wait)) for wait in (0, 10, 40, 120)]
    assert by_wait == sorted(by_wait)
    assert by_wait[-1] < lost(busy)
    by_agents = [lost(busy, vendor(after_seconds=10, agents=number)) for number in (0, 1, 3, inf)]
    assert by_agents == sorted(by_agents, reverse=True)
    assert by_agents[0] == pytest.approx(lost(busy))
    again = replace(busy, redial=0.3)
    assert lost(again, vendor(after_seconds=10)) < lost(again)
    with pytest.raises(InputError, match="unlimited lines"):
        lost(replace(busy, lines=np.full(6, 12.0)), vendor(after_seconds=10))


def call_back(**effects: float) -> Measure:
    return Measure(
        name="call-back", call_back=CallBack(**{name: Effect(value) for name, value in effects.items()})
    )


def test_call_backs_nobody_has_time_for_are_lost() -> None:
    """One full half-hour and two empty ones: within two hours all are called back, at once nobody is."""
    desk = make_desk([18, 0, 0], 200, agents=1, patience=60)
    offer = {"offer_wait_seconds": 0.0, "accepted": 1.0, "seconds": 200.0}
    kept = outcome(with_measures(desk, call_back(**offer, promise_seconds=7200)))
    late = outcome(with_measures(desk, call_back(**offer, promise_seconds=0)))
    missed = outcome(with_measures(desk, call_back(**offer, promise_seconds=7200, reached=0.5)))
    assert kept.called_back.sum() > 9
    assert kept.lost.sum() == pytest.approx(0, abs=1e-9)
    assert late.lost.sum() == pytest.approx(late.called_back.sum())  # more come than are made: all are late
    assert late.lost.sum() > lost(desk)
    assert missed.lost == pytest.approx(missed.called_back / 2)


def test_who_makes_call_backs_is_not_there_for_calls() -> None:
    """Nobody waits, so a call finds no free agent or is taken: Erlang B of 1/2 Erlang, 1/3 of 3 calls.

    One call-back of 300 s is a sixth of the half-hour, in which nobody takes calls: 5/6 x 1 + 1/6 x 3 call-backs.
    """
    desk = make_desk([3], 300, agents=1, patience=60)
    found = outcome(with_measures(desk, call_back(offer_wait_seconds=0, accepted=1, seconds=300)))
    assert found.called_back == pytest.approx([5 / 6 + 1 / 2])


@settings(max_examples=40)
@given(
    calls=st.lists(st.floats(0, 80), min_size=1, max_size=4),
    agents=st.floats(0, 12),
    lines=st.one_of(st.integers(0, 20).map(float), st.just(inf)),
    redial=st.floats(0, 0.7),
    patience=st.floats(10, 600),
    saved=st.floats(0, 0.9),
    more=st.floats(0, 5),
)
def test_less_work_and_more_agents_never_lose_more_calls(
    calls: list[float], agents: float, lines: float, redial: float, patience: float, saved: float, more: float
) -> None:
    desk = make_desk(calls, 240, agents, patience=patience, lines=lines, redial=redial)
    before = lost(desk) + 1e-9
    assert lost(desk, work(aht_saved=saved)) <= before
    assert lost(desk, capacity(agents_added=more)) <= before
    assert lost(desk, service(contained=saved)) <= before
    assert lost(desk, work(redials_avoided=saved)) <= before
    assert (
        lost(desk, work(aht_saved=saved), capacity(agents_added=more))
        <= lost(desk, work(aht_saved=saved)) + 1e-9
    )


def test_redials_are_part_of_the_calls_that_came() -> None:
    """First calls with their redials make the calls of the desk, also at a mean number of agents."""
    desk = make_desk([30, 60], 240, [4, 6.5], patience=90, lines=12, redial=0.5)
    first = first_calls(desk)
    assert (first < desk.calls).all()
    assert outcome(Situation.of(desk, first)).attempts == pytest.approx(desk.calls)


def test_effects_act_together_and_are_not_added(busy: Desk) -> None:
    """Two savings of 15 % are one of 27.75 %; with more agents there is less left for either to save."""
    twice = [work(aht_saved=0.15), work(aht_saved=0.15)]
    assert lost(busy, *twice) == pytest.approx(lost(busy, work(aht_saved=0.2775)))
    before, agents = lost(busy), capacity(agents_added=2)
    alone = before - lost(busy, twice[0]) + before - lost(busy, agents)
    assert before - lost(busy, twice[0], agents) < alone


def test_levels_take_the_low_and_the_high_of_every_effect() -> None:
    faster = Measure(name="faster", work=Work(aht_saved=Effect(0.1, low=0.05, high=0.2)))
    desk = make_desk([20], agents=3)
    found = {
        level: with_measures(desk, faster, level=level).aht_seconds[0]
        for level in ("low", "expected", "high")
    }
    assert found == pytest.approx({"low": 285, "expected": 270, "high": 240})
    assert (
        with_measures(desk, Measure(name="x", work=Work(aht_saved=Effect(0.1))), level="low").aht_seconds
        == 270
    )
