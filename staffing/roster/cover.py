"""Cover: the stretches of time in which a queue needs people, and what a stretch of work adds to them.

Every interval is cut where any shift or break may begin or end, so that people are counted to the minute even
when shifts do not start on the interval grid; on the grid a stretch is an interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.roster.placements import Placement, Segment
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints


@dataclass(frozen=True)
class Stretches:
    """The stretches of one queue, in time order; all arrays of shape (stretches,).

    `starts` minutes since 1970 UTC, `minutes` their length, `required` people, `days` index into the horizon's
    days (of the interval's business date).
    """

    starts: Ints
    minutes: Ints
    required: Ints
    days: Ints

    def inside(self, segment: Segment) -> tuple[int, int]:
        """First and last-but-one index of the stretches that a segment of time covers wholly."""
        first, last = np.searchsorted(self.starts, segment)
        return int(first), int(last)


def stretches_of(problem: RosterProblem, placements: Iterable[Placement]) -> dict[str, Stretches]:
    """The stretches of every queue's open intervals; none for a queue of agents without demand."""
    cuts = np.unique(np.array([cut for p in placements for cut in _cuts(p)], dtype=np.int64))
    demand = problem.demand
    starts = epoch_minutes(demand["interval_start"])
    days = (pd.to_datetime(demand["business_date"]) - pd.Timestamp(problem.horizon.start)).dt.days.to_numpy()
    required = demand["agents_gross"].to_numpy(dtype=np.int64)
    queues = demand["queue"].astype(str).to_numpy(dtype=object)
    step = problem.horizon.interval_minutes
    names = sorted({*queues.tolist(), *(queue for agent in problem.agents for queue in agent.queues)})
    return {
        name: _cut(starts[queues == name], required[queues == name], days[queues == name], step, cuts)
        for name in names
    }


def epoch_minutes(moments: pd.Series) -> Ints:
    """Moments with a zone as whole minutes since 1970 UTC. Shape (n,)."""
    naive = moments.dt.tz_convert("UTC").dt.tz_localize(None)
    minutes: Ints = naive.to_numpy().astype("datetime64[m]").astype(np.int64)
    return minutes


def _cuts(placement: Placement) -> Iterable[int]:
    yield placement.start
    yield placement.end
    for rest in placement.rests:
        yield from rest


def _cut(starts: Ints, required: Ints, days: Ints, step: int, cuts: Ints) -> Stretches:
    """Cut intervals of `step` minutes at every cut that lies inside one."""
    if not len(starts):
        return Stretches(starts, starts, required, starts)
    order = np.argsort(starts, kind="stable")
    starts, required, days = starts[order], required[order], days[order]
    place = np.searchsorted(starts, cuts, side="right") - 1
    inner = (place >= 0) & (cuts > starts[place]) & (cuts < starts[place] + step)
    begins = np.concatenate([starts, cuts[inner]])
    owner = np.concatenate([np.arange(len(starts)), place[inner]])
    sequence = np.argsort(begins, kind="stable")
    begins, owner = begins[sequence], owner[sequence]
    interval_end = starts[owner] + step
    following = np.append(begins[1:], np.iinfo(np.int64).max)
    return Stretches(
        starts=begins,
        minutes=np.minimum(interval_end, following) - begins,
        required=required[owner],
        days=days[owner].astype(np.int64),
    )
