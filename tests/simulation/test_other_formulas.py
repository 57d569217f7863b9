"""Queues beyond Erlang's that have exact figures: other handling, other patience, priorities, skills, redials."""

from __future__ import annotations

from itertools import pairwise
from math import exp, factorial

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.linalg import solve

from staffing.simulation import (
    AgentGroup,
    CallType,
    Deterministic,
    Distribution,
    Exponential,
    LogNormal,
    Scenario,
    SimulationResult,
    Vendor,
    Weibull,
    simulate,
)

HOUR = 3600.0


def played(*types: CallType, groups: list[AgentGroup], hours: int, **more: object) -> SimulationResult:
    """One long run, its first 50 hours left out, with 99 % intervals."""
    scenario = Scenario(types, groups, interval_seconds=HOUR, intervals=hours, **more)  # type: ignore[arg-type]
    return simulate(scenario, replications=1, seed=5, confidence=0.99, warm_up=50 * HOUR)


@pytest.mark.parametrize(
    ("handling", "second_moment"),
    [
        (LogNormal(240, 1.3), 240**2 * (1 + 1.3**2)),
        (Deterministic(240), 240**2),
        (Weibull(240, 2), 240**2),
    ],
    ids=["lognormal", "constant", "Weibull"],
)
def test_one_agent_with_any_handling_time(handling: Distribution, second_moment: float) -> None:
    """Mean wait = calls per second x E[handling^2] / 2 / (1 - load): F. Pollaczek (1930), A. Khinchine (1932)."""
    rate = 10 / HOUR
    found = played(CallType("a", handling, calls=10), groups=[AgentGroup("g", ["a"], 1)], hours=5000)
    assert found.total.mean_wait.covers(rate * second_moment / 2 / (1 - rate * handling.mean))
    assert found.occupancy.covers(rate * handling.mean).all()


def test_one_agent_and_two_priorities() -> None:
    """Mean waits of A. Cobham (1954), for lognormal handling of two lengths."""
    urgent, plain = LogNormal(120, 0.5), LogNormal(300, 1.0)
    rates = np.array([6, 6]) / HOUR
    rest = rates @ [120**2 * 1.25, 300**2 * 2] / 2
    load_urgent, load = 6 * 120 / HOUR, 6 * 420 / HOUR
    found = played(
        CallType("plain", plain, calls=6),
        CallType("urgent", urgent, calls=6, priority=1),
        groups=[AgentGroup("g", {"plain": 1, "urgent": 2}, 1)],
        hours=5000,
    )
    exact = [rest / (1 - load_urgent) / (1 - load), rest / (1 - load_urgent)]
    assert found.by_type.mean_wait.covers(np.array(exact)).all()


def with_patience(rate: float, agents: int, aht: float, stays: Weibull | Deterministic) -> float:
    """Share that gives up in M/M/n+G: S. Zeltyn and A. Mandelbaum (2005), by quadrature."""

    def survival(wait: float) -> float:
        if isinstance(stays, Deterministic):
            return float(wait < stays.value)
        return exp(-((wait / stays.scale) ** stays.shape))

    def stayed(wait: float) -> float:
        if isinstance(stays, Deterministic):
            return min(wait, stays.value)
        return quad(survival, 0, wait)[0]

    edges = [0, 60, 300, 1000, 3000]
    area = sum(
        quad(lambda x: exp(rate * stayed(x) - agents / aht * x), low, high)[0]
        for low, high in pairwise(edges)
    )
    load = rate * aht
    idle = sum(load**j / factorial(j) for j in range(agents)) / (load ** (agents - 1) / factorial(agents - 1))
    return (1 + (rate - agents / aht) * area) / (idle + rate * area)


@pytest.mark.parametrize("patience", [Weibull(100, 0.6), Weibull(80, 2.5), Deterministic(60)], ids=str)
def test_patience_of_any_distribution(patience: Weibull | Deterministic) -> None:
    found = played(
        CallType("a", Exponential(200), calls=100, patience=patience),
        groups=[AgentGroup("g", ["a"], 5)],
        hours=500,
    )
    exact = with_patience(100 / HOUR, 5, 200, patience)
    assert 0.1 < exact < 0.3
    assert found.total.abandonment.covers(exact)


def test_overflow_after_a_wait_takes_those_who_would_have_that_patience() -> None:
    found = played(
        CallType("a", Exponential(200), calls=100),
        groups=[AgentGroup("g", ["a"], 5)],
        hours=500,
        vendor=Vendor(after=60),
    )
    assert found.total.overflow.covers(with_patience(100 / HOUR, 5, 200, Deterministic(60)))
    assert found.total.abandonment.mean == 0


def stationary(generator: np.ndarray) -> np.ndarray:
    """The distribution that the chain keeps."""
    size = len(generator)
    generator -= np.diag(generator.sum(axis=1))
    equations = np.vstack([generator.T[:-1], np.ones(size)])
    return solve(equations, np.eye(size)[-1])


