"""The columns of a roster's integer program, and the questions that rules ask about them.

work      x[a, p] = 1 when agent a works placement p (a shift on a day), only where every rule allows it
count     y[q, p] = people of queue q on placement p: the sum of their x
rest      z[q, p, b] = how many of them take their break at b: sums to y[q, p]
missing   u[q, t] = people missing in stretch t of queue q, at most the number required
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np

from staffing.roster.cover import Stretches, stretches_of
from staffing.roster.objective import DutyCost, Money
from staffing.roster.placements import Placement, place_shifts
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints, Mask, Program, ProgramBuilder
from staffing.roster.rules import Rule
from staffing.roster.weeks import Week, weeks_of

NOBODY = -1  # the agent of a column that is not one person's
NO_GROUP = -1  # the group of a column that is no work


@dataclass(frozen=True)
class Menu:
    """The placements a person may choose from on one day; people with the same choice share one menu."""

    placements: tuple[Placement, ...]
    indices: Ints  # of the placements among all of the day's. Shape (placements,)

    @cached_property
    def starts(self) -> Ints:
        """Minutes since 1970 UTC. Shape (placements,)."""
        return np.array([placement.start for placement in self.placements], dtype=np.int64)

    @cached_property
    def ends(self) -> Ints:
        """Minutes since 1970 UTC. Shape (placements,)."""
        return np.array([placement.end for placement in self.placements], dtype=np.int64)

    @cached_property
    def minutes(self) -> Ints:
        """Working time. Shape (placements,)."""
        return np.array([placement.work_minutes for placement in self.placements], dtype=np.int64)


@dataclass(frozen=True)
class Options:
    """One person's work columns of one day, in the order of the menu."""

    menu: Menu
    columns: Ints

    @property
    def placements(self) -> tuple[Placement, ...]:
        """The placements, one a column."""
        return self.menu.placements

    @property
    def starts(self) -> Ints:
        """Starts of the placements, minutes since 1970 UTC."""
        return self.menu.starts

    @property
    def ends(self) -> Ints:
        """Ends of the placements, minutes since 1970 UTC."""
        return self.menu.ends

    @property
    def minutes(self) -> Ints:
        """Working minutes of the placements."""
        return self.menu.minutes


@dataclass(frozen=True)
class Need:
    """Working minutes that a person's contract asks for in a week: the only kind of rule that idleness breaks."""

    agent: int
    week: Week
    minutes: int


@dataclass(frozen=True)
class Group:
    """A placement as one queue's people work it: its count column and its break columns (none without a break)."""

    queue: str
    placement: Placement
    count: int
    breaks: tuple[int, ...]  # beside placement.breaks
    members: Ints  # the work columns that the count sums


