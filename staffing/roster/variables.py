"""The columns of a roster's integer program, and the questions that rules ask about them.

work      x[a, p] = 1 when agent a works placement p (a shift on a day), only where every hard rule allows it
count     y[q, p] = people of queue q on placement p: the sum of their x
rest      z[q, p, b] = how many of them take their break at b: sums to y[q, p]
missing   u[q, t] = people missing in stretch t of queue q, at most the number required
derived   what rules measure: whether a day or a weekend is worked, by how much a soft limit is broken, wishes denied
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
from staffing.roster.ledger import NO_DAY, Elastic, Ledger
from staffing.roster.objective import DutyCost
from staffing.roster.placements import Placement, place_shifts
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.rules import Rule
from staffing.roster.service_cover import add_service, money_of
from staffing.roster.shift_cover import add_shift_demand
from staffing.roster.weeks import Week, weeks_of
from staffing.roster.wish_costs import add_wishes, is_leave_wish


@dataclass(frozen=True)
class Menu:
    """The placements a person may choose from on one day; people with the same choice share one menu."""

    placements: tuple[Placement, ...]

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

    def by_contract(self, model: RosterModel) -> dict[str, Ints]:
        """The members by their people's contract."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for column in self.members.tolist():
            found[model.problem.agents[int(model.owners[column])].contract].append(column)
        return {contract: np.array(columns, dtype=np.int64) for contract, columns in found.items()}


