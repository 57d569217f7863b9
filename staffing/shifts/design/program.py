"""The integer program of a design.

Rows speak of changes from slot to slot, not of people present: a shift then stands in two rows, where it begins
and where it ends, instead of in one for each of its slots. Columns, in this order:

    x[k,d]    people who begin shift k on day d
    b[k,d,o]  those of them whose break begins o slots after the start
    u[t]      people missing in slot t
    o[t]      people too many in slot t
    y[k]      1 when anybody works shift k

Slots are counted through all days; a design that is not cyclic has some more, after the end, where nobody is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from staffing.shifts.design.problem import Candidate, DesignProblem

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Duty:
    """One shift on one day: column of its x, where it begins and ends, and its breaks' columns by offset."""

    shift: int
    day: int
    column: int
    begin: int
    breaks: tuple[tuple[int, int], ...]  # (offset, column)


class Rows:
    """Rows of a sparse matrix, gathered one by one."""

    def __init__(self) -> None:
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[int] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, terms: list[tuple[int, int]], low: float, high: float) -> None:
        """One row: (column, coefficient) pairs between two bounds; a column named twice counts twice."""
        self._row += [len(self.low)] * len(terms)
        self._column += [column for column, _ in terms]
        self._value += [value for _, value in terms]
        self.low.append(low)
        self.high.append(high)

    def matrix(self, columns: int) -> sparse.csr_array:
        """All rows, shape (rows, columns)."""
        values = np.array(self._value, dtype=np.float64)
        places = (np.array(self._row, dtype=np.int64), np.array(self._column, dtype=np.int64))
        return sparse.csr_array(sparse.coo_array((values, places), shape=(len(self.low), columns)))


class Slots:
    """Every slot of a problem in a row, those after the end included. Arrays of shape (slots,)."""

    def __init__(self, problem: DesignProblem, reach: int) -> None:
        days, size = problem.days, problem.slots_a_day
        self.cyclic = problem.cyclic
        after = 0 if problem.cyclic else max(0, reach - size)
        given = np.array(problem.required, dtype=np.int64).ravel()
        self.closed = np.concatenate([given < 0, np.zeros(after, dtype=np.bool_)])
        self.required = np.concatenate([np.maximum(given, 0), np.zeros(after, dtype=np.int64)])
        weights = np.repeat([problem.weight(day) for day in range(days)], size).astype(np.int64)
        self.weight = np.concatenate([weights, np.full(after, problem.weight(days - 1), dtype=np.int64)])
        self.count = len(self.required)

    def place(self, slot: int) -> int:
        """A slot counted past the end, found again at the beginning of a cyclic problem."""
        return slot % self.count if self.cyclic else slot

    def before(self, slot: int) -> int | None:
        """The slot before; none before the first, unless cyclic."""
        return slot - 1 if slot else (self.count - 1 if self.cyclic else None)

    def of(self, begin: int, length: int) -> Ints:
        """The slots of a shift."""
        slots = begin + np.arange(length, dtype=np.int64)
        return slots % self.count if self.cyclic else slots


