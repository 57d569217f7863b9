"""The outline of a week: how many people work each shift, and how many shifts of each kind everybody works.

An outline forgets who works on which day. Of a week's program it keeps

    every row without people in it (cover, breaks) as it is;
    h[a, k] = shifts of kind k (its working and night minutes) that agent a works in the week: a person's row
        that speaks of kinds only (hours and shifts a week) becomes a row in h, and h carries the wages exactly;
    Y[t, p] = people of team t (a contract) on shift p: their sum is the shift's count, and for each team and
        kind the sum of Y is the sum of h;
    of rows "at most one of these" (a shift a day, rest) the sum over each team.

It drops all other rows, and every row kept follows from rows of the program: each roster of the week has an
outline of the same cost, so a lower bound on the outline bounds the week. Outlines are small, their relaxation
is tight, and named people can nearly always be found for their counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Program, ProgramBuilder
from staffing.roster.variables import RosterModel

Kind = tuple[int, int]  # working minutes, night minutes
Clique = frozenset[int]  # shifts, by the index of their group, of which a person works at most one


@dataclass(frozen=True)
class Outline:
    """A week's outline as a program.

    `shared` are the model's columns that belong to nobody (counts, breaks, missing people); they come first in
    the outline's program, in this order. `staffed` gives each Y column with the work columns that it counts.
    """

    program: Program
    shared: Ints
    staffed: tuple[tuple[int, Ints], ...]


def outline(model: RosterModel, columns: Ints, rows: Ints) -> Outline:
    """The outline of some columns of a model's program and of rows that reach no others."""
    return _Sketch(model, columns).draw(rows)


