"""Call records, one row a call, counted into the canonical history, one row a queue and interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.demand.grid import Grid, Ints
from staffing.demand.history import COLUMNS, COUNTS, DURATIONS
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.moments import moments
from staffing.io.reading import Table, read_table

OUTCOMES = ("answered", "abandoned", "blocked")
REQUIRED = ("queue_entry", "queue_s", "outcome", "handle_s")
OPTIONAL = ("queue", "channel", "hold_s", "acw_s")


def import_calls(
    path: Path | str,
    horizon: Horizon,
    *,
    threshold_seconds: int = 20,
    short_abandon_seconds: int = 5,
    missing_days: Iterable[date] = (),
    column_map: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Count call records into intervals.

    A call belongs to the interval in which it entered the queue, with all of its waiting and handling time. Open
    intervals without a call get a row of zeros on every business date that has a call in the opening hours, so that
    "no calls" and "not recorded" can be told apart.

    Args:
        path: a `.csv` or `.csv.gz` file with `queue_entry` (local time, or with an offset), `queue_s` (seconds
            waited), `outcome` (answered, abandoned, blocked), `handle_s` (seconds talked; empty unless answered),
            and perhaps `queue`, `channel`, `hold_s`, `acw_s`.
        horizon: gives the time zone, the grid and the opening hours; its days are not used.
        threshold_seconds: a call counts as answered within the threshold after at most this wait.
        short_abandon_seconds: an abandoned call counts as short after at most this wait.
        missing_days: business dates that get no rows of zeros.
        column_map: name in the file -> one of the names above.

    Returns:
        The columns of `staffing.demand.history.COLUMNS`, `interval_start` in the site's zone, sorted by queue and
        time.

    Raises:
        InputError: with every fault found, by row and column.
    """
    table = read_table(path, REQUIRED, OPTIONAL, column_map)
    calls = _calls(table, horizon, threshold_seconds, short_abandon_seconds)
    grid = Grid.around(calls["start"].to_numpy(), horizon)
    calls["start"] = grid.floor(calls["start"].to_numpy())
    kinds = dict.fromkeys(COUNTS, "int64")
    counted = calls.groupby(["queue", "channel", "start"], as_index=False).sum().astype(kinds)
    listed = np.array(sorted(missing_days), dtype="datetime64[D]")
    frame = pd.concat([counted, _silent(counted, grid, listed)], ignore_index=True)
    frame = frame.sort_values(["queue", "start"], ignore_index=True)
    starts = pd.DatetimeIndex(frame["start"]).tz_localize("UTC").tz_convert(horizon.zone)
    frame = frame.assign(interval_start=starts, interval_minutes=horizon.interval_minutes)
    return frame[list(COLUMNS)]


def write_history(frame: pd.DataFrame, path: Path | str) -> None:
    """Write canonical rows as UTF-8 CSV, lines ended by LF; times as ISO 8601 local times with their offset."""
    times = [moment.isoformat() for moment in frame["interval_start"]]
    frame.assign(interval_start=times).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n", float_format="%.10g"
    )


def _calls(table: Table, horizon: Horizon, threshold: int, short: int) -> pd.DataFrame:
    """One row a call: queue, channel, start (UTC), and what it adds to each count and duration."""
    faults = table.faults()
    stamps = moments(table, "queue_entry", horizon.zone, faults)
    twofold = stamps.utc != stamps.late
    faults.mark(
        twofold & ~np.isnat(stamps.utc),
        stamps.column,
        lambda i: repr(stamps.texts[i]),
        "a time with its offset (clocks go back here, so this local time exists twice)",
    )
    outcome = columns.names(table, "outcome", faults, known=OUTCOMES, what="an outcome").to_numpy()
    answered, abandoned = outcome == "answered", outcome == "abandoned"
    wait = columns.seconds(table, "queue_s", faults)
    talk = _handled(table, "handle_s", answered, faults)
    hold, acw = (_handled(table, name, answered, faults) for name in ("hold_s", "acw_s"))
    queue = _names(table, "queue", "main", faults)
    channel = _names(table, "channel", "voice", faults)
    faults.check()
    _check_channels(table, queue, channel)
    return pd.DataFrame(
        {
            "queue": queue,
            "channel": channel,
            "start": stamps.utc,
            "offered": 1,
            "answered": answered,
            "abandoned": abandoned,
            "short_abandoned": abandoned & (wait <= short),
            "blocked": outcome == "blocked",
            "answered_within_threshold": answered & (wait <= threshold),
            "talk_seconds": talk,
            "hold_seconds": hold,
            "acw_seconds": acw,
            "wait_answered_seconds": np.where(answered, wait, 0.0),
            "wait_abandoned_seconds": np.where(abandoned, wait, 0.0),
        }
    )


def _handled(table: Table, column: str, answered: NDArray[np.bool_], faults: Faults) -> NDArray[np.float64]:
    """Seconds of answered calls; others have none, and an empty cell or 0."""
    if column not in table:
        return np.zeros(len(table))
    seconds = columns.seconds(table, column, faults, unknown=~answered)
    faults.mark(
        ~answered & (seconds > 0),
        table.headers[column],
        lambda i: f"{seconds[i]:g} for a call nobody answered",
        "0 or an empty cell",
    )
    return np.where(answered, seconds, 0.0)


def _names(table: Table, column: str, default: str, faults: Faults) -> pd.Series:
    if column in table:
        return columns.names(table, column, faults, what=f"the name of a {column}")
    return pd.Series(default, index=range(len(table)), dtype="str")


def _check_channels(table: Table, queue: pd.Series, channel: pd.Series) -> None:
    several = channel.groupby(queue).nunique()
    if (several > 1).any():
        name = str(several.idxmax())
        raise InputError(
            table.file,
            [Fault(f"queue {name!r} with several channels", "one channel a queue", column="channel")],
        )


def _silent(counted: pd.DataFrame, grid: Grid, listed: NDArray[np.datetime64]) -> pd.DataFrame:
    """Rows of zeros for the open intervals of recorded days that had no call."""
    parts = []
    for (queue, channel), rows in counted.groupby(["queue", "channel"])["start"]:
        place: Ints = grid.starting(rows.to_numpy())
        recorded = np.unique(grid.days[place[place >= 0]])
        silent = np.isin(grid.days, recorded) & ~np.isin(grid.days, listed)
        silent[place[place >= 0]] = False
        zeros = dict.fromkeys((*COUNTS, *DURATIONS), 0)
        parts.append(pd.DataFrame({"queue": queue, "channel": channel, "start": grid.utc[silent], **zeros}))
    return pd.concat(parts, ignore_index=True)
