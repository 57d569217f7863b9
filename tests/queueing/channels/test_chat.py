"""Chat against Erlang's formulas, a chain solved as linear algebra, and one that follows every agent."""

from __future__ import annotations

from itertools import combinations_with_replacement
from math import inf, sqrt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import Targets, erlang_c, performance, required_agents
from staffing.queueing.channels import chat_performance, required_chat_agents

SHARED = (
    "wait_probability",
    "blocking",
    "abandonment",
    "service_level",
    "service_level_answered",
    "service_level_virtual",
    "service_level_excluding_short",
    "mean_wait",
    "asa",
    "occupancy",
    "queue_length",
)


def stationary(generator: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The distribution that the balance equations have."""
    equations = np.vstack([generator.T, np.ones(len(generator))])
    solution, *_ = np.linalg.lstsq(equations, np.append(np.zeros(len(generator)), 1.0), rcond=None)
    return np.asarray(solution)


def powers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda power: float(10**power))


@settings(deadline=None)
@given(powers(-6, 5), st.floats(-4, 6), powers(0, 4), st.one_of(st.just(inf), powers(0, 7)), powers(-1, 3))
def test_one_conversation_at_a_time_is_erlang(
    load: float, spare: float, aht: float, patience: float, threshold: float
) -> None:
    agents = max(1, round(load + spare * sqrt(load)))
    assume(patience < inf or abs(agents - load) > 1e-6 * load)  # else the spare time is a rounding error
    calls = load * 1800 / aht
    chat = chat_performance(calls, aht, agents, concurrency=1, patience=patience, threshold=threshold)
    plain = performance(calls, aht, agents, patience=patience, threshold=threshold)
    for name in SHARED:
        np.testing.assert_allclose(
            getattr(chat, name), getattr(plain, name), rtol=1e-9, atol=1e-12, err_msg=name
        )


@settings(deadline=None, max_examples=50)
@given(st.floats(0.1, 300), st.integers(1, 60), st.integers(1, 6), st.one_of(st.just(inf), powers(0, 5)))
def test_without_slowdown_every_slot_is_an_agent(
    load: float, agents: int, concurrency: int, patience: float
) -> None:
    assume(
        patience < inf or abs(agents * concurrency - load) > 1e-6 * load
    )  # else the spare time is a rounding error
    chat = chat_performance(load, 300, agents, concurrency=concurrency, interval=300, patience=patience)
    plain = performance(load, 300, agents * concurrency, interval=300, patience=patience)
    for name in set(SHARED) - {"occupancy"}:
        np.testing.assert_allclose(
            getattr(chat, name), getattr(plain, name), rtol=1e-9, atol=1e-12, err_msg=name
        )
    np.testing.assert_allclose(chat.slot_use, plain.occupancy, rtol=1e-9)
    np.testing.assert_allclose(chat.handling_time, 300, rtol=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 80), st.floats(0.05, 0.999), st.integers(1, 5))
def test_k_times_as_long_with_k_held_is_processor_sharing(
    agents: int, pressure: float, concurrency: int
) -> None:
    """The number present is that of Erlang C; only the state from which on a customer waits lies further out."""
    load = pressure * agents
    chat = chat_performance(load, 1, agents, concurrency=concurrency, slowdown=1, interval=1)
    waits = float(erlang_c(load, agents)) * pressure ** (agents * (concurrency - 1))
    np.testing.assert_allclose(chat.wait_probability, waits, rtol=1e-9, atol=1e-14)
    present = load + float(erlang_c(load, agents)) * pressure / (1 - pressure)
    np.testing.assert_allclose(chat.conversations_per_agent * agents + chat.queue_length, present, rtol=1e-9)
    np.testing.assert_allclose(chat.occupancy, pressure, rtol=1e-9)


def test_processor_sharing_completes_no_more_than_one_at_a_time() -> None:
    crowded = chat_performance(90, 100, 3, interval=1800, concurrency=4, slowdown=1, patience=60)
    single = chat_performance(90, 100, 3, interval=1800, concurrency=1, patience=60)
    answered = 1 - crowded.abandonment
    assert float(answered) * 90 * 100 / 1800 <= 3
    assert float(answered) == pytest.approx(float(crowded.occupancy) * 3 / (90 * 100 / 1800), rel=1e-12)
    assert float(crowded.abandonment) < float(single.abandonment)  # the slots are places to wait in, too


class Chain:
    """All about one small chat queue with AHT 1, from its generator."""

    def __init__(
        self, load: float, agents: int, factors: list[float], places: int, patience: float, threshold: float
    ) -> None:
        full = agents * len(factors)
        size = full + places + 1

        def each(held: int) -> float:
            return held / factors[held - 1] if held else 0.0

        def together(held: int) -> float:
            low, more = divmod(min(held, full), agents)
            return (agents - more) * each(low) + (more * each(low + 1) if more else 0.0)

        generator = np.zeros((size, size))
        for state in range(size - 1):
            generator[state, state + 1] = load
            generator[state + 1, state] = together(state + 1) + max(state + 1 - full, 0) / patience
        generator -= np.diag(generator.sum(axis=1))
        state = stationary(generator)
        waiting = np.zeros((places + 2, places + 2))  # behind j others; then answered, and gone
        for j in range(places):
            ahead = together(full) + j / patience
            waiting[j, j - 1 if j else places] = ahead
            waiting[j, places + 1] = 1 / patience
            waiting[j, j] = -ahead - 1 / patience
        moved = expm(waiting * threshold)
        admitted = state[full : full + places]
        queue = float(np.arange(places + 1) @ state[full:])
        held = float(np.minimum(np.arange(size), full) @ state)
        self.figures = {
            "wait_probability": float(admitted.sum()),
            "blocking": float(state[-1]),
            "abandonment": queue / patience / load,
            "abandonment_within_threshold": float(admitted @ moved[:places, places + 1]),
            "service_level": float(state[:full].sum() + admitted @ moved[:places, places]),
            "queue_length": queue,
            "conversations_per_agent": held / agents,
            "slot_use": held / full,
            "occupancy": float(np.minimum(np.arange(size), agents) @ state) / agents,
            "handling_time": held / (load * (1 - state[-1]) - queue / patience),
        }


@settings(deadline=None, max_examples=30)
@given(
    st.floats(0.2, 12),
    st.integers(1, 5),
    st.lists(st.floats(0.3, 1), min_size=1, max_size=4),
    st.integers(1, 8),
    st.one_of(st.just(inf), st.floats(0.05, 20)),
    st.floats(0, 3),
)
def test_figures_agree_with_the_balance_equations(
    load: float, agents: int, gains: list[float], places: int, patience: float, threshold: float
) -> None:
    rates = np.cumsum([1.0, *(np.array(gains[1:]) * 0.9)])
    factors = (np.arange(1, len(rates) + 1) / rates).tolist()
    expected = Chain(load, agents, factors, places, patience, threshold).figures
    found = chat_performance(
        load,
        1,
        agents,
        concurrency=len(factors),
        slowdown=factors,
        interval=1,
        patience=patience,
        places=places,
        threshold=threshold,
    )
    for name, value in expected.items():
        assert float(getattr(found, name)) == pytest.approx(value, rel=1e-8, abs=1e-10), name


def every_agent(
    load: float, agents: int, factors: list[float], patience: float, places: int
) -> tuple[float, float]:
    """Abandonment and conversations an agent, when each agent's own number is followed (AHT 1)."""
    most = len(factors)
    states = [(held, 0) for held in combinations_with_replacement(range(most + 1), agents)]
    states += [((most,) * agents, waiting) for waiting in range(1, places + 1)]
    index = {state: place for place, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))
    for (held, waiting), place in index.items():
        if min(held) < most:
            more = tuple(sorted((held[0] + 1, *held[1:])))
            generator[place, index[more, 0]] += load
        elif waiting < places:
            generator[place, index[held, waiting + 1]] += load
        if waiting:
            rate = agents * most / factors[-1] + waiting / patience
            generator[place, index[held, waiting - 1]] += rate
            continue
        for agent, count in enumerate(held):
            if count:
                less = tuple(sorted((*held[:agent], count - 1, *held[agent + 1 :])))
                generator[place, index[less, 0]] += count / factors[count - 1]
    generator -= np.diag(generator.sum(axis=1))
    state = stationary(generator)
    queue = sum(waiting * state[place] for (_, waiting), place in index.items())
    held_by_all = sum(sum(held) * state[place] for (held, _), place in index.items())
    return queue / patience / load, held_by_all / agents