class _Sketch:
    """Collects one outline."""

    def __init__(self, model: RosterModel, columns: Ints) -> None:
        self._model = model
        self._builder = ProgramBuilder()
        self._shared = columns[model.owners[columns] == NOBODY]
        self._new = {int(column): self._builder.column(*self._figures(column)) for column in self._shared}
        self._groups: dict[int, int] = {}  # work column -> index of its shift's group
        self._kinds: dict[int, Kind] = {}  # work column -> kind
        self._of_kind: defaultdict[tuple[int, Kind], set[int]] = defaultdict(
            set
        )  # agent, kind -> work columns
        self._team_of: dict[int, str] = {}
        self._staff: defaultdict[tuple[str, int], list[int]] = defaultdict(
            list
        )  # team, group -> work columns
        inside = set(columns.tolist())
        for index, group in enumerate(model.groups):
            if group.count in inside:
                self._take_group(index)

    def draw(self, rows: Ints) -> Outline:
        """The outline that keeps what it can of `rows`."""
        self._h = self._add_kinds()
        self._y = {key: self._builder.column(len(work)) for key, work in self._staff.items()}
        self._link()
        cliques = self._project(rows)
        self._add_heads(cliques)
        staffed = tuple((self._y[key], np.array(work, dtype=np.int64)) for key, work in self._staff.items())
        return Outline(self._builder.build(), self._shared, staffed)

    def _figures(self, column: int) -> tuple[int, int]:
        program = self._model.program
        return int(program.upper[column]), int(program.cost[column])

    def _take_group(self, index: int) -> None:
        group = self._model.groups[index]
        kind = (group.placement.work_minutes, group.placement.night_minutes)
        for column in group.members.tolist():
            agent = int(self._model.owners[column])
            team = self._team_of.setdefault(agent, self._model.problem.agents[agent].contract)
            self._groups[column], self._kinds[column] = index, kind
            self._of_kind[agent, kind].add(column)
            self._staff[team, index].append(column)

    def _add_kinds(self) -> dict[tuple[int, Kind], int]:
        cost = self._model.program.cost
        return {
            key: self._builder.column(len({self._day(c) for c in work}), int(min(cost[c] for c in work)))
            for key, work in self._of_kind.items()
        }

    def _day(self, column: int) -> int:
        return int(self._model.column_days[column])

    def _link(self) -> None:
        """Shifts' counts = sum of Y; by queue, team and kind: sum of h = sum of Y."""
        by_shift: defaultdict[int, list[int]] = defaultdict(list)
        by_kind: defaultdict[tuple[str, str, Kind], list[tuple[int, int]]] = defaultdict(list)
        for (team, index), column in self._y.items():
            group = self._model.groups[index]
            kind = (group.placement.work_minutes, group.placement.night_minutes)
            by_shift[index].append(column)
            by_kind[group.queue, team, kind].append((column, -1))
        for (agent, kind), column in self._h.items():
            queue = self._model.problem.agents[agent].queue
            by_kind[queue, self._team_of[agent], kind].append((column, 1))
        for index, columns in by_shift.items():
            total = self._new[self._model.groups[index].count]
            self._builder.row([*columns, total], [1] * len(columns) + [-1], low=0, high=0)
        for terms in by_kind.values():
            self._builder.row([c for c, _ in terms], [sign for _, sign in terms], low=0, high=0)

    def _project(self, rows: Ints) -> dict[int, set[Clique]]:
        """Keep the rows that an outline can say; returns every agent's rows "at most one of these"."""
        program, owners = self._model.program, self._model.owners
        cliques: defaultdict[int, set[Clique]] = defaultdict(set)
        for row in rows.tolist():
            inside = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
            columns = program.matrix.indices[inside].astype(np.int64)
            factors = program.matrix.data[inside]
            low, high = int(program.low[row]), int(program.high[row])
            people = set(owners[columns].tolist())
            if people == {NOBODY}:
                self._builder.row([self._new[int(c)] for c in columns], factors, low=low, high=high)
            elif NOBODY in people or not all(int(c) in self._groups for c in columns):
                continue
            elif len(people) > 1:
                self._keep_shared(columns, factors, low, high)
            elif self._keep_kinds(people.pop(), columns, factors, low, high):
                continue
            elif high == 1 and bool((factors == 1).all()):
                agent = int(owners[columns[0]])
                cliques[agent].add(frozenset(self._groups[int(c)] for c in columns))
        return cliques

    def _keep_shared(self, columns: Ints, factors: Ints, low: int, high: int) -> None:
        """A row over all people of some shifts is a row over the shifts' counts."""
        groups = {self._groups[int(c)] for c in columns}
        everybody = sum(len(self._model.groups[index].members) for index in groups)
        if everybody == len(columns) and len(set(factors.tolist())) == 1:
            counts = [self._new[self._model.groups[index].count] for index in groups]
            self._builder.row(counts, int(factors[0]), low=low, high=high)

    def _keep_kinds(self, agent: int, columns: Ints, factors: Ints, low: int, high: int) -> bool:
        """A row that treats all of a person's shifts of a kind alike is a row in h."""
        found: defaultdict[Kind, set[int]] = defaultdict(set)
        weight: dict[Kind, set[int]] = defaultdict(set)
        for column, factor in zip(columns.tolist(), factors.tolist(), strict=True):
            found[self._kinds[column]].add(column)
            weight[self._kinds[column]].add(factor)
        if any(found[kind] != self._of_kind[agent, kind] or len(weight[kind]) > 1 for kind in found):
            return False
        h = [self._h[agent, kind] for kind in found]
        self._builder.row(h, [weight[kind].pop() for kind in found], low=low, high=high)
        return True

    def _add_heads(self, cliques: dict[int, set[Clique]]) -> None:
        """For shifts of which each member of a team works at most one: sum of Y <= members who can work any."""
        open_to: defaultdict[int, set[int]] = defaultdict(set)
        for column, index in self._groups.items():
            open_to[int(self._model.owners[column])].add(index)
        teams: defaultdict[str, list[int]] = defaultdict(list)
        for agent, team in self._team_of.items():
            teams[team].append(agent)
        for team, agents in teams.items():
            for shifts in {clique for agent in agents for clique in cliques.get(agent, ())}:
                heads = _heads(shifts, agents, open_to, cliques)
                columns = [self._y[team, index] for index in sorted(shifts)]
                if heads is not None and heads < sum(len(self._staff[team, index]) for index in shifts):
                    self._builder.row(columns, high=heads)


def _heads(
    shifts: Clique, agents: Iterable[int], open_to: dict[int, set[int]], cliques: dict[int, set[Clique]]
) -> int | None:
    """How many of the agents can work one of the shifts; None when somebody may work two of them."""
    heads = 0
    for agent in agents:
        own = shifts & open_to[agent]
        if not own:
            continue
        if len(own) > 1 and own not in cliques[agent] and not any(own <= clique for clique in cliques[agent]):
            return None
        heads += 1
    return heads
