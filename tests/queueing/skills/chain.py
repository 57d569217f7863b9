"""Two queues and up to three groups, exactly: the balance equations of every state, solved as they are.

A state is (own agents of queue 0 busy, own agents of queue 1 busy, shared agents with calls of queue 0, shared agents
with calls of queue 1, the waiting callers' queues in the order they came). Nothing of `staffing` is used.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import spsolve

State = tuple[int, int, int, int, tuple[int, ...]]


@dataclass(frozen=True)
class Case:
    """Calls a second, and times in seconds, of two queues; own agents of each and shared ones."""

    name: str
    rate: tuple[float, float]
    aht: tuple[float, float]
    patience: tuple[float, float]
    own: tuple[int, int]
    shared: int
    longest: int
    """Callers waiting at most; more are turned away."""


@dataclass(frozen=True)
class Exact:
    abandonment: np.ndarray
    wait_probability: np.ndarray
    mean_wait: np.ndarray
    turned_away: float
    """Share of all calls, to be negligible."""
    states: int


CASES = (
    Case("N", (1 / 60, 1 / 75), (200.0, 300.0), (60.0, 80.0), (0, 4), 5, 8),
    Case("M", (1 / 45, 1 / 60), (240.0, 200.0), (60.0, 60.0), (5, 4), 3, 7),
    Case("M, one handling time", (1 / 40, 1 / 70), (200.0, 200.0), (80.0, 50.0), (5, 3), 3, 7),
    Case("X", (1 / 70, 1 / 90), (260.0, 180.0), (70.0, 50.0), (0, 0), 7, 7),
)


def solve(case: Case) -> Exact:
    number: dict[State, int] = {}
    queue: deque[State] = deque([(0, 0, 0, 0, ())])
    number[queue[0]] = 0
    moves: list[tuple[int, int, float]] = []
    while queue:
        state = queue.popleft()
        for target, rate in following(case, state):
            if target not in number:
                number[target] = len(number)
                queue.append(target)
            moves.append((number[state], number[target], rate))
    chance = stationary(moves, len(number))
    waiting, finds_busy, full = np.zeros(2), np.zeros(2), 0.0
    for state, place in number.items():
        line = state[4]
        full += chance[place] * (len(line) == case.longest)
        for kind in (0, 1):
            waiting[kind] += chance[place] * line.count(kind)
            finds_busy[kind] += chance[place] * (taker(case, state, kind) is None)
    rate = np.array(case.rate)
    mean_wait = waiting / rate
    return Exact(mean_wait / case.patience, finds_busy, mean_wait, full, len(number))


def stationary(moves: list[tuple[int, int, float]], count: int) -> np.ndarray:
    source, target, rate = (np.array(column) for column in zip(*moves, strict=True))
    balance = csc_matrix((rate, (target, source)), shape=(count, count))
    balance -= csc_matrix((np.bincount(source, rate, count), (np.arange(count), np.arange(count))))
    # Fix the first state's weight at 1 and drop its equation: the others determine the rest.
    rest = spsolve(balance[1:, 1:].tocsc(), -balance[1:, [0]].toarray().ravel())
    weight = np.concatenate([[1.0], rest])
    return weight / weight.sum()


def taker(case: Case, state: State, kind: int) -> int | None:
    """Which number of the state an arriving call raises: own agents first, then shared ones."""
    if state[kind] < case.own[kind]:
        return kind
    return 2 + kind if state[2] + state[3] < case.shared else None


def following(case: Case, state: State) -> list[tuple[State, float]]:
    line = state[4]
    found = []
    for kind in (0, 1):
        place = taker(case, state, kind)
        if place is not None:
            found.append((changed(state, {place: 1}, line), case.rate[kind]))
        elif len(line) < case.longest:
            found.append((changed(state, {}, (*line, kind)), case.rate[kind]))
        if state[kind]:
            found.append((own_free(state, kind), state[kind] / case.aht[kind]))
        if state[2 + kind]:
            found.append((shared_free(state, kind), state[2 + kind] / case.aht[kind]))
    for place, kind in enumerate(line):
        found.append((changed(state, {}, line[:place] + line[place + 1 :]), 1 / case.patience[kind]))
    return found


def own_free(state: State, kind: int) -> State:
    line = state[4]
    if kind not in line:
        return changed(state, {kind: -1}, line)
    place = line.index(kind)
    return changed(state, {}, line[:place] + line[place + 1 :])


def shared_free(state: State, kind: int) -> State:
    line = state[4]
    if not line:
        return changed(state, {2 + kind: -1}, line)
    change = {2 + kind: -1}
    change[2 + line[0]] = change.get(2 + line[0], 0) + 1
    return changed(state, change, line[1:])


def changed(state: State, change: dict[int, int], line: tuple[int, ...]) -> State:
    a, b, c, d = (state[place] + change.get(place, 0) for place in range(4))
    return (a, b, c, d, line)
