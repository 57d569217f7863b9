"""The queue through time: what is known in closed form, and what must hold for any day."""

from __future__ import annotations

from dataclasses import fields
from math import comb, exp, inf
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import performance
from staffing.queueing.transient import TransientPerformance, transient_performance

STATIONARY = [
    "wait_probability",
    "blocking",
    "abandonment",
    "service_level",
    "service_level_answered",
    "mean_wait",
    "asa",
    "occupancy",
    "queue_length",
]


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience", "lines", "threshold"),
    [
        (40, 200, 6, 180, inf, 20),
        (60, 200, 6, 100, inf, 0),
        (35, 200, 5, inf, inf, 45),
        (60, 200, 6, inf, 9, 20),
        (60, 200, 6, 90, 9, 2500),
        (60, 200, 6, 90, 6, 20),
        (300, 240, 41, 120, inf, 20),
        (5, 300, 0, 60, inf, 20),
    ],
)
def test_a_constant_day_becomes_stationary(
    calls: float, aht: float, agents: int, patience: float, lines: float, threshold: float
) -> None:
    found = transient_performance(
        np.full(40, calls), aht, agents, patience=patience, lines=lines, threshold=threshold
    )
    expected = performance(calls, aht, agents, patience=patience, lines=lines, threshold=threshold)
    for name in STATIONARY:
        # Interval 30: far from the empty start, and its calls' fates are decided before the end.
        assert getattr(found, name)[30] == pytest.approx(
            float(getattr(expected, name)), rel=1e-8, abs=1e-12
        ), name


@pytest.mark.parametrize("patience", [0, 1e-6, 0.19])
@pytest.mark.parametrize(
    ("calls", "agents", "lines"),
    [(10, 1, inf), (60, 6, inf), (60, 6, 9), (60, 6, 6), (60, 6, 4), (5, 0, inf)],
)
def test_without_patience_a_constant_day_becomes_erlang_b(
    calls: float, agents: int, lines: float, patience: float
) -> None:
    found = transient_performance(np.full(30, calls), 200, agents, patience=patience, lines=lines)
    expected = performance(calls, 200, agents, patience=0, lines=lines)
    for name in STATIONARY:
        if agents or name != "occupancy":
            value = float(getattr(expected, name))
            assert getattr(found, name)[20] == pytest.approx(value, rel=1e-8, abs=1e-12), name


def test_patience_just_below_and_above_the_limit_differ_by_no_more_than_the_docstring_says() -> None:
    calls, aht, agents = np.array([20.0, 30, 25]), 200, 4
    none, some = (transient_performance(calls, aht, agents, patience=each) for each in (0, 0.201))
    more = none.abandonment - some.abandonment
    assert (more > 0).all()
    assert (more <= none.wait_probability * agents * 0.201 / aht).all()


