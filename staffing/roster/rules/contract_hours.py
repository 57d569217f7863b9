"""The contract's hours a week, least and most."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import ContractTerm
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.contract_shifts import ContractShiftsAWeek
from staffing.roster.rules.full_time import full_time
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK, Week

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import Options, RosterModel

WORKDAYS_A_WEEK = 5  # a day of leave stands for a fifth of a week's least hours
_TOLD = frozenset(  # rules that the usual sentence on least hours speaks of
    ("contract_hours", "contract_max_shifts", "contract_shifts", "days_off", "law_week", "leave", "rest")
)


@dataclass(frozen=True, kw_only=True)
class ContractHours(Rule):
    """Nobody works more hours in a week than their contract's maximum, nor fewer than what is left of its minimum.

    What is left of the minimum says `least_minutes`. A week at the horizon's edge, or one that has begun already when
    a roster is planned again, never asks for more than the longest shifts on the days a person can work add up to:
    its other days are not in the plan any more. Hours worked before the horizon are not known and count as none.
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
                if not week.whole or model.indices(week).start < model.days_begun:
                    there = [
                        own for day, own in zip(week.days, worked, strict=True) if day not in person.leave
                    ]
                    least = min(least, longest(there, contract.max_shifts_week, model.barred))
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
        hard = model.price(self) is None
        unit = gcd(
            int(np.gcd.reduce(minutes)), *(() if hard else bounds)
        )  # what is broken counts to the minute
        factors = minutes // unit
        if hard:
            sums = reachable(sorted(set(minutes.tolist())), _most_shifts(model, agent, worked))
            least = min((total for total in sums if total >= least), default=least)
            most = max((total for total in sums if total <= most), default=most)
        if least > 0:
            model.limit(self, columns, factors, low=-(-least // unit), agent=agent, days=days, size=unit)
            if hard:
                model.row(columns, low=-(-least // int(minutes.max())))
        model.limit(self, columns, factors, high=most // unit, agent=agent, days=days, size=unit)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The contract's least or most hours of the week."""
        person = model.problem.agents[limit.agent]
        values = {"week": limit.week(model), "agent": person.agent_id, "contract": person.contract}
        if limit.low is not None:
            return Note.of(
                "week of {week}: contract '{contract}' asks for at least {hours} h from agent {agent}",
                **values,
                hours=f"{_asked(limit, model) / 60:g}",
            )
        most = model.problem.contract_of(person).max_hours_week
        return Note.of(
            "week of {week}: contract '{contract}' allows at most {hours} h for agent {agent}",
            **values,
            hours=f"{most:g}",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """Hours needed against hours possible, or hours needed against the contract's most."""
        limit, person = give.limit, model.problem.agents[give.limit.agent]
        contract = model.problem.contract_of(person)
        if give.amount > 0:
            return Note.of(
                "week of {week}: {needed} h needed from agent {agent}, contract {most}; allow {over} h overtime"
                " (max_hours_week of contract '{contract}') or hire {people} FTE",
                week=limit.week(model),
                agent=person.agent_id,
                needed=f"{give.total / 60:g}",
                most=f"{contract.max_hours_week:g}",
                over=f"{give.total / 60 - contract.max_hours_week:g}",
                contract=contract.name,
                people=full_time(give.total / 60 - contract.max_hours_week, contract.max_hours_week),
            )
        values = {
            "week": limit.week(model),
            "agent": person.agent_id,
            "contract": contract.name,
            "needed": f"{_asked(limit, model) / 60:g}",
            "possible": f"{give.total / 60:g}",
            "enough": f"{self._enough(give, model):g}",
        }
        others = give.against - _TOLD
        if others:
            return Note.of(
                "week of {week}: agent {agent} needs at least {needed} h by contract '{contract}', but other rules"
                " ({rules}) leave {possible} h; lower min_hours_week to {enough}",
                **values,
                rules=", ".join(sorted(others)),
            )
        if any(day in person.leave for day in model.week_of(limit.first).days):
            return Note.of(
                "week of {week}: agent {agent} needs at least {needed} h by contract '{contract}', but leave,"
                " opening hours, rest and the contract's shifts allow {possible} h; lower min_hours_week to"
                " {enough} or shorten the leave",
                **values,
            )
        return Note.of(
            "week of {week}: agent {agent} needs at least {needed} h by contract '{contract}', but opening hours,"
            " rest and the contract's shifts allow {possible} h; lower min_hours_week to {enough}",
            **values,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A lower minimum or a higher maximum."""
        contract = model.problem.agents[give.limit.agent].contract
        if give.amount > 0:
            return ContractTerm(contract, "max_hours_week", give.total / 60)
        return ContractTerm(contract, "min_hours_week", self._enough(give, model))

    @staticmethod
    def _enough(give: Give, model: RosterModel) -> float:
        """The minimum that the hours possible would keep, in hours, cut to two decimals."""
        person = model.problem.agents[give.limit.agent]
        minimum = Fraction(str(model.problem.contract_of(person).min_hours_week))
        share = least_minutes(model.problem, person, model.week_of(give.limit.first)) / (60 * minimum)
        return floor(Fraction(give.total, 60) / share * 100) / 100


def _most_shifts(model: RosterModel, agent: int, worked: Sequence[Options]) -> int:
    """Shifts that a week can hold: one a day, and no more than the contract's number where that must be kept."""
    person = model.problem.agents[agent]
    open_days = sum(1 for options in worked if len(options.columns))
    limits = [rule for rule in model.rules if isinstance(rule, ContractShiftsAWeek) and rule.binds(person)]
    if any(model.price(rule) is None for rule in limits):
        return min(model.problem.contract_of(person).max_shifts_week, open_days)
    return open_days


def least_minutes(problem: RosterProblem, agent: Agent, week: Week) -> Fraction:
    """Minutes that an agent's contract asks for in a week, before what is possible is looked at.

    The contract's minimum x planned days / 7, less a fifth of the minimum for each planned day of leave and
    for each planned day closed by an exception to the weekly opening hours; never below 0.
    """
    minimum = Fraction(str(problem.contract_of(agent).min_hours_week)) * 60
    away = sum(day in agent.leave or _closed_for_once(problem, week, i) for i, day in enumerate(week.days))
    left = minimum * len(week.days) / DAYS_A_WEEK - minimum * away / WORKDAYS_A_WEEK
    return max(left, Fraction(0))


def longest(worked: Sequence[Options], shifts: int, barred: AbstractSet[int] = frozenset()) -> int:
    """The most minutes that `shifts` days of a week could hold, each day's longest shift taken, none `barred`."""
    days = [
        max(
            (
                m
                for c, m in zip(options.columns.tolist(), options.minutes.tolist(), strict=True)
                if c not in barred
            ),
            default=0,
        )
        for options in worked
    ]
    return int(sum(sorted(days, reverse=True)[:shifts]))


def _asked(limit: Limit, model: RosterModel) -> int:
    """The least minutes of the limit's week as the contract asks for them, not as shifts add up to them."""
    least = ceil(least_minutes(model.problem, model.problem.agents[limit.agent], model.week_of(limit.first)))
    return min(least, (limit.low or 0) * limit.size)


def _closed_for_once(problem: RosterProblem, week: Week, index: int) -> bool:
    hours, day = problem.horizon.hours, week.days[index]
    return not hours.spans(day) and bool(hours.weekly[day.weekday()])


def reachable(lengths: Sequence[int], shifts: int) -> frozenset[int]:
    """Every total that at most `shifts` shifts of these lengths can add up to."""
    totals = {0}
    for _ in range(shifts):
        totals |= {total + length for total in totals for length in lengths}
    return frozenset(totals)