BOUNDS = {0.1: (0.001, 0.01), 0.3: (0.002, 0.03), 0.6: (0.005, 0.06), 1.0: (0.01, 0.12)}
"""By slowdown: how far abandonment (absolute) and the conversations held (relative) may be off, as the docs say."""


@pytest.mark.parametrize("pressure", [0.6, 0.8, 1.0, 1.2])
@pytest.mark.parametrize("agents", [1, 2, 5])
@pytest.mark.parametrize("slowdown", BOUNDS)
def test_an_even_spread_is_a_little_better_than_what_least_loaded_routing_reaches(
    pressure: float, agents: int, slowdown: float
) -> None:
    factors = [1 + slowdown * extra for extra in range(3)]
    load, places = pressure * agents * 3 / factors[-1], 20
    abandonment, held = every_agent(load, agents, factors, 1.0, places)
    found = chat_performance(
        load, 1, agents, concurrency=3, slowdown=slowdown, interval=1, patience=1, places=places
    )
    points, part = BOUNDS[slowdown] if agents > 1 else (1e-9, 1e-9)
    assert abandonment - points <= float(found.abandonment) <= abandonment + 1e-9
    assert held * (1 - part) <= float(found.conversations_per_agent) <= held * (1 + 1e-9)


@settings(deadline=None, max_examples=25)
@given(
    st.floats(1, 3000),
    st.integers(1, 5),
    st.floats(0, 1),
    st.one_of(st.just(inf), st.floats(5, 2000)),
    st.floats(0.5, 0.99),
)
def test_the_requirement_is_met_and_with_an_agent_fewer_it_is_not(
    chats: float, concurrency: int, slowdown: float, patience: float, level: float
) -> None:
    options = {"concurrency": concurrency, "slowdown": slowdown, "patience": patience}
    targets = Targets(service_level=level, threshold=30)
    agents = int(required_chat_agents(chats, 400, targets, **options))
    for staff, meant in ((agents, True), (agents - 1, False)):
        found = chat_performance(chats, 400, staff, threshold=30, **options)
        assert bool(found.service_level >= level * (1 - 1e-11)) is meant


