"""Small desks with histories made by hand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from staffing.demand.history import History
from staffing.horizon import Horizon, OpeningHours, Span

MONDAY = date(2026, 6, 1)
Counts = Callable[[pd.DataFrame], object]


def desk(
    start: date,
    end: date,
    hours: str | Mapping[int, str] = "09:00-12:00",
    *,
    minutes: int = 60,
    zone: str = "Asia/Tokyo",
    exceptions: Mapping[date, str] = MappingProxyType({}),
) -> Horizon:
    """A horizon open at the same hours daily, or on the weekdays given; an exception of "" is a closed day."""
    by_day = dict.fromkeys(range(7), hours) if isinstance(hours, str) else hours
    weekly = tuple((Span.parse(by_day[day]),) if day in by_day else () for day in range(7))
    differing = {day: (Span.parse(text),) if text else () for day, text in exceptions.items()}
    return Horizon(start, end, zone, minutes, OpeningHours(weekly, differing))


def history_of(
    horizon: Horizon,
    offered: Counts,
    *,
    queue: str = "main",
    aht_seconds: Counts = lambda grid: 200,
    missing: Iterable[date] = (),
) -> History:
    """Records of every open interval of a horizon but the missing days'; every call is answered."""
    grid = horizon.grid()
    grid = grid[~grid["business_date"].isin([pd.Timestamp(day) for day in missing])].reset_index(drop=True)
    counts = np.broadcast_to(np.asarray(offered(grid)), len(grid)).astype(np.int64)
    frame = grid.assign(queue=queue, channel="voice", offered=counts, answered=counts)
    frame["handle_seconds"] = counts * np.asarray(aht_seconds(grid))
    return History(frame, horizon.time_zone, horizon.interval_minutes, "history.csv", "", 20, tuple(missing))


def together(*histories: History) -> History:
    """The records of several queues or channels."""
    first = histories[0]
    frame = pd.concat([history.frame for history in histories], ignore_index=True)
    return History(frame, first.time_zone, first.interval_minutes, first.source, "", 20)


def week_number(grid: pd.DataFrame) -> "pd.Series[int]":
    """0 in the first week from MONDAY on, then 1, 2..."""
    return (grid["business_date"] - pd.Timestamp(MONDAY)).dt.days // 7