@pytest.mark.parametrize(
    ("leaving", "closing"), [("finish", "drain"), ("return", "cut"), ("return", "drain")]
)
def test_a_day_without_patience_is_a_loss_chain(leaving: Any, closing: Any) -> None:
    """Against matrix exponentials; callers handed back find no agent and are lost, too."""
    calls, agents, aht = np.array([12.0, 20, 9, 16]), [4, 2, 0, 3], 150.0
    found = transient_performance(
        calls, aht, agents, interval=600, patience=0, leaving=leaving, closing=closing, present=6
    )
    state, before = np.zeros(5), 4
    state[4] = 1
    for place, (number, here) in enumerate(zip(calls, agents, strict=True)):
        lost = 2.0 if place == 0 else 0.0
        if here < before:
            moved = np.zeros(5)
            for busy in range(before + 1):
                if leaving == "return":
                    moved[min(busy, here)] += state[busy]
                    lost += state[busy] * max(busy - here, 0)
                    continue
                for stay in range(min(busy, here) + 1):
                    if busy - stay <= before - here:
                        ways = comb(here, stay) * comb(before - here, busy - stay) / comb(before, busy)
                        moved[stay] += state[busy] * ways
            state = moved
        generator = np.zeros((5, 5))
        for busy in range(here + 1):
            if busy < here:
                generator[busy, busy + 1] = number / 600
            if busy:
                generator[busy, busy - 1] = busy / aht
            generator[busy, busy] = -generator[busy].sum()
        both = expm(np.block([[generator, np.eye(5)], [np.zeros((5, 10))]]) * 600)
        share = float(state @ both[:5, 5:][:, here]) / 600
        state, before = state @ both[:5, :5], here
        assert found.abandonment[place] == pytest.approx(share, rel=1e-9)
        assert found.abandoned[place] == pytest.approx(lost + share * number, rel=1e-9)
        assert found.service_level[place] == pytest.approx(1 - share, rel=1e-9, abs=1e-12)
        assert found.answered_share[place] == pytest.approx(1 - share, rel=1e-9, abs=1e-12)
        assert found.present[place] == pytest.approx(float(state @ np.arange(5)), rel=1e-9, abs=1e-12)
    assert (found.backlog == 0).all()
    assert (found.mean_wait == 0).all()


def test_callers_who_wait_when_patience_ends_leave_then() -> None:
    """One agent with a call in hand, three callers waiting without end; then nobody has patience."""
    found = transient_performance([0, 0], 1e6, 1, interval=10, patience=[inf, 0], present=4)
    assert found.abandoned[1] == pytest.approx(3, abs=1e-3)
    late = transient_performance([1, 0], 1e6, 1, interval=10, patience=[inf, 0], present=1, threshold=30)
    assert late.abandonment[0] == pytest.approx(1, abs=1e-3)
    assert late.mean_wait[0] == pytest.approx(5, abs=1e-2)
    assert late.service_level[0] == pytest.approx(0, abs=1e-3)
    freed = transient_performance(
        [1, 0], 1e6, [1, 50], interval=10, patience=[inf, 0], present=1, threshold=30
    )
    assert freed.service_level[0] == pytest.approx(1, abs=1e-3)


def test_with_an_agent_for_every_call_the_number_present_is_that_of_infinitely_many_servers() -> None:
    """M(t)/M/inf from empty: m' = arriving - m / aht, Poisson; with 10,000 agents nobody waits."""
    calls, aht = np.array([30.0, 60.0, 10.0, 0.0]), np.array([200.0, 250.0, 250.0, 300.0])
    found = transient_performance(calls, aht, 10_000)
    mean, expected = 0.0, []
    for number, seconds in zip(calls, aht, strict=True):
        limit = number / 1800 * seconds
        mean = limit + (mean - limit) * exp(-1800 / seconds)
        expected.append(mean)
    np.testing.assert_allclose(found.present, expected, rtol=1e-10)
    assert (found.service_level == 1).all()
    assert (found.mean_wait == 0).all()


def test_a_queue_that_nobody_serves_is_a_poisson_number_of_callers() -> None:
    """Without agents those waiting are an M/M/inf queue whose servers are their own patience."""
    found = transient_performance([30, 30], 200, 0, patience=[600, 900], closing="cut")
    first = 10 * (1 - exp(-3))
    np.testing.assert_allclose(found.backlog, [first, 15 + (first - 15) * exp(-2)], rtol=1e-10)
    np.testing.assert_allclose(found.answered, 0, atol=1e-10)
    np.testing.assert_allclose(found.cut_off, [0, found.backlog[1]], rtol=1e-10)


def test_callers_who_are_there_at_the_start_are_served_in_turn() -> None:
    """20 callers, 2 agents, nobody else comes: after 100 s a Poisson number of mean 2 has been served."""
    found = transient_performance(0, 100, 2, interval=100, present=20, closing="cut")
    assert found.backlog[0] == pytest.approx(18 - 2, abs=1e-9)
    assert found.answered[0] == pytest.approx(2, abs=1e-9)
    assert found.occupancy[0] == pytest.approx(1, abs=1e-9)