@settings(deadline=None, max_examples=50)
@given(st.floats(0.1, 500), st.floats(0, 1), st.floats(1, 5000), st.integers(1, 5))
def test_more_agents_or_less_slowdown_never_serve_worse(
    load: float, slowdown: float, patience: float, concurrency: int
) -> None:
    agents = np.maximum(1, np.round(load / concurrency * np.linspace(0.5, 3, 12)))
    agents = np.unique(agents)
    found = chat_performance(
        load, 60, agents, interval=60, patience=patience, concurrency=concurrency, slowdown=slowdown
    )
    quick = chat_performance(
        load, 60, agents, interval=60, patience=patience, concurrency=concurrency, slowdown=slowdown / 2
    )
    slack = 1e-10
    assert (np.diff(found.service_level) >= -slack).all()
    assert (np.diff(found.abandonment) <= slack).all()
    assert (quick.service_level >= found.service_level - slack).all()
    assert (quick.handling_time <= found.handling_time * (1 + slack)).all()


def test_occupancy_is_of_agents_with_a_conversation() -> None:
    targets = Targets(service_level=0.5, threshold=30, occupancy=0.7)
    options = {"concurrency": 3, "slowdown": 0.3, "patience": 300}
    agents = int(required_chat_agents(150, 400, targets, **options))
    assert agents > int(required_chat_agents(150, 400, Targets(service_level=0.5, threshold=30), **options))
    assert float(chat_performance(150, 400, agents, **options).occupancy) <= 0.7
    assert float(chat_performance(150, 400, agents - 1, **options).occupancy) > 0.7


def test_requirement_with_one_conversation_is_that_of_calls() -> None:
    calls = np.linspace(0, 500, 40)
    targets = Targets(service_level=0.8, abandonment=0.05)
    found = required_chat_agents(calls, 257, targets, concurrency=1, patience=120)
    np.testing.assert_array_equal(found, required_agents(calls, 257, targets, patience=120))


EXTREMES = [0.0, 1e-300, 1e-3, 1.0, 1e8, 1e300]


@pytest.mark.parametrize("slowdown", [0.0, 1.0])
def test_no_figure_is_nan_whatever_is_put_in(slowdown: float) -> None:
    chats, aht, agents, patience = np.meshgrid(EXTREMES, EXTREMES, [0, 1, 50, 10**9, 1e15], EXTREMES)
    found = chat_performance(chats, aht, agents, slowdown=slowdown, patience=patience, places=[[[[5]]]])
    for name in (*SHARED, "conversations_per_agent", "slot_use", "handling_time"):
        assert not np.isnan(getattr(found, name)).any(), name
    for name in ("wait_probability", "abandonment", "service_level", "slot_use", "occupancy"):
        value = getattr(found, name)
        assert ((value >= 0) & (value <= 1 + 1e-12)).all(), name


def test_a_large_centre_costs_no_more_than_a_small_one() -> None:
    """Loads of which the states could not be summed one by one."""
    load = np.array([1e6, 1e9, 1e12])
    agents = np.ceil(load / 3 + 2 * np.sqrt(load / 3))
    found = chat_performance(load, 60, agents, interval=60, patience=300)
    plain = performance(load, 60, agents * 3, interval=60, patience=300)
    np.testing.assert_allclose(found.wait_probability, plain.wait_probability, rtol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"chats": -1}, "chats"),
        ({"aht": np.nan}, "aht"),
        ({"agents": 1.5}, "agents"),
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 2.5}, "concurrency"),
        ({"concurrency": [1, 2]}, "concurrency"),
        ({"slowdown": 1.2}, "slowdown"),
        ({"slowdown": [1.0, 1.2]}, "slowdown"),
        ({"slowdown": [1.0, 1.2, 9.0]}, "slowdown"),
        ({"slowdown": [0.0, 1.2, 2.0]}, "slowdown"),
        ({"interval": 0}, "interval"),
        ({"patience": -3}, "patience"),
        ({"places": 0.5}, "places"),
        ({"threshold": "soon"}, "threshold"),
    ],
)
def test_wrong_input_names_the_argument(wrong: dict[str, object], name: str) -> None:
    arguments: dict[str, object] = {"chats": 10, "aht": 300, "agents": 3} | wrong
    with pytest.raises(ValueError, match=name):
        chat_performance(**arguments)  # type: ignore[arg-type]


def test_targets_that_size_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="abandonment"):
        required_chat_agents(10, 300, Targets(abandonment=0.05))
    with pytest.raises(ValueError, match="chats"):
        required_chat_agents(1e300, 300, Targets(service_level=0.8))
