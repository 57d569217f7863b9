"""The contract's hours a week, least and most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK, Week

if TYPE_CHECKING:
    from staffing.roster.variables import Options, RosterModel

WORKDAYS_A_WEEK = 5  # a day of leave stands for a fifth of a week's least hours


@dataclass(frozen=True, kw_only=True)
class ContractHours(Rule):
    """Nobody works more hours in a week than their contract's maximum, nor fewer than what is left of its minimum.

    What is left of the minimum says `least_minutes`. A week at the horizon's edge never asks for more than the
    longest shifts on the days a person can work add up to: its other days are not in the plan. Hours worked
    before the horizon are not known and count as none.
    """

    name: ClassVar[str] = "contract_hours"
    unit: ClassVar[str] = "minute"

    def restrict(self, model: RosterModel) -> None:
        """Minimum <= sum of working minutes x x over a person's shifts of one week <= maximum."""
        for agent, person in self.bound_agents(model.problem):
            contract = model.problem.contract_of(person)
            most = int(Fraction(str(contract.max_hours_week)) * 60)
            for week in model.weeks:
                worked = model.worked(agent, week)
                least = ceil(least_minutes(model.problem, person, week))
                if not week.whole:
                    least = min(least, longest(worked, contract.max_shifts_week))
                if least > 0:
                    model.need(agent, week, least)
                self._restrict_week(model, agent, week, (least, most))

    def _restrict_week(self, model: RosterModel, agent: int, week: Week, bounds: tuple[int, int]) -> None:
        """Add the week's limits; hard ones have their sides moved to sums that shifts can reach, a tighter model."""
        least, most = bounds
        worked, days = model.worked(agent, week), model.indices(week)
        columns = model.columns(worked)
        if not len(columns):
            if least > 0:
                model.limit(self, columns, low=least, agent=agent, days=days)
            return
        minutes = np.concatenate([options.minutes for options in worked])
        unit = int(np.gcd.reduce(minutes))
        factors = minutes // unit
        if model.price(self) is None:
            contract = model.problem.contract_of(model.problem.agents[agent])
            open_days = sum(1 for options in worked if len(options.columns))
            sums = reachable(sorted(set(minutes.tolist())), min(contract.max_shifts_week, open_days))
            least = min((total for total in sums if total >= least), default=least)
            most = max((total for total in sums if total <= most), default=most)
        if least > 0:
            model.limit(self, columns, factors, low=-(-least // unit), agent=agent, days=days, size=unit)
            if model.price(self) is None:
                model.row(columns, low=-(-least // int(minutes.max())))
        model.limit(self, columns, factors, high=most // unit, agent=agent, days=days, size=unit)


def least_minutes(problem: RosterProblem, agent: Agent, week: Week) -> Fraction:
    """Minutes that an agent's contract asks for in a week, before what is possible is looked at.

    The contract's minimum x planned days / 7, less a fifth of the minimum for each planned day of leave and
    for each planned day closed by an exception to the weekly opening hours; never below 0.
    """
    minimum = Fraction(str(problem.contract_of(agent).min_hours_week)) * 60
    away = sum(day in agent.leave or _closed_for_once(problem, week, i) for i, day in enumerate(week.days))
    left = minimum * len(week.days) / DAYS_A_WEEK - minimum * away / WORKDAYS_A_WEEK
    return max(left, Fraction(0))


def longest(worked: Sequence[Options], shifts: int) -> int:
    """The most minutes that `shifts` days of a week could hold, each day's longest shift taken."""
    days = sorted((max(options.minutes) for options in worked if len(options.columns)), reverse=True)
    return int(sum(days[:shifts]))


def _closed_for_once(problem: RosterProblem, week: Week, index: int) -> bool:
    hours, day = problem.horizon.hours, week.days[index]
    return not hours.spans(day) and bool(hours.weekly[day.weekday()])


def reachable(lengths: Sequence[int], shifts: int) -> frozenset[int]:
    """Every total that at most `shifts` shifts of these lengths can add up to."""
    totals = {0}
    for _ in range(shifts):
        totals |= {total + length for total in totals for length in lengths}
    return frozenset(totals)
