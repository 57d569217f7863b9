"""A history read from call records: counted on the way, with what only single calls can show."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from staffing.demand.cleaning import Records
from staffing.demand.history import AGENTS, COUNTS, CallWaits
from staffing.demand.importers.calls import ImportedCalls, read_calls
from staffing.horizon import Horizon
from staffing.io.headers import plain
from staffing.io.moments import Stamps
from staffing.notes import Note
from staffing.queueing.patience.records import estimate_patience_records

SHORT_WAITS_SECONDS = 60
"""Waits that a well-staffed desk still makes callers wait."""


def holds_calls(path: Path | str, column_map: Mapping[str, str] | None) -> bool:
    """Whether a file has one row a call: a column `queue_entry`, or one that `column_map` takes for it.

    A file that cannot be read holds none here; its reader then says what is wrong with it.
    """
    if "queue_entry" in (column_map or {}).values():
        return True
    file = Path(path)
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            header = stream.readline(65536)
    except (OSError, EOFError, zlib.error):
        return False
    names = re.split("[,;\t]", header.decode("utf-8-sig", errors="replace"))
    return plain("queue_entry") in {plain(name.strip().strip('"')) for name in names}


def counted_calls(
    path: Path | str,
    horizon: Horizon,
    *,
    threshold_seconds: int,
    unrecorded_acw_seconds: float,
    missing_days: Iterable[date],
    column_map: Mapping[str, str] | None,
) -> tuple[Records, ImportedCalls]:
    """The records' intervals as if read from a history file, and what was imported."""
    found = read_calls(
        path, horizon, threshold_seconds=threshold_seconds, missing_days=missing_days, column_map=column_map
    )
    frame = found.frame
    numbers = {name: frame[name].to_numpy(np.float64) for name in COUNTS}
    handled = frame["talk_seconds"] + frame["hold_seconds"] + frame["acw_seconds"]
    waited = frame["wait_answered_seconds"] + frame["wait_abandoned_seconds"]
    numbers["handle_seconds"] = handled.to_numpy(np.float64) + unrecorded_acw_seconds * numbers["answered"]
    numbers["wait_seconds"] = waited.to_numpy(np.float64)
    if AGENTS in frame:
        numbers[AGENTS] = frame[AGENTS].to_numpy(np.float64)
    utc = frame["interval_start"].dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    texts = np.array([moment.isoformat() for moment in frame["interval_start"]], dtype=object)
    stamps = Stamps(utc, utc, texts, found.table.headers["queue_entry"], found.foreign_offset)
    rows = np.arange(len(frame))  # of counts, not of the file: no fault can name a line any more
    return Records(found.table.file, rows, stamps, frame["queue"], frame["channel"], numbers), found


def patience_note(waits: CallWaits) -> Note | None:
    """What to know where callers do not give up at an even rate, as Erlang A assumes; None where they do."""
    found = estimate_patience_records(waits.seconds, waits.abandoned)
    if found.fit.fits:
        return None
    peak = found.bands.surest
    values = {
        "start": f"{found.bands.from_seconds[peak]:g}",
        "end": f"{found.bands.to_seconds[peak]:g}",
        "peak": f"{found.bands.mean_seconds[peak]:.0f}",
        "mean": f"{found.seconds:.0f}",
        "limit": SHORT_WAITS_SECONDS,
        "short": f"{float(found.patience_at_waits_up_to(SHORT_WAITS_SECONDS)):.0f}",
    }
    if np.isfinite(found.bands.to_seconds[peak]):
        text = (
            "Erlang A assumes that callers give up at an even rate; these do so most often {start}-{end} s into "
            "the wait (as if their patience were {peak} s there, {mean} s over all waits). Figures for waits much "
            "shorter or longer than those on record are less certain; for waits up to {limit} s, "
            "patience_seconds = {short} describes these callers better"
        )
    else:
        text = (
            "Erlang A assumes that callers give up at an even rate; these do so most often after {start} s of "
            "waiting (as if their patience were {peak} s there, {mean} s over all waits). Figures for waits much "
            "shorter or longer than those on record are less certain; for waits up to {limit} s, "
            "patience_seconds = {short} describes these callers better"
        )
        del values["end"]
    return Note.of(text, **values)
