"""Sums over the calls of one replication."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats
from staffing.simulation.duty import Duty
from staffing.simulation.recording import CallLog, Outcome
from staffing.simulation.scenario import Scenario

COUNTS = (
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "overflowed",
    "redialled",
    "waiting_at_end",
    "delayed",
    "answered_within_threshold",
    "abandoned_within_threshold",
    "overflowed_within_threshold",
    "wait",
    "wait_of_answered",
)


@dataclass(frozen=True)
class Tally:
    """Sums by call type and slot, and by agent group and slot; a slot is an interval or a batch."""

    calls: dict[str, Floats]
    """Each of COUNTS, shape (call types, slots); waits in seconds."""
    busy: Floats
    """Agent-seconds of handling, shape (groups, slots)."""
    staffed: Floats
    """Agent-seconds on duty, with those beyond a shift to finish a call, shape (groups, slots)."""


def tally(scenario: Scenario, duty: Duty, log: CallLog, edges: Floats, threshold: float) -> Tally:
    """Sums over the slots between the `edges` (seconds, rising); a call belongs to the slot of its arrival."""
    slots, types = len(edges) - 1, len(scenario.call_types)
    slot = np.searchsorted(edges, log.arrival, side="right") - 1
    inside = (slot >= 0) & (slot < slots)
    cell = (log.call_type * slots + slot)[inside]
    chosen = {name: weight[inside] for name, weight in _weights(log, threshold).items()}
    calls = {
        name: np.bincount(cell, weight, types * slots).astype(np.float64).reshape(types, slots)
        for name, weight in chosen.items()
    }
    groups = range(len(scenario.groups))
    busy = [overlap(log.busy[log.busy[:, 2] == group], edges) for group in groups]
    late = [overlap(log.late[log.late[:, 2] == group], edges) for group in groups]
    on_duty = [overlap(stretches, edges) for stretches in duty.scheduled]
    return Tally(
        calls=calls,
        busy=np.array(busy).reshape(-1, slots),
        staffed=(np.array(late) + np.array(on_duty)).reshape(-1, slots),
    )


def overlap(stretches: Floats, edges: Floats) -> Floats:
    """Seconds that stretches (start and end in the first columns) have in each slot, together; shape (slots,)."""
    both = _passed(stretches[:, 0], edges) - _passed(stretches[:, 1], edges)
    return np.maximum(np.diff(both), 0.0)


def _passed(moments: Floats, edges: Floats) -> Floats:
    """Seconds since each of the moments, together, at every edge: sum of max(edge - moment, 0)."""
    ordered = np.sort(moments)
    count = np.searchsorted(ordered, edges, side="right")
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    return np.asarray(edges * count - sums[count])


def _weights(log: CallLog, threshold: float) -> dict[str, Floats]:
    """What each attempt adds to each of COUNTS."""
    was: dict[str, npt.NDArray[np.bool_]] = {
        "answered": log.outcome == Outcome.ANSWERED,
        "abandoned": log.outcome == Outcome.ABANDONED,
        "blocked": log.outcome == Outcome.BLOCKED,
        "overflowed": log.outcome == Outcome.OVERFLOWED,
        "waiting_at_end": log.outcome == Outcome.WAITING,
    }
    in_time = log.wait <= threshold
    flags = {
        "offered": np.ones(len(log.wait), dtype=bool),
        **was,
        "redialled": log.redial,
        "delayed": (log.wait > 0) | was["abandoned"] | was["waiting_at_end"],
        **{
            f"{name}_within_threshold": was[name] & in_time
            for name in ("answered", "abandoned", "overflowed")
        },
    }
    sums = {name: flag.astype(np.float64) for name, flag in flags.items()}
    sums["wait"] = log.wait
    sums["wait_of_answered"] = np.where(was["answered"], log.wait, 0.0)
    return sums
