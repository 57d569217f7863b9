"""Call records, one row a call, counted into the canonical history, one row a queue and interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.demand.cleaning import check_period
from staffing.demand.grid import Grid, Ints
from staffing.demand.history import AGENTS, COLUMNS, COUNTS, DURATIONS, CallWaits
from staffing.demand.importers.duty import AWAY_MINUTES, mean_on_duty, stretches
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.moments import moments
from staffing.io.reading import Table, read_table

OUTCOMES = ("answered", "abandoned", "blocked")
REQUIRED = ("queue_entry", "queue_s", "outcome", "handle_s")
OPTIONAL = ("queue", "channel", "hold_s", "acw_s", "agent")


@dataclass(frozen=True)
class ImportedCalls:
    """Call records, counted into intervals, and what the counts cannot show."""

    frame: pd.DataFrame
    """As `import_calls` returns it."""
    waits: CallWaits
    """Of the calls in the opening hours of recorded days, blocked ones left out."""
    table: Table
    foreign_offset: str
    """See `staffing.io.moments.Stamps`."""


def import_calls(
    path: Path | str,
    horizon: Horizon,
    *,
    threshold_seconds: int = 20,
    short_abandon_seconds: int = 5,
    missing_days: Iterable[date] = (),
    column_map: Mapping[str, str] | None = None,
    away_minutes: float = AWAY_MINUTES,
) -> pd.DataFrame:
    """Count call records into intervals.

    A call belongs to the interval in which it entered the queue, with all of its waiting and handling time. Open
    intervals without a call get a row of zeros on every business date that has a call in the opening hours, so that
    "no calls" and "not recorded" can be told apart.

    Args:
        path: a `.csv` or `.csv.gz` file with `queue_entry` (local time, or with an offset), `queue_s` (seconds
            waited), `outcome` (answered, abandoned, blocked), `handle_s` (seconds talked; empty unless answered),
            and perhaps `queue`, `channel`, `hold_s`, `acw_s`, `agent` (who took the call; may be empty).
        horizon: gives the time zone, the grid and the opening hours; its days are not used.
        threshold_seconds: a call counts as answered within the threshold after at most this wait.
        short_abandon_seconds: an abandoned call counts as short after at most this wait.
        missing_days: business dates that get no rows of zeros.
        column_map: name in the file -> one of the names above.
        away_minutes: an agent who takes no call for longer than this is off duty meanwhile (`duty.stretches`).

    Returns:
        The columns of `staffing.demand.history.COLUMNS`, `interval_start` in the site's zone, sorted by queue and
        time; where the file names agents also `agents`, the mean number on duty in the interval.

    Raises:
        InputError: with every fault found, by row and column.
        ValueError: for an argument out of range.
    """
    return read_calls(
        path,
        horizon,
        threshold_seconds=threshold_seconds,
        short_abandon_seconds=short_abandon_seconds,
        missing_days=missing_days,
        column_map=column_map,
        away_minutes=away_minutes,
    ).frame


def read_calls(
    path: Path | str,
    horizon: Horizon,
    *,
    threshold_seconds: int = 20,
    short_abandon_seconds: int = 5,
    missing_days: Iterable[date] = (),
    column_map: Mapping[str, str] | None = None,
    away_minutes: float = AWAY_MINUTES,
) -> ImportedCalls:
    """The same as `import_calls`, with the single waits beside the counts."""
    if not away_minutes >= 0:
        raise ValueError(f"away_minutes must be 0 or more, found {away_minutes}")
    table = read_table(path, REQUIRED, OPTIONAL, column_map)
    calls, foreign_offset = _calls(table, horizon, threshold_seconds, short_abandon_seconds)
    entered = calls["start"].to_numpy()
    grid = Grid.around(entered, horizon)
    listed = np.array(sorted(missing_days), dtype="datetime64[D]")
    first = calls["start"].min()
    duty = _duty(table, calls, first, away_minutes)
    calls["start"] = grid.floor(entered)
    kinds = dict.fromkeys(COUNTS, "int64")
    counted = calls.drop(columns="wait").groupby(["queue", "channel", "start"], as_index=False).sum()
    counted = counted.astype(kinds)
    frame = pd.concat([counted, _silent(counted, grid, listed)], ignore_index=True)
    frame = frame.sort_values(["queue", "start"], ignore_index=True)
    starts = pd.DatetimeIndex(frame["start"]).tz_localize("UTC").tz_convert(horizon.zone)
    frame = frame.assign(interval_start=starts, interval_minutes=horizon.interval_minutes)
    shown = list(COLUMNS)
    if duty is not None:
        begun = _seconds(frame["start"], first)
        frame[AGENTS] = mean_on_duty(duty, frame["queue"], begun, horizon.interval_minutes)
        shown.append(AGENTS)
    waits = _waits(calls, grid.containing(entered), grid, listed)
    return ImportedCalls(frame[shown], waits, table, foreign_offset)


def write_history(frame: pd.DataFrame, path: Path | str) -> None:
    """Write canonical rows as UTF-8 CSV, lines ended by LF; times as ISO 8601 local times with their offset."""
    times = [moment.isoformat() for moment in frame["interval_start"]]
    frame.assign(interval_start=times).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n", float_format="%.10g"
    )


def _calls(table: Table, horizon: Horizon, threshold: int, short: int) -> tuple[pd.DataFrame, str]:
    """One row a call: queue, channel, start (UTC), its wait, and what it adds to each count and duration."""
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
    check_period(table.file, table.rows, stamps)
    _check_channels(table, queue, channel)
    calls = pd.DataFrame(
        {
            "queue": queue,
            "channel": channel,
            "start": stamps.utc,
            "wait": wait,
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
    return calls, stamps.foreign_offset


def _duty(table: Table, calls: pd.DataFrame, first: pd.Timestamp, away_minutes: float) -> pd.DataFrame | None:
    """Stretches of duty, in seconds since `first`; None where the file names no agent.

    Calls taken by nobody known add none.
    """
    if "agent" not in table:
        return None
    agent = table.frame["agent"].str.strip().to_numpy()
    known = calls["answered"].to_numpy() & (agent != "")
    if not known.any():
        return None
    taken = calls[known]
    begin = _seconds(taken["start"], first) + taken["wait"]
    end = begin + taken["talk_seconds"] + taken["hold_seconds"] + taken["acw_seconds"]
    served = pd.DataFrame({"agent": agent[known], "queue": taken["queue"], "begin": begin, "end": end})
    return stretches(served, away_minutes)


def _seconds(moments_: pd.Series, first: pd.Timestamp) -> NDArray[np.float64]:
    return np.asarray((moments_ - first).dt.total_seconds(), dtype=np.float64)


def _waits(calls: pd.DataFrame, place: Ints, grid: Grid, listed: NDArray[np.datetime64]) -> CallWaits:
    """The waits of the calls that count: in open intervals, not on days named as missing, not blocked."""
    counts = (place >= 0) & ~calls["blocked"].to_numpy()
    counts[counts] = ~np.isin(grid.days[place[counts]], listed)
    rows = calls[counts]
    return CallWaits(rows["wait"].to_numpy(), rows["abandoned"].to_numpy())


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