def test_an_overloaded_hour_follows_the_fluid_limit() -> None:
    """Many calls and agents: the queue obeys q' = arriving - n / aht - q / patience, within its fluctuations."""
    calls = np.array([3600.0, 3600.0])
    found = transient_performance(calls, 300, 400, patience=600, present=400)
    limit = (2.0 - 400 / 300) * 600
    fluid = limit * (1 - np.exp(-np.array([1800, 3600]) / 600))
    np.testing.assert_allclose(found.backlog, fluid, rtol=0.01)
    assert found.occupancy[1] == pytest.approx(1, abs=1e-6)


def test_a_backlog_is_answered_in_the_next_interval() -> None:
    """Ten minutes of standing still, then agents: the stationary figures know nothing of the callers left over."""
    found = transient_performance([12, 12], 60, [0, 4], interval=600)
    assert found.backlog[0] == pytest.approx(12, abs=1e-9)
    assert found.answered == pytest.approx([0, 24 - found.backlog[1]], abs=1e-9)
    assert found.mean_wait[1] > 10 * float(performance(12, 60, 4, interval=600).mean_wait)
    assert found.service_level[0] < 0.1
    assert found.abandonment.tolist() == [0, 0]


def named_agents(seconds: float, arriving: float, serving: float, leaving: float) -> npt.NDArray[np.float64]:
    """Three agents told apart, idle ones chosen at random, until agent 2 leaves; the number present of the others.

    States: which agents are busy, and for all busy the queue up to 12.
    """
    states = [(bits, 0) for bits in range(7)] + [(7, queue) for queue in range(13)]
    place = {state: number for number, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))

    def go(source: tuple[int, int], target: tuple[int, int], rate: float) -> None:
        generator[place[source], place[target]] += rate
        generator[place[source], place[source]] -= rate

    for bits, queue in states:
        idle = [agent for agent in range(3) if not bits & 1 << agent]
        for agent in idle:
            go((bits, queue), (bits | 1 << agent, 0), arriving / len(idle))
        if not idle and queue < 12:
            go((bits, queue), (bits, queue + 1), arriving)
        if queue:
            go((bits, queue), (bits, queue - 1), 3 * serving + queue * leaving)
        else:
            for agent in range(3):
                if bits & 1 << agent:
                    go((bits, queue), (bits & ~(1 << agent), 0), serving)
    state = expm(generator * seconds)[0]
    result = np.zeros(16)
    for (bits, queue), probability in zip(states, state, strict=True):
        result[(bits & 3).bit_count() + queue] += probability
    return result


def test_leaving_agents_take_the_calls_that_a_chain_of_named_agents_gives_them() -> None:
    """Who leaves is one person, busy or not; the number left behind is as if that person were drawn by lot."""
    calls, seconds = 12.0, 600.0
    left = named_agents(seconds, calls / seconds, 1 / 120, 1 / 90)
    found = transient_performance([calls, 0], 120, [3, 2], interval=seconds, patience=90, lines=15)
    first = transient_performance(calls, 120, 3, interval=seconds, patience=90, lines=15)
    taken = float(first.present[0]) - float(np.arange(16) @ left)
    assert found.overtime[1] == pytest.approx(taken * 120, rel=1e-9)
    after = transient_performance(0, 120, 2, interval=seconds, patience=90, present=np.arange(16))
    assert found.abandoned[1] == pytest.approx(float(after.abandoned[:, 0] @ left), rel=1e-9)


loads = st.lists(st.tuples(st.floats(0, 40), st.floats(20, 300), st.integers(0, 9)), min_size=1, max_size=5)
patience_ = st.one_of(st.just(inf), st.floats(20, 2000))
options = st.fixed_dictionaries(
    {
        "patience": patience_,
        "lines": st.one_of(st.just(inf), st.integers(0, 15)),
        "threshold": st.floats(0, 700),
        "leaving": st.sampled_from(["finish", "return"]),
        "closing": st.sampled_from(["drain", "cut"]),
        "present": st.integers(0, 8),
    }
)


