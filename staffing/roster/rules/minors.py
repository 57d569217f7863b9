"""Night work of the young."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule

ADULT_AGE = 18


@dataclass(frozen=True, kw_only=True)
class MinorsAtNight(Rule):
    """Nobody under 18 on a shift's business date works in the night hours; without a birth date nobody is."""

    name: ClassVar[str] = "minor_night"
    unit: ClassVar[str] = "shift"
    figure: ClassVar[str] = "minor_night"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The agent is an adult, the placement has no night minute, or the pack lets minors work at night."""
        free = placement.night_minutes == 0 or problem.pack.minor_night
        return free or is_adult(agent.birth_date, placement.day)


def is_adult(birth_date: date | None, day: date) -> bool:
    """Whether somebody born on `birth_date` is 18 on `day`; one without a birth date counts as adult."""
    if birth_date is None:
        return True
    return (day.year - ADULT_AGE, day.month, day.day) >= (birth_date.year, birth_date.month, birth_date.day)
