"""Read what people bring into the horizon: overtime, holiday work, the running week, days in a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from staffing.errors import InputError
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.moments import moments
from staffing.io.reading import Table, read_table
from staffing.labour.carried import EARLIER_MONTHS, Carried, MonthHours

_HOURS = (
    "month_overtime_hours",
    "month_holiday_hours",
    *(
        f"earlier_{back}_{kind}_hours"
        for back in range(1, EARLIER_MONTHS + 1)
        for kind in ("overtime", "holiday")
    ),
    "year_overtime_hours",
    "month_hours",
    "week_hours",
    "week_overtime_hours",
)
_COUNTS = ("months_over", "consecutive_days")
MOST_MONTHS_OVER = 11  # of a year, the present month left out

Ints = NDArray[np.int64]


def read_carried(path: Path | str, agents: Collection[str], zone: ZoneInfo) -> Mapping[str, Carried]:
    """Read `agent_id` and, where there, the columns that `docs/files.md` lists; an empty cell is none.

    Args:
        path: a `.csv` or `.csv.gz` file in UTF-8 (with or without BOM) or CP932.
        agents: the ids of the staff list.
        zone: the site's time zone, for times without an offset.

    Returns:
        Agent id -> what they bring; somebody without a row brings nothing and is not in it.

    Raises:
        InputError: with every fault found, by row and column.
    """
    table = read_table(path, ("agent_id",), (*_HOURS, *_COUNTS, "last_end"))
    faults = table.faults()
    ids = columns.names(table, "agent_id", faults, known=agents, what="an agent's id")
    minutes = {
        name: _whole(columns.hours(table, name, faults, unknown=True)) for name in _given(table, _HOURS)
    }
    counts = {
        name: _whole(columns.counts(table, name, faults, unknown=True)) for name in _given(table, _COUNTS)
    }
    ends = _ends(table, zone, faults)
    _check(table, ids.tolist(), minutes, counts, faults)
    faults.check()
    return {
        agent_id: _carried({name: int(values[i]) for name, values in (minutes | counts).items()}, ends[i])
        for i, agent_id in enumerate(ids)
    }


def _carried(row: Mapping[str, int], last_end: datetime | None) -> Carried:
    """One person's row; without the year's figure the month's is all that is known of it."""

    def month(name: str) -> MonthHours:
        return MonthHours(row.get(f"{name}_overtime_hours", 0), row.get(f"{name}_holiday_hours", 0))

    this = month("month")
    return Carried(
        month=this,
        earlier=tuple(month(f"earlier_{back}") for back in range(1, EARLIER_MONTHS + 1)),
        year_overtime_minutes=row.get("year_overtime_hours", 0) or this.overtime_minutes,
        months_over=row.get("months_over", 0),
        month_worked_minutes=row.get("month_hours", 0),
        week_minutes=row.get("week_hours", 0),
        week_overtime_minutes=row.get("week_overtime_hours", 0),
        consecutive_days=row.get("consecutive_days", 0),
        last_end=last_end,
    )


def _given(table: Table, names: Collection[str]) -> list[str]:
    return [name for name in names if name in table]


def _whole(values: columns.Floats) -> Ints:
    """Whole numbers; 0 where a cell is empty or at fault."""
    return np.nan_to_num(values).astype(np.int64)


def _check(
    table: Table, ids: list[str], minutes: Mapping[str, Ints], counts: Mapping[str, Ints], faults: Faults
) -> None:
    """Faults between rows and between columns."""
    first = dict(zip(reversed(ids), reversed(table.rows.tolist()), strict=True))
    again = np.array([first[name] != row and bool(name) for name, row in zip(ids, table.rows, strict=True)])
    faults.mark(
        again,
        table.headers["agent_id"],
        lambda i: f"{ids[i]!r} again, as in row {first[ids[i]]}",
        "one row for everyone",
    )
    if "months_over" in counts:
        months = counts["months_over"]
        faults.mark(
            months > MOST_MONTHS_OVER,
            table.headers["months_over"],
            lambda i: str(months[i]),
            f"at most {MOST_MONTHS_OVER}, the present month left out",
        )
    none = np.zeros(len(table), dtype=np.int64)
    year, month = (minutes.get(name, none) for name in ("year_overtime_hours", "month_overtime_hours"))
    if "year_overtime_hours" in minutes:
        faults.mark(
            (year > 0) & (year < month),
            table.headers["year_overtime_hours"],
            lambda i: repr(str(table.frame["year_overtime_hours"].iloc[i])),
            "at least the month's overtime, which is part of the year's",
        )
    if "week_overtime_hours" in minutes:
        part = minutes["week_overtime_hours"]
        faults.mark(
            part > minutes.get("week_hours", none),
            table.headers["week_overtime_hours"],
            lambda i: repr(str(table.frame["week_overtime_hours"].iloc[i])),
            "at most week_hours, of which it is a part",
        )


def _ends(table: Table, zone: ZoneInfo, faults: Faults) -> list[datetime | None]:
    """When everybody's last duty ended; None where the cell is empty or at fault."""
    found: list[datetime | None] = [None] * len(table)
    if "last_end" not in table:
        return found
    given = table.frame["last_end"].str.strip().ne("").to_numpy(dtype=bool)
    if not given.any():
        return found
    part = replace(table, frame=table.frame[given])
    own = part.faults()
    stamps = moments(part, "last_end", zone, own)
    seconds = stamps.utc.astype("datetime64[s]").astype(np.int64)
    known = ~np.isnat(stamps.utc)
    name = table.headers["last_end"]

    def shown(i: int) -> str:
        return repr(stamps.texts[i])

    own.mark(known & (seconds % 60 != 0), name, shown, "a time on a whole minute")
    twice = f"a time with an offset: clocks in {zone.key} show this one twice"
    own.mark(known & (stamps.late != stamps.utc), name, shown, twice)
    try:
        own.check()
    except InputError as error:
        for fault in error.faults:
            faults.add(fault)
        return found
    for place, second in zip(np.flatnonzero(given), seconds, strict=True):
        found[place] = datetime.fromtimestamp(int(second), zone)
    return found
