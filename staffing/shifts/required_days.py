"""A desk's requirement as rows of days and slots, which shift design works on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.horizon import MINUTES_A_DAY, Horizon
from staffing.shifts.design import CLOSED

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RequiredDays:
    """People required, all queues together: a row a day, `CLOSED` where the desk is; `weights` count equal days."""

    rows: tuple[tuple[int, ...], ...]
    weights: tuple[int, ...]
    dates: int  # open days that the rows stand for


def required_days(demand: pd.DataFrame, horizon: Horizon) -> RequiredDays:
    """Rows of people required, from the business date's midnight on.

    Where no open span runs on into the next day's, days do not touch one another, and equal ones are one row with a
    weight. Else the days follow one another as they are, and a shift may run over midnight. An hour that stands
    twice because the clocks went back counts once, as its larger half.

    Args:
        demand: `interval_start`, `business_date`, `slot`, `agents_gross`, a row for each queue and open interval.
        horizon: the days and the grid.
    """
    everybody = demand.groupby(["interval_start", "business_date", "slot"], as_index=False)[
        "agents_gross"
    ].sum()
    step = horizon.interval_minutes
    if _runs_on(horizon):
        midnight = everybody["interval_start"].dt.tz_localize(None)
        days = (midnight.dt.normalize() - pd.Timestamp(horizon.start)).dt.days.to_numpy()
        slots = (midnight.dt.hour * 60 + midnight.dt.minute).to_numpy() // step
        table = _table(days, slots, everybody["agents_gross"].to_numpy(), MINUTES_A_DAY // step)
        return RequiredDays(_rows(table), (1,) * len(table), len(horizon.days))
    days = (everybody["business_date"] - pd.Timestamp(horizon.start)).dt.days.to_numpy()
    slots = everybody["slot"].to_numpy() // step
    size = int(slots.max(initial=0)) + 2  # a closed slot ends each row: no shift runs on into the next
    table = _table(days, slots, everybody["agents_gross"].to_numpy(), size)
    table = table[(table != CLOSED).any(axis=1)]
    found, counts = np.unique(table, axis=0, return_counts=True)
    return RequiredDays(_rows(found), tuple(counts.tolist()), len(table))


def _runs_on(horizon: Horizon) -> bool:
    """Whether any day's last open span ends where the next day's first one begins."""
    spans = [horizon.hours.spans(day) for day in horizon.days]
    return any(
        today and tomorrow and today[-1].end_minute - MINUTES_A_DAY == tomorrow[0].start_minute
        for today, tomorrow in pairwise(spans)
    )


def _table(days: Ints, slots: Ints, people: Ints, size: int) -> Ints:
    table = np.full((int(days.max(initial=0)) + 1, size), CLOSED, dtype=np.int64)
    np.maximum.at(table, (days, slots), people)
    return table


def _rows(table: Ints) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())
