"""The law's hours a day and a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.errors import SettingFault
from staffing.notes import Note
from staffing.roster.problem import RosterProblem
from staffing.roster.rules.contract_hours import full_time
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class LegalDay(Rule):
    """No shift has more working time than the law's day."""

    name: ClassVar[str] = "law_day"
    figure: ClassVar[str] = "max_day_minutes"

    def faults(self, problem: RosterProblem) -> Iterator[SettingFault]:
        """Templates whose work is longer than the law's day."""
        limit = problem.pack.max_day_minutes
        for template, shifts in problem.shifts:
            if shifts and shifts[0].work_minutes > limit:
                yield SettingFault(
                    f"shifts.{template}.length_minutes",
                    f"{shifts[0].length_minutes} with a break of {shifts[0].break_minutes}",
                    f"at most {limit} minutes of work a day, breaks excluded ({self.article(problem.pack)})",
                )


@dataclass(frozen=True, kw_only=True)
class LegalWeek(Rule):
    """Nobody works more than the law's week, breaks excluded."""

    name: ClassVar[str] = "law_week"
    unit: ClassVar[str] = "minute"
    figure: ClassVar[str] = "max_week_minutes"

    def restrict(self, model: RosterModel) -> None:
        """Sum of working minutes x x over a person's shifts of one week <= the law's minutes."""
        limit = model.problem.pack.max_week_minutes
        for agent, person in self.bound_agents(model.problem):
            if not model.elastic and model.problem.contract_of(person).max_hours_week * 60 <= limit:
                continue  # the contract's row says it already
            for week in model.weeks:
                worked = model.worked(agent, week)
                columns = model.columns(worked)
                if len(columns):
                    minutes = np.concatenate([options.minutes for options in worked])
                    model.limit(self, columns, minutes, high=limit, agent=agent, days=model.indices(week))

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The law's week."""
        return Note.of(
            "week of {week}: the law allows at most {hours} h for agent {agent} ({article})",
            week=limit.week(model),
            hours=f"{model.problem.pack.max_week_minutes / 60:g}",
            agent=limit.person(model),
            article=self.article(model.problem.pack),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Hours needed against the law's."""
        most = model.problem.pack.max_week_minutes
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
