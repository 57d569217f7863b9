"""Flexible people in the model: columns that lend them to a queue, moment by moment, and how these follow from x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.roster.cover import Stretches
from staffing.roster.program import Ints
from staffing.roster.sharing import lend

if TYPE_CHECKING:
    from staffing.roster.variables import Group, RosterModel

Queues = tuple[str, ...]
Terms = list[tuple[int, int]]  # column, factor

NOT_OPEN = -1


@dataclass(frozen=True)
class Loan:
    """One set of skills: the moments in which any of its queues needs people, and a column a queue and moment.

    `starts` minutes since 1970 UTC, shape (moments,); `columns` shape (queues, moments), NOT_OPEN where the queue
    is closed then.
    """

    queues: Queues
    starts: Ints
    columns: Ints


class Lending:
    """The loans of one model. Empty when everybody serves one queue."""

    def __init__(
        self, model: RosterModel, groups: Sequence[Group], stretches: Mapping[str, Stretches]
    ) -> None:
        self._stretches = stretches
        self._sets = sorted({group.queues for group in groups})
        self.loans = [_loan(model, queues, groups, stretches) for queues in self._sets if len(queues) > 1]

    def lent(self, queue: str) -> list[Terms]:
        """For each stretch of a queue the columns of the people lent to it."""
        own = self._stretches[queue]
        terms: list[Terms] = [[] for _ in own.starts]
        for loan in self.loans:
            if queue in loan.queues:
                columns = loan.columns[loan.queues.index(queue)]
                for column, start in zip(columns.tolist(), loan.starts.tolist(), strict=True):
                    if column != NOT_OPEN:
                        terms[int(np.searchsorted(own.starts, start))].append((column, 1))
        return terms

    def fill(self, model: RosterModel, x: Ints) -> None:
        """Set the loans of a complete `x`, and the people then missing, as few as possible."""
        names = sorted(self._stretches)
        moments = np.unique(np.concatenate([self._stretches[name].starts for name in names]))
        required = np.zeros((len(names), len(moments)))
        for i, name in enumerate(names):
            required[i, np.searchsorted(moments, self._stretches[name].starts)] = self._stretches[
                name
            ].required
        people = self._on_floor(model, x, moments)
        can = np.array([[name in queues for name in names] for queues in self._sets])
        given = np.rint(lend(people, required, can)).astype(np.int64)
        for loan in self.loans:
            where = np.searchsorted(moments, loan.starts)
            for columns, name in zip(loan.columns, loan.queues, strict=True):
                open_ = columns != NOT_OPEN
                x[columns[open_]] = given[self._sets.index(loan.queues), names.index(name), where[open_]]
        missing = np.rint(required).astype(np.int64) - given.sum(axis=0)
        for name, columns in model.missing.items():
            x[columns] = missing[names.index(name), np.searchsorted(moments, self._stretches[name].starts)]

    def _on_floor(
        self, model: RosterModel, x: Ints, moments: Ints
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """People of each skill set at work in each moment. Shape (skill sets, moments)."""
        people = np.zeros((len(self._sets), len(moments)))
        for group in model.groups:
            if not x[group.count]:
                continue
            row = people[self._sets.index(group.queues)]
            first, last = np.searchsorted(moments, (group.placement.start, group.placement.end))
            row[first:last] += x[group.count]
            for column, rest in zip(group.breaks, group.placement.rests, strict=True):
                first, last = np.searchsorted(moments, rest)
                row[first:last] -= x[column]
        return people


def _loan(
    model: RosterModel, queues: Queues, groups: Sequence[Group], stretches: Mapping[str, Stretches]
) -> Loan:
    """The columns of one set of skills, and the rows that keep it from lending more people than are there."""
    starts, first = np.unique(
        np.concatenate([stretches[queue].starts for queue in queues]), return_index=True
    )
    days = np.concatenate([stretches[queue].days for queue in queues])[first]
    terms: list[Terms] = [[] for _ in starts]
    own = [group for group in groups if group.queues == queues]
    for group in own:
        for i in range(*np.searchsorted(starts, (group.placement.start, group.placement.end))):
            terms[i].append((group.count, -1))
        for column, rest in zip(group.breaks, group.placement.rests, strict=True):
            for i in range(*np.searchsorted(starts, rest)):
                terms[i].append((column, 1))
    people = len(np.unique(np.concatenate([model.owner_of(group.members) for group in own])))
    columns = np.full((len(queues), len(starts)), NOT_OPEN, dtype=np.int64)
    for i, queue in enumerate(queues):
        for start, required in zip(stretches[queue].starts, stretches[queue].required, strict=True):
            at = int(np.searchsorted(starts, start))
            if required:
                columns[i, at] = model.column(min(people, int(required)), day=int(days[at]))
    for at, found in enumerate(terms):
        lent = [int(column) for column in columns[:, at] if column != NOT_OPEN]
        if lent:
            model.row(
                [*lent, *(column for column, _ in found)],
                [1] * len(lent) + [sign for _, sign in found],
                high=0,
            )
    return Loan(queues, starts, columns)
