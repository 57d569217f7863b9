"""Kosten's overflow system against the balance equations of its own two-dimensional chain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import erlang_b
from staffing.queueing.skills.lingering import kosten


def by_balance(load: float, agents: int, most: int) -> np.ndarray:
    """Mean overflowed calls by number of first agents busy; at most `most` overflow."""
    states = [(busy, beyond) for busy in range(agents + 1) for beyond in range(most + 1)]
    number = {state: place for place, state in enumerate(states)}
    rates = np.zeros((len(states), len(states)))
    for (busy, beyond), place in number.items():
        up = (busy + 1, beyond) if busy < agents else (busy, beyond + 1)
        moves = [(up, load), ((busy - 1, beyond), float(busy)), ((busy, beyond - 1), float(beyond))]
        for state, rate in moves:
            if state in number:
                rates[place, number[state]] += rate
    rates -= np.diag(rates.sum(axis=1))
    system = np.vstack([rates.T, np.ones(len(states))])
    chance = np.linalg.lstsq(system, np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    grid = chance.reshape(agents + 1, most + 1)
    return np.asarray(grid @ np.arange(most + 1) / grid.sum(axis=1))


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (3.0, 4), (6.0, 5), (2.0, 8)])
def test_overflow_by_busy_agents(load: float, agents: int) -> None:
    assert kosten(load, agents) == pytest.approx(by_balance(load, agents, 22), rel=1e-6)


@given(load=st.floats(0.01, 300), agents=st.integers(1, 300))
@settings(deadline=None, max_examples=50)
def test_the_mean_overflow_is_what_erlang_loses(load: float, agents: int) -> None:
    busy = np.arange(agents + 1)
    log = np.concatenate([[0.0], np.cumsum(np.log(load / busy[1:]))])
    chance = np.exp(log - log.max()) / np.exp(log - log.max()).sum()
    found = kosten(load, agents)
    assert float(chance @ found) == pytest.approx(load * float(erlang_b(load, agents)), rel=1e-8)
    seen = found[chance > 1e-200]
    assert (np.diff(seen) > -1e-12).all()
