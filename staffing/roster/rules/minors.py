"""Night work of the young."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

ADULT_AGE = 18


@dataclass(frozen=True, kw_only=True)
class MinorsAtNight(Rule):
    """Nobody under 18 on a shift's business date works in the night hours; without a birth date nobody is."""

    name: ClassVar[str] = "minor_night"
    unit: ClassVar[str] = "shift"
    figure: ClassVar[str] = "minor_night"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The agent is an adult, or the placement has no night minute."""
        return placement.night_minutes == 0 or is_adult(agent.birth_date, placement.day)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Age and article."""
        return Note.of(
            "{days}: agent {agent} is under 18, no work in the night hours ({article})",
            days=limit.span(model),
            agent=limit.person(model),
            article=self.article(model.problem.pack),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """That nothing lawful helps."""
        return Note.of(
            "agent {agent}: needed in the night hours of {day} while under 18: not lawful ({article}); hire an adult",
            agent=give.limit.person(model),
            day=give.limit.day(model),
            article=self.article(model.problem.pack),
        )


def is_adult(birth_date: date | None, day: date) -> bool:
    """Whether somebody born on `birth_date` is 18 on `day`; one without a birth date counts as adult."""
    if birth_date is None:
        return True
    return (day.year - ADULT_AGE, day.month, day.day) >= (birth_date.year, birth_date.month, birth_date.day)
