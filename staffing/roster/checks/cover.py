"""Who is on the floor in each interval, counted minute by minute, and what the missing people cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    for queue in dict.fromkeys(queues):
        rows = queues == queue
        stints = [stint for stint in case.stints if case.agents[stint.agent_id].queue == queue]
        people = _people(stints, starts[rows], step)
        on_floor[rows] = people.min(axis=1)
        short[rows] = np.maximum(needed[rows, None] - people, 0).sum(axis=1)
    return demand[["queue", "interval_start", "agents_gross"]].assign(on_floor=on_floor, short_minutes=short)


def people_at_minutes(case: Case, queue: str, rows: Sequence[int]) -> NDArray[np.int64]:
    """People of a queue at work at each minute of some rows of the demand. Shape (rows, minutes an interval)."""
    stints = [stint for stint in case.stints if case.agents[stint.agent_id].queue == queue]
    starts = _minutes(case.problem.demand["interval_start"].iloc[list(rows)])
    return _people(stints, starts, case.problem.horizon.interval_minutes)


def shortage_hours(cover: pd.DataFrame) -> dict[str, float]:
    """Agent-hours missing by queue."""
    return {
        str(queue): float(total) / 60
        for queue, total in cover.groupby("queue")["short_minutes"].sum().items()
    }


def shortage_cost(cover: pd.DataFrame, price_per_hour: int) -> int:
    """The price of all missing agent-hours, half up to the smallest currency unit."""
    return (2 * int(cover["short_minutes"].sum()) * price_per_hour + 60) // 120


def _people(stints: list[Stint], starts: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """People at work at each minute of each interval, shape (intervals, step)."""
    first, last = int(starts.min()), int(starts.max()) + step
    change = np.zeros(last - first + 1, dtype=np.int64)
    for stint in stints:
        for begin, end in stint.work:
            change[min(max(begin, first), last) - first] += 1
            change[min(max(end, first), last) - first] -= 1
    minutes = starts[:, None] - first + np.arange(step)
    people: NDArray[np.int64] = change.cumsum()[minutes]
    return people


def _minutes(times: pd.Series) -> NDArray[np.int64]:
    """Moments with a zone as minutes since 1970 UTC, int64."""
    utc = times.dt.tz_convert("UTC").dt.tz_localize(None)
    minutes: NDArray[np.int64] = utc.to_numpy().astype("datetime64[m]").astype(np.int64)
    return minutes
