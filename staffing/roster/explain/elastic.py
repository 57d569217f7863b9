"""A problem's rules on people, each limit of which may be held or let go: the ground of every explanation.

Missing people are priced and never forbidden, so whether a roster exists is decided by the rows on people's own
columns alone. They fall into groups that no row connects: mostly a person's weeks, sometimes several people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from staffing.roster.engines import branch, search
from staffing.roster.explain.prices import may_give, price_of
from staffing.roster.ledger import NOBODY
from staffing.roster.limits import Give, Limit
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints, Mask, Program
from staffing.roster.rules import rules_of
from staffing.roster.variables import RosterModel

WORKERS = 8  # of CP-SAT on one group: they prove far more than fewer do, even on two cores
ROUNDING = 1_000_000  # branch and bound's bounds are right to a millionth
TASTE = 10_000  # what a unit of a price is worth against tastes, of which few come together


@dataclass(frozen=True)
class Hold:
    """A hard limit's side that may give: the column that measures how far, and what a unit of it takes.

    Several limits may share the column (a rest between the same two days); the first speaks for all.
    """

    column: int
    limits: tuple[Limit, ...]
    below: bool
    price: int

    @property
    def limit(self) -> Limit:
        """The first of the limits."""
        return self.limits[0]


@dataclass(frozen=True)
class Way:
    """A way to let a group through, or none.

    Attributes:
        x: of the group's columns; None when none was found.
        impossible: it is proven that there is none.
        cheapest: it is proven that none is cheaper, tastes and the solver's rounding aside.
    """

    x: Ints | None
    impossible: bool = False
    cheapest: bool = False


@dataclass(frozen=True)
class Group:
    """Columns that rows connect, and the holds among them; `tastes` picks among ways out of one price."""

    columns: Ints
    program: Program
    holds: tuple[Hold, ...]
    tastes: Ints

    def solve(self, held: Set[int], free: Set[int], seconds: float, seed: int) -> Way:
        """The cheapest way to let the group through.

        Args:
            held: columns of holds that must not give.
            free: columns of holds that may give for nothing.
            seconds: of search.
            seed: of the search.
        """
        program = self._program(held, free)
        found = branch(program, seconds)
        if found.x is None and not found.inadmissible:  # CP-SAT finds where branch and bound does not
            found = search(program, seconds=seconds, workers=WORKERS, seed=seed)
        if found.x is None:
            return Way(None, impossible=found.inadmissible)
        value = program.value(found.x)
        rounding = max(self._scale - 1, 1 + value // ROUNDING)
        return Way(found.x, cheapest=value - found.bound <= rounding)

    def refutes(self, held: Set[int], seconds: float, seed: int) -> bool:
        """Whether it is proven in whole numbers that some holds cannot all be kept, whatever the others do."""
        everything = {hold.column for hold in self.holds}
        program = self._program(held, everything - held)
        nothing = np.zeros_like(program.cost)
        return search(
            replace(program, cost=nothing), seconds=seconds, workers=WORKERS, seed=seed
        ).inadmissible

    def _program(self, held: Set[int], free: Set[int]) -> Program:
        cost, upper = self.tastes.copy(), self.program.upper.copy()
        for place, hold in zip(self._places.tolist(), self.holds, strict=True):
            if hold.column in held:
                upper[place] = 0
            elif hold.column not in free:
                cost[place] = hold.price * self._scale
        return Program(cost, upper, self.program.matrix, self.program.low, self.program.high)

    def given(self, x: Ints) -> dict[int, int]:
        """The holds' columns that are not 0 in an x of the group, with their amounts."""
        amounts = x[self._places].tolist()
        return {hold.column: amount for hold, amount in zip(self.holds, amounts, strict=True) if amount}

    @property
    def _scale(self) -> int:
        return TASTE if self.tastes.any() else 1

    @cached_property
    def _places(self) -> Ints:
        """Where the holds' columns stand among the group's."""
        return np.searchsorted(self.columns, [hold.column for hold in self.holds])


