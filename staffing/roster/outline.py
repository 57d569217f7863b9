"""The outline of a week: how many people work each shift, and how many shifts of each kind everybody works.

An outline forgets who works on which day. Of a week's program it keeps

    every row without people in it (cover, breaks) as it is;
    h[a, k] = shifts of kind k (its working and night minutes, the activities in it) that agent a works in the
        week: a person's row that speaks of kinds only (hours and shifts a week) becomes a row in h, and h carries
        the wages exactly;
    Y[t, p] = people of team t (a contract of a queue) on shift p: their sum is the shift's count, and for each
        team and kind the sum of Y is the sum of h;
    the columns that price a person left out of an activity;
    of rows "at most one of these" (a shift a day, rest) the sum over each team;
    where a person's day holds at most one shift: no more shifts of any kinds than days that offer them.

It drops all other rows, and every row kept follows from rows of the program: each roster of the week has an
outline of the same cost, so a lower bound on the outline bounds the week. Outlines are small, their relaxation
is tight, and named people can nearly always be found for their counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from staffing.roster.cliques import Cliques
from staffing.roster.ledger import NOBODY
from staffing.roster.placements import Placement
from staffing.roster.program import Ints, Mask, Program, ProgramBuilder
from staffing.roster.variables import NO_GROUP, RosterModel


@dataclass(frozen=True)
class Outline:
    """A week's outline as a program.

    `shared` are the model's columns that belong to nobody (counts, breaks, missing people) and those that price
    people left out of activities; they come first in the outline's program, in this order. `staffed` gives each Y
    column with the work columns that it counts. `choice` are the columns, of the outline's program, that choose
    shifts and breaks: Y, counts, breaks. `attending` are, by activity, the h columns of shifts that hold it;
    `meetings` the columns that choose the start of each meeting.
    """

    program: Program
    shared: Ints
    staffed: tuple[tuple[int, Ints], ...]
    choice: Mask
    attending: Mapping[str, Ints]
    meetings: tuple[Ints, ...]


def kind_of(placement: Placement) -> tuple[int, int, frozenset[str]]:
    """What a shift's pay, a person's hours and shifts a week, and attendance at activities depend on."""
    return placement.work_minutes, placement.night_minutes, frozenset(placement.activities)


def outline(model: RosterModel, columns: Ints, program: Program) -> Outline:
    """The outline of a program over some of a model's columns: `program`'s column i is `columns[i]`."""
    return _Sketch(model, columns, program).draw()


class _Sketch:
    """Collects one outline. Columns are counted as in its program, but where a name says `global`."""

    def __init__(self, model: RosterModel, columns: Ints, program: Program) -> None:
        self._model = model
        self._program = program
        self._global = columns
        self._builder = ProgramBuilder()
        self._owner = model.owners[columns]
        self._day = model.column_days[columns]
        group = model.column_groups[columns]
        self._work = np.flatnonzero((group != NO_GROUP) & (program.upper > 0) & ~_barred(program))
        self._is_work = np.zeros(len(columns), dtype=np.bool_)
        self._is_work[self._work] = True
        self._group = np.where(self._is_work, group, NO_GROUP)
        self._is_left_out = np.isin(columns, model.left_out)
        kinds: dict[tuple[int, int, frozenset[str]], int] = {}
        of_group = [kinds.setdefault(kind_of(g.placement), len(kinds)) for g in model.groups]
        self._kind_of_group = np.array(of_group, dtype=np.int64)
        self._kinds = kinds
        self._team_of = model.teams[0]

    def draw(self) -> Outline:
        """The outline that keeps what it can of the program's rows."""
        shared = np.flatnonzero((self._owner == NOBODY) | self._is_left_out)
        self._new = np.full(len(self._owner), -1, dtype=np.int64)
        self._new[shared] = self._builder.columns(self._program.upper[shared], self._program.cost[shared])
        self._add_kinds()
        staffed = self._add_staff()
        cliques = self._project()
        self._add_days(cliques)
        self._add_heads(cliques)
        program = self._builder.build()
        choice = self._choice(program.columns, staffed)
        held = self._model.held.values()
        meetings = tuple(self._new[inside] for own in held if len(inside := self._inside(own)))
        return Outline(program, self._global[shared], staffed, choice, self._attending(), meetings)

    def _inside(self, columns: list[int]) -> Ints:
        """The places of some of the model's columns that are here and can be above 0."""
        return np.flatnonzero(np.isin(self._global, columns) & (self._program.upper > 0))

    def _attending(self) -> Mapping[str, Ints]:
        names = {name for _, _, held in self._kinds for name in held}
        held = {name: [number for kind, number in self._kinds.items() if name in kind[2]] for name in names}
        return {name: self._h[np.isin(self._h_kind, numbers)] for name, numbers in held.items()}

    def _choice(self, width: int, staffed: tuple[tuple[int, Ints], ...]) -> Mask:
        choice = np.zeros(width, dtype=np.bool_)
        choice[[column for column, _ in staffed]] = True
        chosen = [column for group in self._model.groups for column in (group.count, *group.breaks)]
        choice[self._new[np.isin(self._global, chosen)]] = True
        return choice

    def _add_kinds(self) -> None:
        """Columns h, one a person and kind, at the least that such a shift costs the person."""
        work, kind = self._work, self._kind_of_group[self._group[self._work]]
        kinds = int(self._kind_of_group.max(initial=0)) + 1
        keys, place = np.unique(self._owner[work] * kinds + kind, return_inverse=True)
        self._h_agent, self._h_kind = np.divmod(keys, kinds)
        cost = np.full(len(keys), np.iinfo(np.int64).max)
        np.minimum.at(cost, place, self._program.cost[work])
        width = len(self._model.days)
        owner, day = np.divmod(np.unique(place * width + self._day[work]), width)
        self._h_days = np.split(day, np.searchsorted(owner, np.arange(1, len(keys))))
        upper = np.bincount(owner, minlength=len(keys))
        self._h = self._builder.columns(upper, cost)
        self._h_of = np.full(len(self._owner), -1, dtype=np.int64)  # the place of a work column's h
        self._h_of[work] = place
        self._h_size = np.bincount(place, minlength=len(keys))

    def _add_staff(self) -> tuple[tuple[int, Ints], ...]:
        """Y columns; shifts' counts = sum of Y; by team and kind: sum of h = sum of Y."""
        work, count = self._work, len(self._model.groups)
        keys, place = np.unique(
            self._team_of[self._owner[work]] * count + self._group[work], return_inverse=True
        )
        members = np.bincount(place, minlength=len(keys))
        y = self._builder.columns(members, np.zeros_like(members))
        self._y = dict(zip(keys.tolist(), y.tolist(), strict=True))
        team, group = np.divmod(keys, count)
        self._link_shifts(y, group)
        self._link_kinds(y, team, self._kind_of_group[group])
        order = np.argsort(place, kind="stable")
        parts = np.split(self._global[work[order]], np.cumsum(members)[:-1]) if len(keys) else []
        return tuple(zip(y.tolist(), parts, strict=True))

    def _link_shifts(self, y: Ints, group: Ints) -> None:
        by_shift: defaultdict[int, list[int]] = defaultdict(list)
        for column, index in zip(y.tolist(), group.tolist(), strict=True):
            by_shift[index].append(column)
        for index, place in self._counts().items():
            columns = by_shift[index]
            self._builder.row([*columns, place], [1] * len(columns) + [-1], low=0, high=0)

    def _link_kinds(self, y: Ints, team: Ints, kind: Ints) -> None:
        terms: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for column, key in zip(y.tolist(), zip(team.tolist(), kind.tolist(), strict=True), strict=True):
            terms[key].append((column, -1))
        h_team = self._team_of[self._h_agent].tolist()
        for column, key in zip(
            self._h.tolist(), zip(h_team, self._h_kind.tolist(), strict=True), strict=True
        ):
            terms[key].append((column, 1))
        for found in terms.values():
            self._builder.row([c for c, _ in found], [sign for _, sign in found], low=0, high=0)

    def _counts(self) -> dict[int, int]:
        """The outline's column of the count of each shift inside."""
        place = {int(column): i for i, column in enumerate(self._global)}
        return {
            index: int(self._new[place[group.count]])
            for index, group in enumerate(self._model.groups)
            if group.count in place
        }

    def _project(self) -> Cliques:
        """Keep the rows that an outline can say; returns the rows "at most one of these" of single people."""
        program = self._program
        cliques = Cliques()
        least, most = program.span_of_rows(self._owner)
        filled = np.diff(program.matrix.indptr) > 0
        for row in np.flatnonzero(filled & (most == NOBODY)).tolist():
            columns, factors = self._entries(row)
            self._keep(self._new[columns], factors, row)
        for row in np.flatnonzero(filled & (least != NOBODY) & (least < most)).tolist():
            self._keep_shared(row)
        for row in np.flatnonzero(filled & (least != NOBODY) & (least == most)).tolist():
            columns, factors = self._entries(row)
            work = self._is_work[columns]
            if program.high[row] == 1 and program.low[row] <= 0 and bool((factors == 1).all()):
                cliques.add(int(least[row]), self._group[columns[work]])
            self._keep_kinds(row, columns, factors, work)
        return cliques

    def _entries(self, row: int) -> tuple[Ints, Ints]:
        matrix = self._program.matrix
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        return matrix.indices[inside].astype(np.int64), matrix.data[inside]

    def _keep(self, columns: Ints, factors: Ints, row: int) -> None:
        self._builder.row(
            columns, factors, low=int(self._program.low[row]), high=int(self._program.high[row])
        )

    def _keep_shared(self, row: int) -> None:
        """A row over all people of some shifts is a row over the shifts' counts."""
        columns, factors = self._entries(row)
        if len(np.unique(factors)) > 1 or not bool(
            (self._model.column_groups[self._global[columns]] >= 0).all()
        ):
            return
        groups = np.unique(self._model.column_groups[self._global[columns]])
        if sum(len(self._model.groups[index].members) for index in groups) == len(columns):
            columns = np.array([self._model.groups[index].count for index in groups], dtype=np.int64)
            counts = self._new[np.searchsorted(self._global, columns)]  # columns are in order
            self._keep(counts, np.full(len(counts), factors[0]), row)

    def _keep_kinds(self, row: int, columns: Ints, factors: Ints, work: Mask) -> None:
        """A row that treats all of a person's shifts of a kind alike is a row in h."""
        left_out = columns[self._is_left_out[columns]]
        barred = (
            ~work
            & ~self._is_left_out[columns]
            & (self._program.upper[columns] > 0)
            & (self._model.column_groups[self._global[columns]] < 0)
        )
        if barred.any() or not work.any():
            if not work.any() and len(left_out) == len(columns):
                self._keep(self._new[left_out], factors, row)
            return
        outside = factors[self._is_left_out[columns]]
        places, factors = self._h_of[columns[work]], factors[work]
        if (places == places[0]).sum() != self._h_size[places[0]]:
            return  # the usual case, told apart soon
        kinds, inverse, sizes = np.unique(places, return_inverse=True, return_counts=True)
        if bool((sizes != self._h_size[kinds]).any()):
            return
        weight = np.zeros(len(kinds), dtype=np.int64)
        weight[inverse] = factors
        if bool((weight[inverse] == factors).all()):
            self._keep(
                np.append(self._h[kinds], self._new[left_out]).astype(np.int64),
                np.append(weight, outside).astype(np.int64),
                row,
            )

    def _add_days(self, cliques: Cliques) -> None:
        """Nobody works more shifts of some kinds than there are days that offer them, where a day holds one."""
        ends = np.searchsorted(self._h_agent, np.arange(len(self._team_of) + 1))
        offered = self._offered()
        for agent in np.unique(self._h_agent).tolist():
            own = range(ends[agent], ends[agent + 1])
            sets = {frozenset(self._h_days[i].tolist()) for i in own}
            sets |= {frozenset().union(*sets)}
            for days in sets:
                inside = [i for i in own if days.issuperset(self._h_days[i].tolist())]
                if len(inside) > 1 and all(cliques.fills(agent, offered[agent, day]) for day in days):
                    self._builder.row(self._h[inside], high=len(days))

    def _offered(self) -> dict[tuple[int, int], Ints]:
        """The shifts that each person may work on each day, by their groups, sorted."""
        work = self._work
        order = np.lexsort((self._group[work], self._day[work], self._owner[work]))
        owner, day, group = (array[work[order]] for array in (self._owner, self._day, self._group))
        new = np.flatnonzero((np.diff(owner) != 0) | (np.diff(day) != 0)) + 1
        firsts = np.append(0, new)[: len(order)]
        keys = zip(owner[firsts].tolist(), day[firsts].tolist(), strict=True)
        return dict(zip(keys, np.split(group, new), strict=True)) if len(order) else {}

    def _add_heads(self, cliques: Cliques) -> None:
        """For shifts of which each member of a team works at most one: sum of Y <= members who can work any."""
        open_to: defaultdict[int, list[Ints]] = defaultdict(list)
        for (agent, _), groups in self._offered().items():
            open_to[agent].append(groups)
        opened = {agent: np.sort(np.concatenate(groups)) for agent, groups in open_to.items()}
        members: defaultdict[int, list[int]] = defaultdict(list)
        for agent in opened:
            members[int(self._team_of[agent])].append(agent)
        count = len(self._model.groups)
        for team, agents in members.items():
            for shifts, heads in cliques.heads({agent: opened[agent] for agent in agents}):
                columns = [self._y[team * count + index] for index in shifts.tolist()]
                self._builder.row(columns, high=heads)


def _barred(program: Program) -> Mask:
    """Columns that some row of positive factors leaves no room for."""
    found = np.zeros(program.columns, dtype=np.bool_)
    matrix = program.matrix
    for row in np.flatnonzero(program.high == 0):
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        if bool((matrix.data[inside] > 0).all()):
            found[matrix.indices[inside]] = True
    return found
