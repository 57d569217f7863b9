"""The queue through time against matrix exponentials of the full generators, by code of its own.

Forwards: the chain of the number present, integrals by an added cell. Backwards: the chain of one waiting caller,
followed to his fate from a fine grid of arrival moments. Leaving agents: a chain that knows every agent by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import inf

import numpy as np
import numpy.typing as npt
import pytest
from scipy.linalg import expm

from staffing.queueing.transient import transient_performance

Floats = npt.NDArray[np.float64]

STATES = 14
"""Lines there are at most, so that the chain is small and nothing is cut."""

LENGTH = 300.0


@dataclass(frozen=True)
class Slot:
    """One interval of the brute-force model."""

    calls: float
    aht: float
    agents: int
    patience: float = inf
    lines: int = STATES

    @property
    def arriving(self) -> float:
        return self.calls / LENGTH

    def generator(self) -> Floats:
        """Of the number present, 0 ... STATES."""
        result = np.zeros((STATES + 1, STATES + 1))
        for x in range(STATES + 1):
            if x < self.lines:
                result[x, x + 1] = self.arriving
            if x:
                waiting = max(x - self.agents, 0)
                result[x, x - 1] = min(x, self.agents) / self.aht + waiting / self.patience
            result[x, x] = -result[x].sum()
        return result

    def tagged(self) -> Floats:
        """Of a caller with x others ahead; cells STATES + 1: answered, STATES + 2: gave up."""
        result = np.zeros((STATES + 3, STATES + 3))
        for x in range(STATES + 1):
            if x < self.agents:
                result[x, STATES + 1] = 1e6  # never there: `changed` moves him on
            else:
                ahead = self.agents / self.aht + (x - self.agents) / self.patience
                if x:
                    result[x, STATES + 1 if x == self.agents else x - 1] = ahead
                result[x, STATES + 2] = 1 / self.patience
            result[x, x] = -result[x].sum()
        return result

    def joint(self) -> Floats:
        """Of four functions of the tagged cells and a constant: answered, gave up, wait, wait if answered."""
        size = STATES + 3
        queue = np.zeros(size)
        queue[self.agents : STATES + 1] = 1
        tagged = self.tagged()
        tagged[: self.agents] = 0
        block = np.zeros((4 * size + 1, 4 * size + 1))
        for row in range(4):
            block[row * size : (row + 1) * size, row * size : (row + 1) * size] = tagged
        block[2 * size : 3 * size, -1] = queue
        block[3 * size : 4 * size, :size] = np.diag(queue)
        return block

    def earlier(self, joint: Floats, seconds: float) -> Floats:
        """The four functions, `seconds` earlier."""
        found = (moved(self, "joint", round(seconds, 9)) @ np.append(joint.ravel(), 1.0))[:-1].reshape(4, -1)
        found[:, : self.agents] = np.array([1.0, 0, 0, 0])[:, None]
        return found


def leave(state: Floats, before: int, after: int, finish: bool) -> Floats:
    """The distribution of the number present after agents have gone, by all ways to choose who goes."""
    if not finish or after >= before:
        return state
    result = np.zeros_like(state)
    choices = list(combinations(range(before), before - after))
    for x, probability in enumerate(state):
        busy = min(x, before)
        for gone in choices:
            result[x - sum(agent < busy for agent in gone)] += probability / len(choices)
    return result


def step_back(chance: Floats, before: int, after: int, finish: bool) -> Floats:
    """Function of the tagged caller's cells just before a change of agents, from that just after."""
    result = chance.copy()
    taken = max(before - after, 0) * finish
    for x in range(STATES + 1):
        if x < before:
            result[x] = chance[STATES + 1]
        else:
            ahead = x - taken
            result[x] = chance[STATES + 1] if ahead < after else chance[ahead]
    return result


def integrated(generator: Floats, state: Floats, seconds: float) -> tuple[Floats, Floats]:
    """The distribution after a time, and the time spent in each state."""
    size = len(state)
    block = np.zeros((2 * size, 2 * size))
    block[:size, :size], block[:size, size:] = generator, np.eye(size)
    moved = expm(block * seconds)
    return state @ moved[:size, :size], state @ moved[:size, size:]


@cache
def moved(slot: Slot, what: str, seconds: float) -> Floats:
    """Exponential of one of the slot's generators; times are rounded by the caller, so that equal ones are found."""
    return np.asarray(expm(getattr(slot, what)() * seconds))


def nodes_between(low: float, high: float, panels: int = 3, count: int = 12) -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and weights on equal panels."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    edge = np.linspace(low, high, panels + 1)[:, None]
    half = (high - low) / panels / 2
    return (edge[:-1] + half * (1 + nodes)).ravel(), np.tile(half * weights, panels)


