"""The law's hours a day, a week and, with monthly variable hours, a month; what lies beyond them is overtime."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.errors import SettingFault
from staffing.labour.carried import Carried
from staffing.notes import Note
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.rules.contract_hours import ContractHours
from staffing.roster.rules.full_time import full_time
from staffing.roster.rules.minors import is_adult
from staffing.roster.rules.periods import spans_of
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class LegalDay(Rule):
    """No shift has more working time than the law's day, unless an agreement allows overtime."""

    name: ClassVar[str] = "law_day"
    figure: ClassVar[str] = "max_day_minutes"

    def faults(self, problem: RosterProblem) -> Iterator[SettingFault]:
        """Templates whose work is longer than the law's day."""
        limit = problem.pack.max_day_minutes
        if limit is None or problem.pack.overtime_allowed or problem.pack.has_variable_hours:
            return
        for template, shifts in problem.shifts:
            if shifts and shifts[0].work_minutes > limit:
                yield SettingFault(
                    f"shifts.{template}.length_minutes",
                    f"{shifts[0].length_minutes} with breaks of {shifts[0].unpaid_minutes}",
                    f"at most {limit} minutes of work a day, breaks excluded ({self.article(problem.pack)})",
                )


@dataclass(frozen=True, kw_only=True)
class LegalWeek(Rule):
    """Nobody works more than the law's week, breaks excluded; beyond it overtime begins where it is lawful.

    With monthly variable hours the month's frame stands in the week's place. Hours worked in the running week or
    month before the horizon count. The premium of overtime is part of the wages.
    """

    name: ClassVar[str] = "law_week"
    unit: ClassVar[str] = "minute"
    figure: ClassVar[str] = "max_week_minutes"

    def restrict(self, model: RosterModel) -> None:
        """Sum of plain minutes x x over a person's shifts of one week - overtime <= the law's minutes."""
        pack = model.problem.pack
        variable = pack.has_variable_hours
        for agent, person in self.bound_agents(model.problem):
            carried = person.carried or Carried()
            for number, days in enumerate(spans_of(model, "month" if variable else "week")):
                first = model.days[days.start]
                limit = pack.month_frame(first.year, first.month) if variable else pack.plain_week_minutes
                if limit is None:
                    continue
                before = carried.month_worked_minutes if variable else carried.week_minutes
                overtime = 0 if variable else carried.week_overtime_minutes
                room = max(0, limit - (before - overtime if number == 0 else 0))
                self._restrict_period(model, agent, days, room)

    def _restrict_period(self, model: RosterModel, agent: int, days: range, room: int) -> None:
        person = model.problem.agents[agent]
        worked = [model.options(agent, day) for day in days]
        columns = model.columns(worked)
        most = int(model.problem.contract_of(person).max_hours_week * 60)
        contracts = [rule for rule in model.rules if isinstance(rule, ContractHours) and rule.binds(person)]
        kept = any(model.price(rule) is None for rule in contracts) and model.home(days) == days.start
        if not len(columns) or (kept and not model.elastic and most <= room):
            return  # the contract's row says it already
        minutes = np.concatenate([plain_minutes(model, options.minutes) for options in worked])
        young = (
            not is_adult(person.birth_date, model.days[days.start]) and not model.problem.pack.minor_overtime
        )
        if model.has_overtime and not young:
            model.add_overtime(agent, days, columns, minutes, room)
        else:
            unit = int(np.gcd.reduce(minutes))
            model.limit(self, columns, minutes // unit, high=room // unit, agent=agent, days=days, size=unit)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The law's week."""
        return Note.of(
            "week of {week}: the law allows at most {hours} h for agent {agent} ({article})",
            week=limit.week(model),
            hours=f"{(model.problem.pack.plain_week_minutes or 0) / 60:g}",
            agent=limit.person(model),
            article=self.article(model.problem.pack),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Hours needed against the law's."""
        most = model.problem.pack.plain_week_minutes or 0
        return Note.of(
            "week of {week}: {needed} h needed from agent {agent}, the law allows {most}: not lawful ({article});"
            " hire {people} FTE",
            week=give.limit.week(model),
            needed=f"{give.total / 60:g}",
            agent=give.limit.person(model),
            most=f"{most / 60:g}",
            article=self.article(model.problem.pack),
            people=full_time(give.total - most, most),
        )


def plain_minutes(model: RosterModel, minutes: Ints) -> Ints:
    """The working minutes of shifts that are not overtime by the day alone. Shape as given."""
    limit = model.plain_day_minutes
    return minutes if limit is None else np.minimum(minutes, limit)
