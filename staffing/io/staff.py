"""Read the staff list: who may be rostered, under which contract, at which wage, and when they are away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from staffing.horizon import Span
from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.reading import Table, read_table
from staffing.io.weekdays import available
from staffing.roster.problem import Agent

MAX_LEAVE_DAYS = 366  # of one range: a mistyped year would take somebody away for centuries
_LEAVE_EXPECTED = "dates such as 2027-02-01 or ranges such as 2027-02-01..2027-02-03, separated by ;"
_AVAILABLE_EXPECTED = "weekdays with hours such as mon-fri 09:00-15:00; sat, or an empty cell"
_BIRTH_EXPECTED = "a date such as 1990-04-01, or an empty cell"


def read_agents(path: Path | str, contracts: Collection[str], queues: Collection[str]) -> tuple[Agent, ...]:
    """Read `agent_id, agent_name, queue, contract, wage`, and what else is known of people.

    The column `queue` may be absent when there is only one queue; `leave`, `birth_date`, `skills` (further queues),
    `tags` and `available` may be absent or empty.

    Args:
        path: the staff list.
        contracts: the contracts' names.
        queues: the queues' names.

    Raises:
        InputError: with every fault found, by row and column.
    """
    several = ("queue",) if len(queues) > 1 else ()
    table = read_table(
        path,
        ("agent_id", "agent_name", "contract", "wage", *several),
        ("queue", "leave", "birth_date", "skills", "tags", "available"),
    )
    faults = table.faults()
    ids = columns.names(table, "agent_id", faults, what="an id")
    names = columns.names(table, "agent_name", faults, what="a name")
    contract = columns.names(table, "contract", faults, known=contracts, what="the name of a contract")
    wages = columns.counts(table, "wage", faults)
    queue = [*queues] * len(table)
    if "queue" in table:
        queue = columns.names(table, "queue", faults, known=queues, what="the name of a queue").tolist()
    leave = _leave(table, faults)
    births = _births(table, faults)
    skills = _skills(table, queues, faults)
    tags = [frozenset(words) for words in _words(table, "tags")]
    hours = _available(table, faults)
    faults.mark(wages == 0, table.headers["wage"], lambda i: "0", "a wage per hour above 0")
    again = ids.duplicated().to_numpy()
    first = dict(zip(reversed(ids.tolist()), reversed(table.rows.tolist()), strict=True))
    faults.mark(
        again & (ids != "").to_numpy(),
        table.headers["agent_id"],
        lambda i: f"{ids[i]!r} again, as in row {first[ids[i]]}",
        "an id of its own for everyone",
    )
    faults.check()
    rows = zip(ids, names, queue, contract, wages, leave, births, skills, tags, hours, strict=True)
    return tuple(Agent(i, n, q, c, int(w), *rest) for i, n, q, c, w, *rest in rows)


def _words(table: Table, column: str) -> list[tuple[str, ...]]:
    """The words of each cell, separated by `;`; none where there is no such column."""
    if column not in table:
        return [()] * len(table)
    cells = (str(text).replace("；", ";").split(";") for text in table.frame[column])
    return [tuple(filter(None, (word.strip() for word in cell))) for cell in cells]


def _skills(table: Table, queues: Collection[str], faults: Faults) -> list[tuple[str, ...]]:
    found = _words(table, "skills")
    strange = [next((word for word in words if word not in queues), "") for words in found]
    known = ", ".join(sorted(queues))
    faults.mark(
        np.array([bool(word) for word in strange], dtype=bool),
        table.headers.get("skills"),
        lambda i: repr(strange[i]),
        f"queues among {known}, separated by ;",
    )
    return found


def _available(table: Table, faults: Faults) -> list[tuple[tuple[Span, ...], ...] | None]:
    if "available" not in table:
        return [None] * len(table)
    hours: list[tuple[tuple[Span, ...], ...] | None] = []
    wrong = np.full(len(table), "", dtype=object)
    for i, text in enumerate(table.frame["available"]):
        try:
            hours.append(available(text))
        except ValueError as error:
            hours.append(None)
            wrong[i] = f"{text!r}: {error}"
    faults.mark(wrong != "", table.headers["available"], lambda i: str(wrong[i]), _AVAILABLE_EXPECTED)
    return hours


def _leave(table: Table, faults: Faults) -> list[frozenset[date]]:
    if "leave" not in table:
        return [frozenset()] * len(table)
    days: list[frozenset[date]] = []
    wrong = np.full(len(table), "", dtype=object)
    for i, text in enumerate(table.frame["leave"]):
        try:
            days.append(_days(text))
        except ValueError as error:
            days.append(frozenset())
            wrong[i] = f"{text!r}: {error}"
    faults.mark(wrong != "", table.headers["leave"], lambda i: str(wrong[i]), _LEAVE_EXPECTED)
    return days


def _days(text: str) -> frozenset[date]:
    """The days of a leave cell.

    Raises:
        ValueError: saying what cannot be read.
    """
    days: set[date] = set()
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        first, _, last = part.partition("..")
        start, end = columns.day(first), columns.day(last or first)
        if end < start:
            raise ValueError(f"{part} ends before it starts")
        if (end - start).days >= MAX_LEAVE_DAYS:
            raise ValueError(f"{part} is longer than {MAX_LEAVE_DAYS} days")
        days.update(start + timedelta(days=i) for i in range((end - start).days + 1))
    return frozenset(days)


def _births(table: Table, faults: Faults) -> list[date | None]:
    if "birth_date" not in table:
        return [None] * len(table)
    births: list[date | None] = []
    wrong = np.zeros(len(table), dtype=bool)
    texts = table.frame["birth_date"].tolist()
    for i, text in enumerate(texts):
        try:
            births.append(columns.day(text) if text.strip() else None)
        except ValueError:
            births.append(None)
            wrong[i] = True
    faults.mark(wrong, table.headers["birth_date"], lambda i: repr(texts[i]), _BIRTH_EXPECTED)
    return births
