"""Who is on the floor of each queue in each interval, and who is on break."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty, Roster
from staffing.roster.sharing import lend

Floats = npt.NDArray[np.float64]
Skills = tuple[str, tuple[str, ...]]  # the queue served first, and all


def presence(
    roster: Roster, problem: RosterProblem, frame: pd.DataFrame, interval_minutes: int
) -> tuple[Floats, Floats]:
    """People on the floor and people on break, per row of `frame`; a part of an interval counts as that part.

    Who attends an activity is neither.

    Who can serve several queues is counted where people are missing (`required_gross`), else, and on break, at the
    queue they serve first.
    """
    length = interval_minutes * 60
    starts = frame["interval_start"].astype("int64").to_numpy() / 1e6
    moments, place = np.unique(starts, return_inverse=True)
    names, queue = np.unique(frame["queue"].astype(str).to_numpy(dtype=object), return_inverse=True)
    skills = {agent.agent_id: (agent.queue, agent.queues) for agent in problem.agents}
    sets = sorted(set(skills.values()))
    present, resting = np.zeros((len(sets), len(moments))), np.zeros((len(sets), len(moments)))
    for i, own in enumerate(sets):
        duties = [duty for duty in roster.duties if skills.get(duty.agent_id) == own]
        resting[i] = _overlap(moments, length, _pauses(duties))
        away = resting[i] + _overlap(moments, length, _sessions(duties))
        present[i] = np.round(_overlap(moments, length, _stays(duties)) - away, 9)
    required = np.zeros((len(names), len(moments)))
    required[queue, place] = frame["required_gross"].to_numpy(np.float64)
    lent = _by_queue(sets, names, present, required)
    first = np.array([[own[0] == name for name in names] for own in sets], dtype=np.bool_)
    first = first.reshape(len(sets), len(names))
    return lent[queue, place], (first.T.astype(np.float64) @ resting)[queue, place]


def _by_queue(
    sets: list[Skills], names: npt.NDArray[np.object_], present: Floats, required: Floats
) -> Floats:
    """People at each queue: those needed there, and whoever is left over at the queue they serve first."""
    shape = len(sets), len(names)
    can = np.array([[name in own[1] for name in names] for own in sets], dtype=np.bool_).reshape(shape)
    first = np.array([[own[0] == name for name in names] for own in sets], dtype=np.bool_).reshape(shape)
    if (can.sum(axis=1) <= 1).all():
        return np.asarray(first.T.astype(np.float64) @ present)
    lent = lend(present, required, can)
    spare = present - lent.sum(axis=1)
    return np.asarray(np.round(lent.sum(axis=0) + first.T.astype(np.float64) @ spare, 9))


def _stays(duties: Iterable[Duty]) -> list[tuple[float, float]]:
    return [(duty.start.timestamp(), duty.end.timestamp()) for duty in duties]


def _pauses(duties: Iterable[Duty]) -> list[tuple[float, float]]:
    return [(a.timestamp(), b.timestamp()) for duty in duties for a, b in (*duty.breaks, *duty.paid_breaks)]


def _sessions(duties: Iterable[Duty]) -> list[tuple[float, float]]:
    return [(own.start.timestamp(), own.end.timestamp()) for duty in duties for own in duty.sessions]


def _overlap(starts: Floats, length: float, spans: list[tuple[float, float]]) -> Floats:
    """Mean number of spans that overlap each interval [start, start + length); times in seconds."""
    if not spans:
        return np.zeros(len(starts))
    begin = np.sort([span[0] for span in spans])
    end = np.sort([span[1] for span in spans])

    def elapsed(times: Floats, events: Floats) -> Floats:
        """Sum over events before each time of the time since the event."""
        count = np.searchsorted(events, times, side="right")
        total = np.concatenate([[0.0], np.cumsum(events - events[0])])
        since: Floats = count * (times - events[0]) - total[count]
        return since

    stop = starts + length
    gained = elapsed(stop, begin) - elapsed(starts, begin)
    lost = elapsed(stop, end) - elapsed(starts, end)
    mean: Floats = np.round((gained - lost) / length, 9)
    return mean
