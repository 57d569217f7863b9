"""Read a history of contacts: one row per queue and interval, in the canonical columns or an ACD's own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.demand.cleaning import Gaps, Records, clean
from staffing.demand.history import AGENTS, COUNTS, CallWaits, History
from staffing.demand.single_calls import counted_calls, holds_calls, patience_note
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.headers import Wanted
from staffing.io.moments import moments
from staffing.io.reading import Table, read_table
from staffing.notes import Note

REQUIRED: tuple[Wanted, ...] = (
    ("interval_start", "date"),
    "offered",
    "answered",
    "abandoned",
    ("talk_seconds", "talk_mean_seconds", "aht_seconds"),
)
OPTIONAL = (
    "time",
    "interval_minutes",
    "queue",
    "channel",
    "short_abandoned",
    "blocked",
    "answered_within_threshold",
    "hold_seconds",
    "hold_mean_seconds",
    "acw_seconds",
    "acw_mean_seconds",
    "wait_answered_seconds",
    "wait_answered_mean_seconds",
    "wait_abandoned_seconds",
    "wait_abandoned_mean_seconds",
    AGENTS,
)
Floats = NDArray[np.float64]


def read_history(
    path: Path | str,
    horizon: Horizon,
    *,
    threshold_seconds: int = 20,
    unrecorded_acw_seconds: float = 0.0,
    missing_days: Iterable[date] = (),
    missing_intervals: Literal["error", "zero", "unknown"] = "error",
    column_map: Mapping[str, str] | None = None,
) -> History:
    """Read, check and clean a history.

    The period is the file's own: from each queue's first recorded business date to its last. Rows outside the opening
    hours are left out, with a note saying how many calls they held.

    Args:
        path: a `.csv` or `.csv.gz` file; `docs/files.md` lists the columns. Call records (one row a call, with a
            column `queue_entry`) are counted into intervals first, as `importers.import_calls` does.
        horizon: gives the time zone, the grid and the opening hours; its days are not used.
        threshold_seconds: what `answered_within_threshold` in the file means.
        unrecorded_acw_seconds: added to the handling time of every answered call, for telephone systems that do not
            record after-call work.
        missing_days: business dates to be treated as not recorded; rows on them are left out.
        missing_intervals: an open interval without a row, on a day that has others, is an error, had no calls
            ("zero"), or is left out ("unknown").
        column_map: name in the file -> canonical name, where the file uses names of its own.

    Returns:
        `answered_within_threshold` and `wait_seconds` are NaN where the file does not say; the first is int64 when it
        always says, else float64.

    Raises:
        InputError: with every fault found, by row and column.
        ValueError: for an argument out of range.
    """
    if not (unrecorded_acw_seconds >= 0 and math.isfinite(unrecorded_acw_seconds)):
        raise ValueError(f"unrecorded_acw_seconds must be 0 or more, found {unrecorded_acw_seconds}")
    if missing_intervals not in ("error", "zero", "unknown"):
        raise ValueError(
            f'missing_intervals must be "error", "zero" or "unknown", found {missing_intervals!r}'
        )
    missing, waits = frozenset(missing_days), None
    if holds_calls(path, column_map):
        records, calls = counted_calls(
            path,
            horizon,
            threshold_seconds=threshold_seconds,
            unrecorded_acw_seconds=unrecorded_acw_seconds,
            missing_days=missing,
            column_map=column_map,
        )
        table, waits = calls.table, calls.waits
    else:
        table = read_table(path, REQUIRED, OPTIONAL, column_map)
        records = _records(table, horizon, unrecorded_acw_seconds)
    cleaned = clean(records, horizon, Gaps(missing, missing_intervals))
    return History(
        frame=cleaned.frame,
        time_zone=horizon.time_zone,
        interval_minutes=horizon.interval_minutes,
        source=table.file,
        digest=table.digest,
        threshold_seconds=threshold_seconds,
        missing_days=cleaned.missing_days,
        notes=(*_notes(table, records, horizon, unrecorded_acw_seconds, waits), *cleaned.notes),
        waits=waits,
    )


def _records(table: Table, horizon: Horizon, extra_acw: float) -> Records:
    """Every row typed and checked against itself."""
    if "interval_start" not in table and "time" not in table:
        wanted = f'a column "time" (時間帯) beside {table.headers["date"]!r}, or one "interval_start"'
        raise InputError(table.file, [Fault("no time of day", wanted, row=1, column="time")])
    faults = table.faults()
    stamps = moments(table, "interval_start", horizon.zone, faults)
    numbers = {name: _count(table, name, faults) for name in COUNTS}
    handle = _handle(table, numbers["answered"], faults)
    wait = _wait(table, numbers, faults)
    agents = _agents(table, faults)
    queue, channel = _names(table, "queue", "main", faults), _names(table, "channel", "voice", faults)
    _check_interval(table, horizon.interval_minutes, faults)
    _check_sums(table, numbers, faults)
    faults.check()
    numbers["handle_seconds"] = handle + extra_acw * numbers["answered"]
    numbers["wait_seconds"] = wait
    if agents is not None:
        numbers[AGENTS] = agents
    return Records(table.file, table.rows, stamps, queue, channel, numbers)


def _count(table: Table, name: str, faults: Faults) -> Floats:
    """One count; where the column is absent 0, and unknown for `answered_within_threshold`."""
    within = name == "answered_within_threshold"
    if name in table:
        return columns.counts(table, name, faults, unknown=within)
    return np.full(len(table), np.nan if within else 0.0)


def _handle(table: Table, answered: Floats, faults: Faults) -> Floats:
    """Talk + hold + after-call work in seconds, in all; from totals, averages or AHT."""
    if "talk_seconds" not in table and "talk_mean_seconds" not in table:
        return _mean_times(table, "aht_seconds", answered, faults)
    total = np.zeros(len(table))
    for name in ("talk", "hold", "acw"):
        total += _duration(table, name, answered, faults)
    return total


def _duration(table: Table, name: str, contacts: Floats, faults: Faults) -> Floats:
    """A duration in all, from its total or its average; 0 when the file has neither."""
    if f"{name}_seconds" in table:
        return columns.seconds(table, f"{name}_seconds", faults)
    if f"{name}_mean_seconds" in table:
        return _mean_times(table, f"{name}_mean_seconds", contacts, faults)
    return np.zeros(len(table))


def _mean_times(table: Table, column: str, contacts: Floats, faults: Faults) -> Floats:
    """Average x contacts; the average of no contacts may be empty."""
    none = contacts == 0
    mean = columns.seconds(table, column, faults, unknown=none)
    return np.where(none, 0.0, mean * contacts)


def _wait(table: Table, numbers: Mapping[str, Floats], faults: Faults) -> Floats:
    """Waiting of all callers in seconds, in all; NaN where the file does not say."""
    total = np.zeros(len(table))
    for state in ("answered", "abandoned"):
        contacts, name = numbers[state], f"wait_{state}_seconds"
        mean = f"wait_{state}_mean_seconds"
        if name in table:
            total += columns.seconds(table, name, faults, unknown=True)
        elif mean in table:
            total += np.where(
                contacts == 0, 0.0, columns.seconds(table, mean, faults, unknown=True) * contacts
            )
        else:
            total += np.nan
    return total


def _agents(table: Table, faults: Faults) -> Floats | None:
    """Mean number of agents on duty, NaN in empty cells; None when the file has no such column."""
    if AGENTS not in table:
        return None
    empty = table.frame[AGENTS].str.strip().eq("")
    filled = replace(table, frame=table.frame.assign(**{AGENTS: table.frame[AGENTS].mask(empty, "0")}))
    return np.where(empty, np.nan, columns.weights(filled, AGENTS, faults))


def _names(table: Table, column: str, default: str, faults: Faults) -> pd.Series:
    if column in table:
        return columns.names(table, column, faults, what=f"the name of a {column}")
    return pd.Series(default, index=range(len(table)), dtype="str")


def _check_interval(table: Table, planned: int, faults: Faults) -> None:
    """One fault for each length that differs from the plan's."""
    if "interval_minutes" not in table:
        return
    values = columns.counts(table, "interval_minutes", faults)
    for other in np.unique(values[np.isfinite(values) & (values != planned)]):
        at = np.flatnonzero(values == other)
        faults.add(
            Fault(
                f"{other:g} minutes in {len(at):,} rows, the first",
                f"{planned}, the plan's horizon.interval_minutes",
                int(table.rows[at[0]]),
                table.headers["interval_minutes"],
            )
        )


