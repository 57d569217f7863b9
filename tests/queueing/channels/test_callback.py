"""Call-backs against balance equations, Erlang A, limited lines, and a day's own conservation laws."""

from __future__ import annotations

from math import ceil, floor, inf

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.channels import (
    callback_day,
    callback_effort,
    callback_performance,
    deferred_work,
    idle_agents,
    required_callback_agents,
)

SHARED = (
    "wait_probability",
    "abandonment",
    "abandonment_within_threshold",
    "service_level",
    "service_level_answered",
    "service_level_virtual",
    "service_level_excluding_short",
    "mean_wait",
    "asa",
    "occupancy",
    "queue_length",
)


def powers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda power: float(10**power))


def chain(
    load: float, agents: int, first: int, accept: float, patience: float, threshold: float, places: int
) -> dict[str, float]:
    """The figures with AHT 1, when the offer is made from `first` waiting callers on; `places` is many."""
    size = agents + places + 1
    generator = np.zeros((size, size))
    for state in range(size - 1):
        generator[state, state + 1] = load * (1 - accept if state - agents >= first else 1)
        generator[state + 1, state] = min(state + 1, agents) + max(state + 1 - agents, 0) / patience
    generator -= np.diag(generator.sum(axis=1))
    equations = np.vstack([generator.T, np.ones(size)])
    state, *_ = np.linalg.lstsq(equations, np.append(np.zeros(size), 1.0), rcond=None)
    tagged = np.zeros((places + 2, places + 2))  # behind j others; then answered, and gone
    for j in range(places):
        ahead = agents + j / patience
        tagged[j, j - 1 if j else places] = ahead
        tagged[j, places + 1] = 1 / patience
        tagged[j, j] = -ahead - 1 / patience
    moved: npt.NDArray[np.float64] = expm(tagged * threshold)
    joined = state[agents:-1] * np.where(np.arange(places) >= first, 1 - accept, 1)
    offered = float(state[agents + first :].sum())
    queue = float(np.arange(places + 1) @ state[agents:])
    busy = float(np.minimum(np.arange(size), agents) @ state)
    return {
        "offered": offered,
        "called_back": offered * accept,
        "wait_probability": float(joined.sum()),
        "abandonment": queue / patience / load,
        "abandonment_within_threshold": float(joined @ moved[:places, places + 1]),
        "service_level": float(state[:agents].sum() + joined @ moved[:places, places]),
        "queue_length": queue,
        "occupancy": busy / agents,
        "idle_agents": agents - busy,
    }


@settings(deadline=None, max_examples=20)
@given(
    st.floats(0.2, 8),
    st.integers(1, 6),
    st.floats(0, 2),
    st.floats(0, 1),
    st.floats(0.05, 3),
    st.floats(0, 3),
)
def test_figures_agree_with_the_balance_equations(
    load: float, agents: int, offer_wait: float, accept: float, patience: float, threshold: float
) -> None:
    first = next(j for j in range(1000) if (j + 1) / agents > offer_wait * (1 + 1e-12))
    expected = chain(load, agents, first, accept, patience, threshold, places=80)
    found = callback_performance(
        load,
        1,
        agents,
        offer_wait=offer_wait,
        accept=accept,
        interval=1,
        patience=patience,
        threshold=threshold,
    )
    for name, value in expected.items():
        assert float(getattr(found, name)) == pytest.approx(value, rel=1e-7, abs=1e-9), name


@settings(deadline=None, max_examples=15)
@given(
    st.floats(0.2, 8),
    st.integers(1, 6),
    st.floats(0, 2),
    st.floats(0.01, 1),
    st.one_of(st.just(inf), st.floats(0.05, 3)),
    st.integers(0, 5),
)
def test_the_time_to_a_free_agent_solves_the_equations_of_first_passage(
    load: float, agents: int, offer_wait: float, accept: float, patience: float, reserve: int
) -> None:
    assume(reserve < agents and (patience < inf or load * (1 - accept) < 0.8 * agents))
    first = next(j for j in range(1000) if (j + 1) / agents > offer_wait * (1 + 1e-12))
    places, states = 120, np.arange(agents - reserve, agents + 121)
    size, equations = len(states), np.zeros((len(states), len(states)))
    weight, arrivals = np.ones(size), [0.0]
    for place, state in enumerate(states):
        up = load * (1 - accept if state - agents >= first else 1)
        down = min(state, agents) + max(state - agents, 0) / patience
        equations[place, place] = up + down if state < agents + places else down
        if place:
            equations[place, place - 1] = -down
            weight[place] = weight[place - 1] * arrivals[-1] / down
        if place + 1 < size:
            equations[place, place + 1] = -up
        arrivals.append(up)
    times = np.linalg.solve(equations, np.ones(size))
    offered = weight * (states - agents >= first)
    found = callback_performance(
        load, 1, agents, offer_wait=offer_wait, accept=accept, interval=1, patience=patience, reserve=reserve
    )
    assert float(found.time_to_free) == pytest.approx(float(offered @ times / offered.sum()), rel=1e-7)


