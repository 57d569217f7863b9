"""The law's hours a day and a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.errors import SettingFault
from staffing.roster.problem import RosterProblem
from staffing.roster.rules.contract_hours import ContractHours
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
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
        contracts = [rule for rule in model.rules if isinstance(rule, ContractHours)]
        for agent, person in self.bound_agents(model.problem):
            kept = any(rule.binds(person) and model.price(rule) is None for rule in contracts)
            if kept and model.problem.contract_of(person).max_hours_week * 60 <= limit:
                continue  # the contract's row says it already
            for week in model.weeks:
                worked = model.worked(agent, week)
                columns = model.columns(worked)
                if len(columns):
                    minutes = np.concatenate([options.minutes for options in worked])
                    model.limit(self, columns, minutes, high=limit, agent=agent, days=model.indices(week))
