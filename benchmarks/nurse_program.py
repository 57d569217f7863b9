"""A public nurse instance as an integer program with a chain a person.

    x[e, d, s] = 1 when e works s on d      y[e, w] = 1 when e works in weekend w
    under, over [d, s] = people missing or too many

A request for a shift costs its weight unless granted, so a constant (`offset`) stands beside the program.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.nurse_instance import Employee, Instance
from staffing.roster.patterns import Chain, Count, Runs, Weekends
from staffing.roster.program import Ints, Program, bounded
from staffing.roster.variables import NOBODY

_OPEN = np.iinfo(np.int64).max


@dataclass(frozen=True)
class NurseProgram:
    """The program; `table` has shape (employees, days, shifts) and holds x's columns, -1 where not allowed."""

    instance: Instance
    program: Program
    owners: Ints
    days: Ints
    chains: tuple[Chain, ...]
    table: npt.NDArray[np.int64]
    offset: int

    def worked(self, x: Ints) -> list[tuple[str, int, str]]:
        """(employee, day, shift) of everything worked in `x`."""
        found = np.argwhere((self.table >= 0) & (x[self.table] > 0))
        people, shifts = self.instance.employees, self.instance.shifts
        return [(people[e].name, d, shifts[s].name) for e, d, s in found.tolist()]


class _Rows:
    """Blocks of rows, each a table of columns (rows, width) in which -1 stands for none."""

    def __init__(self) -> None:
        self._indices: list[Ints] = []
        self._data: list[Ints] = []
        self._sizes: list[Ints] = []
        self._low: list[Ints] = []
        self._high: list[Ints] = []
        self.count = 0

    def add(self, columns: Ints, factors: Ints | int, low: Ints | int, high: Ints | int) -> Ints:
        """Add `low <= factors x columns <= high`; returns the new rows' indices."""
        there = columns >= 0
        self._indices.append(columns[there])
        self._data.append(np.broadcast_to(np.asarray(factors, dtype=np.int64), columns.shape)[there])
        self._sizes.append(there.sum(axis=1))
        for sides, side in ((self._low, low), (self._high, high)):
            sides.append(np.broadcast_to(np.asarray(side, dtype=np.int64), len(columns)))
        first, self.count = self.count, self.count + len(columns)
        return np.arange(first, self.count)

    def program(self, cost: Ints, upper: Ints) -> Program:
        starts = np.concatenate([[0], np.cumsum(np.concatenate(self._sizes))])
        data = (np.concatenate(self._data), np.concatenate(self._indices), starts)
        matrix = sparse.csr_array(data, shape=(self.count, len(cost)))
        return bounded(cost, upper, matrix, np.concatenate(self._low), np.concatenate(self._high))


def nurse_program(instance: Instance) -> NurseProgram:
    """Build the program and its chains."""
    return _Builder(instance).build()