class RosterModel:
    """A roster problem as an integer program under a set of rules."""

    def __init__(self, problem: RosterProblem, rules: Sequence[Rule]) -> None:
        self.problem = problem
        self.days = problem.horizon.days
        self.weeks = weeks_of(problem.horizon, problem.week_start)
        self.money = Money.of(problem.prices.shortage_per_hour)
        self._builder = ProgramBuilder()
        self._agent: list[Ints] = []
        self._day: list[Ints] = []
        self._index = {day: i for i, day in enumerate(self.days)}
        self.needs: list[Need] = []
        placements = place_shifts(problem)
        self._options = self._add_work(placements, rules)
        self.groups = self._add_groups(placements)
        self.stretches: Mapping[str, Stretches] = stretches_of(problem, chain.from_iterable(placements))
        self.missing = self._add_cover()
        for rule in rules:
            rule.restrict(self)
        self.program: Program = self._builder.build()
        self.owners: Ints = _joined(self._agent)  # whose column it is, or NOBODY
        self.column_days: Ints = _joined(self._day)  # index of the column's day
        self.column_groups = self._groups_of_columns()

    # --- asked by rules -------------------------------------------------------------------------------------

    def options(self, agent: int, day: int) -> Options:
        """The work columns of an agent on a day, both by index."""
        return self._options[agent][day]

    def indices(self, week: Week) -> range:
        """The indices of a week's planned days."""
        first = self._index[week.days[0]]
        return range(first, first + len(week.days))

    def worked(self, agent: int, week: Week) -> tuple[Options, ...]:
        """An agent's options on each planned day of a week."""
        return tuple(self._options[agent][day] for day in self.indices(week))

    @staticmethod
    def columns(worked: Sequence[Options]) -> Ints:
        """All work columns of several days."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(options.columns for options in worked)])

    @cached_property
    def teams(self) -> tuple[Ints, int]:
        """The team of each agent, people of one queue on one contract, shape (agents,), and how many there are."""
        found: dict[tuple[str, str], int] = {}
        of = [found.setdefault((agent.queue, agent.contract), len(found)) for agent in self.problem.agents]
        return np.array(of, dtype=np.int64), len(found)

    @cached_property
    def floor(self) -> Mask:
        """Columns of counts, breaks and missing people: they follow from who works. Shape (columns,)."""
        found = np.zeros(self.program.columns, dtype=np.bool_)
        for group in self.groups:
            found[[group.count, *group.breaks]] = True
        for missing in self.missing.values():
            found[missing] = True
        return found

    def by_shift(self) -> Mapping[tuple[date, str], list[int]]:
        """Work columns of all people by business date and shift code."""
        found: defaultdict[tuple[date, str], list[int]] = defaultdict(list)
        for group in self.groups:
            found[group.placement.day, group.placement.shift.code].extend(group.members.tolist())
        return found

    def column(self, upper: int, cost: int = 0, *, agent: int = NOBODY, day: int) -> int:
        """Add a column; returns its index. `cost` is in the model's units (`money.scale`)."""
        return int(self._columns(np.array([upper]), np.array([cost]), agent, day)[0])

    def row(
        self,
        columns: Sequence[int] | Ints,
        coefficients: Sequence[int] | Ints | int = 1,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> None:
        """Add a row, as `ProgramBuilder.row`."""
        self._builder.row(columns, coefficients, low=low, high=high)

    def need(self, agent: int, week: Week, minutes: int) -> None:
        """Put on record what a row added beside it asks of a person, for the search for obstacles."""
        self.needs.append(Need(agent, week, minutes))

    # --- built once -----------------------------------------------------------------------------------------

    def _columns(self, upper: Ints, cost: Ints, agent: int, day: int) -> Ints:
        """Add columns of one owner and day; returns their indices. Shapes (columns,)."""
        self._agent.append(np.full(len(upper), agent, dtype=np.int64))
        self._day.append(np.full(len(upper), day, dtype=np.int64))
        return self._builder.columns(upper, cost)

    def _add_work(
        self, placements: Sequence[tuple[Placement, ...]], rules: Sequence[Rule]
    ) -> list[list[Options]]:
        judges = [rule for rule in rules if type(rule).allows is not Rule.allows]
        cost = DutyCost(self.problem)
        menus: dict[tuple[int, ...], Menu] = {}
        options = []
        for agent, person in enumerate(self.problem.agents):
            own = []
            for day, placed in enumerate(placements):
                chosen = tuple(
                    i for i, p in enumerate(placed) if all(j.allows(self.problem, person, p) for j in judges)
                )
                if (day, *chosen) not in menus:
                    menus[day, *chosen] = Menu(
                        tuple(placed[i] for i in chosen), np.array(chosen, dtype=np.int64)
                    )
                menu = menus[day, *chosen]
                pay = np.array([cost(person, p) for p in menu.placements], dtype=np.int64) * self.money.scale
                own.append(Options(menu, self._columns(np.ones_like(pay), pay, agent, day)))
            options.append(own)
        return options

    def _add_groups(self, placements: Sequence[tuple[Placement, ...]]) -> tuple[Group, ...]:
        """Groups by queue, day and placement, those that somebody may work."""
        groups = []
        queues = list(dict.fromkeys(person.queue for person in self.problem.agents))
        for queue in queues:
            people = [
                own for p, own in zip(self.problem.agents, self._options, strict=True) if p.queue == queue
            ]
            for day, placed in enumerate(placements):
                columns = _joined([own[day].columns for own in people])
                places = _joined([own[day].menu.indices for own in people])
                order = np.argsort(places, kind="stable")
                ends = np.searchsorted(places[order], np.arange(len(placed) + 1))
                for i, placement in enumerate(placed):
                    if ends[i] < ends[i + 1]:
                        members = columns[order[ends[i] : ends[i + 1]]]
                        groups.append(self._add_group(queue, placement, day, members))
        return tuple(groups)

    def _add_group(self, queue: str, placement: Placement, day: int, members: Ints) -> Group:
        people = len(members)
        count = self.column(people, day=day)
        self.row(np.append(members, count), np.append(np.ones(people, dtype=np.int64), -1), low=0, high=0)
        most = np.full(len(placement.breaks), people, dtype=np.int64)
        breaks = tuple(self._columns(most, np.zeros_like(most), NOBODY, day).tolist())
        if breaks:
            self.row([*breaks, count], [1] * len(breaks) + [-1], low=0, high=0)
        return Group(queue, placement, count, breaks, members)

    def _groups_of_columns(self) -> Ints:
        """The index of the group that each work column belongs to, `NO_GROUP` for other columns. Shape (columns,)."""
        found = np.full(self.program.columns, NO_GROUP, dtype=np.int64)
        for index, group in enumerate(self.groups):
            found[group.members] = index
        return found

    def _add_cover(self) -> Mapping[str, Ints]:
        """People on the floor + missing >= required, in every stretch of every queue."""
        terms: dict[str, list[list[tuple[int, int]]]] = {
            queue: [[] for _ in stretches.starts] for queue, stretches in self.stretches.items()
        }
        for group in self.groups:
            self._count_group(group, terms[group.queue])
        return {queue: self._add_stretches(queue, found) for queue, found in terms.items()}

    def _count_group(self, group: Group, terms: list[list[tuple[int, int]]]) -> None:
        stretches, placement = self.stretches[group.queue], group.placement
        for i in range(*stretches.inside((placement.start, placement.end))):
            terms[i].append((group.count, 1))
        for column, begin in zip(group.breaks, placement.breaks, strict=True):
            for i in range(*stretches.inside(placement.rest(begin))):
                terms[i].append((column, -1))

    def _add_stretches(self, queue: str, terms: list[list[tuple[int, int]]]) -> Ints:
        stretches = self.stretches[queue]
        missing = []
        for found, day, minutes, required in zip(
            terms, stretches.days, stretches.minutes, stretches.required, strict=True
        ):
            column = self.column(int(required), int(minutes) * self.money.minute_price, day=int(day))
            if required:
                columns = [*(c for c, _ in found), column]
                self.row(columns, [*(sign for _, sign in found), 1], low=int(required))
            missing.append(column)
        return np.array(missing, dtype=np.int64)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
