"""Who attends an activity: everybody once, the fewest allowed, together, and no more than there are places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.activity import Activity
from staffing.roster.attendance_prices import Asked
from staffing.roster.changes import LeftOut
from staffing.roster.program import Ints, joined
from staffing.roster.rules.pick import Pick
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

Places = dict[tuple[int, int], list[int]]  # (day, start) -> columns of the people who begin then


@dataclass(frozen=True, kw_only=True)
class Attendance(Rule):
    """Whoever an activity is for attends it once, in its window, inside a shift and beside breaks.

    Who is on leave on all its dates is not asked.

    Together, all who attend begin at the same time. With places, no more people are in it at any moment.
    """

    name: ClassVar[str] = "attendance"
    unit: ClassVar[str] = "person"

    activity: Activity

    @classmethod
    def of(cls, activity: Activity) -> Attendance:
        """The rule of an activity, hard or soft as it says."""
        weight = activity.price if activity.kind == "soft" else 0
        return cls(kind=activity.kind, weight=weight, people=activity.people, activity=activity)

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over the shifts that hold it = 1, for each person; then what they share."""
        people = [
            index
            for index, agent in self.bound_agents(model.problem)
            if self.activity.asks(agent.agent_id, agent.leave)
        ]
        days = [day for day, date in enumerate(model.days) if self.activity.on(date)]
        if not people or not days:
            return
        span = range(days[0], days[-1] + 1)
        holds = Pick(lambda placement: self.activity.name in placement.activities)
        own = {
            agent: [holds(model.options(agent, day)) for day in range(len(model.days))] for agent in people
        }
        weeks = list(dict.fromkeys(model.week_of(day) for day in days))
        for agent, by_day in own.items():
            self._attend_once(model, agent, joined(by_day), span)
            for week in weeks if len(weeks) > 1 else ():  # which a week's bound would not know
                inside = joined([by_day[day] for day in model.indices(week)])
                if len(inside) > 1:
                    model.structure(agent, model.row(inside, high=1))
        if len(weeks) > 1:
            model.asked.append(self._asked(model, own))
        if self.kind == "hard" and self.activity.least is not None:
            everybody = joined([joined(by_day) for by_day in own.values()])
            model.limit(self, everybody, low=min(self.activity.least, len(people)), days=span)
        if self.activity.together:
            self._meet(model, own, len(people))
        if self.activity.places is not None:
            self._share_places(model, own, self.activity.places)

    def _asked(self, model: RosterModel, own: dict[int, list[Ints]]) -> Asked:
        """How many are to attend over all weeks, and what leaving some out costs; of facts nothing is asked."""
        people = [
            agent
            for agent, by_day in own.items()
            if not any(column in model.facts for columns in by_day for column in columns.tolist())
        ]
        least = self.activity.least if self.kind == "hard" else 0
        spared = len(people) if model.days_begun else len(people) - min(len(people), least or 0)
        price = self.activity.price * model.money.scale
        if self.kind == "hard" and least is None:
            spared, price = (len(people), 0) if model.days_begun else (0, 0)
        columns = joined([joined(by_day) for agent, by_day in own.items() if agent in people])
        return Asked(self.activity.name, columns, len(people), spared, price)

    def _attend_once(self, model: RosterModel, agent: int, columns: Ints, span: range) -> None:
        """At most once; at least once, or left out at a price where that may be."""
        if len(columns) > 1:
            model.structure(agent, model.row(columns, high=1))
        if self.kind == "soft" or self.activity.least is None:
            model.limit(self, columns, low=1, agent=agent, days=span)  # 0 < 1: it can be broken
            under = model.limits[-1].under
            if under is not None and self.kind == "soft":
                model.left_out.append(under)
        elif self.activity.price:
            column = model.column(
                1, self.activity.price * model.money.scale, agent=agent, day=model.home(span)
            )
            model.derived.add_lack(column, model.row([*columns, column], low=1))
            model.left_out.append(column)

    def _meet(self, model: RosterModel, own: dict[int, list[Ints]], people: int) -> None:
        """One start for all: a column a start, held by the first of the people and told to the floor.

        The copy that is nobody's lets a week's outline keep everybody at one time; the person's lets rows on people
        alone decide whether a meeting can be.
        """
        starts = self._starts(model)
        begins = sorted({*starts, *self._offered(model, own)})
        chair = min(own)
        theirs = {at: model.column(1, agent=chair, day=at[0]) for at in begins}
        model.meetings[self.activity.name] = {begin: column for (_, begin), column in theirs.items()}
        model.session_columns += theirs.values()
        held = {}
        for at, column in theirs.items():
            held[at] = model.column(1, day=at[0])
            model.held.setdefault(self.activity.name, []).append(held[at])
            row = model.row([column, held[at]], [1, -1], low=0, high=0)
            model.derived.add_sum(held[at], row)
        for copies in (list(theirs.values()), list(held.values())):
            if len(copies) > 1:
                model.row(copies, high=1)
        least = 1 if self.activity.least is None else min(self.activity.least, people)
        for at in begins:
            there = starts.get(at, [])
            model.row([*there, held[at]], [1] * len(there) + [-people], high=0)
            if least > 1:
                model.row([*there, held[at]], [1] * len(there) + [-least], low=0)
        for agent, by_day in own.items():
            for day, columns in enumerate(by_day):
                if len(columns):
                    self._follow(model, agent, day, columns, theirs)
        if least > 1 and self.kind == "soft":
            everybody = joined([joined(by_day) for by_day in own.values()])
            asked = list(theirs.values())
            model.row([*everybody, *asked], [1] * len(everybody) + [-least] * len(asked), low=0)

    def _follow(
        self, model: RosterModel, agent: int, day: int, columns: Ints, theirs: dict[tuple[int, int], int]
    ) -> None:
        """Whoever attends on a day is on a shift that offers the start which is taken on that day."""
        today = {begin: column for (on, begin), column in theirs.items() if on == day}
        model.row([*columns, *today.values()], [1] * len(columns) + [-1] * len(today), high=0)
        offered = {
            column: set(pause.begins)
            for column, placement in model.choices(agent, day)
            for pause in placement.pauses
            if pause.activity == self.activity.name
        }
        for begin, start in today.items():
            elsewhere = [column for column, begins in offered.items() if begin not in begins]
            if elsewhere:
                model.row([*elsewhere, start], high=1)

    def _share_places(self, model: RosterModel, own: dict[int, list[Ints]], places: int) -> None:
        """At each start: people who begin then, or have begun and are still there <= places.

        Of people who can only attend before or after some time of a day, no more than have room one after another.
        """
        starts = self._starts(model)
        minutes = self.activity.minutes
        for _, begin in starts:
            there = [
                c for (_, other), some in starts.items() if begin - minutes < other <= begin for c in some
            ]
            model.row(there, high=places)
        by_day: defaultdict[int, set[int]] = defaultdict(set)
        for day, begin in starts:
            by_day[day].add(begin)
        for day, begins in by_day.items():
            ordered = sorted(begins)
            offers = self._offers(model, own, day)
            spans = {(ordered[0], begin) for begin in ordered} | {(begin, ordered[-1]) for begin in ordered}
            for first, last in sorted(spans):
                inside = [column for column, (a, b) in offers.items() if first <= a and b <= last]
                most = places * _in_turn([b for b in ordered if first <= b <= last], minutes)
                if len({int(model.owner_of(np.array([c]))[0]) for c in inside}) > most:
                    model.row(inside, high=most)

    def _offers(self, model: RosterModel, own: dict[int, list[Ints]], day: int) -> dict[int, tuple[int, int]]:
        """The work columns of a day that hold the activity, each with the first and the last start it offers."""
        return {
            column: (pause.begins[0], pause.begins[-1])
            for agent in own
            for column, placement in model.choices(agent, day)
            for pause in placement.pauses
            if pause.activity == self.activity.name
        }

    def _offered(self, model: RosterModel, own: dict[int, list[Ints]]) -> set[tuple[int, int]]:
        """Every day and start at which somebody could attend."""
        return {
            (day, begin)
            for agent in own
            for day in range(len(model.days))
            for placement in model.options(agent, day).placements
            for pause in placement.pauses
            if pause.activity == self.activity.name
            for begin in pause.begins
        }

    def _starts(self, model: RosterModel) -> Places:
        """By day and start, the columns that count people who begin then."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        days = {date: day for day, date in enumerate(model.days)}
        for group in model.groups:
            placement = group.placement
            if self.activity.name in placement.activities:
                for pause, own in zip(placement.pauses, placement.slices, strict=True):
                    if pause.activity == self.activity.name:
                        for begin, column in zip(pause.begins, group.breaks[own], strict=True):
                            found[days[placement.day], begin].append(column)
        return dict(found)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Who is to attend what, and when."""
        values = {
            "days": limit.span(model),
            "activity": self.activity.name,
            "window": str(self.activity.window),
        }
        if limit.agent >= 0:
            return Note.of(
                "{days}, {window}: agent {agent} attends {activity}", agent=limit.person(model), **values
            )
        return Note.of(
            "{days}, {window}: at least {least} people attend {activity}", least=limit.low, **values
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Who cannot attend."""
        limit = give.limit
        values = {
            "days": limit.span(model),
            "activity": self.activity.name,
            "window": str(self.activity.window),
        }
        if limit.agent >= 0:
            return Note.of(
                "agent {agent} cannot attend {activity} ({days}, {window}); leave them out, or widen its dates or"
                " its window",
                agent=limit.person(model),
                **values,
            )
        return Note.of(
            "{amount} people too few can attend {activity} ({days}, {window}); ask for fewer, or widen its dates or"
            " its window",
            amount=give.units,
            **values,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The person left out, or fewer asked for."""
        limit = give.limit
        if limit.agent >= 0:
            return LeftOut(self.activity.name, limit.person(model))
        return LeftOut(self.activity.name, "", give.units)


def _in_turn(begins: list[int], minutes: int) -> int:
    """How many sessions fit one after another into some starts."""
    number, free = 0, -1
    for begin in begins:
        if begin >= free:
            number, free = number + 1, begin + minutes
    return number