class Elastic:
    """A problem's model in which every hard limit may give, cut into groups."""

    def __init__(self, problem: RosterProblem) -> None:
        self.model = RosterModel(problem, rules_of(problem), elastic=may_give)
        holds = _holds(self.model)
        self.hold = {hold.column: hold for hold in holds}
        tastes = _tastes(self.model)
        self.groups = tuple(
            Group(
                columns,
                program,
                tuple(self.hold[c] for c in columns.tolist() if c in self.hold),
                tastes[columns],
            )
            for columns, _, program in people_groups(self.model, self.hold)
        )

    def gives(self, group: Group, x: Ints) -> tuple[Give, ...]:
        """How far each hold of a group gives in an x of it, in the order of the days."""
        whole = np.zeros(self.model.program.columns, dtype=np.int64)
        whole[group.columns] = x
        found = [self._give(self.hold[column], amount, whole) for column, amount in group.given(x).items()]
        return tuple(sorted(found, key=lambda give: (give.limit.first, give.limit.agent, give.limit.row)))

    def _give(self, hold: Hold, amount: int, x: Ints) -> Give:
        limit = hold.limit
        rows = self.model.program.matrix[[other.row for other in hold.limits]]
        taken = {column for column in rows.indices.tolist() if x[column] and column not in self.hold}
        worked = tuple(
            placement
            for agent, days in self._near(limit)
            for day in days
            for column, placement in self.model.choices(agent, day)
            if column in taken
        )
        days_worked = frozenset(
            day
            for day in range(len(self.model.days))
            if limit.agent >= 0 and x[self.model.options(limit.agent, day).columns].any()
        )
        return Give(limit, -amount if hold.below else amount, worked, days_worked=days_worked)

    def _near(self, limit: Limit) -> list[tuple[int, Iterable[int]]]:
        """The people and days whose shifts a limit may count."""
        days = range(max(0, limit.first - 1), min(limit.last + 2, len(self.model.days)))
        people = range(len(self.model.problem.agents)) if limit.agent < 0 else (limit.agent,)
        return [(agent, days) for agent in people]


def people_groups(model: RosterModel, more: Iterable[int] = ()) -> list[tuple[Ints, Ints, Program]]:
    """The groups of people's columns (and of `more`) that rows connect: columns, rows, and the program of each.

    Columns that no row touches are left out; the programs' costs are the model's. A row that asks for something
    and has no columns is a group of its own, without columns.
    """
    mask: Mask = model.owners != NOBODY
    mask[list(more)] = True
    whole = model.program
    within = whole.rows_within(mask)
    inside = whole.keeping(within)
    matrix = inside.matrix.tocsr()
    rows, columns = matrix.shape
    links = sparse.coo_array(matrix)
    graph = sparse.coo_array(
        (np.ones(links.nnz, dtype=np.int8), (links.row, links.col + rows)), shape=(rows + columns,) * 2
    )
    _, label = connected_components(graph, directed=False)
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for row, own in enumerate(label[:rows].tolist()):
        rows_of[own].append(row)
    columns_of: defaultdict[int, list[int]] = defaultdict(list)
    for column in np.flatnonzero(mask).tolist():
        columns_of[int(label[rows + column])].append(column)
    found = []
    for own, among in rows_of.items():
        kept = np.array(columns_of[own], dtype=np.int64)
        rows_kept = np.array(among, dtype=np.int64)
        part = inside.keeping(rows_kept)
        program = Program(whole.cost[kept], whole.upper[kept], part.matrix[:, kept], part.low, part.high)
        found.append((kept, within[rows_kept], program))
    return found


def _holds(model: RosterModel) -> list[Hold]:
    """Every side of a hard limit that may give."""
    sides: defaultdict[tuple[int, bool], list[Limit]] = defaultdict(list)
    for limit in model.limits:
        if limit.rule.kind == "hard":
            for column, below in ((limit.under, True), (limit.over, False)):
                if column is not None:
                    sides[column, below].append(limit)
    return [
        Hold(column, tuple(limits), below, price_of(limits[0], below, model))
        for (column, below), limits in sides.items()
    ]


def _tastes(model: RosterModel) -> Ints:
    """Small costs of shifts outside availability: the nearer the better, and on the same weekdays every week."""
    tastes = np.zeros(model.program.columns, dtype=np.int64)
    for agent, person in enumerate(model.problem.agents):
        if person.available is None:
            continue
        for day, date in enumerate(model.days):
            spans = person.available[date.weekday()]
            for column, placement in model.choices(agent, day):
                first, last = placement.shift.start_minute, placement.shift.end_minute
                inside = sum(max(0, min(last, s.end_minute) - max(first, s.start_minute)) for s in spans)
                outside = last - first - inside
                tastes[column] = outside + date.weekday() if outside else 0
    return tastes
