"""Call-backs against a chain that follows every agent: who is on a call-back cannot be called away from it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve

from staffing.sourcing.measures import CallBack, Effect, Measure
from staffing.sourcing.measures.outcome import outcome
from staffing.sourcing.measures.situation import Situation, under
from tests.sourcing.measures.desks import make_desk

State = tuple[int, int, int, int]  # calls in hand, call-backs in hand, callers waiting, call-backs due


def exact_loss(
    calls: float, aht: float, agents: int, patience: float, limit: float, accept: float, seconds: float
) -> float:
    """Share of callers who give up; a free agent with nobody waiting takes up a call-back that is due."""
    rate, most_waiting, most_due = calls / 1800, 20, 40
    index: dict[State, int] = {}
    moves: list[tuple[int, int, float]] = []
    queue: list[State] = [(0, 0, 0, 0)]

    def settled(hand: int, back: int, waiting: int, due: int) -> State:
        while hand + back < agents and (waiting or due):
            hand, back = (hand + 1, back) if waiting else (hand, back + 1)
            waiting, due = (waiting - 1, due) if waiting else (waiting, due - 1)
        return hand, back, waiting, due

    def number(state: State) -> int:
        if state not in index:
            index[state] = len(index)
            queue.append(state)
        return index[state]

    number(queue.pop())
    while queue:
        hand, back, waiting, due = state = queue.pop()
        here = number(state)
        if hand + back < agents:
            moves.append((here, number((hand + 1, back, waiting, due)), rate))
        else:
            leaves = accept if (waiting + 1) * aht / agents > limit else 0.0
            if leaves and due < most_due:
                moves.append((here, number((hand, back, waiting, due + 1)), rate * leaves))
            if waiting < most_waiting:
                moves.append((here, number((hand, back, waiting + 1, due)), rate * (1 - leaves)))
        if hand:
            moves.append((here, number(settled(hand - 1, back, waiting, due)), hand / aht))
        if back:
            moves.append((here, number(settled(hand, back - 1, waiting, due)), back / seconds))
        if waiting:
            moves.append((here, number(settled(hand, back, waiting - 1, due)), waiting / patience))
    rows, columns, rates = (np.array(part) for part in zip(*moves, strict=True))
    size = len(index)
    flow = coo_matrix((rates, (columns, rows)), (size, size)).tolil()
    flow.setdiag(flow.diagonal() - np.bincount(rows, weights=rates, minlength=size))
    flow[0, :] = 1.0
    right = np.zeros(size)
    right[0] = 1.0
    share = spsolve(flow.tocsc(), right)
    lost = sum(share[at] * state[2] for state, at in index.items()) / patience
    return float(lost / rate)


@pytest.mark.parametrize("agents", [2, 4])
@pytest.mark.parametrize("load", [0.6, 0.85])
@pytest.mark.parametrize("accept", [0.3, 0.8])
def test_the_estimate_is_within_a_point_of_the_exact_loss(agents: int, load: float, accept: float) -> None:
    calls = load * agents * 1800 / 240
    desk = make_desk([calls] * 8, 240, agents, patience=150)
    offer = CallBack(
        offer_wait_seconds=Effect(50),
        accepted=Effect(accept),
        seconds=Effect(240),
        promise_seconds=Effect(1e6),
    )
    start = Situation.of(desk, desk.calls)
    found = outcome(under(start, [Measure(name="back", call_back=offer)])).abandoned[4] / calls
    exact = exact_loss(calls, 240, agents, 150, 50, accept, 240)
    without = outcome(start).abandoned[4] / calls
    assert found == pytest.approx(exact, abs=0.01)
    assert found < without
    assert exact < without
