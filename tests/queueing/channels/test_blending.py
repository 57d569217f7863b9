"""Blending against balance equations: of the threshold policy with one handling time, and with two."""

from __future__ import annotations

from math import inf

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from staffing.queueing import Targets, performance, required_agents
from staffing.queueing.channels import blend_performance, idle_agents, required_blended_agents

PLAIN = (
    "wait_probability",
    "abandonment",
    "abandonment_within_threshold",
    "service_level",
    "service_level_virtual",
    "mean_wait",
    "asa",
    "queue_length",
)


def stationary(generator: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The distribution that the balance equations have."""
    equations = np.vstack([generator.T, np.ones(len(generator))])
    solution, *_ = np.linalg.lstsq(equations, np.append(np.zeros(len(generator)), 1.0), rcond=None)
    return np.asarray(solution)


def threshold_policy(
    load: float, agents: int, reserve: int, item: float, patience: float, threshold: float, places: int
) -> dict[str, float]:
    """Calls with AHT 1 and items with AHT `item`, each agent's work known: (calls, items, waiting)."""
    states = [
        (busy - items, items, 0)
        for busy in range(agents - reserve, agents + 1)
        for items in range(min(busy, agents) + 1)
    ]
    states += [(agents - items, items, j) for items in range(agents + 1) for j in range(1, places + 1)]
    index = {state: place for place, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))
    started = np.zeros(len(states))

    def settled(calls: int, items: int, waiting: int) -> tuple[tuple[int, int, int], int]:
        """After a completion: a caller who waits goes first, then an item if the reserve allows it."""
        if waiting:
            return (calls + 1, items, waiting - 1), 0
        if calls + items < agents - reserve:
            return (calls, items + 1, 0), 1
        return (calls, items, 0), 0

    for (calls, items, waiting), place in index.items():
        if calls + items < agents:
            generator[place, index[calls + 1, items, 0]] += load
        elif waiting < places:
            generator[place, index[calls, items, waiting + 1]] += load
        if calls:
            after, begun = settled(calls - 1, items, waiting)
            generator[place, index[after]] += calls
            started[place] += calls * begun
        if items:
            after, begun = settled(calls, items - 1, waiting)
            generator[place, index[after]] += items / item
            started[place] += items / item * begun
        if waiting:
            generator[place, index[calls, items, waiting - 1]] += waiting / patience
    generator -= np.diag(generator.sum(axis=1))
    state = stationary(generator)
    waiting_now = np.array([j for _, _, j in index])
    full = np.array([i + d == agents for i, d, _ in index])
    in_time, size = 0.0, places * (agents + 1)
    # The tagged caller: ahead of him j others, and so many items in service.
    tagged = np.zeros((size + 1, size + 1))
    for j in range(places):
        for items in range(agents + 1):
            here, calls = j * (agents + 1) + items, agents - items
            target = (j - 1) * (agents + 1)
            if j:
                tagged[here, target + items] += calls + j / patience
            else:
                tagged[here, size] += calls
            if items:
                tagged[here, target + items - 1 if j else size] += items / item
            tagged[here, here] -= calls + items / item + (j + 1) / patience
    moved = expm(tagged * threshold)[:, size]
    for (_, items, j), place in index.items():
        if full[place] and j < places:
            in_time += float(state[place]) * float(moved[j * (agents + 1) + items])
    return {
        "wait_probability": float(state[full & (waiting_now < places)].sum()),
        "abandonment": float(waiting_now @ state) / patience / load,
        "service_level": float(state[~full].sum()) + in_time,
        "deferred_items": float(started @ state),
        "occupancy": float(state @ np.array([i + d for i, d, _ in index])) / agents,
    }


