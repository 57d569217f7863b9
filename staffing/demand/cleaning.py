"""Put a history's rows on the interval grid: what lies off it, twice, outside the opening hours, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.demand.grid import Days, Grid, Ints
from staffing.demand.history import AGENTS, COUNTS
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon
from staffing.io.faults import KEPT, Faults
from staffing.io.moments import Stamps
from staffing.notes import Note

MAX_DAYS = 3700  # ten years of history
_EACH_TIME_ONCE = "a time with its offset (clocks go back here, so this local time exists twice)"
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Records:
    """A file's rows, typed: line number, moment, queue, channel, and the numbers by column name."""

    file: str
    rows: Ints
    stamps: Stamps
    queue: pd.Series
    channel: pd.Series
    numbers: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Gaps:
    """What open time without rows means."""

    missing_days: frozenset[date]
    missing_intervals: Literal["error", "zero", "unknown"]


@dataclass(frozen=True)
class Cleaned:
    """The frame of a `History`, the open days it lacks, and what was done to get there."""

    frame: pd.DataFrame
    missing_days: tuple[date, ...]
    notes: tuple[Note, ...]


def clean(records: Records, horizon: Horizon, gaps: Gaps) -> Cleaned:
    """Put the rows on the grid of open intervals; `read_history` says how.

    Raises:
        InputError: rows off the grid, twice, or missing.
    """
    check_period(records.file, records.rows, records.stamps)
    grid = Grid.around(records.stamps.utc, horizon)
    place = grid.starting(records.stamps.utc)
    _check_rows(records, grid, horizon)
    notes = [
        _left_out(records, place < 0, "{calls} calls in {rows} rows outside the opening hours were left out")
    ]
    listed = np.array(sorted(gaps.missing_days), dtype="datetime64[D]")
    dropped = place >= 0
    dropped[dropped] = np.isin(grid.days[place[dropped]], listed)
    notes.append(
        _left_out(records, dropped, "{calls} calls in {rows} rows on days named as missing were left out")
    )
    place = np.where(dropped, -1, place)
    if not (place >= 0).any():
        raise InputError(records.file, [Fault("no row in the opening hours", "rows in the opening hours")])
    holes = [*_holes(records, grid, place, listed)]
    _check_holes(records.file, holes, grid, gaps)
    absent = _absent(grid, place, listed)
    notes.append(_days_note(absent))
    notes.append(_intervals_note(holes, gaps))
    filled = holes if gaps.missing_intervals == "zero" else []
    frame = _frame(records, grid, place, filled)
    return Cleaned(frame, absent, tuple(note for note in notes if note is not None))


@dataclass(frozen=True)
class _Hole:
    """What one queue lacks between its first and last recorded day, as flags over the grid."""

    queue: str
    channel: str
    days: Bools  # intervals of days without any row
    intervals: Bools  # intervals without a row on days that have others


def check_period(file: str, rows: Ints, stamps: Stamps) -> None:
    """A mistyped year would make a grid of centuries.

    Raises:
        InputError: the first and the last row, when more than `MAX_DAYS` lie between them.
    """
    utc = stamps.utc
    days = int((utc.max() - utc.min()) / np.timedelta64(1, "D"))
    if days > MAX_DAYS:
        faults = Faults(file, rows)
        ends = np.isin(np.arange(len(utc)), (utc.argmin(), utc.argmax()))
        expected = f"all rows within {MAX_DAYS:,} days (they span {days:,})"
        faults.mark(ends, stamps.column, lambda i: repr(stamps.texts[i]), expected)
        faults.check()


def _check_rows(records: Records, grid: Grid, horizon: Horizon) -> None:
    """Faults of single rows: read two ways, off the grid, or there twice."""
    stamps = records.stamps
    faults = Faults(records.file, records.rows)
    twofold = stamps.utc != stamps.late
    in_hours = (grid.containing(stamps.utc) >= 0) | (grid.containing(stamps.late) >= 0)

    def shown(i: int) -> str:
        return repr(stamps.texts[i])

    faults.mark(twofold & in_hours, stamps.column, shown, _EACH_TIME_ONCE)
    step = f"a start on the plan's {horizon.interval_minutes}-minute grid"
    faults.mark(grid.misfits(stamps.utc), stamps.column, shown, step)
    keys = pd.DataFrame({"queue": records.queue, "start": stamps.utc})
    again = keys.duplicated().to_numpy() & ~twofold
    if again.any():
        first = (
            keys.reset_index(names="place").groupby(["queue", "start"])["place"].transform("min").to_numpy()
        )
        faults.mark(
            again,
            stamps.column,
            lambda i: f"{shown(i)} of queue {records.queue[i]!r} again, as in row {records.rows[first[i]]}",
            "one row for each queue and interval",
        )
    faults.check()


def _left_out(records: Records, gone: Bools, text: str) -> Note | None:
    if not gone.any():
        return None
    calls = int(records.numbers["offered"][gone].sum())
    return Note.of(text, calls=calls, rows=int(gone.sum()))


