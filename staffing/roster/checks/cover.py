"""Who is on the floor in each interval, counted minute by minute, and what the missing people cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from staffing.roster.checks.case import Case
from staffing.roster.checks.stint import Stint


def count_cover(case: Case) -> pd.DataFrame:
    """People on the floor per row of the demand.

    Returns:
        The demand's rows in its order: `queue`, `interval_start`, `agents_gross`, `on_floor` (the fewest at any
        minute, breaks left out), `short_minutes` (sum over the minutes of the people missing in each).
    """
    demand, step = case.problem.demand, case.problem.horizon.interval_minutes
    on_floor = np.zeros(len(demand), dtype=np.int64)
    short = np.zeros(len(demand), dtype=np.int64)
    starts = _minutes(demand["interval_start"])
    needed = demand["agents_gross"].to_numpy(dtype=np.int64)
    queues = demand["queue"].astype(str).to_numpy()
    floor = _floor(case, queues, starts, needed, step) if len(demand) else {}
    for queue in dict.fromkeys(queues):
        rows = queues == queue
        people = floor[queue][starts[rows][:, None] - starts.min() + np.arange(step)]
        on_floor[rows] = people.min(axis=1)
        short[rows] = np.maximum(needed[rows, None] - people, 0).sum(axis=1)
    return demand[["queue", "interval_start", "agents_gross"]].assign(on_floor=on_floor, short_minutes=short)


def people_at_minutes(case: Case, queue: str, rows: Sequence[int]) -> NDArray[np.int64]:
    """People of a queue at work at each minute of some rows of the demand. Shape (rows, minutes an interval).

    For plans in which everybody serves one queue.
    """
    stints = [stint for stint in case.stints if case.agents[stint.agent_id].queue == queue]
    starts = _minutes(case.problem.demand["interval_start"].iloc[list(rows)])
    step = case.problem.horizon.interval_minutes
    first, length = int(starts.min()), int(starts.max() - starts.min()) + step
    people: NDArray[np.int64] = _people(stints, first, length)[starts[:, None] - first + np.arange(step)]
    return people


def shortage_hours(cover: pd.DataFrame) -> dict[str, float]:
    """Agent-hours missing by queue."""
    return {
        str(queue): float(total) / 60
        for queue, total in cover.groupby("queue")["short_minutes"].sum().items()
    }


def shortage_cost(cover: pd.DataFrame, price_per_hour: int) -> int:
    """The price of all missing agent-hours, half up to the smallest currency unit."""
    return (2 * int(cover["short_minutes"].sum()) * price_per_hour + 60) // 120


def _floor(
    case: Case, queues: NDArray[np.object_], starts: NDArray[np.int64], needed: NDArray[np.int64], step: int
) -> dict[str, NDArray[np.int64]]:
    """People at each queue by minute from the first interval's start on; the flexible where they are missed."""
    first, length = int(starts.min()), int(starts.max() - starts.min()) + step
    names = [str(name) for name in dict.fromkeys(queues)]
    wanted = {name: np.zeros(length, dtype=np.int64) for name in names}
    for queue, start, people in zip(queues, starts, needed, strict=True):
        wanted[queue][start - first : start - first + step] = people
    skills: dict[tuple[str, ...], list[Stint]] = {}
    for stint in case.stints:
        agent = case.agents[stint.agent_id]
        able = tuple(name for name in names if name == agent.queue or name in agent.skills)
        skills.setdefault(able, []).append(stint)
    at_work = {able: _people(stints, first, length) for able, stints in skills.items() if able}
    floor = {name: at_work.get((name,), np.zeros(length, dtype=np.int64)).copy() for name in names}
    flexible = {able: people for able, people in at_work.items() if len(able) > 1}
    if flexible:
        lacking = np.array([np.maximum(wanted[name] - floor[name], 0) for name in names])
        for name, people in zip(names, _shared(names, flexible, lacking), strict=True):
            floor[name] += people
    return floor


def _shared(
    names: list[str], flexible: dict[tuple[str, ...], NDArray[np.int64]], lacking: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Where the flexible serve so that as few as possible are missing: a linear program for each different minute.

    Returns:
        People by queue and minute, shape (queues, minutes).
    """
    pairs = [(s, names.index(name)) for s, able in enumerate(flexible) for name in able]
    minutes = np.vstack([lacking, *flexible.values()])
    different, which = np.unique(minutes, axis=1, return_inverse=True)
    caps = [[float(queue == q) for _, q in pairs] for queue in range(len(names))]
    caps += [[float(s == own) for own, _ in pairs] for s in range(len(flexible))]
    served = np.zeros((len(names), different.shape[1]), dtype=np.int64)
    for column, sides in enumerate(different.T):
        found = linprog(-np.ones(len(pairs)), A_ub=caps, b_ub=sides, method="highs-ds")
        for (_, queue), people in zip(pairs, np.rint(np.asarray(found.x)).astype(np.int64), strict=True):
            served[queue, column] += people
    return served[:, which.reshape(-1)]


def _people(stints: list[Stint], first: int, length: int) -> NDArray[np.int64]:
    """People at work at each minute from `first` on. Shape (length,)."""
    change = np.zeros(length + 1, dtype=np.int64)
    for stint in stints:
        for begin, end in stint.on_floor:
            change[min(max(begin - first, 0), length)] += 1
            change[min(max(end - first, 0), length)] -= 1
    return change.cumsum()[:-1]


def _minutes(times: pd.Series) -> NDArray[np.int64]:
    """Moments with a zone as minutes since 1970 UTC, int64."""
    utc = times.dt.tz_convert("UTC").dt.tz_localize(None)
    minutes: NDArray[np.int64] = utc.to_numpy().astype("datetime64[m]").astype(np.int64)
    return minutes