def test_a_second_group_helps_the_first_out() -> None:
    """Nobody waits: 3 agents take a, 2 take b and, when those are busy, a. The chain of busy agents, solved."""
    first, second, rates, service = 3, 2, (0.02, 0.01), 1 / 180
    states = [(i, j) for i in range(first + 1) for j in range(second + 1)]
    place = {state: number for number, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))
    for i, j in states:
        here = place[i, j]
        to_first = i < first
        if to_first or j < second:
            generator[here, place[(i + 1, j) if to_first else (i, j + 1)]] += rates[0]
        if j < second:
            generator[here, place[i, j + 1]] += rates[1]
        if i:
            generator[here, place[i - 1, j]] += i * service
        if j:
            generator[here, place[i, j - 1]] += j * service
    shares = stationary(generator)
    lost_a = shares[place[first, second]]
    lost_b = sum(shares[place[i, second]] for i in range(first + 1))
    busy = [sum(state[k] * share for state, share in zip(states, shares, strict=True)) for k in (0, 1)]
    found = played(
        CallType("a", Exponential(180), calls=72, patience=Deterministic(0)),
        CallType("b", Exponential(180), calls=36, patience=Deterministic(0)),
        groups=[AgentGroup("helpers", {"a": 2, "b": 1}, second), AgentGroup("own", {"a": 1}, first)],
        hours=600,
    )
    assert found.by_type.abandonment.covers(np.array([lost_a, lost_b])).all()
    assert found.occupancy.covers(np.array([busy[1] / second, busy[0] / first])).all()


def test_redials_that_come_back_soon() -> None:
    """Callers in the system and callers about to call again: the chain of both, solved."""
    agents, lines, orbit, share = 3, 6, 60, 0.6
    rate, service, leave, again = 1 / 50, 1 / 180, 1 / 90, 1 / 120
    size = (lines + 1, orbit + 1)
    generator = np.zeros((size[0] * size[1],) * 2)

    def move(source: tuple[int, int], target: tuple[int, int], speed: float) -> None:
        target = target[0], min(target[1], orbit)
        generator[np.ravel_multi_index(source, size), np.ravel_multi_index(target, size)] += speed

    for k in range(lines + 1):
        for m in range(orbit + 1):
            if k < lines:
                move((k, m), (k + 1, m), rate)
            else:
                move((k, m), (k, m + 1), rate * share)
            if m:
                move(
                    (k, m),
                    (k + 1, m - 1) if k < lines else (k, m - 1),
                    again * m * (1 if k < lines else 1 - share),
                )
            if k:
                move((k, m), (k - 1, m), min(k, agents) * service)
            if k > agents:
                move((k, m), (k - 1, m + 1), (k - agents) * leave * share)
                move((k, m), (k - 1, m), (k - agents) * leave * (1 - share))
    shares = stationary(generator).reshape(size)
    attempts = rate + again * float(shares.sum(axis=0) @ np.arange(orbit + 1))
    gave_up = leave * float(shares.sum(axis=1) @ np.maximum(np.arange(lines + 1) - agents, 0))
    blocked = float(shares[lines] @ (rate + again * np.arange(orbit + 1)))
    call_type = CallType(
        "a", Exponential(180), calls=72, patience=Exponential(90), redial=share, redial_delay=Exponential(120)
    )
    found = played(call_type, groups=[AgentGroup("g", ["a"], agents)], hours=700, lines=lines).total
    assert found.abandonment.covers(gave_up / attempts)
    assert found.blocking.covers(blocked / attempts)
    assert found.offered.covers(attempts * HOUR * 650)


def test_a_morning_whose_agents_leave() -> None:
    """Calls and agents by interval, calls in hand handed back: the chain's equations in time, integrated."""
    calls, staff, aht, patience, length = np.array([25, 40, 30, 5]), [5, 7, 4, 2], 240, 150, 1800
    most = 60
    here = np.arange(most + 1)
    state, gone = np.eye(most + 1)[0], 0.0
    for expected, agents in zip(calls, staff, strict=True):
        up, down = expected / length, np.minimum(here, agents) / aht + np.maximum(here - agents, 0) / patience

        def flow(
            _: float, values: np.ndarray, up: float = up, down: np.ndarray = down, agents: int = agents
        ) -> np.ndarray:
            p = values[:-1]
            change = -(up + down) * p
            change[1:] += up * p[:-1]
            change[:-1] += down[1:] * p[1:]
            return np.append(change, np.maximum(here - agents, 0) @ p / patience)

        values = solve_ivp(flow, (0, length), np.append(state, 0.0), method="LSODA", rtol=1e-9, atol=1e-12).y[
            :, -1
        ]
        state, gone = values[:-1], gone + values[-1]
    scenario = Scenario(
        [CallType("a", Exponential(aht), calls=calls, patience=Exponential(patience))],
        [AgentGroup("g", ["a"], staff, leaving="return")],
        interval_seconds=length,
    )
    found = simulate(scenario, replications=600, seed=1, confidence=0.99).total
    assert found.abandoned.covers(gone)
    assert found.waiting_at_end.covers(float(np.maximum(here - staff[-1], 0) @ state))
    assert found.offered.covers(float(calls.sum()))