@settings(deadline=None, max_examples=10)
@given(st.floats(0.2, 4), st.integers(1, 3), st.data(), st.floats(0.1, 1), st.floats(0, 1))
def test_with_one_handling_time_the_figures_are_exact(
    load: float, agents: int, data: st.DataObject, patience: float, threshold: float
) -> None:
    reserve = data.draw(st.integers(0, agents))
    expected = threshold_policy(load, agents, reserve, 1.0, patience, threshold, places=25)
    found = blend_performance(
        load,
        1,
        agents,
        reserve=reserve,
        deferred_aht=1,
        interval=1,
        patience=patience,
        threshold=threshold,
    )
    for name, value in expected.items():
        assert float(getattr(found, name)) == pytest.approx(value, rel=1e-6, abs=1e-8), name


BOUNDS = {0.25: 0.03, 0.5: 0.015, 2.0: 0.015, 4.0: 0.03}
"""By handling time of an item over that of a call: how far any share may be off with a reserve, as the docs say."""

WITHOUT_RESERVE = 0.06


@pytest.mark.parametrize("item", BOUNDS)
@pytest.mark.parametrize("reserve", [0, 1, 3])
@pytest.mark.parametrize(("agents", "pressure"), [(3, 0.5), (5, 1.0)])
def test_with_two_handling_times_the_figures_are_close(
    agents: int, pressure: float, reserve: int, item: float
) -> None:
    load = pressure * agents
    expected = threshold_policy(load, agents, reserve, item, 0.5, 0.1, places=12)
    found = blend_performance(
        load, 1, agents, reserve=reserve, deferred_aht=item, interval=1, patience=0.5, threshold=0.1
    )
    bound = BOUNDS[item] if reserve else WITHOUT_RESERVE
    for name in ("wait_probability", "abandonment", "service_level", "occupancy"):
        assert float(getattr(found, name)) == pytest.approx(expected[name], abs=bound), name
    on_items = expected["deferred_items"] * item / agents
    assert float(found.deferred_agents) / agents == pytest.approx(on_items, abs=bound)


@settings(deadline=None, max_examples=40)
@given(
    st.floats(0.5, 60), st.floats(0.6, 2), st.integers(0, 12), st.one_of(st.just(inf), st.floats(10, 5000))
)
def test_level_by_level_agrees_with_the_exact_chain_where_handling_times_do(
    load: float, room: float, reserve: int, patience: float
) -> None:
    """A hair of difference between the handling times sends the rows through the other code."""
    agents = max(1, round(load * room))
    assume(patience < inf or abs(agents - load) > 1e-3 * load)  # else the spare time is a rounding error
    options = {"reserve": reserve, "interval": 60, "patience": patience}
    exact = blend_performance(load, 60, agents, deferred_aht=60, **options)
    near = blend_performance(load, 60, agents, deferred_aht=60 * (1 + 1e-12), **options)
    for name in (*PLAIN, "deferred_agents", "occupancy"):
        np.testing.assert_allclose(
            getattr(near, name), getattr(exact, name), rtol=1e-6, atol=1e-8, err_msg=name
        )


@settings(deadline=None, max_examples=60)
@given(
    st.floats(-3, 4).map(lambda power: float(10**power)),
    st.floats(-4, 6),
    st.floats(0.1, 10),
    st.one_of(st.just(inf), st.floats(0, 6).map(lambda power: float(10**power))),
)
def test_a_reserve_of_all_agents_is_the_plain_queue(
    load: float, spare: float, item: float, patience: float
) -> None:
    agents = max(1, round(load + spare * load**0.5))
    assume(patience < inf or abs(agents - load) > 1e-6 * load)  # else the spare time is a rounding error
    found = blend_performance(
        load, 60, agents, reserve=10**6, deferred_aht=60 * item, interval=60, patience=patience
    )
    plain = performance(load, 60, agents, interval=60, patience=patience)
    for name in PLAIN:
        np.testing.assert_allclose(
            getattr(found, name), getattr(plain, name), rtol=1e-9, atol=1e-12, err_msg=name
        )
    np.testing.assert_allclose(found.call_occupancy, plain.occupancy, rtol=1e-9)
    assert float(found.deferred_items) == 0


