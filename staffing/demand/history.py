"""The history of contacts: one row per queue and interval, as totals, so that they add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.notes import Note

COUNTS = ("offered", "answered", "abandoned", "short_abandoned", "blocked", "answered_within_threshold")
DURATIONS = (
    "talk_seconds",
    "hold_seconds",
    "acw_seconds",
    "wait_answered_seconds",
    "wait_abandoned_seconds",
)
COLUMNS = ("interval_start", "interval_minutes", "queue", "channel", *COUNTS, *DURATIONS)
AGENTS = "agents"
"""Mean number of agents on duty in the interval; a column that a history may have beside `COLUMNS`."""


@dataclass(frozen=True)
class CallWaits:
    """The wait of every call, in seconds, and whether it ended with the caller giving up; both of shape (calls,)."""

    seconds: NDArray[np.float64]
    abandoned: NDArray[np.bool_]


@dataclass(frozen=True)
class History:
    """A checked, cleaned history.

    `frame` has `interval_start` (datetime64 in `time_zone`), `business_date` (datetime64, no zone), `slot`
    (wall-clock minute of the business date), `queue`, `channel`, the counts (int64), and
    `handle_seconds` (total talk + hold + after-call work), `wait_seconds` (total, all callers);
    only open intervals of recorded days, empty ones with zeros. Sorted by queue and time. Where the file
    does not say, `answered_within_threshold` (then float64) and `wait_seconds` are NaN. `agents` (float64, mean
    number on duty) is there when the file has it, NaN where a row of it is empty. `waits` is there when the history
    was counted from call records.
    """

    frame: pd.DataFrame
    time_zone: str
    interval_minutes: int
    source: str
    digest: str
    threshold_seconds: int
    missing_days: tuple[date, ...] = ()
    notes: tuple[Note, ...] = ()
    waits: CallWaits | None = None

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues' names, sorted."""
        return tuple(sorted(str(name) for name in self.frame["queue"].unique()))
