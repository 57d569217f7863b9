"""The columns of a roster's integer program, and the questions that rules ask about them.

work      x[a, p] = 1 when agent a works placement p (a shift on a day), only where every hard rule allows it
count     y[q, p] = people of queue q on placement p: the sum of their x
rest      z[q, p, b] = how many of them take their break at b: sums to y[q, p]
missing   u[q, t] = people missing in stretch t of queue q, at most the number required
derived   what rules measure: whether a day or a weekend is worked, by how much a soft limit is broken, wishes denied
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from staffing.roster.begun import begun_placements, days_begun, with_begun
from staffing.roster.cover import Stretches, stretches_of
from staffing.roster.ledger import NO_DAY, Elastic, Ledger
from staffing.roster.lending import Lending
from staffing.roster.objective import DutyCost
from staffing.roster.placements import Placement, place_shifts, soonest
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.program import Ints, Mask, joined
from staffing.roster.rules import Rule
from staffing.roster.service_cover import add_service, money_of
from staffing.roster.sessions import attends, with_activities
from staffing.roster.shift_cover import add_shift_demand
from staffing.roster.week_overtime import WeekOvertime
from staffing.roster.weeks import Week, weeks_of
from staffing.roster.wish_costs import add_wishes, is_leave_wish

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
class Group:
    """A placement as people of the same skills work it: its count column and its break columns, if it has any.

    `queue` is the one of `queues` that these people serve first.
    """

    queue: str
    queues: tuple[str, ...]
    placement: Placement
    count: int
    count_row: int  # that makes it the sum of its members
    breaks: tuple[int, ...]  # beside placement.rests
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
        self._premiums = WeekOvertime(problem)
        self.money = money_of(problem, self._premiums.a_minute())
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
        self.barred: set[int] = set()  # work columns that hard rules bar, there only because rules may give
        self.days_begun, self._soonest = days_begun(problem), soonest(problem)
        begun = begun_placements(problem)
        placements = with_begun(with_activities(place_shifts(problem), problem), begun, self.days)
        self._activities = {activity.name: activity for activity in problem.activities}
        self._options = self._add_work(placements, begun, self.rules)
        self.work_owners, self.work_days = self._agent.values.copy(), joined(self._day)
        self.groups = self._add_groups(placements)
        self.stretches: Mapping[str, Stretches] = stretches_of(problem, chain.from_iterable(placements))
        self.lending = Lending(self, self.groups, self.stretches)
        self.presence = self._present()
        self.missing = self._add_cover()
        self.service = add_service(self)
        self._denied_leave = self._add_leave_wishes()
        for rule in self.rules:
            rule.restrict(self)
        add_shift_demand(self)
        add_wishes(self)
        built = self.built()
        self.program, self.owners, self.column_days, self.pay = (
            built.program,
            built.owners,
            built.days,
            built.pay,
        )
        self.column_groups = self._groups_of_columns()

    # --- asked by rules -------------------------------------------------------------------------------------

    def options(self, agent: int, day: int) -> Options:
        """The work columns of an agent on a day, both by index."""
        return self._options[agent][day]

    def options_near(self, agent: int, day: int) -> Options:
        """As `options`; none on a day outside the horizon."""
        if 0 <= day < len(self.days):
            return self._options[agent][day]
        nothing = np.zeros(0, dtype=np.int64)
        return Options(Menu((), nothing), nothing)

    def choices(self, agent: int, day: int) -> Iterator[tuple[int, Placement]]:
        """The work columns of an agent on a day, each with its placement."""
        options = self._options[agent][day]
        return zip(options.columns.tolist(), options.placements, strict=True)

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
        """Columns of counts, breaks, sessions and missing people: they follow from who works. Shape (columns,)."""
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

    def working(self, agent: int, day: int) -> int | None:
        """The column that is 1 when the agent works on the day, None where no shift is open to them."""
        key = (agent, day)
        if key not in self._working:
            columns = self._options[agent][day].columns
            if len(columns) > 1:
                column = self.column(1, agent=agent, day=day)
                row = self.row([*columns, column], [1] * len(columns) + [-1], low=0, high=0)
                self.derived.add_sum(column, row)
                self.structure(agent, row)
                self._working[key] = column
            else:
                self._working[key] = int(columns[0]) if len(columns) else None
        return self._working[key]

    def working_any(self, agent: int, days: range) -> int | None:
        """The column that is 1 when the agent works on one of the days, None where they can on none."""
        columns = [column for day in days if (column := self.working(agent, day)) is not None]
        if not columns:
            return None
        key = (agent, days)
        if key not in self._working_any:
            self._working_any[key] = self.any_of(columns, agent=agent, day=self.home(days))
        return self._working_any[key]

    def denied_leave(self, day: int) -> Mapping[int, int]:
        """By agent, the columns that are 1 when a wish for the whole day off is denied."""
        return self._denied_leave.get(day, {})

    @property
    def has_overtime(self) -> bool:
        """Whether work beyond the law's week is lawful, at a premium."""
        return self._premiums.lawful

    @property
    def rounding(self) -> int:
        """The most that wages, rounded duty by duty, may lie below the program's, in money."""
        whole = self._premiums.rounds_nothing(p for menu in self._menus for p in menu.placements)
        return 0 if whole else len(self.problem.agents) * len(self.days)

    @property
    def plain_day_minutes(self) -> int | None:
        """Working minutes of a day beyond which overtime begins; None where no such limit counts."""
        return self._premiums.day_minutes

    def add_overtime(self, agent: int, days: range, columns: Ints, minutes: Ints, room: int) -> None:
        """Columns for the overtime of a week: plain minutes x x - overtime <= room, at its premium."""
        self._premiums.add(self, agent, days, columns, minutes, room)

    def overtime_terms(self, agent: int, days: range) -> dict[int, int]:
        """The overtime that may fall on some days: column -> minutes of overtime a unit."""
        return self._premiums.terms(self, agent, days)

    def add_overtime_threshold(self, agent: int, days: range) -> None:
        """The higher rate of a month's overtime beyond the law's threshold."""
        self._premiums.add_threshold(self, agent, days)

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
        return str(start) if start == end else f"{start} - {end}"

    def home(self, days: range) -> int:
        """The first of the days when they lie in one working week, else NO_DAY."""
        inside = len(days) and self._week_of[days.start] == self._week_of[days[-1]]
        return days.start if inside else NO_DAY

    def week_of(self, day: int) -> Week:
        """The working week of a day, by index."""
        return self.weeks[self._week_of[day]]

    # --- built once -----------------------------------------------------------------------------------------

    def _add_work(
        self,
        placements: Sequence[tuple[Placement, ...]],
        begun: Mapping[tuple[str, date], Placement],
        rules: Sequence[Rule],
    ) -> list[list[Options]]:
        judges = [rule for rule in rules if type(rule).allows is not Rule.allows]
        cost = DutyCost(self.problem)
        menus: dict[tuple[int, ...], Menu] = {}
        self._menus = menus.values()
        options = []
        for agent, person in enumerate(self.problem.agents):
            bars = [(rule, self.price(rule)) for rule in judges if rule.binds(person)]
            own = []
            for day, placed in enumerate(placements):
                fact = begun.get((person.agent_id, self.days[day]))
                chosen = tuple(
                    i
                    for i, p in enumerate(placed)
                    if (p == fact if fact is not None else self._can_work(p, person, bars))
                )
                if (day, *chosen) not in menus:
                    menus[day, *chosen] = Menu(
                        tuple(placed[i] for i in chosen), np.array(chosen, dtype=np.int64)
                    )
                menu = menus[day, *chosen]
                pay = np.array([cost(person, p) for p in menu.placements], dtype=np.int64) * self.money.scale
                columns = self.add_columns(np.ones_like(pay), pay, agent=agent, day=day, is_pay=True)
                own.append(Options(menu, columns))
                if fact is not None:
                    self.row(columns, low=1)
                    self.facts.add(int(columns[0]))
                for rule, price in bars:
                    if price is not None:
                        self._charge_barred(rule, own[-1], agent, day)
            options.append(own)
        return options

    def _can_work(self, p: Placement, person: Agent, bars: Sequence[tuple[Rule, int | None]]) -> bool:
        """Whether a placement can still begin and no hard rule bars it."""
        if p.start < self._soonest:
            return False
        if p.activities and not attends(self._activities, person, p):
            return False
        return all(price is not None or rule.allows(self.problem, person, p) for rule, price in bars)

    def _charge_barred(self, rule: Rule, options: Options, agent: int, day: int) -> None:
        """A limit of 0 on the placements that a rule which may be broken does not allow."""
        person = self.problem.agents[agent]
        barred = [not rule.allows(self.problem, person, placement) for placement in options.placements]
        if any(barred):
            columns = options.columns[np.array(barred, dtype=np.bool_)]
            if rule.kind == "hard":
                self.barred.update(columns.tolist())
            self.limit(rule, columns, high=0, agent=agent, days=range(day, day + 1))

    def _add_leave_wishes(self) -> dict[int, dict[int, int]]:
        """For every wish for a day off, a column that is 1 and costs the weight when it is denied."""
        people = {agent.agent_id: index for index, agent in enumerate(self.problem.agents)}
        denied: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for request in self.problem.requests:
            agent, day = people.get(request.agent_id), self._index.get(request.day)
            if agent is not None and day is not None and is_leave_wish(request):
                if agent not in denied[day]:  # else the same wish again: both weights on one column
                    column = self.column(1, agent=agent, day=day)
                    columns = self._options[agent][day].columns
                    row = self.row([*columns, column], [1] * len(columns) + [-1], high=0)
                    self.derived.add_any(column, [row])
                    denied[day][agent] = column
                self.charge([denied[day][agent]], request.weight)
        return dict(denied)

    def _add_groups(self, placements: Sequence[tuple[Placement, ...]]) -> tuple[Group, ...]:
        """Groups by queue, day and placement, those that somebody may work."""
        groups = []
        skills = dict.fromkeys((person.queue, person.queues) for person in self.problem.agents)
        for queue, queues in skills:
            people = [
                own
                for p, own in zip(self.problem.agents, self._options, strict=True)
                if (p.queue, p.queues) == (queue, queues)
            ]
            for day, placed in enumerate(placements):
                columns = joined([own[day].columns for own in people])
                places = joined([own[day].menu.indices for own in people])
                order = np.argsort(places, kind="stable")
                ends = np.searchsorted(places[order], np.arange(len(placed) + 1))
                for i, placement in enumerate(placed):
                    if ends[i] < ends[i + 1]:
                        members = columns[order[ends[i] : ends[i + 1]]]
                        groups.append(self._add_group((queue, queues), placement, day, members))
        return tuple(groups)

    def _add_group(
        self, skills: tuple[str, tuple[str, ...]], placement: Placement, day: int, members: Ints
    ) -> Group:
        people = len(members)
        count = self.column(people, day=day)
        factors = np.append(np.ones(people, dtype=np.int64), -1)
        count_row = self.row(np.append(members, count), factors, low=0, high=0)
        most = np.full(len(placement.breaks), people, dtype=np.int64)
        breaks = tuple(self.add_columns(most, np.zeros_like(most), day=day).tolist())
        for own in placement.slices:
            taken = breaks[own]
            self.row([*taken, count], [1] * len(taken) + [-1], low=0, high=0)
        for before, after in pairwise(range(len(placement.pauses))):
            self._order_breaks(placement, breaks, before, after)
        return Group(*skills, placement, count, count_row, breaks, members)

    def _order_breaks(self, placement: Placement, breaks: tuple[int, ...], before: int, after: int) -> None:
        """By any moment no more people have begun a break than ended the one before it, and the gap, in time.

        Whoever is n-th to take the one is then n-th to take the other.
        """
        if placement.fact:
            return
        first, second = placement.pauses[before], placement.pauses[after]
        early, late = breaks[placement.slices[before]], breaks[placement.slices[after]]
        away = first.minutes + placement.gaps[before]
        for i, begin in enumerate(second.begins):
            ready = [c for c, b in zip(early, first.begins, strict=True) if b + away <= begin]
            if len(ready) < len(early):
                taken = late[: i + 1]
                self.row([*taken, *ready], [1] * len(taken) + [-1] * len(ready), high=0)

    def _groups_of_columns(self) -> Ints:
        """The index of the group that each work column belongs to, `NO_GROUP` for other columns. Shape (columns,)."""
        found = np.full(self.program.columns, NO_GROUP, dtype=np.int64)
        for index, group in enumerate(self.groups):
            found[group.members] = index
        return found

    def _present(self) -> Mapping[str, list[list[tuple[int, int]]]]:
        """By queue and stretch, the columns with their signs whose sum is the people on the floor."""
        terms = {queue: self.lending.lent(queue) for queue in self.stretches}
        for group in self.groups:
            if len(group.queues) == 1:
                self._count_group(group, terms[group.queue])
        return terms

    def _add_cover(self) -> Mapping[str, Ints]:
        """People on the floor + missing >= required, in every stretch of every queue."""
        return {queue: self._add_stretches(queue, terms) for queue, terms in self.presence.items()}

    def _count_group(self, group: Group, terms: list[list[tuple[int, int]]]) -> None:
        stretches, placement = self.stretches[group.queue], group.placement
        for i in range(*stretches.inside((placement.start, placement.end))):
            terms[i].append((group.count, 1))
        for column, rest in zip(group.breaks, placement.rests, strict=True):
            for i in range(*stretches.inside(rest)):
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