class RosterModel(Ledger):
    """A roster problem as an integer program under a set of rules.

    With `elastic`, hard rules may be broken at the price that it names: the cheapest way to let a roster through.
    """

    def __init__(
        self, problem: RosterProblem, rules: Sequence[Rule], *, elastic: Elastic | None = None
    ) -> None:
        self.money = money_of(problem)
        super().__init__(self.money.scale, elastic)
        self.problem = problem
        self.rules = tuple(rule for rule in rules if rule.kind != "off")
        self._working: dict[tuple[int, int], int | None] = {}
        self._working_any: dict[tuple[int, range], int] = {}
        self._constants: dict[int, int] = {}
        self.days = problem.horizon.days
        self.weeks = weeks_of(problem.horizon, problem.week_start)
        self._index = {day: i for i, day in enumerate(self.days)}
        self._week_of = [number for number, week in enumerate(self.weeks) for _ in week.days]
        self.needs: list[Need] = []
        placements = place_shifts(problem)
        self._options = self._add_work(placements, self.rules)
        self.groups = self._add_groups()
        self.stretches: Mapping[str, Stretches] = stretches_of(problem, chain.from_iterable(placements))
        self.presence = self._present()
        self.missing = self._add_cover()
        self.service = add_service(self)
        self._denied_leave = self._add_leave_wishes()
        for rule in self.rules:
            rule.restrict(self)
        add_shift_demand(self)
        add_wishes(self)
        self.program, self.owners, self.column_days = self.built()

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

    def by_shift(self) -> Mapping[tuple[date, str], list[int]]:
        """Work columns of all people by business date and shift code."""
        found: defaultdict[tuple[date, str], list[int]] = defaultdict(list)
        for group in self.groups:
            found[group.placement.day, group.placement.shift.code].extend(group.members.tolist())
        return found

    def working(self, agent: int, day: int) -> int | None:
        """The column that is 1 when the agent works on the day, None where no shift is open to them."""
        key = (agent, day)
        if key not in self._working:
            columns = self._options[agent][day].columns
            if len(columns) > 1:
                column = self.column(1, agent=agent, day=day)
                row = self.row([*columns, column], [1] * len(columns) + [-1], low=0, high=0)
                self.derived.add_sum(column, row)
                self._working[key] = column
            else:
                self._working[key] = int(columns[0]) if len(columns) else None
        return self._working[key]

    def working_any(self, agent: int, days: range) -> int | None:
        """The column that is 1 when the agent works on one of the days, None where they can on none."""
        columns = [column for day in days if (column := self.working(agent, day)) is not None]
        if len(columns) <= 1:
            return columns[0] if columns else None
        key = (agent, days)
        if key not in self._working_any:
            self._working_any[key] = self.any_of(columns, agent=agent, day=self.home(days))
        return self._working_any[key]

    def present(self, agent: int, day: int, moment: int) -> list[int]:
        """The agent's work columns of a day whose shifts hold a moment, in minutes since 1970 UTC."""
        options = self._options[agent][day]
        held = (options.starts <= moment) & (moment < options.ends)
        return [int(column) for column in options.columns[held]]

    def denied_leave(self, day: int) -> list[int]:
        """The columns that are 1 when a wish for the whole day off is denied."""
        return self._denied_leave.get(day, [])

    def constant(self, amount: int, day: int) -> None:
        """A cost of the day that is due whatever is worked, in money."""
        if day not in self._constants:
            column = self.column(1, day=day)
            self.derived.add_lack(column, self.row([column], low=1))
            self._constants[day] = column
        self.charge([self._constants[day]], amount)

    def span_text(self, first: int, last: int) -> str:
        """Days by index, as people write them: one date, or the first and the last."""
        start, end = self.days[max(0, first)], self.days[min(len(self.days) - 1, last)]
        return str(start) if start == end else f"{start} to {end}"

    def home(self, days: range) -> int:
        """The first of the days when they lie in one working week, else NO_DAY."""
        inside = len(days) and self._week_of[days.start] == self._week_of[days[-1]]
        return days.start if inside else NO_DAY

    def need(self, agent: int, week: Week, minutes: int) -> None:
        """Put on record what a row added beside it asks of a person, for the search for obstacles."""
        self.needs.append(Need(agent, week, minutes))

    # --- built once -----------------------------------------------------------------------------------------

    def _add_work(
        self, placements: Sequence[tuple[Placement, ...]], rules: Sequence[Rule]
    ) -> list[list[Options]]:
        judges = [rule for rule in rules if type(rule).allows is not Rule.allows]
        cost = DutyCost(self.problem)
        menus: dict[tuple[int, ...], Menu] = {}
        options = []
        for agent, person in enumerate(self.problem.agents):
            bars = [(rule, self.price(rule)) for rule in judges if rule.binds(person)]
            own = []
            for day, placed in enumerate(placements):
                chosen = tuple(
                    i
                    for i, p in enumerate(placed)
                    if all(price is not None or rule.allows(self.problem, person, p) for rule, price in bars)
                )
                menu = menus.setdefault((day, *chosen), Menu(tuple(placed[i] for i in chosen)))
                columns = [
                    self.column(1, cost(person, p) * self.money.scale, agent=agent, day=day)
                    for p in menu.placements
                ]
                own.append(Options(menu, np.array(columns, dtype=np.int64)))
                for rule, price in bars:
                    if price is not None:
                        self._charge_barred(rule, own[-1], agent, day)
            options.append(own)
        return options

    def _charge_barred(self, rule: Rule, options: Options, agent: int, day: int) -> None:
        """A limit of 0 on the placements that a rule which may be broken does not allow."""
        person = self.problem.agents[agent]
        barred = [not rule.allows(self.problem, person, placement) for placement in options.placements]
        if any(barred):
            columns = options.columns[np.array(barred, dtype=np.bool_)]
            self.limit(rule, columns, high=0, agent=agent, days=range(day, day + 1))

    def _add_leave_wishes(self) -> dict[int, list[int]]:
        """For every wish for a day off, a column that is 1 and costs the weight when it is denied."""
        people = {agent.agent_id: index for index, agent in enumerate(self.problem.agents)}
        denied: defaultdict[int, list[int]] = defaultdict(list)
        for request in self.problem.requests:
            agent, day = people.get(request.agent_id), self._index.get(request.day)
            if agent is not None and day is not None and is_leave_wish(request):
                column = self.column(1, request.weight * self.money.scale, agent=agent, day=day)
                columns = self._options[agent][day].columns
                row = self.row([*columns, column], [1] * len(columns) + [-1], high=0)
                self.derived.add_any(column, [row])
                denied[day].append(column)
        return dict(denied)

    def _add_groups(self) -> tuple[Group, ...]:
        members: defaultdict[tuple[str, Placement], list[int]] = defaultdict(list)
        for person, own in zip(self.problem.agents, self._options, strict=True):
            for options in own:
                for column, placement in zip(options.columns.tolist(), options.placements, strict=True):
                    members[person.queue, placement].append(column)
        return tuple(self._add_group(queue, p, columns) for (queue, p), columns in members.items())

    def _add_group(self, queue: str, placement: Placement, members: list[int]) -> Group:
        day, people = self._index[placement.day], len(members)
        count = self.column(people, day=day)
        self.row([*members, count], [1] * people + [-1], low=0, high=0)
        breaks = tuple(self.column(people, day=day) for _ in placement.breaks)
        if breaks:
            self.row([*breaks, count], [1] * len(breaks) + [-1], low=0, high=0)
        return Group(queue, placement, count, breaks, np.array(members, dtype=np.int64))

    def _present(self) -> Mapping[str, list[list[tuple[int, int]]]]:
        """By queue and stretch, the columns with their signs whose sum is the people on the floor."""
        terms: dict[str, list[list[tuple[int, int]]]] = {
            queue: [[] for _ in stretches.starts] for queue, stretches in self.stretches.items()
        }
        for group in self.groups:
            self._count_group(group, terms[group.queue])
        return terms

    def _add_cover(self) -> Mapping[str, Ints]:
        """People on the floor + missing >= required, in every stretch of every queue."""
        return {queue: self._add_stretches(queue, terms) for queue, terms in self.presence.items()}

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
