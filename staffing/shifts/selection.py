"""Shift selection by pyworkforce: unnamed seats per shift and day, as users of that package know them.

pyworkforce knows shifts as rows of 0 and 1 over a day's periods and finds how many people each shift needs, without
asking who they are. Its breaks do not move, so here every break stands in the middle of its window; a period that
a shift touches only in part counts as not covered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, Protocol

import pandas as pd

from staffing.horizon import Horizon
from staffing.labour.clock import minute_of
from staffing.shifts.template import Shift

Method = Literal["min_required", "min_abs_difference"]
Seats = Mapping[tuple[date, str], int]

_SECONDS_A_DAY = 10.0  # of search for one day's seats


class Desk(Protocol):
    """What has to be staffed: the part of a roster problem that knows no people."""

    @property
    def horizon(self) -> Horizon: ...  # noqa: D102
    @property
    def demand(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def shifts(self) -> Sequence[tuple[str, Sequence[Shift]]]: ...  # noqa: D102


def select_shifts_pyworkforce(
    problem: Desk,
    *,
    method: Method = "min_required",
    seconds_a_day: float = _SECONDS_A_DAY,
    workers: int = 2,
) -> Seats:
    """Seats per business date and shift code, chosen day by day by pyworkforce.

    `min_required` covers every period at the least total working time (`MinRequiredResources`, each shift
    costing its working minutes). `min_abs_difference` comes as near to the requirement as it can, above or below
    (`MinAbsDifference`). A day with a period that no shift covers has no cover in the first sense and is always
    solved in the second; so is one whose search ends without a result. Queues are added up, as nobody is named.

    Args:
        problem: horizon, demand and shifts; `demand` has `interval_start`, `business_date`, `agents_gross`.
        method: which of the two.
        seconds_a_day: limit of the search for each day.
        workers: CP-SAT searches in parallel.

    Returns:
        (business date, shift code) -> seats, those above 0 only.
    """
    seats: dict[tuple[date, str], int] = {}
    for day, rows in problem.demand.groupby("business_date"):
        required = rows.groupby("interval_start")["agents_gross"].sum().sort_index()
        periods = [minute_of(start) for start in required.index]
        covering = _coverage(problem, pd.Timestamp(str(day)).date(), periods)
        if not covering or not required.any():
            continue
        for code, people in _select(covering, required.tolist(), method, seconds_a_day, workers).items():
            if people:
                seats[pd.Timestamp(str(day)).date(), code] = people
    return seats


def _coverage(problem: Desk, day: date, periods: Sequence[int]) -> dict[str, tuple[int, list[int]]]:
    """Shifts that lie inside a day's periods: code -> working minutes, and 1 for each period they cover."""
    step = problem.horizon.interval_minutes
    open_minutes = {minute for start in periods for minute in range(start, start + step)}
    found = {}
    for _, shifts in problem.shifts:
        for shift in shifts:
            worked = _worked(shift, problem.horizon, day)
            if worked <= open_minutes:
                row = [int(all(m in worked for m in range(start, start + step))) for start in periods]
                found[shift.code] = (shift.work_minutes, row)
    return found


def _worked(shift: Shift, horizon: Horizon, day: date) -> set[int]:
    """The minutes since 1970 UTC that a shift works, its break in the middle of the window, on the interval grid."""
    start, end = (minute_of(moment) for moment in shift.place(horizon, day))
    worked = set(range(start, end))
    for own in shift.breaks:
        middle = (own.earliest + own.latest) // 2
        begin = start + max(own.earliest, middle // horizon.interval_minutes * horizon.interval_minutes)
        worked -= set(range(begin, begin + own.minutes))
    return worked


def _select(
    covering: Mapping[str, tuple[int, list[int]]],
    required: list[int],
    method: Method,
    seconds: float,
    workers: int,
) -> dict[str, int]:
    """One day's seats by shift code."""
    from pyworkforce.scheduling import MinAbsDifference, MinRequiredResources

    most = sum(required)  # more than this on one shift, or in one period for each shift, is never needed
    asked: dict[str, Any] = {
        "num_days": 1,
        "periods": len(required),
        "shifts_coverage": {code: row for code, (_, row) in covering.items()},
        "required_resources": [required],
        "max_period_concurrency": most * len(covering),
        "max_shift_concurrency": most,
        "max_search_time": float(seconds),
        "num_search_workers": workers,
    }
    solution: dict[str, Any] = {"cost": -1}
    coverable = all(any(row[i] for _, row in covering.values()) for i, n in enumerate(required) if n)
    if method == "min_required" and coverable:
        costs = {code: minutes for code, (minutes, _) in covering.items()}
        solution = MinRequiredResources(**asked, cost_dict=costs).solve()
    if solution["cost"] == -1:
        solution = MinAbsDifference(**asked).solve()
    return {
        str(row["shift"]): int(row["resources"]) for row in solution["resources_shifts"] if row["day"] >= 0
    }