class _Builder:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.shift_index = {shift.name: s for s, shift in enumerate(instance.shifts)}
        self.person_index = {person.name: e for e, person in enumerate(instance.employees)}
        self.minutes = np.array([shift.minutes for shift in instance.shifts], dtype=np.int64)
        self.follows = np.array(
            [[b.name not in a.not_followed_by for b in instance.shifts] for a in instance.shifts]
        )
        self.people, self.days, self.shifts = len(instance.employees), instance.days, len(instance.shifts)
        self.limits = np.array(
            [[p.max_shifts.get(s.name, self.days) for s in instance.shifts] for p in instance.employees]
        )
        self.rows = _Rows()
        self.chain_rows: list[list[int]] = [[] for _ in instance.employees]

    def build(self) -> NurseProgram:
        allowed = self._allowed()
        works = int(allowed.sum())
        self.table = np.full(allowed.shape, -1, dtype=np.int64)
        self.table[allowed] = np.arange(works)
        self.weekends = works + np.arange(self.people * len(self.instance.saturdays)).reshape(self.people, -1)
        slack = works + self.weekends.size + np.arange(2 * len(self.instance.cover)).reshape(2, -1)
        prices, offset = self._prices(allowed)
        cost = np.concatenate([prices, np.zeros(self.weekends.size, np.int64), self._cover_prices().ravel()])
        upper = np.ones(len(cost), dtype=np.int64)
        self._day_rows()
        self._run_rows()
        minutes, caps, links, limits = self._minute_rows(), self._cap_rows(), *self._weekend_rows()
        upper[slack] = self._cover_rows(slack)
        whose, day, _ = np.nonzero(allowed)
        saturdays = np.tile(np.array(self.instance.saturdays, dtype=np.int64), self.people)
        cover_days = np.array([cover.day for cover in self.instance.cover], dtype=np.int64)
        owners = np.concatenate(
            [
                whose,
                np.repeat(np.arange(self.people), len(self.instance.saturdays)),
                np.full(slack.size, NOBODY),
            ]
        )
        chains = tuple(
            self._chain(e, person, minutes[e], caps, links, limits[e])
            for e, person in enumerate(self.instance.employees)
        )
        return NurseProgram(
            self.instance,
            self.rows.program(cost, upper),
            owners,
            np.concatenate([day, saturdays, np.tile(cover_days, 2)]),
            chains,
            self.table,
            offset,
        )

    def _allowed(self) -> npt.NDArray[np.bool_]:
        allowed = np.broadcast_to(self.limits[:, None, :] > 0, (self.people, self.days, self.shifts)).copy()
        for e, person in enumerate(self.instance.employees):
            allowed[e, sorted(person.days_off)] = False
        return allowed

    def _prices(self, allowed: npt.NDArray[np.bool_]) -> tuple[Ints, int]:
        price = np.zeros(allowed.shape, dtype=np.int64)
        offset = 0
        for sign, asked in ((-1, self.instance.on_requests), (1, self.instance.off_requests)):
            for request in asked:
                where = self.person_index[request.employee], request.day, self.shift_index[request.shift]
                price[where] += sign * request.weight
                offset += request.weight if sign < 0 else 0
        return price[allowed], offset

    def _cover_prices(self) -> Ints:
        return np.array([[c.under for c in self.instance.cover], [c.over for c in self.instance.cover]])

    def _own(self, rows: Ints, whose: Ints) -> None:
        for row, e in zip(rows.tolist(), whose.tolist(), strict=True):
            self.chain_rows[e].append(row)

    def _day_rows(self) -> None:
        """One shift a day; a shift and those that may not follow it."""
        whose = np.repeat(np.arange(self.people), self.days)
        self._own(self.rows.add(self.table.reshape(-1, self.shifts), 1, 0, 1), whose)
        whose = np.repeat(np.arange(self.people), self.days - 1)
        for successors in np.unique(self.follows, axis=0):
            if successors.all():
                continue
            first = np.flatnonzero((self.follows == successors).all(axis=1))
            pairs = np.concatenate(
                [self.table[:, :-1, first], self.table[:, 1:, np.flatnonzero(~successors)]], axis=2
            )
            self._own(self.rows.add(pairs.reshape(len(whose), -1), 1, 0, 1), whose)

    def _run_rows(self) -> None:
        people = self.instance.employees
        kinds = sorted({(p.max_work_days, p.min_work_days, p.min_days_off) for p in people})
        for longest, shortest, rest in kinds:
            whose = np.array(
                [
                    e
                    for e, p in enumerate(people)
                    if (p.max_work_days, p.min_work_days, p.min_days_off) == (longest, shortest, rest)
                ]
            )
            self._stretch(whose, [1] * (longest + 1), -_OPEN, longest)
            for days in range(1, shortest):
                self._stretch(whose, [1, *[-1] * days, 1], 1 - days, _OPEN)
            for days in range(1, rest):
                self._stretch(whose, [-1, *[1] * days, -1], -1, _OPEN)

    def _stretch(self, whose: Ints, signs: list[int], low: int, high: int) -> None:
        """The same row over the days worked in every stretch of as many days as there are signs."""
        starts = np.arange(self.days - len(signs) + 1)
        columns = self.table[whose[:, None, None], (starts[:, None] + np.arange(len(signs)))[None]]
        factors = np.tile(np.repeat(signs, self.shifts), (len(whose) * len(starts), 1))
        added = self.rows.add(columns.reshape(len(whose) * len(starts), -1), factors, low, high)
        self._own(added, np.repeat(whose, len(starts)))

    def _minute_rows(self) -> Ints:
        people = self.instance.employees
        low = np.array([person.min_minutes for person in people])
        high = np.array([person.max_minutes for person in people])
        return self.rows.add(
            self.table.reshape(self.people, -1), np.tile(self.minutes, (self.people, self.days)), low, high
        )

    def _cap_rows(self) -> dict[tuple[int, int], int]:
        capped = np.argwhere((self.limits > 0) & (self.limits < self.days))
        rows = self.rows.add(self.table[capped[:, 0], :, capped[:, 1]], 1, 0, self.limits[tuple(capped.T)])
        return {(int(e), int(s)): int(row) for (e, s), row in zip(capped, rows, strict=True)}

    def _weekend_rows(self) -> tuple[list[list[int]], Ints]:
        links: list[list[int]] = [[] for _ in range(self.people)]
        for w, saturday in enumerate(self.instance.saturdays):
            for day in range(saturday, min(saturday + 2, self.days)):
                columns = np.concatenate([self.table[:, day], self.weekends[:, w : w + 1]], axis=1)
                factors = np.tile([1] * self.shifts + [-1], (self.people, 1))
                for e, row in enumerate(self.rows.add(columns, factors, -_OPEN, 0).tolist()):
                    links[e].append(row)
        most = np.array([person.max_weekends for person in self.instance.employees])
        return links, self.rows.add(self.weekends, 1, 0, most)

    def _cover_rows(self, slack: Ints) -> Ints:
        """People + under - over = required; returns the most that under and over can be."""
        cover = self.instance.cover
        where = np.array([(c.day, self.shift_index[c.shift]) for c in cover]).reshape(-1, 2)
        required = np.array([c.required for c in cover], dtype=np.int64)
        columns = np.concatenate([self.table[:, where[:, 0], where[:, 1]].T, slack.T], axis=1)
        factors = np.tile([1] * self.people + [1, -1], (len(cover), 1))
        self.rows.add(columns, factors, required, required)
        return np.stack([required, np.maximum(self.people - required, 0)])

    def _chain(
        self,
        e: int,
        person: Employee,
        minutes: int,
        caps: dict[tuple[int, int], int],
        links: list[list[int]],
        limit: int,
    ) -> Chain:
        days, kinds = np.nonzero(self.table[e] >= 0)
        last = self.days - 1
        counts = [
            Count(0, last, self.minutes[kinds], person.min_minutes, person.max_minutes, (int(minutes),))
        ]
        counts += [
            Count(0, last, (kinds == s).astype(np.int64), 0, int(self.limits[e, s]), (caps[e, s],))
            for s in range(self.shifts)
            if (e, s) in caps
        ]
        return Chain(
            columns=self.table[e][days, kinds],
            days=days,
            kinds=kinds,
            follows=self.follows,
            idle=np.ones(self.days, dtype=np.bool_),
            runs=Runs(person.min_work_days, person.max_work_days, person.min_days_off),
            counts=tuple(counts),
            weekends=Weekends(
                np.array(self.instance.saturdays, dtype=np.int64),
                self.weekends[e],
                person.max_weekends,
                tuple(links[e]),
                (int(limit),),
            ),
            rows=tuple(self.chain_rows[e]),
        )