def _holes(records: Records, grid: Grid, place: Ints, listed: Days) -> Iterator[_Hole]:
    for queue, rows in sorted(records.queue.groupby(records.queue).indices.items()):
        mine = place[rows]
        mine = mine[mine >= 0]
        if len(mine):
            recorded = np.unique(grid.days[mine])
            expected = (grid.days >= recorded[0]) & (grid.days <= recorded[-1]) & ~np.isin(grid.days, listed)
            has_rows = np.isin(grid.days, recorded)
            present = np.zeros(len(grid), dtype=bool)
            present[mine] = True
            channel = str(records.channel[rows[0]])
            yield _Hole(str(queue), channel, expected & ~has_rows, expected & has_rows & ~present)


def _check_holes(file: str, holes: Sequence[_Hole], grid: Grid, gaps: Gaps) -> None:
    """Missing days must be named in the settings; missing intervals need a rule."""
    faults = list(islice(_hole_faults(holes, grid, gaps), KEPT))
    if len(faults) > InputError.shown:
        lacking = [hole.days | hole.intervals for hole in holes]
        number, days = sum(map(np.sum, lacking)), len(np.unique(grid.days[np.logical_or.reduce(lacking)]))
        found = f"{number:,} open intervals without a row, on {days:,} days"
        faults.insert(
            0, Fault(found, "rows for all open intervals, or settings that say what their absence means")
        )
    if faults:
        raise InputError(file, faults)


def _hole_faults(holes: Sequence[_Hole], grid: Grid, gaps: Gaps) -> Iterator[Fault]:
    for hole in holes:
        of = f" of queue {hole.queue!r}" if len(holes) > 1 else ""
        yield from (_missing_days(run, of) for run in _runs(grid.days[hole.days]))
        if gaps.missing_intervals == "error":
            yield from (_missing_intervals(day, text, of) for day, text in grid.spell(hole.intervals))


def _missing_days(run: tuple[date, date], of: str) -> Fault:
    first, last = run
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    setting = ", ".join(map(str, days[:7])) + (", ..." if len(days) > 7 else "")
    when = f"{first}" if first == last else f"{first} to {last}"
    return Fault(
        f"no row{of} on {when}, open by the opening hours",
        f"rows for every open day, or history.missing_days = [{setting}] (not recorded), "
        f"or horizon.closed (the desk was closed)",
    )


def _missing_intervals(day: date, text: str, of: str) -> Fault:
    return Fault(
        f"no row{of} on {day} at {text}",
        'a row for every open interval, or history.missing_intervals = "zero" (no calls came) or "unknown" '
        "(leave them out)",
    )


def _runs(days: Days) -> Iterator[tuple[date, date]]:
    """Consecutive days, as first and last of each run; closed days in between do not end a run."""
    unique = np.unique(days)
    breaks = np.flatnonzero(np.diff(unique) > np.timedelta64(1, "D")) + 1
    for run in np.split(unique, breaks):
        if len(run):
            yield run[0].item(), run[-1].item()


def _absent(grid: Grid, place: Ints, listed: Days) -> tuple[date, ...]:
    """Open days named as missing, inside the recorded period."""
    recorded = grid.days[place[place >= 0]]
    inside = listed[(listed > recorded.min()) & (listed < recorded.max()) & np.isin(listed, grid.days)]
    return tuple(day.item() for day in inside)


def _days_note(absent: Sequence[date]) -> Note | None:
    return Note.of("No records for {days}", days=", ".join(map(str, absent))) if absent else None


def _intervals_note(holes: Sequence[_Hole], gaps: Gaps) -> Note | None:
    number = sum(int(hole.intervals.sum()) for hole in holes)
    if not number:
        return None
    if gaps.missing_intervals == "zero":
        return Note.of("{intervals} open intervals without a row were taken as 0 calls", intervals=number)
    return Note.of("{intervals} open intervals without a row were left out", intervals=number)


def _frame(records: Records, grid: Grid, place: Ints, filled: Sequence[_Hole]) -> pd.DataFrame:
    """The history's frame: the rows on the grid, and zeros where `filled` says so."""
    kept = np.flatnonzero(place >= 0)
    extra = [np.flatnonzero(hole.intervals) for hole in filled]
    at = np.concatenate([place[kept], *extra])
    frame = grid.frame.iloc[at].reset_index(drop=True)
    frame["queue"] = _with_added(records.queue.iloc[kept], [hole.queue for hole in filled], extra)
    frame["channel"] = _with_added(records.channel.iloc[kept], [hole.channel for hole in filled], extra)
    for name, numbers in records.numbers.items():
        whole = name in COUNTS and not np.isnan(numbers).any()
        none = np.nan if name == AGENTS else 0.0  # no row tells who was there
        values = np.concatenate([numbers[kept], np.full(len(at) - len(kept), none)])
        frame[name] = values.astype("int64") if whole else values
    order = np.lexsort((at, frame["queue"].to_numpy()))
    return frame.iloc[order].reset_index(drop=True)


def _with_added(texts: pd.Series, added: Sequence[str], places: Sequence[Ints]) -> pd.Series:
    """A text column lengthened by each added text as often as it has places."""
    more = [pd.Series(text, index=spots, dtype="str") for text, spots in zip(added, places, strict=True)]
    return pd.concat([texts, *more], ignore_index=True)
