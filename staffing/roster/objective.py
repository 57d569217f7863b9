"""The objective: wages with premiums and the price of missing people, in the currency's smallest unit.

    objective = sum over duties of the duty's pay
              + half_up(missing agent-minutes x price per hour / 60 + thousandths of a call x price per call / 1000)

A model multiplies everything by `Money.scale`, the smallest number that makes the prices of one missing
agent-minute and of a thousandth of a call whole; the scaled figures are exact integers, and only the sum of the
shortage and of the service short of its targets is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from staffing.labour.wages import half_up, pay
from staffing.queueing.curves import UNITS_A_CALL
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem

MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Money:
    """Turns amounts into a model's whole units and back."""

    scale: int
    minute_price: int  # of one agent missing for one minute, in the model's units

    @classmethod
    def of(
        cls,
        shortage_per_hour: int,
        premiums: Iterable[Fraction] = (),
        prices_per_call: Iterable[int] = (),
        parts: int = 1,
    ) -> Money:
        """The units for a price of shortage, premiums a minute, in money, and prices of calls short of targets.

        `parts` makes the units finer than the prices need, for prices that a search sets.
        """
        scale = parts * lcm(
            MINUTES_AN_HOUR // gcd(MINUTES_AN_HOUR, shortage_per_hour),
            *(premium.denominator for premium in premiums),
            *(UNITS_A_CALL // gcd(UNITS_A_CALL, price) for price in prices_per_call),
        )
        return cls(scale, shortage_per_hour * scale // MINUTES_AN_HOUR)

    def of_unit(self, price_per_call: int) -> int:
        """The price of a thousandth of a call in the model's units."""
        return price_per_call * self.scale // UNITS_A_CALL

    def units(self, amount: Fraction) -> int:
        """Money as model units; a premium that the units were made for comes out whole."""
        return int(amount * self.scale)

    def amount(self, units: int) -> int:
        """Model units as money, half up to the smallest currency unit."""
        return half_up(Fraction(units, self.scale))


class DutyCost:
    """What one duty of a person costs, as `wages.pay` says of the duty alone.

    What a duty's pay owes to others of the week or month, the premium of overtime beyond the week's hours, is
    priced apart (`week_overtime.py`).
    """

    def __init__(self, problem: RosterProblem) -> None:
        self._problem = problem
        self._known: dict[tuple[int, int, int, str], int] = {}

    def __call__(self, agent: Agent, placement: Placement) -> int:
        """The pay in the currency's smallest unit."""
        problem = self._problem
        code = placement.shift.code if problem.pack.counts_by_clock else ""  # midnight parts its minutes
        key = (agent.wage, placement.work_minutes, placement.night_minutes, code)
        if key not in self._known:
            duty = placement.duty(agent.agent_id, problem.horizon.zone)
            (earned,) = pay([duty], agent.wage, problem.pack, problem.horizon, problem.week_start)
            self._known[key] = earned.cost
        return self._known[key]
