"""Read `roster.csv`: this program's own or another's, with any number of breaks and the figures it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from staffing.errors import Fault, InputError
from staffing.horizon import Horizon
from staffing.io.columns import counts, day, names
from staffing.io.faults import Faults
from staffing.io.moments import moments
from staffing.io.reading import Table, read_table
from staffing.io.safe_text import restore
from staffing.roster.check import Claim
from staffing.roster.roster import Duty, Roster, Session

MAX_BREAKS = 48  # columns break_1_start ... break_48_end are looked for
MAX_ACTIVITIES = 24  # likewise activity_1, activity_1_start, activity_1_end, ...
_CLAIMED = ("paid_minutes", "overtime_minutes", "night_minutes", "cost")
_WHOLE = "a time on a whole minute"

Minutes = NDArray[np.int64]  # since 1970 UTC


def read_roster(path: Path | str, horizon: Horizon) -> tuple[Roster, tuple[Claim, ...]]:
    """Read a roster and the figures it states.

    Needed columns: `agent_id`, `business_date`, `start`, `end`. Read when there: `shift_code`, `break_1_start`,
    `break_1_end`, `break_2_start`, ..., `paid_break_1_start`, ... (rest that is working time), `paid_minutes`,
    `overtime_minutes`, `night_minutes`, `cost` (in the currency's smallest unit), `activity_1`, `activity_1_start`,
    `activity_1_end`, `activity_2`, ... (meetings and trainings). Times are ISO 8601 with offset; without one they are
    local times of the site.

    Args:
        path: a `.csv` or `.csv.gz` file in UTF-8 (with or without BOM) or CP932.
        horizon: the plan's days, for its time zone.

    Returns:
        The roster in its order, and one claim a duty in the same order.

    Raises:
        InputError: naming row and column of everything that cannot be read.
    """
    breaks = [
        f"{kind}_{i}_{edge}"
        for kind in ("break", "paid_break")
        for i in range(1, MAX_BREAKS + 1)
        for edge in ("start", "end")
    ]
    held = [f"activity_{i}{part}" for i in range(1, MAX_ACTIVITIES + 1) for part in ("", "_start", "_end")]
    table = read_table(
        path, ("agent_id", "business_date", "start", "end"), ("shift_code", *breaks, *_CLAIMED, *held)
    )
    faults = table.faults()
    agents = [restore(str(name)) for name in names(table, "agent_id", faults, what="an agent's id")]
    dates = _dates(table, faults)
    codes = _codes(table)
    start, end = (_minutes(table, column, horizon.zone, faults) for column in ("start", "end"))
    claims = _claims(table, faults)
    faults.check()
    pauses, rests = (_breaks(table, kind, horizon.zone) for kind in ("break", "paid_break"))
    sessions = _sessions(table, horizon.zone)
    duties = [
        Duty(
            agents[i],
            dates[i],
            codes[i],
            _local(start[i], horizon.zone),
            _local(end[i], horizon.zone),
            pauses[i],
            rests[i],
            sessions[i],
        )
        for i in range(len(table))
    ]
    order = sorted(range(len(table)), key=lambda i: (duties[i].business_date, start[i], duties[i].agent_id))
    return Roster(tuple(duties[i] for i in order)), tuple(claims[i] for i in order)


def _dates(table: Table, faults: Faults) -> list[date]:
    """The business dates; a cell at fault gives the earliest date, which no one sees."""
    days: list[date] = []
    for row, text in table.frame["business_date"].items():
        try:
            days.append(day(str(text)))
        except ValueError:
            found = repr(text) if str(text).strip() else "an empty cell"
            faults.add(
                Fault(found, "a date such as 2027-02-01", int(str(row)), table.headers["business_date"])
            )
            days.append(date.min)
    return days


def _codes(table: Table) -> list[str]:
    if "shift_code" not in table:
        return [""] * len(table)
    return [restore(str(text).strip()) for text in table.frame["shift_code"]]


def _minutes(table: Table, column: str, zone: ZoneInfo, faults: Faults) -> Minutes:
    """A column of times; doubtful ones and those off the whole minute are faults."""
    stamps = moments(table, column, zone, faults)
    seconds: Minutes = stamps.utc.astype("datetime64[s]").astype(np.int64)
    known = ~np.isnat(stamps.utc)
    name = table.headers[column]
    shown = table.frame[column].tolist()
    faults.mark(known & (seconds % 60 != 0), name, lambda i: repr(shown[i]), _WHOLE)
    twice = f"a time with an offset: clocks in {zone.key} show this one twice"
    faults.mark(known & (stamps.late != stamps.utc), name, lambda i: repr(shown[i]), twice)
    return seconds // 60


def _claims(table: Table, faults: Faults) -> list[Claim]:
    columns = {name: counts(table, name, faults, unknown=True) for name in _CLAIMED if name in table}
    return [
        Claim(**{name: None if np.isnan(values[i]) else int(values[i]) for name, values in columns.items()})
        for i in range(len(table))
    ]


def _breaks(table: Table, kind: str, zone: ZoneInfo) -> list[tuple[tuple[datetime, datetime], ...]]:
    """Every duty's breaks in the order of the columns; an empty pair of cells is no break."""
    found = _spans(table, [f"{kind}_{number}" for number in range(1, MAX_BREAKS + 1)], zone)
    return [tuple((start, end) for _, start, end in pauses) for pauses in found]


def _sessions(table: Table, zone: ZoneInfo) -> list[tuple[Session, ...]]:
    """Every duty's activities in time; without times there is none. A name is needed with them."""
    names = [f"activity_{number}" for number in range(1, MAX_ACTIVITIES + 1)]
    faults = table.faults()
    for name in names:
        own, timed = (_given(table, column) for column in (name, f"{name}_start"))
        faults.mark(
            timed & ~own, table.headers.get(name, name), lambda i: "an empty cell", "an activity's name"
        )
        start = f"{name}_start"
        faults.mark(own & ~timed, table.headers.get(start, start), lambda i: "an empty cell", "a time")
    faults.check()
    found = _spans(table, names, zone)
    return [
        tuple(
            sorted(
                (Session(restore(str(table.frame[name].iloc[i]).strip()), a, b) for name, a, b in own),
                key=lambda session: session.start,
            )
        )
        for i, own in enumerate(found)
    ]


def _spans(table: Table, names: Sequence[str], zone: ZoneInfo) -> list[list[tuple[str, datetime, datetime]]]:
    """For each row the spans given by columns `NAME_start` and `NAME_end`, with the name, in the names' order."""
    found: list[list[tuple[str, int, int]]] = [[] for _ in range(len(table))]
    faults = table.faults()
    for name in names:
        columns = [f"{name}_start", f"{name}_end"]
        if not any(column in table for column in columns):
            continue
        given = [_given(table, column) for column in columns]
        for column, own, other in zip(columns, given, reversed(given), strict=True):
            faults.mark(other & ~own, table.headers.get(column, column), lambda i: "an empty cell", "a time")
        both = given[0] & given[1]
        if not both.any():
            continue
        part = replace(table, frame=table.frame[both])
        edges = [_part_minutes(part, column, zone, faults) for column in columns]
        for i, start, end in zip(np.flatnonzero(both), *edges, strict=True):
            found[i].append((name, int(start), int(end)))
    faults.check()
    return [[(name, _local(a, zone), _local(b, zone)) for name, a, b in own] for own in found]


def _given(table: Table, column: str) -> NDArray[np.bool_]:
    if column not in table:
        return np.zeros(len(table), dtype=bool)
    return table.frame[column].str.strip().ne("").to_numpy(dtype=bool)


def _part_minutes(part: Table, column: str, zone: ZoneInfo, faults: Faults) -> Minutes:
    """The times of some of a table's rows; their faults join the whole table's."""
    own = part.faults()
    minutes = _minutes(part, column, zone, own)
    try:
        own.check()
    except InputError as error:
        for fault in error.faults:
            faults.add(fault)
    return minutes


def _local(minute: int | np.int64, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(int(minute) * 60, zone)
