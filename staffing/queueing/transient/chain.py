"""The chain within one interval, uniformised (A. Jensen, 1953).

The state is the number x of callers present: min(x, n) talk to the n agents, the others wait. Steps come at one
common rate R, at least as fast as any state is left, as a Poisson process; a step goes up with probability
arriving / R, down with (talking x serving + waiting x leaving) / R, and else nowhere. The distribution after a time t
is sum over k of P(N = k) p P^k with N Poisson of mean R t. Every term is positive: nothing cancels.

A caller who waits behind x others (talking ones included) goes the same way down, without arrivals and with his own
impatience: to x - 1 with (n serving + (x - n) leaving) / R, and off with leaving / R. Below n he talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.poisson import steps_for
from staffing.queueing.transient.stretches import Staffed

BLOCK = 128
"""Steps taken at once in long walks."""

HELD = 200_000
"""Numbers (8 bytes each) that are worth keeping rather than working out twice."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Step probabilities of several stretches in one interval; arrays of shape (stretches, states)."""

    staffed: Staffed
    x: Floats
    """Callers present; shape (states,)."""
    waiting: Floats
    """Callers waiting in each state."""
    rate: float
    """Steps a second."""
    up: Floats
    down: Floats
    nearer: Floats
    """Of a waiting caller's steps, those that leave one fewer ahead."""
    gone: Floats
    """Of a waiting caller's steps, those that end his patience."""
    waits: Floats
    """1 in states that an arriving caller waits in, else 0."""
    admitted: Floats
    """1 in states whose callers are let in: there is a free line and, if they would leave at once, a free agent."""
    refused: Floats
    """1 in states whose callers find every line in use, else 0."""
    put_off: Floats
    """1 in states whose callers find a line but no agent, and leave at once, else 0."""

    def steps(self, seconds: float) -> int:
        """How many steps suffice for so long a time."""
        return steps_for(self.rate * seconds)


def chain(staffed: Staffed, states: int) -> Chain:
    """The chain on 0 ... states - 1 callers; a call that would make one more is turned away."""
    x = np.arange(float(states))
    talking = np.minimum(x, staffed.agents)
    waiting = x - talking
    waits = (x >= staffed.agents).astype(np.float64)
    refused = (x >= staffed.lines).astype(np.float64)
    put_off = staffed.at_once * waits * (1 - refused)
    admitted = 1 - refused - put_off
    up = staffed.arriving * admitted
    up[:, -1] = 0.0
    down = talking * staffed.serving + waiting * staffed.leaving
    gone = staffed.leaving * waits
    rate = max(
        float((up + down).max()), float((down * waits + gone).max()), float(staffed.arriving.max()), 1e-300
    )
    return Chain(
        staffed=staffed,
        x=x,
        waiting=waiting,
        rate=rate,
        up=up / rate,
        down=down / rate,
        nearer=down * waits / rate,
        gone=gone / rate,
        waits=waits,
        admitted=admitted,
        refused=refused,
        put_off=put_off,
    )


def walk(made: Chain, start: Floats, count: int) -> Iterator[tuple[int, Floats]]:
    """`start` after 0, 1, ... count - 1 steps, in blocks: the first step's number, and shape (steps, cells).

    Cells are the states of all stretches one after the other. A walk of at most HELD numbers comes in one block that
    may be kept; else a block's array is used again for the next one.
    """
    up, down = made.up.ravel(), made.down.ravel()
    stay = 1.0 - up - down
    from_below, from_above = np.roll(up, 1), np.roll(down, -1)
    size = up.size
    block = min(max(BLOCK, HELD // size), count)
    held = np.zeros((block + 1, size + 2))
    spare = np.empty(size)
    below, here, above = list(held[:, :-2]), list(held[:, 1:-1]), list(held[:, 2:])
    here[0][:] = start.ravel()
    done = 0
    while True:
        steps = min(block, count - done)
        for k in range(steps):
            after = here[k + 1]
            np.multiply(here[k], stay, out=after)
            np.multiply(below[k], from_below, out=spare)
            np.add(after, spare, out=after)
            np.multiply(above[k], from_above, out=spare)
            np.add(after, spare, out=after)
        yield done, held[:steps, 1:-1]
        done += steps
        if done >= count:
            return
        here[0][:] = here[steps]