@settings(deadline=None, max_examples=50)
@given(
    powers(-4, 4.5),
    st.floats(-4, 6),
    powers(0, 4),
    st.one_of(st.just(inf), powers(0, 7)),
    powers(-1, 3),
    st.booleans(),
)
def test_an_offer_that_nobody_gets_or_takes_is_erlang(
    load: float, spare: float, aht: float, patience: float, threshold: float, refused: bool
) -> None:
    agents = max(1, round(load + spare * load**0.5))
    assume(patience < inf or abs(agents - load) > 1e-3 * load)
    offer = {"offer_wait": 10, "accept": 0} if refused else {"offer_wait": inf, "accept": 1}
    calls = load * 1800 / aht
    found = callback_performance(calls, aht, agents, patience=patience, threshold=threshold, **offer)
    plain = performance(calls, aht, agents, patience=patience, threshold=threshold)
    for name in SHARED:
        # A share of a few in 100,000 is the rest of two shares near one, each good to some 1e-11 at 10,000 Erlangs.
        np.testing.assert_allclose(
            getattr(found, name), getattr(plain, name), rtol=1e-8, atol=1e-10, err_msg=name
        )
    assert float(found.callbacks) == 0


@settings(deadline=None, max_examples=30)
@given(st.floats(0.1, 300), st.floats(0.5, 2), st.floats(0, 400), st.one_of(st.just(inf), powers(0, 5)))
def test_an_offer_that_everybody_takes_is_a_limit_of_lines(
    load: float, room: float, offer_wait: float, patience: float
) -> None:
    agents = max(1, round(load * room))
    places = floor(offer_wait * agents / 100 * (1 + 1e-12))
    found = callback_performance(
        load, 100, agents, offer_wait=offer_wait, accept=1, interval=100, patience=patience
    )
    lines = performance(load, 100, agents, interval=100, patience=patience, lines=agents + places)
    np.testing.assert_allclose(found.called_back, lines.blocking, rtol=1e-9, atol=1e-13)
    for name in SHARED:
        np.testing.assert_allclose(
            getattr(found, name), getattr(lines, name), rtol=1e-8, atol=1e-12, err_msg=name
        )


@settings(deadline=None, max_examples=25)
@given(st.floats(0.5, 300), st.floats(0.6, 1.5), st.floats(0, 300), st.floats(1, 2000))
def test_the_more_accept_the_fewer_abandon(
    load: float, room: float, offer_wait: float, patience: float
) -> None:
    agents = max(1, round(load * room))
    accept = np.linspace(0, 1, 9)
    found = callback_performance(
        load, 100, agents, offer_wait=offer_wait, accept=accept, interval=100, patience=patience
    )
    assert (np.diff(found.abandonment) <= 1e-11).all()
    assert (np.diff(found.called_back) >= -1e-11).all()
    assert (np.diff(found.asa) <= 1e-7).all()
    answered = found.occupancy * agents / load
    np.testing.assert_allclose(answered + found.abandonment + found.called_back, 1, rtol=1e-9)


def test_calls_back_can_make_an_overloaded_patient_queue_stable() -> None:
    steady = callback_performance(110, 100, 10, offer_wait=60, accept=0.5, interval=1000)
    assert np.isfinite(steady.asa)
    assert float(steady.occupancy) < 1
    growing = callback_performance(110, 100, 10, offer_wait=60, accept=0.05, interval=1000)
    assert float(growing.asa) == inf
    assert float(growing.called_back) == pytest.approx(0.05)
    assert float(growing.service_level) == 0


@settings(deadline=None, max_examples=30)
@given(st.floats(0.01, 1), st.integers(1, 8), st.floats(0, 900), st.floats(0, 60))
def test_effort_is_the_mean_over_all_ways_it_may_go(
    reach: float, attempts: int, seconds: float, vain: float
) -> None:
    ways = [((1 - reach) ** k * reach, k * vain + seconds) for k in range(attempts)]
    ways.append(((1 - reach) ** attempts, attempts * vain))
    found = callback_effort(seconds, reach=reach, attempts=attempts, attempt_seconds=vain)
    assert float(found.seconds) == pytest.approx(sum(chance * cost for chance, cost in ways), abs=1e-9)
    assert float(found.reached) == pytest.approx(1 - (1 - reach) ** attempts, abs=1e-12)


CALLS = np.array([100.0, 300, 430, 440, 300, 150, 60])
AGENTS = np.array([25, 45, 50, 50, 46, 38, 20])
OFFER = {"offer_wait": 45, "accept": 0.5, "patience": 120}


