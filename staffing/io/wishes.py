"""Read what people ask for (`requests.csv`) and what is settled already (`fixed.csv`)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.reading import Table, read_table
from staffing.io.safe_text import restore
from staffing.roster.wishes import FixedDay, Request

_WANTS: dict[str, Literal["on", "off"]] = {
    **dict.fromkeys(("on", "希望", "出勤", "出勤希望", "勤務", "勤務希望", "○", "◯"), "on"),
    **dict.fromkeys(("off", "不可", "休", "休み", "休み希望", "休暇希望", "希望休", "×"), "off"),
}
_WANTS_EXPECTED = "on (希望) or off (不可)"
_DATE_EXPECTED = "a date such as 2027-02-01"


def read_requests(path: Path | str, agents: Collection[str], shifts: Collection[str]) -> tuple[Request, ...]:
    """Read `agent_id, date, wants, weight` and, where there is one, `shift`; an empty shift is any.

    Args:
        path: the file.
        agents: the ids of the staff list.
        shifts: codes of templates and shifts.

    Raises:
        InputError: with every fault found.
    """
    table = read_table(path, ("agent_id", "date", "wants", "weight"), ("shift",))
    faults = table.faults()
    ids, days = _agents(table, agents, faults), _dates(table, faults)
    wants = [_WANTS.get(text.strip().casefold()) for text in table.frame["wants"]]
    texts = table.frame["wants"].tolist()
    unread = np.array([want is None for want in wants], dtype=bool)
    faults.mark(unread, table.headers["wants"], lambda i: repr(texts[i]), _WANTS_EXPECTED)
    codes = _shifts(table, shifts, faults)
    weights = columns.counts(table, "weight", faults)
    _once(table, list(zip(ids, days, codes, strict=True)), faults, "one request for a person, date and shift")
    faults.check()
    return tuple(
        Request(ids[i], days[i], want, int(weights[i]), codes[i])
        for i, want in enumerate(wants)
        if want is not None
    )


def read_fixed(path: Path | str, agents: Collection[str], shifts: Collection[str]) -> tuple[FixedDay, ...]:
    """Read `agent_id, date, shift`; an empty shift is a day off.

    Raises:
        InputError: with every fault found.
    """
    table = read_table(path, ("agent_id", "date", "shift"))
    faults = table.faults()
    ids, days = _agents(table, agents, faults), _dates(table, faults)
    codes = _shifts(table, shifts, faults)
    _once(table, list(zip(ids, days, strict=True)), faults, "one line for a person and date")
    faults.check()
    return tuple(FixedDay(*row) for row in zip(ids, days, codes, strict=True))


def _agents(table: Table, known: Collection[str], faults: Faults) -> list[str]:
    ids = columns.names(table, "agent_id", faults, known=known, what="an agent_id of the staff list")
    return [restore(str(name)) for name in ids]


def _dates(table: Table, faults: Faults) -> list[date]:
    """A cell at fault gives the earliest date, which no one sees."""
    days: list[date] = []
    wrong = np.zeros(len(table), dtype=bool)
    texts = table.frame["date"].tolist()
    for i, text in enumerate(texts):
        try:
            days.append(columns.day(text))
        except ValueError:
            days.append(date.min)
            wrong[i] = True
    faults.mark(wrong, table.headers["date"], lambda i: repr(texts[i]), _DATE_EXPECTED)
    return days


def _shifts(table: Table, known: Collection[str], faults: Faults) -> list[str | None]:
    if "shift" not in table:
        return [None] * len(table)
    codes = [str(text).strip() or None for text in table.frame["shift"]]
    strange = np.array([code is not None and code not in known for code in codes], dtype=bool)
    templates = ", ".join(sorted(code for code in known if "-" not in code))
    faults.mark(
        strange,
        table.headers["shift"],
        lambda i: repr(codes[i]),
        f"one of {templates}, or one of their starts",
    )
    return codes


def _once(table: Table, keys: Sequence[Hashable], faults: Faults, expected: str) -> None:
    """A fault for each row that says again what an earlier row said."""
    first: dict[Hashable, int] = {}
    rows = table.rows.tolist()
    again = np.array([first.setdefault(key, i) != i for i, key in enumerate(keys)], dtype=bool)
    faults.mark(again, None, lambda i: f"the same again as in row {rows[first[keys[i]]]}", expected)