@settings(deadline=None, max_examples=15)
@given(st.floats(0.5, 60), st.floats(0.7, 2), st.floats(1, 8), st.floats(10, 5000))
def test_a_larger_reserve_serves_calls_better_and_does_fewer_items(
    load: float, room: float, item: float, patience: float
) -> None:
    agents = max(1, round(load * room))
    reserve = np.arange(min(agents, 20) + 1)
    found = blend_performance(
        load, 60, agents, reserve=reserve, deferred_aht=60 * item, interval=60, patience=patience
    )
    slack = 1e-7
    assert (np.diff(found.abandonment) <= slack).all()
    assert (np.diff(found.service_level) >= -slack).all()
    assert (np.diff(found.deferred_items) <= slack * (1 + found.deferred_items[1:])).all()
    assert (found.occupancy <= 1 + 1e-12).all()
    # Little's law for agents: those on calls and those on items are the busy ones.
    on_calls = load * (1 - found.abandonment)
    np.testing.assert_allclose(
        on_calls + found.deferred_items * item, found.occupancy * agents, rtol=1e-7, atol=1e-9
    )


@settings(deadline=None, max_examples=30)
@given(
    st.floats(0.5, 60),
    st.floats(0.7, 2),
    st.floats(-2, 2).map(lambda power: float(10**power)),
    st.integers(0, 5),
    st.one_of(st.just(inf), st.floats(10, 5000)),
)
def test_calls_never_fare_better_with_items_than_without(
    load: float, room: float, item: float, reserve: int, patience: float
) -> None:
    agents = max(1, round(load * room))
    assume(patience < inf or abs(agents - load) > 1e-3 * load)  # else the spare time is a rounding error
    found = blend_performance(
        load, 60, agents, reserve=reserve, deferred_aht=60 * item, interval=60, patience=patience
    )
    plain = performance(load, 60, agents, interval=60, patience=patience)
    assert float(found.abandonment) >= float(plain.abandonment) - 1e-9
    assert float(found.mean_wait) >= float(plain.mean_wait) * (1 - 1e-7)
    assert float(found.occupancy) <= 1 + 1e-12
    assert 0 <= float(found.deferred_agents) <= max(agents - reserve, 0) + 1e-9


def test_without_calls_all_but_the_reserve_work_on_items() -> None:
    found = blend_performance(0, 0, 10, reserve=[0, 3, 12], deferred_aht=600, efficiency=0.5)
    np.testing.assert_allclose(found.deferred_items, [15, 10.5, 0])
    np.testing.assert_allclose(found.occupancy, [1, 0.7, 0])
    np.testing.assert_array_equal(found.service_level, 1)


@settings(deadline=None, max_examples=10)
@given(
    st.floats(0.2, 8),
    st.floats(0.1, 6),
    st.sampled_from([100.0, 300.0, 900.0]),
    st.one_of(st.just(inf), st.floats(30, 600)),
)
def test_the_requirement_is_what_trying_all_finds(
    load: float, volume: float, item: float, patience: float
) -> None:
    calls, items = load * 1800 / 300, volume * 1800 / item
    targets = Targets(service_level=0.8, threshold=30)
    found = required_blended_agents(
        calls, 300, targets, deferred_items=items, deferred_aht=item, patience=patience
    )

    def best_reserve(agents: int) -> int | None:
        reserve = np.arange(agents + 1)
        tried = blend_performance(
            calls, 300, agents, reserve=reserve, deferred_aht=item, patience=patience, threshold=30
        )
        good = (tried.service_level >= 0.8 * (1 - 1e-12)) & (tried.deferred_items >= items * (1 - 1e-11))
        return int(reserve[good].max()) if good.any() else None

    agents = int(found.agents)
    assert best_reserve(agents) == int(found.reserve)
    assert agents == 1 or best_reserve(agents - 1) is None
    assert float(found.deferred_items) >= items * (1 - 1e-9)