class DesignProgram:
    """Columns, rows and prices of a design; `cuts.py` adds the rows that make its relaxation tight."""

    def __init__(self, problem: DesignProblem) -> None:
        self.problem = problem
        self.candidates: tuple[Candidate, ...] = problem.candidates
        self.slots = Slots(problem, max((c.start + c.length for c in self.candidates), default=0))
        self.empty_cost = int(
            self.slots.required @ self.slots.weight * problem.slot_minutes * problem.prices.under_minute
        )
        self.duties: list[Duty] = []
        self._upper: list[int] = []
        self._add_duties()
        self.people_columns = len(self._upper)
        self.under = self.people_columns
        self.over = self.under + self.slots.count
        self.offered = self.over + self.slots.count
        self.columns = self.offered + len(self.candidates)
        self.rows = Rows()
        self.changes: list[list[tuple[int, int, int]]] = []  # by slot: (shift, column, +1 or -1)
        self.first: list[tuple[int, int]] = []  # who is at work in the first slot of a cyclic problem
        self._link()
        self._balance()
        self._limit()

    def _add_duties(self) -> None:
        size = self.problem.slots_a_day
        for k, shift in enumerate(self.candidates):
            for day in range(self.problem.days):
                begin = day * size + shift.start
                slots = self.slots.of(begin, shift.length)
                most = self._most(shift, slots, day)
                if self.slots.closed[slots].any() or not most:
                    continue
                column = len(self._upper)
                self._upper += [most] * (1 + len(shift.offsets))
                breaks = tuple((offset, column + 1 + i) for i, offset in enumerate(shift.offsets))
                self.duties.append(Duty(k, day, column, begin, breaks))

    def _most(self, shift: Candidate, slots: Ints, day: int) -> int:
        """More people than this on one shift are never needed (docs/shift-design.md has the proof)."""
        limits, prices = self.problem.limits, self.problem.prices
        peak = int(self.slots.required[slots].max())
        most = peak if not shift.break_slots else peak * min(2, len(shift.offsets))
        if limits.mean_length is not None:
            price = prices.over_minute * self.problem.slot_minutes * self.problem.weight(day)
            most = int(self.slots.required[slots[0]]) + self.empty_cost // price
        return most if limits.people_at_once is None else min(most, limits.people_at_once)

    def _link(self) -> None:
        """Whoever begins a shift makes it an offered one; everybody on a shift with a break has one."""
        for duty in self.duties:
            most = self._upper[duty.column]
            self.rows.add([(duty.column, 1), (self.offered + duty.shift, -most)], -np.inf, 0)
            if duty.breaks:
                self.rows.add([(duty.column, -1), *((c, 1) for _, c in duty.breaks)], 0, 0)

    def _balance(self) -> None:
        """People required change as people present, missing and too many do."""
        self.changes = [[] for _ in range(self.slots.count + 1)]
        for duty in self.duties:
            shift = self.candidates[duty.shift]
            self._stretch(duty, duty.column, 0, shift.length, 1)
            for offset, column in duty.breaks:
                self._stretch(duty, column, offset, shift.break_slots, -1)
        for slot in range(self.slots.count):
            terms = [(column, sign) for _, column, sign in self.changes[slot]]
            before, need = self.slots.before(slot), int(self.slots.required[slot])
            terms += self._difference(slot, 1)
            if before is not None:
                terms += self._difference(before, -1)
                need -= int(self.slots.required[before])
            self.rows.add(terms, need, need)
        if self.slots.cyclic:
            need = int(self.slots.required[0])
            self.rows.add(self.first + self._difference(0, 1), need, need)

    def _stretch(self, duty: Duty, column: int, offset: int, length: int, sign: int) -> None:
        """People who come (or break off) at one slot and go (or come back) at another."""
        begin, end = duty.begin + offset, duty.begin + offset + length
        self.changes[self.slots.place(begin)].append((duty.shift, column, sign))
        self.changes[self.slots.place(end)].append((duty.shift, column, -sign))
        if self.slots.cyclic:
            visits = (end - 1) // self.slots.count - (begin - 1) // self.slots.count
            self.first += [(column, sign)] * visits

    def _difference(self, slot: int, sign: int) -> list[tuple[int, int]]:
        return [(self.under + slot, sign), (self.over + slot, -sign)]

    def _limit(self) -> None:
        limits = self.problem.limits
        if limits.distinct_shifts is not None:
            terms = [(self.offered + k, 1) for k in range(len(self.candidates))]
            self.rows.add(terms, -np.inf, limits.distinct_shifts)
        if limits.people_at_once is not None:
            for slot, need in enumerate(self.slots.required.tolist()):
                self.rows.add(self._difference(slot, -1), -np.inf, limits.people_at_once - need)
        if limits.mean_length is not None:
            for bound, sign in ((limits.mean_length.least_minutes, -1), (limits.mean_length.most_minutes, 1)):
                terms = []
                for duty in self.duties:
                    beyond = self.candidates[duty.shift].length * self.problem.slot_minutes - bound
                    terms.append((duty.column, sign * beyond * self.problem.weight(duty.day)))
                self.rows.add(terms, -np.inf, 0)

    # --- what solvers read ------------------------------------------------------------------------------------

    @cached_property
    def cost(self) -> Ints:
        """Price of each column, shape (columns,)."""
        prices, minutes = self.problem.prices, self.slots.weight * self.problem.slot_minutes
        cost = np.zeros(self.columns, dtype=np.int64)
        cost[self.under : self.over] = minutes * prices.under_minute
        cost[self.over : self.offered] = minutes * prices.over_minute
        cost[self.offered :] = prices.shift
        return cost

    @cached_property
    def upper(self) -> Floats:
        """Largest value of each column, shape (columns,); the smallest is 0."""
        upper = np.full(self.columns, np.inf)
        upper[: self.people_columns] = self._upper
        upper[self.under : self.over] = self.slots.required
        upper[self.over : self.offered][self.slots.closed] = 0
        upper[self.offered :] = 1
        return upper

    @cached_property
    def unit(self) -> int:
        """Every cost is a multiple of this."""
        return max(1, int(np.gcd.reduce(self.cost)))

    def completed(self, people: Ints) -> Ints:
        """All columns from those of people (x and b): whoever is missing or too many, and the shifts offered."""
        z = np.zeros(self.columns, dtype=np.int64)
        z[: self.people_columns] = people
        change = np.zeros(self.slots.count, dtype=np.int64)
        for slot in range(self.slots.count):
            change[slot] = sum(sign * int(people[column]) for _, column, sign in self.changes[slot])
        present = np.cumsum(change)
        if self.slots.cyclic:  # changes alone leave the level open
            present += sum(sign * int(people[column]) for column, sign in self.first) - present[0]
        z[self.under : self.over] = np.maximum(self.slots.required - present, 0)
        z[self.over : self.offered] = np.maximum(present - self.slots.required, 0)
        for duty in self.duties:
            if people[duty.column]:
                z[self.offered + duty.shift] = 1
        return z

    def value(self, z: Ints) -> int:
        """The cost of all columns."""
        return int(self.cost @ z)