def test_a_day_gives_idle_time_to_the_calls_back_and_loses_none() -> None:
    day = callback_day(CALLS, 257, AGENTS, promise=3600, callback_aht=300, efficiency=0.8, reserve=2, **OFFER)
    again = deferred_work(day.inbound.callbacks, 300, day.inbound.idle_agents, deadline=3600, efficiency=0.8)
    np.testing.assert_array_equal(day.outbound.completed, again.completed)
    total = day.outbound.completed.sum() + day.outbound.backlog[-1]
    assert float(total) == pytest.approx(float(day.inbound.callbacks.sum()))
    assert day.outbound.delay.max() > 0  # the busiest intervals leave too little time
    np.testing.assert_allclose(day.time_until_called, day.inbound.time_to_free + day.outbound.delay)
    np.testing.assert_allclose(day.reached, day.inbound.callbacks)
    plain = performance(CALLS, 257, AGENTS, patience=120)
    np.testing.assert_array_equal(day.abandonment_without, plain.abandonment)
    assert (day.inbound.abandonment <= plain.abandonment + 1e-12).all()


def test_idle_agents_without_any_offer_are_those_of_the_plain_queue() -> None:
    found = callback_performance(CALLS, 257, AGENTS, offer_wait=inf, accept=0.5, patience=120, reserve=3)
    np.testing.assert_allclose(
        found.idle_agents, idle_agents(CALLS, 257, AGENTS, patience=120, reserve=3), rtol=1e-9
    )


def test_the_requirement_is_met_and_with_an_agent_fewer_it_is_not() -> None:
    targets = Targets(service_level=0.75, abandonment=0.03)
    agents = required_callback_agents(CALLS, 257, targets, callback_seconds=280, reserve=1, **OFFER)
    for staff, meant in ((agents, True), (agents - 1, False)):
        found = callback_performance(CALLS, 257, staff, reserve=1, **OFFER)
        met = (found.service_level >= 0.75) & (found.abandonment <= 0.03)
        met &= found.idle_agents * 1800 >= found.callbacks * 280
        assert (met == meant).all()
    plain = required_agents(CALLS, 257, targets, patience=120)
    others = required_callback_agents(CALLS, 257, Targets(abandonment=0.03), **OFFER)
    assert (others <= required_agents(CALLS, 257, Targets(abandonment=0.03), patience=120)).all()
    nobody = required_callback_agents(CALLS, 257, targets, offer_wait=inf, accept=1, patience=120)
    np.testing.assert_array_equal(nobody, plain)


def test_calls_back_must_find_time() -> None:
    """With all told to expect too much and all accepting, the agents need the time for every one of them."""
    options = {"offer_wait": 0, "accept": 1, "patience": 120}
    free = required_callback_agents(400, 257, Targets(abandonment=0.05), **options)
    made = required_callback_agents(400, 257, Targets(abandonment=0.05), callback_seconds=257, **options)
    assert int(free) == 1  # whoever finds all agents busy is called back by others
    assert int(made) >= ceil(400 * 257 / 1800)


EXTREMES = [0.0, 1e-300, 1.0, 1e6, 1e300]


def test_no_figure_is_nan_whatever_is_put_in() -> None:
    calls, aht, agents, offer = np.meshgrid(EXTREMES, EXTREMES, [0, 1, 10**7], [0, 20, inf])
    for patience in (0.0, 60.0, inf):
        for accept in (0.0, 0.4, 1.0):
            for threshold in (0.0, inf):
                found = callback_performance(
                    calls,
                    aht,
                    agents,
                    offer_wait=offer,
                    accept=accept,
                    patience=patience,
                    threshold=threshold,
                )
                for name in (*SHARED, "offered", "called_back", "idle_agents", "time_to_free"):
                    assert not np.isnan(getattr(found, name)).any(), name


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"calls": -1}, "calls"),
        ({"agents": 0.5}, "agents"),
        ({"offer_wait": -1}, "offer_wait"),
        ({"accept": 1.5}, "accept"),
        ({"reserve": 0.5}, "reserve"),
        ({"patience": np.nan}, "patience"),
        ({"promise": -1}, "deadline"),
        ({"reach": 0}, "reach"),
        ({"attempts": 0}, "attempts"),
        ({"attempts": 1.5}, "attempts"),
        ({"attempt_seconds": -1}, "attempt_seconds"),
        ({"callback_aht": -1}, "callback_aht"),
        ({"efficiency": 2}, "efficiency"),
    ],
)
def test_wrong_input_names_the_argument(wrong: dict[str, object], name: str) -> None:
    arguments: dict[str, object] = {
        "calls": [10, 20],
        "aht": 300,
        "agents": 3,
        "offer_wait": 60,
        "accept": 0.4,
        "promise": 3600,
    } | wrong
    with pytest.raises(ValueError, match=name):
        callback_day(**arguments)  # type: ignore[arg-type]


def test_targets_that_size_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="abandonment"):
        required_callback_agents(10, 300, Targets(abandonment=0.05), offer_wait=60, accept=0.5)
    with pytest.raises(ValueError, match="callback_seconds"):
        required_callback_agents(
            [10, 20], 300, Targets(service_level=0.8), offer_wait=60, accept=0.5, callback_seconds=[1, 2, 3]
        )