def test_requirement_without_items_is_that_of_the_calls_and_without_calls_that_of_the_items() -> None:
    calls = np.array([0.0, 3, 80, 400])
    targets = Targets(service_level=0.8, abandonment=0.05)
    options = {"patience": 120, "deferred_aht": 600}
    only_calls = required_blended_agents(calls, 257, targets, deferred_items=0, **options)
    np.testing.assert_array_equal(only_calls.agents, required_agents(calls, 257, targets, patience=120))
    np.testing.assert_array_equal(only_calls.reserve[1:], only_calls.agents[1:])
    only_items = required_blended_agents(0, 257, targets, deferred_items=[0, 6, 7], **options)
    np.testing.assert_array_equal(only_items.agents, [0, 2, 3])


def test_together_they_need_fewer_than_apart() -> None:
    targets = Targets(service_level=0.8)
    together = required_blended_agents(200, 257, targets, deferred_items=40, deferred_aht=600, patience=120)
    apart = required_agents(200, 257, targets, patience=120) + np.ceil(40 * 600 / 1800)
    assert together.agents < apart


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 60), st.integers(1, 70), st.integers(0, 10), st.floats(0.05, 20))
def test_idle_agents_are_counted_state_by_state(
    load: float, agents: int, reserve: int, patience: float
) -> None:
    size = agents + 3000
    states = np.arange(size)
    rate = np.minimum(states, agents) + np.maximum(states - agents, 0) / patience
    weight = np.append(0.0, np.cumsum(np.log(load) - np.log(rate[1:])))
    state = np.exp(weight - weight.max())
    state /= state.sum()
    expected = float(np.maximum(agents - reserve - states, 0) @ state)
    found = idle_agents(load, 1, agents, reserve=reserve, interval=1, patience=patience)
    assert float(found) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    plain = performance(load, 1, agents, interval=1, patience=patience)
    free = float(idle_agents(load, 1, agents, interval=1, patience=patience))
    assert free == pytest.approx(agents * (1 - float(plain.occupancy)), rel=1e-9, abs=1e-10)


EXTREMES = [0.0, 1e-300, 1.0, 1e6, 1e300]


def test_no_figure_is_nan_whatever_is_put_in() -> None:
    calls, aht, agents, reserve, item = np.meshgrid(
        EXTREMES, EXTREMES, [0, 1, 40, 10**7], [0, 1, 1e15], [1e-300, 1.0, 1e300]
    )
    for patience in (0.0, 60.0, inf):
        found = blend_performance(calls, aht, agents, reserve=reserve, deferred_aht=item, patience=patience)
        for name in (*PLAIN, "occupancy", "call_occupancy", "deferred_agents"):
            assert not np.isnan(getattr(found, name)).any(), name
        assert not np.isnan(idle_agents(calls, aht, agents, reserve=reserve, patience=patience)).any()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"calls": -1}, "calls"),
        ({"agents": 0.5}, "agents"),
        ({"reserve": -1}, "reserve"),
        ({"reserve": 1.5}, "reserve"),
        ({"deferred_aht": 0}, "deferred_aht"),
        ({"efficiency": 0}, "efficiency"),
        ({"efficiency": 1.01}, "efficiency"),
        ({"patience": np.nan}, "patience"),
    ],
)
def test_wrong_input_names_the_argument(wrong: dict[str, object], name: str) -> None:
    arguments: dict[str, object] = {
        "calls": 10,
        "aht": 300,
        "agents": 3,
        "reserve": 1,
        "deferred_aht": 600,
    } | wrong
    with pytest.raises(ValueError, match=name):
        blend_performance(**arguments)  # type: ignore[arg-type]


def test_targets_that_size_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="abandonment"):
        required_blended_agents(10, 300, Targets(abandonment=0.05), deferred_items=1, deferred_aht=300)
    with pytest.raises(ValueError, match="deferred_items"):
        required_blended_agents(0, 300, Targets(), deferred_items=1e40, deferred_aht=300)