def of(day: list[tuple[float, float, int]], **given_: Any) -> TransientPerformance:
    calls, aht, agents = (list(column) for column in zip(*day, strict=True))
    return transient_performance(calls, aht, agents, interval=600, **given_)


@settings(max_examples=40, deadline=None)
@given(loads, options)
def test_no_call_is_lost_or_made(day: list[tuple[float, float, int]], given_: dict[str, Any]) -> None:
    found = of(day, **given_)
    waiting = max(given_["present"] - day[0][2], 0)
    gone = found.answered + found.abandoned + found.blocked
    before = np.append(waiting, found.backlog[:-1])
    np.testing.assert_allclose(found.calls + found.returned + before, gone + found.backlog, atol=1e-9)
    late = found.answered_late + found.abandoned_late + found.cut_off
    np.testing.assert_allclose(late[-1], found.backlog[-1], atol=1e-8)
    for name in ("wait_probability", "blocking", "abandonment", "service_level", "occupancy"):
        assert ((getattr(found, name) >= 0) & (getattr(found, name) <= 1)).all(), name
    for field in fields(found):
        assert not np.isnan(getattr(found, field.name)).any(), field.name
        assert (getattr(found, field.name) >= 0).all(), field.name
    assert found.neglected.max() < 1e-10


@settings(max_examples=25, deadline=None)
@given(loads, options)
def test_shares_of_arrivals_and_counts_of_events_are_two_views_of_the_same_calls(
    day: list[tuple[float, float, int]], given_: dict[str, Any]
) -> None:
    """Abandonment by arrival, followed backwards, adds up to the events counted forwards."""
    found = of(day, **(given_ | {"leaving": "finish", "present": 0}))
    by_arrival = float((found.abandonment * found.calls).sum())
    by_event = float(found.abandoned.sum() + found.abandoned_late.sum())
    assert by_arrival == pytest.approx(by_event, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(loads, options)
def test_halved_intervals_tell_the_same(day: list[tuple[float, float, int]], given_: dict[str, Any]) -> None:
    whole = of(day, **given_)
    halves = transient_performance(
        np.repeat([calls / 2 for calls, _, _ in day], 2),
        np.repeat([aht for _, aht, _ in day], 2),
        np.repeat([agents for _, _, agents in day], 2),
        interval=300,
        **given_,
    )
    np.testing.assert_allclose(halves.backlog[1::2], whole.backlog, atol=1e-9)
    for name in ("abandonment", "service_level", "wait_probability", "mean_wait"):
        mean = getattr(halves, name).reshape(-1, 2).mean(axis=1)
        value = getattr(whole, name)
        some = np.isfinite(mean) & np.isfinite(value)  # a wait that hardly anybody has for ever may be either
        np.testing.assert_allclose(mean[some], value[some], rtol=1e-7, atol=1e-8, err_msg=name)


@settings(max_examples=15, deadline=None)
@given(loads, patience_)
def test_more_agents_never_lose_more_calls(day: list[tuple[float, float, int]], patience: float) -> None:
    more = [(calls, aht, agents + 1) for calls, aht, agents in day]
    few, many = of(day, patience=patience), of(more, patience=patience)
    assert many.abandoned.sum() <= few.abandoned.sum() + 1e-9
    assert (many.backlog <= few.backlog + 1e-9).all()


def test_days_and_stretches_are_independent() -> None:
    """Computed side by side, in one row with `opens`, or each alone: the same figures."""
    rng = np.random.default_rng(7)
    calls, agents = rng.uniform(5, 40, (3, 6)), rng.integers(2, 9, (3, 6))
    side = transient_performance(calls, 220, agents, patience=150)
    opens = np.tile(np.arange(6) == 0, 3)
    row = transient_performance(calls.ravel(), 220, agents.ravel(), patience=150, opens=opens)
    for day in range(3):
        alone = transient_performance(calls[day], 220, agents[day], patience=150)
        for field in fields(alone):
            if field.name == "neglected":  # a bound, which depends on the company
                continue
            expected = getattr(alone, field.name)
            np.testing.assert_allclose(getattr(side, field.name)[day], expected, rtol=1e-9, atol=1e-11)
            found = getattr(row, field.name).reshape(3, 6)[day]
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_stretches_of_different_lengths_and_sizes() -> None:
    calls = np.array([10.0, 400, 500, 12, 15, 11])
    agents = np.array([3, 70, 80, 2, 4, 2])
    opens = [True, True, False, True, False, False]
    found = transient_performance(calls, 240, agents, patience=100, opens=opens)
    for first, last in ((0, 1), (1, 3), (3, 6)):
        alone = transient_performance(calls[first:last], 240, agents[first:last], patience=100)
        np.testing.assert_allclose(found.abandonment[first:last], alone.abandonment, rtol=1e-9)
        np.testing.assert_allclose(found.backlog[first:last], alone.backlog, rtol=1e-9, atol=1e-11)


def test_without_calls_nobody_waits_and_the_aht_may_be_unknown() -> None:
    found = transient_performance([0, 0, 6, 0], [0, 0, 200, 0], 2)
    assert found.service_level[[0, 1, 3]].tolist() == [1, 1, 1]
    assert found.abandonment.tolist() == [0, 0, 0, 0]
    assert found.occupancy[3] > 0  # what is left of the calls before
    empty = transient_performance([0, 0], 0, 0)
    assert empty.occupancy.tolist() == [0, 0]
    assert empty.mean_wait.tolist() == [0, 0]
    assert transient_performance(np.zeros((0, 4)), 100, 1).calls.shape == (0, 4)


def test_who_is_never_answered_waits_for_ever() -> None:
    found = transient_performance([6, 6], 200, [2, 0])
    assert found.mean_wait[1] == inf
    assert found.asa[1] == inf
    assert found.cut_off.tolist() == [0, pytest.approx(found.backlog[1])]
    assert found.backlog[1] > 6
    assert np.isfinite(transient_performance([6, 6], 200, [2, 0], closing="cut").mean_wait).all()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"calls": -1}, "calls"),
        ({"calls": np.nan}, "calls"),
        ({"calls": inf}, "calls"),
        ({"aht": -1}, "aht"),
        ({"aht": 0}, "aht"),
        ({"agents": 1.5}, "agents"),
        ({"agents": -1}, "agents"),
        ({"interval": 0}, "interval"),
        ({"interval": [1800, 900]}, "interval"),
        ({"patience": -1}, "patience"),
        ({"patience": "long"}, "patience"),
        ({"lines": 2.5}, "lines"),
        ({"threshold": inf}, "threshold"),
        ({"threshold": -1}, "threshold"),
        ({"present": 0.5}, "present"),
        ({"present": [1, 2], "calls": np.ones((3, 2))}, "present"),
        ({"opens": np.nan}, "opens"),
        ({"calls": 1e7, "agents": 100_000}, "calls, agents, aht and patience.*too large"),
        ({"aht": 1e-7}, "aht and patience.*too large"),
        ({"leaving": "stay"}, "leaving"),
        ({"closing": "never"}, "closing"),
        ({"calls": [1, 2], "agents": [1, 2, 3]}, "calls"),
    ],
)
def test_bad_input_is_named(change: dict[str, Any], name: str) -> None:
    given_: dict[str, Any] = {"calls": [10, 20], "aht": 200, "agents": 3} | change
    with pytest.raises(ValueError, match=name):
        transient_performance(**given_)