class Brute:
    """Every figure of a stretch, the slow way."""

    def __init__(
        self, slots: list[Slot], threshold: float, finish: bool, drain: bool, present: int = 0
    ) -> None:
        self.slots, self.threshold, self.finish = slots, threshold, finish
        rest = slots[-1] if drain else Slot(0, slots[-1].aht, 0, inf)
        self.after = [
            *slots,
            *[rest] * (2 + int(threshold // LENGTH)),
            Slot(0, rest.aht, rest.agents, rest.patience),
        ]
        self.drain = drain
        state = np.zeros(STATES + 1)
        state[present] = 1
        self.starts, self.spent, self.ends = [], [], []
        for place, slot in enumerate(slots):
            if place:
                state = leave(state, slots[place - 1].agents, slot.agents, finish)
            self.starts.append(state)
            state, spent = integrated(slot.generator(), state, LENGTH)
            self.spent.append(spent)
            self.ends.append(state)

    def in_time(self, place: int, moment: float) -> Floats:
        """Chance to be answered within the threshold, by the number found on arrival."""
        left, at, pieces = self.threshold, moment, []
        while True:
            here = min(LENGTH - at, left)
            pieces.append(here)
            left -= here
            if left <= 0:
                break
            at = 0.0
        chance = np.zeros(STATES + 3)
        chance[STATES + 1] = 1
        for offset in range(len(pieces) - 1, -1, -1):
            slot = self.after[place + offset]
            if offset < len(pieces) - 1:
                chance = step_back(chance, slot.agents, self.after[place + offset + 1].agents, self.finish)
            else:
                chance[: slot.agents] = 1
            chance = moved(slot, "tagged", round(pieces[offset], 9)) @ chance
            chance[: slot.agents] = 1
        return chance[: STATES + 1]

    def at_end(self, place: int) -> Floats:
        """Answered, gave up, wait, wait if answered, by the number found just before the interval's end."""
        slot = self.slots[place]
        if place < len(self.slots) - 1:
            later = self.slots[place + 1]
            joint = later.earlier(self.at_end(place + 1), LENGTH)
            return np.array([step_back(row, slot.agents, later.agents, self.finish) for row in joint])
        joint = np.zeros((4, STATES + 3))
        joint[0, STATES + 1] = joint[1, STATES + 2] = 1
        joint[0, : slot.agents] = 1
        return slot.earlier(joint, 40 * 3600.0) if self.drain else joint

    def fates(self, place: int, nodes: Floats) -> list[Floats]:
        """The same at moments of the interval, in order; shape (4, states) each."""
        slot, joint, at, result = self.slots[place], self.at_end(place), LENGTH, []
        for node in nodes[::-1]:
            joint = slot.earlier(joint, at - node)
            at = node
            result.append(joint[:, : STATES + 1])
        return result[::-1]

    def figures(self, place: int) -> dict[str, float]:
        """Those of one interval."""
        slot, spent = self.slots[place], self.spent[place]
        x = np.arange(STATES + 1)
        waiting = np.maximum(x - slot.agents, 0)
        admitted = x < slot.lines
        split = LENGTH - self.threshold % LENGTH
        first, second = nodes_between(0.0, split), nodes_between(split, LENGTH)
        nodes, weights = np.append(first[0], second[0]), np.append(first[1], second[1])
        sums = np.zeros(5)
        state, at = self.starts[place], 0.0
        for node, weight, fate in zip(nodes, weights, self.fates(place, nodes), strict=True):
            state = state @ moved(slot, "generator", round(node - at, 9))
            at = node
            found = state * admitted * weight / LENGTH
            sums[:4] += fate @ found
            sums[4] += self.in_time(place, node) @ found
        return {
            "abandoned": float(waiting @ spent) / slot.patience,
            "blocked": slot.arriving * float(spent[~admitted].sum()),
            "backlog": float(waiting @ self.ends[place]),
            "present": float(x @ self.ends[place]),
            "queue_length": float(waiting @ spent) / LENGTH,
            "occupancy": float(np.minimum(x, slot.agents) @ spent) / LENGTH / max(slot.agents, 1),
            "wait_probability": float(spent[(x >= slot.agents) & admitted].sum()) / LENGTH,
            "abandonment": sums[1],
            "mean_wait": sums[2],
            "asa": sums[3] / sums[0],
            "service_level": sums[4],
        }


DAY = [Slot(9, 100, 4, 80), Slot(14, 100, 3, 80), Slot(10, 120, 5, 80), Slot(6, 100, 2, 80)]
ENDLESS = [Slot(8, 90, 4), Slot(10, 90, 3), Slot(8, 110, 4), Slot(3, 90, 4)]
CHANGING = [Slot(9, 100, 4, 60), Slot(12, 80, 3, 200, 7), Slot(10, 120, 3, inf, 9), Slot(8, 100, 5, 40)]
ALONE = [Slot(3, 60, 2, 50), Slot(4, 60, 0, 70), Slot(3, 60, 1, 60)]


@pytest.mark.parametrize(
    ("slots", "threshold", "leaving", "closing", "present"),
    [
        (DAY, 20.0, "finish", "drain", 0),
        (DAY, 20.0, "return", "cut", 6),
        (DAY, 500.0, "finish", "cut", 0),
        (DAY, 300.0, "return", "drain", 0),
        (ENDLESS, 60.0, "finish", "drain", 2),
        (CHANGING, 45.0, "finish", "drain", 0),
        (CHANGING, 0.0, "return", "cut", 0),
        (ALONE, 400.0, "finish", "drain", 0),
    ],
)
def test_every_figure_agrees_with_the_full_generator(
    slots: list[Slot], threshold: float, leaving: str, closing: str, present: int
) -> None:
    found = transient_performance(
        [slot.calls for slot in slots],
        [slot.aht for slot in slots],
        [slot.agents for slot in slots],
        interval=LENGTH,
        patience=[slot.patience for slot in slots],
        lines=[slot.lines for slot in slots],
        threshold=threshold,
        present=present,
        leaving=leaving,  # type: ignore[arg-type]
        closing=closing,  # type: ignore[arg-type]
    )
    brute = Brute(slots, threshold, leaving == "finish", closing == "drain", present)
    for place in range(len(slots)):
        for name, value in brute.figures(place).items():
            if name == "occupancy" and not slots[place].agents:
                continue
            assert getattr(found, name)[place] == pytest.approx(value, rel=1e-8, abs=1e-9), (name, place)
