"""Timestamps: text to moments in the site's time zone, with every doubt about zones raised as a fault.

Read are ISO 8601 (`2027-02-01T09:00:00+09:00`, `...Z`, with a space instead of `T`) and the forms spreadsheets make
(`2027/2/1 9:00`, `2027年2月1日 9:00`). Times without an offset are local times of the site.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.io.faults import Faults
from staffing.io.reading import Table

_STAMP = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T|\s+)(\d{1,2})[:時](\d{2})分?(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?$",
    re.IGNORECASE,
)
_TIME_RANGE = re.compile(r"\s*[-~〜～–]\s*\d{1,2}[:時]\d{2}(?::\d{2})?$")  # 9:00-9:30 names its start and end
MAX_OFFSET = 15 * 60  # minutes; no place on earth is further from UTC
_NAIVE = 10_000  # stands for "no offset" among offsets in minutes
Moments = NDArray[np.datetime64]


@dataclass(frozen=True)
class Stamps:
    """One moment a row, UTC (datetime64[us]); NaT where a cell is at fault.

    Local times that exist twice because clocks went back have their second reading in `late`; elsewhere `late`
    equals `utc`. `texts` are the cells, `column` their name in the file; `foreign_offset` is the one offset all
    times carry when that is not the site's own, such as +00:00 for a file in UTC; else it is empty.
    """

    utc: Moments
    late: Moments
    texts: NDArray[np.object_]
    column: str
    foreign_offset: str = ""


def moments(table: Table, column: str, zone: ZoneInfo, faults: Faults) -> Stamps:
    """Read a column of timestamps, or the columns `date` and `time` when it is absent.

    Faults: text that is no time; times with and without offset in one file; several offsets that the zone's own
    clock changes do not explain; local times that clocks skipped.
    """
    name, texts = _texts(table, column)
    codes, uniques = pd.factorize(texts)
    wall, offset = _parse([str(text) for text in uniques])
    utc, late = _to_utc(wall, offset, zone)
    rows = np.asarray(uniques, dtype=object)[codes]

    def shown(i: int) -> str:
        return repr(rows[i]) if str(rows[i]).strip() else "an empty cell"

    readable = ~np.isnat(wall)
    faults.mark(~readable[codes], name, shown, "a date and time such as 2027-02-01 09:00")
    skipped = readable & np.isnat(utc)
    faults.mark(skipped[codes], name, shown, f"a time that exists: clocks in {zone.key} skip this one")
    used = np.unique(offset[readable])
    explained = _explained(wall, utc, zone)
    if len(used) > 1:
        _mark_mixed(faults, name, rows, offset[codes], readable[codes], explained[codes], zone)
    foreign = len(used) == 1 and used[0] != _NAIVE and not explained[readable].all()
    return Stamps(utc[codes], late[codes], rows, name, _offset_text(int(used[0])) if foreign else "")


def _texts(table: Table, column: str) -> tuple[str, pd.Series]:
    """A column's name in the file, and its text; `date` and `time` are put together."""
    if column in table:
        return table.headers[column], table.frame[column]
    hours = table.frame["time"].str.replace(_TIME_RANGE, "", regex=True)
    return f"{table.headers['date']} + {table.headers['time']}", table.frame["date"] + " " + hours


def _parse(texts: list[str]) -> tuple[Moments, NDArray[np.int64]]:
    """Wall-clock times (NaT where unreadable) and offsets in minutes (`_NAIVE` where there is none)."""
    parts = np.array([_parts(text) for text in texts], dtype=np.int64).reshape(-1, 7)
    year, month, day, hour, minute, second, offsets = parts.T
    valid = (offsets == _NAIVE) | (np.abs(offsets) < MAX_OFFSET)
    valid &= (year >= 1900) & (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    valid &= (day >= 1) & (days.astype("datetime64[M]") == months)
    elapsed = (hour * 3600 + minute * 60 + second).astype("timedelta64[s]")
    wall = (days.astype("datetime64[s]") + elapsed).astype("datetime64[us]")
    return np.where(valid, wall, np.datetime64("NaT", "us")), np.where(valid, offsets, _NAIVE)


def _parts(text: str) -> tuple[int, int, int, int, int, int, int]:
    """Year, month, day, hour, minute, second and offset of one text; zeros, which are no date, where unreadable."""
    clean = text if text.isascii() else unicodedata.normalize("NFKC", text)
    match = _STAMP.match(clean.strip())
    if match is None:
        return 0, 0, 0, 0, 0, 0, 0
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = match.groups()
    offset = _NAIVE
    if zulu:
        offset = 0
    elif sign:
        offset = int(hours) * 60 + int(minutes) if int(minutes) < 60 else MAX_OFFSET
        offset = -offset if sign == "-" else offset
    return int(year), int(month), int(day), int(hour), int(minute), int(second or 0), offset


def _to_utc(wall: Moments, offset: NDArray[np.int64], zone: ZoneInfo) -> tuple[Moments, Moments]:
    """UTC moments by the first and the second reading of local times; NaT where clocks skip the time."""
    early = wall - (offset * 60).astype("timedelta64[s]")
    late = early.copy()
    local = offset == _NAIVE
    for moments_utc, summer in ((early, True), (late, False)):
        own = pd.DatetimeIndex(wall[local])
        reading = np.full(len(own), summer)
        placed = own.tz_localize(zone, ambiguous=reading, nonexistent="NaT").tz_convert("UTC")
        moments_utc[local] = placed.tz_localize(None).to_numpy()
    return early, late


def _explained(wall: Moments, utc: Moments, zone: ZoneInfo) -> NDArray[np.bool_]:
    """Whether a time is the site's own wall clock."""
    own = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(zone).tz_localize(None).to_numpy()
    same: NDArray[np.bool_] = own == wall
    return same


def _mark_mixed(
    faults: Faults,
    name: str,
    texts: NDArray[np.object_],
    offset: NDArray[np.int64],
    readable: NDArray[np.bool_],
    explained: NDArray[np.bool_],
    zone: ZoneInfo,
) -> None:
    """Mark the rows whose offset does not go with the rest of the file."""
    local = offset == _NAIVE
    if local[readable].any() and not local[readable].all():
        first = int(np.flatnonzero(readable)[0])
        expected = f"{'no' if local[first] else 'an'} offset, as in {texts[first]!r}: one time zone in a file"
        faults.mark(readable & (local != local[first]), name, lambda i: repr(texts[i]), expected)
    elif len(np.unique(offset[readable])) > 1:
        expected = f"one offset in all rows, or that of {zone.key} at the time: one time zone in a file"
        faults.mark(readable & ~explained, name, lambda i: repr(texts[i]), expected)


def _offset_text(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
