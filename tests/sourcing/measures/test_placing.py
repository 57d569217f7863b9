"""The same agent-hours placed best, against every placing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import performance
from staffing.sourcing.measures import Desk, best_placing
from staffing.sourcing.measures.outcome import first_calls, outcome
from staffing.sourcing.measures.situation import Situation
from tests.sourcing.measures.desks import make_desk


def lost(desk: Desk) -> float:
    return desk.monthly(outcome(Situation.of(desk, first_calls(desk))).lost)


@pytest.mark.parametrize("agents", [[0, 0, 1], [3, 0, 0], [2, 2, 3], [1, 9, 0], [5, 5, 5]])
@pytest.mark.parametrize("lines", [inf, 4])
def test_no_whole_placing_loses_fewer_and_one_loses_as_many(agents: list[float], lines: float) -> None:
    calls, total = np.array([8.0, 20, 5]), int(sum(agents))
    desk = make_desk(calls, 240, agents, patience=150, lines=lines)
    found = best_placing(desk)
    every = [some for some in product(range(total + 1), repeat=3) if sum(some) == total]
    by_hand = []
    for some in every:
        service = performance(calls, 240, np.array(some), patience=150, lines=lines)
        by_hand.append(float((calls * (service.abandonment + service.blocking)).sum()))
    assert found.lost_month == pytest.approx(min(by_hand), abs=1e-9)
    assert found.agents.sum() <= total + 1e-9


@settings(max_examples=25)
@given(
    calls=st.lists(st.floats(0, 60), min_size=1, max_size=5),
    agents=st.lists(st.floats(0, 12), min_size=5, max_size=5),
    patience=st.floats(10, 900),
    days=st.integers(1, 5),
)
def test_it_is_never_more_than_what_the_desk_loses(
    calls: list[float], agents: list[float], patience: float, days: int
) -> None:
    often = [days if row == 0 else 1 for row in range(len(calls))]
    desk = make_desk(calls, 200, agents[: len(calls)], patience=patience, days=often)
    found = best_placing(desk)
    assert found.lost_month <= lost(desk) + 1e-9
    assert (found.agents * desk.days).sum() <= (desk.agents * desk.days).sum() + 1e-9
    assert found.lost_month == pytest.approx(lost(replace(desk, agents=found.agents)), abs=1e-6)


def test_the_bank_could_lose_fewer_calls_with_the_same_hours(bank: Desk) -> None:
    assert 0.6 * lost(bank) < best_placing(bank).lost_month < 0.95 * lost(bank)
