"""Service over days, weeks or months, recounted from clock times: what each period keeps, and what is short of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.roster.checks.case import Case
from staffing.roster.checks.cover import people_at_minutes
from staffing.roster.checks.stint import week_of
from staffing.roster.service import ServiceTarget

_UNITS = 1000  # a call, in a target's figures


@dataclass(frozen=True)
class ServicePart:
    """One target of one queue in one period; calls in thousandths, money in smallest units."""

    measure: str
    queue: str
    period_start: date  # its first planned business date with open hours
    offered: int
    kept: Fraction  # by the target's own curve
    short: int  # of the target, rounded up
    cost: Fraction


def reckon_service(case: Case) -> tuple[ServicePart, ...]:
    """Every target's periods, by queue and in order of time."""
    problem = case.problem
    queues = problem.demand["queue"].astype(str).to_numpy()
    dates = pd.to_datetime(problem.demand["business_date"]).dt.date.to_numpy()
    parts: list[ServicePart] = []
    for target in problem.service:
        for queue in sorted(set(queues.tolist())):
            periods: dict[object, list[int]] = {}
            for row in np.flatnonzero(queues == queue):
                periods.setdefault(_name(dates[row], target, problem.week_start), []).append(int(row))
            for rows in sorted(periods.values(), key=lambda rows: min(dates[rows])):
                people = people_at_minutes(case, queue, rows)
                parts.append(_part(target, queue, min(dates[rows]), rows, people))
    return tuple(parts)


def service_cost(
    parts: Sequence[ServicePart], short_minutes: int, price_per_hour: int, shortage_cost: int
) -> int:
    """What the calls short cost beside the shortage: both together are rounded half up once."""
    both = sum((part.cost for part in parts), Fraction(short_minutes * price_per_hour, 60))
    return int((2 * both + 1) // 2) - shortage_cost


def _name(day: date, target: ServiceTarget, week_start: int) -> object:
    """Equal for the days of one period."""
    if target.period == "day":
        return day
    if target.period == "week":
        return week_of(day, week_start)
    return (day.year, day.month) if target.period == "month" else None


def _part(
    target: ServiceTarget, queue: str, start: date, rows: Sequence[int], people: NDArray[np.int64]
) -> ServicePart:
    """`people` at each minute of each row, shape (rows, minutes)."""
    minutes = people.shape[1]
    kept = 0
    for row, at_work in zip(rows, people, strict=True):
        table = _table(target, row)
        kept += int(table[np.minimum(at_work, len(table) - 1)].sum())
    offered = sum(int(target.offered[row]) for row in rows)
    needed = -(-Fraction(str(target.least_share)) * offered // 1)
    short = max(0, -((kept - int(needed) * minutes) // minutes))
    return ServicePart(
        target.measure,
        queue,
        start,
        offered,
        Fraction(kept, minutes),
        short,
        Fraction(short * target.price_per_call, _UNITS),
    )


def _table(target: ServiceTarget, row: int) -> NDArray[np.int64]:
    """Units kept with 0, 1, 2, ... people, until nobody adds any."""
    curve = target.curve
    steps = slice(int(curve.starts[row]), int(curve.starts[row + 1]))
    gains = np.repeat(curve.gains[steps], curve.widths[steps])
    table: NDArray[np.int64] = np.concatenate([[0], np.cumsum(gains)]) + curve.base[row]
    return table
