"""Stretches of consecutive intervals, each begun afresh: rates and agents, many stretches side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats

Whole = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Staffed:
    """Parameters of one interval for several stretches, each field of shape (stretches, 1)."""

    arriving: Floats
    """Calls a second."""
    serving: Floats
    """Calls a second that one agent completes."""
    leaving: Floats
    """One over the mean patience in seconds; 0 for endless patience, and where there is none."""
    at_once: Floats
    """1 where callers who find no free agent leave at once, else 0."""
    agents: Floats
    lines: Floats


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches side by side, the longest first; arrays of shape (stretches, intervals).

    Beyond its own `length` a stretch has no arrivals, and the agents who see to the callers still waiting then.
    """

    arriving: Floats
    serving: Floats
    leaving: Floats
    at_once: Floats
    agents: Floats
    lines: Floats
    length: Whole
    """Intervals of each; shape (stretches,)."""
    present: Whole
    """Callers there at the start of each; shape (stretches,)."""
    interval: float
    """Seconds."""
    threshold: float
    """Seconds."""
    finish: bool
    """Whether an agent who leaves finishes the call in hand; else it goes back to the head of the queue."""
    drain: bool
    """Whether callers waiting at the end are still served."""

    @property
    def certain(self) -> bool:
        """Whether patience is the same throughout each stretch and everybody is answered or gives up in the end."""
        constant = bool((self.leaving == self.leaving[:, :1]).all())
        never = (self.agents[:, -1] == 0) & (self.leaving[:, -1] == 0)
        return self.drain and constant and not never.any() and not self.at_once.any()

    def open_at(self, place: int) -> int:
        """How many stretches have an interval number `place`: as many of the first ones."""
        return int(np.count_nonzero(self.length > place))

    def at(self, place: int, count: int) -> Staffed:
        """Interval number `place` of the first `count` stretches; the last one stands for all that follow."""
        column = min(place, self.agents.shape[1] - 1)
        rows, columns = slice(count), slice(column, column + 1)
        return Staffed(
            arriving=self.arriving[rows, columns],
            serving=self.serving[rows, columns],
            leaving=self.leaving[rows, columns],
            at_once=self.at_once[rows, columns],
            agents=self.agents[rows, columns],
            lines=self.lines[rows, columns],
        )
