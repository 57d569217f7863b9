"""Overtime beyond the law's week in the model: whether it is lawful, its columns, and what a minute of it costs.

    plain minutes of a person's week - v <= the law's week,   v >= 0, at wage x overtime rate / 60 a minute

What a duty has beyond the law's day is part of the duty's own pay. From a month's threshold on (60 h in Japan)
a minute costs the higher rate: w >= the month's overtime - threshold, at the difference of the rates. The overtime of
a week that two months share is not counted towards w, so that the program never costs more than the wages do; the
roster's objective is reckoned from the duties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from staffing.horizon import MINUTES_A_DAY
from staffing.labour.carried import Carried
from staffing.roster.placements import Placement
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


class WeekOvertime:
    """The overtime of one problem."""

    def __init__(self, problem: RosterProblem) -> None:
        pack = problem.pack
        self._problem = problem
        steps = pack.steps
        unlimited = pack.max_week_minutes is None and steps is not None and steps.week_minutes is not None
        self.lawful = pack.overtime_allowed or unlimited
        self.day_minutes = None if pack.has_variable_hours else pack.max_day_minutes
        if steps is not None:
            self.day_minutes = steps.day_minutes
        self._weeks: dict[tuple[int, range], tuple[int, int]] = {}  # agent, days -> column, minutes a unit

    def a_minute(self) -> Iterator[Fraction]:
        """What a minute of overtime costs on top of the wage, and the step beyond the month's threshold."""
        if self.lawful:
            for wage in {agent.wage for agent in self._problem.agents}:
                yield from self._rates(wage)

    def add(
        self, model: RosterModel, agent: int, days: range, columns: Ints, minutes: Ints, room: int
    ) -> None:
        """The overtime of one person's week."""
        unit = gcd(int(np.gcd.reduce(minutes)), room)
        most = int(minutes.sum()) // unit
        price = model.money.units(self._rates(self._wage(agent))[0] * unit)
        column = model.column(most, price, agent=agent, day=model.home(days), is_pay=True)
        row = model.row([*columns, column], [*(minutes // unit), -1], high=room // unit)
        model.derived.add_excess(column, row, 1)
        self._weeks[agent, days] = (column, unit)

    def terms(self, model: RosterModel, agent: int, days: range) -> dict[int, int]:
        """Overtime on some days: of every week that touches them, and of duties longer than the law's day."""
        found = {
            column: unit
            for (owner, week), (column, unit) in self._weeks.items()
            if owner == agent and week.start < days.stop and days.start < week.stop
        }
        if self.day_minutes is not None:
            for day in days:
                options = model.options(agent, day)
                for column, minutes in zip(options.columns.tolist(), options.minutes.tolist(), strict=True):
                    if minutes > self.day_minutes:
                        found[column] = minutes - self.day_minutes
        return found

    def add_threshold(self, model: RosterModel, agent: int, days: range) -> None:
        """The higher rate of a month's overtime beyond the threshold; `days` are the month's."""
        threshold = self._problem.pack.overtime_beyond_month_minutes
        if threshold is None or not self.lawful:
            return
        inside = {
            column: factor
            for column, factor in self.terms(model, agent, days).items()
            if not any(
                c == column and not (days.start <= week.start and week.stop <= days.stop)
                for (owner, week), (c, _) in self._weeks.items()
                if owner == agent
            )
        }
        if not inside:
            return
        carried = self._problem.agents[agent].carried or Carried()
        done = carried.month.overtime_minutes if days.start == 0 else 0
        unit = gcd(*inside.values(), threshold - done) if threshold > done else gcd(*inside.values())
        price = model.money.units(self._rates(self._wage(agent))[1] * unit)
        most = len(days) * MINUTES_A_DAY // unit
        column = model.column(most, price, agent=agent, day=model.home(days), is_pay=True)
        factors = [factor // unit for factor in inside.values()]
        row = model.row([*inside, column], [*factors, -1], high=max(0, threshold - done) // unit)
        model.derived.add_excess(column, row, 1)

    def rounds_nothing(self, placements: Iterable[Placement]) -> bool:
        """Whether every duty's pay comes to whole units of money, with whatever premium."""
        if not self.lawful:
            return True  # pay of each duty by itself, rounded, is what the program holds
        pack = self._problem.pack
        minutes = {m for p in placements for m in (p.work_minutes, p.night_minutes)}
        minutes |= {
            pack.plain_week_minutes or 0,
            self.day_minutes or 0,
            pack.overtime_beyond_month_minutes or 0,
        }
        for agent in self._problem.agents:
            carried = agent.carried or Carried()
            minutes |= {carried.week_minutes, carried.week_overtime_minutes, carried.month.overtime_minutes}
        unit = gcd(*minutes)
        rates = (1, pack.overtime_rate, pack.overtime_rate_beyond, pack.night_rate)
        return all(
            (Fraction(agent.wage * unit, 60) * Fraction(str(rate or 0))).denominator == 1
            for agent in self._problem.agents
            for rate in rates
        )

    def _wage(self, agent: int) -> int:
        return self._problem.agents[agent].wage

    def _rates(self, wage: int) -> tuple[Fraction, Fraction]:
        """The premium of a minute, and what it rises by beyond the month's threshold."""
        pack = self._problem.pack
        first = Fraction(str(pack.overtime_rate or 0))
        beyond = max(Fraction(0), Fraction(str(pack.overtime_rate_beyond or 0)) - first)
        return Fraction(wage) * first / 60, Fraction(wage) * beyond / 60
