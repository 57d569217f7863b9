"""The figures of stretches side by side: forwards, backwards, and what is counted on the way."""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.change import left
from staffing.queueing.transient.forward import Passage, forward
from staffing.queueing.transient.stretches import Stretches
from staffing.queueing.transient.tagged import (
    ABANDONED,
    ANSWERED,
    ANSWERED_WAIT,
    PUT_OFF,
    TALKING,
    WAIT,
    before_change,
    closing,
    fates,
)
from staffing.queueing.transient.threshold import answered_in_time, plan

Column = dict[str, Floats]
"""Expected numbers and sums of one interval by name; each of shape (stretches that have the interval,)."""


def figures(stretches: Stretches) -> dict[str, Floats]:
    """Expected numbers and sums by name, shape (stretches, intervals); 0 beyond a stretch's length.

    Those with "will", and the waits, are of the calls that arrive in the interval, whenever their fate is decided.
    "Late" ones are of the callers in the queue when the stretch ends.
    """
    planned = plan(stretches)
    passages = forward(stretches, planned.early, planned.moments)
    columns = [_counts(passage) for passage in passages]
    for place, passage in enumerate(passages):
        in_time = answered_in_time(stretches, planned, place, passage)
        columns[place]["will_be_answered_in_time"] = in_time * passage.chain.staffed.arriving[:, 0]
    _add_fates(stretches, passages, columns)
    result = {name: np.zeros((len(stretches.length), len(columns))) for name in columns[0]}
    for place, column in enumerate(columns):
        for name, value in column.items():
            result[name][: len(value), place] = value
    result["neglected"] = np.cumsum(result["neglected"], axis=1)
    return result


def _counts(passage: Passage) -> Column:
    """What the distribution alone tells."""
    made, spent, end = passage.chain, passage.spent, passage.end
    arriving, leaving = made.staffed.arriving[:, 0], made.staffed.leaving[:, 0]
    queue = (spent * made.waiting).sum(axis=1)
    return {
        "blocked": arriving * (spent * made.refused).sum(axis=1),
        "abandoned": leaving * queue + passage.put_off + _put_off(passage),
        "waiting_seconds": queue,
        "busy_seconds": (spent * (made.x - made.waiting)).sum(axis=1),
        "waiting_at_end": (end * made.waiting).sum(axis=1),
        "present_at_end": (end * made.x).sum(axis=1),
        "taken": passage.taken,
        "returned": passage.returned,
        "will_wait": arriving * (spent * made.waits * (1 - made.refused)).sum(axis=1),
        "neglected": passage.neglected,
    }


def _put_off(passage: Passage) -> Floats:
    """Expected arrivals who find no free agent and leave at once; shape (stretches,)."""
    lost: Floats = (passage.spent * passage.chain.put_off).sum(axis=1)
    return passage.chain.staffed.arriving[:, 0] * lost


def _add_fates(stretches: Stretches, passages: list[Passage], columns: list[Column]) -> None:
    """What becomes of each interval's calls, from the last interval to the first."""
    functions = 2 if stretches.certain else len(TALKING)
    later = np.zeros((functions, 0, 1))
    for place in range(len(passages) - 1, -1, -1):
        passage, on = passages[place], later.shape[1]
        staffed, states = passage.chain.staffed, passage.start.shape[1]
        before, after = stretches.at(place, on), stretches.at(place + 1, on)
        fewer = left(before, after, stretches.finish)
        continued = before_change(
            later, TALKING[:functions], PUT_OFF[:functions], (before, after), fewer, states
        )
        end = closing(staffed, states, stretches.drain)
        late = _of_the_queue(end, passage)
        late[:, :on] = 0.0  # these stretches go on
        end = end[:functions]
        end[:, :on] = continued
        fate = fates(passage, end, stretches.interval)
        later = fate.at_start
        columns[place] |= _named(stretches, passage, staffed.arriving[:, 0] * fate.over_arrivals, late)


def _named(stretches: Stretches, passage: Passage, found: Floats, late: Floats) -> Column:
    """The expected sums over an interval's arrivals, and over the queue when the stretch ends."""
    if stretches.certain:
        made, leaving = passage.chain, passage.chain.staffed.leaving[:, 0]
        admitted = made.staffed.arriving[:, 0] * (passage.spent * made.admitted).sum(axis=1)
        lost = np.where(leaving > 0, np.maximum(admitted - found[ANSWERED], 0.0), 0.0)
        wait = np.divide(lost, leaving, out=found[ANSWERED_WAIT].copy(), where=leaving > 0)
    else:
        lost, wait = found[ABANDONED] + _put_off(passage), found[WAIT]
    return {
        "will_be_answered": found[ANSWERED],
        "will_abandon": lost,
        "wait_of_all": wait,
        "wait_of_answered": found[ANSWERED_WAIT],
        "late_answered": late[ANSWERED],
        "late_abandoned": late[ABANDONED],
    }


def _of_the_queue(functions: Floats, passage: Passage) -> Floats:
    """Expected sum of each function over the callers in the queue at the interval's end; (functions, stretches)."""
    each = functions * passage.chain.waits
    ahead = np.cumsum(each, axis=2) - each
    total: Floats = (ahead * passage.end).sum(axis=2)
    return total
