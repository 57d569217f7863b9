"""Write days of leave into a staff list, and leave the rest of the file as it is."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from staffing.errors import InputError
from staffing.io.headers import match_headers
from staffing.io.source import delimiter, load

_BOM = b"\xef\xbb\xbf"


def with_leave(path: Path, leave: Mapping[str, Sequence[date]]) -> bytes:
    """The bytes of a staff list with further days of leave, in the encoding and with the separator it has.

    Args:
        path: the staff list.
        leave: days by agent id.

    Raises:
        InputError: a file that is no staff list.
    """
    source = load(path)
    separator = delimiter(source.text().readline())
    rows = list(csv.reader(source.text(), delimiter=separator))
    places, faults = match_headers(rows[0], ("agent_id",), ("leave",))
    if faults:
        raise InputError(source.file, faults)
    place = places.get("leave", len(rows[0]))
    if "leave" not in places:
        rows = [[*row, "leave" if i == 0 else ""] if row else row for i, row in enumerate(rows)]
    for row in rows[1:]:
        days = leave.get(row[places["agent_id"]].strip(), ()) if len(row) > place else ()
        if days:
            row[place] = ";".join(filter(None, (row[place].strip().rstrip(";"), *_ranges(days))))
    return _encoded(path, rows, separator, source.encoding, "\r\n" if b"\r\n" in source.data else "\n")


def _ranges(days: Sequence[date]) -> list[str]:
    """Days on end as one range each: `2027-02-10..2027-02-12`."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and spans[-1][1] + timedelta(days=1) == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return [str(first) if first == last else f"{first}..{last}" for first, last in spans]


def _encoded(
    path: Path, rows: Sequence[Sequence[str]], separator: str, encoding: str, line_end: str
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(rows)
    raw, packed = text.getvalue().encode(encoding), path.suffix == ".gz"
    if not packed and path.read_bytes().startswith(_BOM):
        raw = _BOM + raw
    return gzip.compress(raw, mtime=0) if packed else raw