def _check_sums(table: Table, numbers: Mapping[str, Floats], faults: Faults) -> None:
    """No more outcomes than contacts, and no part larger than its whole."""
    parts = ("answered", "abandoned", "blocked")
    total = numbers["answered"] + numbers["abandoned"] + numbers["blocked"]
    faults.mark(
        total > numbers["offered"],
        table.headers["offered"],
        lambda i: f"{numbers['offered'][i]:.0f} with " + ", ".join(f"{p} {numbers[p][i]:.0f}" for p in parts),
        "at least answered + abandoned + blocked",
    )
    _check_part(table, numbers, "short_abandoned", "abandoned", faults)
    _check_part(table, numbers, "answered_within_threshold", "answered", faults)


def _check_part(table: Table, numbers: Mapping[str, Floats], part: str, whole: str, faults: Faults) -> None:
    if part in table:
        faults.mark(
            numbers[part] > numbers[whole],
            table.headers[part],
            lambda i: f"{numbers[part][i]:.0f} with {whole} {numbers[whole][i]:.0f}",
            f"at most {whole}",
        )


def _notes(
    table: Table, records: Records, horizon: Horizon, extra_acw: float, waits: CallWaits | None
) -> list[Note]:
    """What the reader assumed or had to do without."""
    notes = []
    offset = records.stamps.foreign_offset
    if offset:
        text = "All times carry the offset {offset}; they are shown in {zone}"
        notes.append(Note.of(text, offset=offset, zone=horizon.time_zone))
    if extra_acw:
        text = "{seconds} s of unrecorded after-call work were added to every answered call"
        notes.append(Note.of(text, seconds=f"{extra_acw:g}"))
    if np.isnan(records.numbers["answered_within_threshold"]).any():
        notes.append(Note.of("The file does not say how many calls were answered within the threshold"))
    if np.isnan(records.numbers["wait_seconds"]).any():
        notes.append(Note.of("The file does not say how long callers waited: patience cannot be estimated"))
    if waits is not None and (uneven := patience_note(waits)):
        notes.append(uneven)
    if table.ignored:
        notes.append(Note.of("Columns not used: {columns}", columns=", ".join(table.ignored)))
    return notes
