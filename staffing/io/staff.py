"""Read the staff list: who may be rostered, under which contract, at which wage, and when they are away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from staffing.io import columns
from staffing.io.faults import Faults
from staffing.io.reading import Table, read_table
from staffing.roster.problem import Agent

MAX_LEAVE_DAYS = 366  # of one range: a mistyped year would take somebody away for centuries
_LEAVE_EXPECTED = "dates such as 2027-02-01 or ranges such as 2027-02-01..2027-02-03, separated by ;"
_BIRTH_EXPECTED = "a date such as 1990-04-01, or an empty cell"


def read_agents(path: Path | str, contracts: Collection[str], queues: Collection[str]) -> tuple[Agent, ...]:
    """Read `agent_id, agent_name, queue, contract, wage, leave, birth_date`; the last two may be absent or empty.

    The column `queue` may be absent when there is only one queue.

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
        ("queue", "leave", "birth_date"),
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
    rows = zip(ids, names, queue, contract, wages, leave, births, strict=True)
    return tuple(Agent(i, n, q, c, int(w), away, born) for i, n, q, c, w, away, born in rows)


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
