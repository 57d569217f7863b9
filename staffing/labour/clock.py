"""Minutes on the wall clock: which of them are night, and which week a day belongs to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from staffing.horizon import MINUTES_A_DAY
from staffing.labour.pack import RulePack

Minutes = npt.NDArray[np.int64]


def minute_of(moment: datetime) -> int:
    """Whole minutes from 1970 UTC to a moment with an offset."""
    return int(moment.timestamp() // 60)


def wall_minutes(start: int, end: int, zone: ZoneInfo) -> Minutes:
    """The wall clock at each minute of [start, end).

    Args:
        start: minutes since 1970 UTC.
        end: minutes since 1970 UTC, exclusive.
        zone: whose wall clock.

    Returns:
        Minutes since 1970-01-01 00:00 of the wall clock. Shape (end - start,).
    """
    elapsed = np.arange(start, end, dtype=np.int64)
    first, last = _offset(start, zone), _offset(end, zone)
    if first == last:
        return elapsed + first
    return elapsed + np.array([_offset(int(minute), zone) for minute in elapsed], dtype=np.int64)


def is_night(wall: Minutes, pack: RulePack) -> npt.NDArray[np.bool_]:
    """Whether each wall-clock minute, counted from any midnight, lies in the pack's night hours. Shape (n,).

    A pack without night hours has no night.
    """
    minute = wall % MINUTES_A_DAY
    if pack.night_start_minute is None or pack.night_end_minute is None:
        return np.zeros(len(minute), dtype=np.bool_)
    if pack.night_start_minute <= pack.night_end_minute:
        return (minute >= pack.night_start_minute) & (minute < pack.night_end_minute)
    return (minute >= pack.night_start_minute) | (minute < pack.night_end_minute)


def week_of(day: date, week_start: int) -> date:
    """The first day of the working week that `day` lies in; `week_start` is a weekday, Monday = 0."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def _offset(minute: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(minute * 60, zone).utcoffset()
    assert offset is not None  # the zone is set
    return int(offset.total_seconds()) // 60
