"""What became of every call."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import nan

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.simulation.draws import Attempts, Whole


class Outcome(IntEnum):
    """How an attempt to call ended."""

    NOT_MADE = 0
    """A redial that was not needed, or would come after the end."""
    WAITING = 1
    """Still in the queue at the end."""
    ANSWERED = 2
    """By an own agent."""
    ABANDONED = 3
    BLOCKED = 4
    OVERFLOWED = 5
    """Taken by the vendor."""


@dataclass(frozen=True, eq=False)
class CallLog:
    """Every attempt of one replication in the order of time, redials included; arrays of the shape (attempts,)."""

    call_type: Whole
    """Its place in the scenario's call types."""
    arrival: Floats
    """Seconds from the start."""
    redial: npt.NDArray[np.bool_]
    """Whether it is one."""
    outcome: Whole
    """An `Outcome`."""
    wait: Floats
    """Seconds in the queue, up to the end of the scenario for those who wait then."""
    start: Floats
    """When the handling began, nan if it did not."""
    end: Floats
    """When it ended, or will after the scenario's end."""
    group: Whole
    """Place of the group in the scenario; the number of groups is the vendor; -1 if nobody."""
    agent: Whole
    """Number of the agent, counted through all groups; -1 for the vendor or nobody."""
    busy: Floats
    """Stretches of handling by own agents, up to the scenario's end: start, end, group; shape (stretches, 3)."""
    late: Floats
    """Stretches that agents worked beyond their time to finish a call: start, end and group; shape (stretches, 3)."""


class Ledger:
    """The log while it is written: one element an attempt, in lists, which single elements are fastest in."""

    __slots__ = ("agent", "arrival", "cut", "end", "group", "outcome", "start", "waited")

    def __init__(self, attempts: Attempts) -> None:
        count = len(attempts.arrival)
        self.arrival: list[float] = attempts.arrival.tolist()
        self.outcome = [int(Outcome.NOT_MADE)] * count
        self.waited = [0.0] * count
        self.start = [nan] * count
        self.end = [nan] * count
        self.group = [-1] * count
        self.agent = [-1] * count
        self.cut: list[tuple[float, float, int]] = []
        """Handling that was broken off: start, end, group."""

    def close(
        self, attempts: Attempts, overtime: list[tuple[float, float, int]], groups: int, seconds: float
    ) -> CallLog:
        """The log of the attempts that were made, up to the end at `seconds`."""
        outcome = np.array(self.outcome, dtype=np.int64)
        arrival = np.array(self.arrival)
        made = np.flatnonzero(outcome != Outcome.NOT_MADE)
        made = made[np.argsort(arrival[made], kind="stable")]
        start, end, group = (np.array(each)[made] for each in (self.start, self.end, self.group))
        own = (group >= 0) & (group < groups)
        busy = np.stack([start[own], np.minimum(end[own], seconds), group[own].astype(np.float64)], axis=1)
        return CallLog(
            call_type=attempts.call_type[made],
            arrival=arrival[made],
            redial=made >= attempts.first,
            outcome=outcome[made],
            wait=np.array(self.waited)[made],
            start=start,
            end=end,
            group=group,
            agent=np.array(self.agent)[made],
            busy=np.concatenate([busy, _stretches(self.cut)]),
            late=_stretches(overtime),
        )


def _stretches(found: list[tuple[float, float, int]]) -> Floats:
    return np.array(found, dtype=np.float64).reshape(-1, 3)
