"""Night work and overtime of the young."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.labour.carried import Carried
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
        """The agent is an adult, the placement has no night minute, or the pack lets minors work at night."""
        free = placement.night_minutes == 0 or problem.pack.minor_night
        return free or is_adult(agent.birth_date, placement.day)

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


@dataclass(frozen=True, kw_only=True)
class MinorsOvertime(Rule):
    """Nobody under 18 works beyond the pack's day and week for minors, whatever has been agreed for others."""

    name: ClassVar[str] = "minor_overtime"
    unit: ClassVar[str] = "minute"
    figure: ClassVar[str] = "minor_overtime"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The agent is an adult, or the placement is no longer than a minor's day."""
        limit = problem.pack.minor_max_day_minutes
        free = problem.pack.minor_overtime or limit is None or placement.work_minutes <= limit
        return free or is_adult(agent.birth_date, placement.day)

    def restrict(self, model: RosterModel) -> None:
        """Sum of working minutes x x over a week that begins under 18 <= a minor's week, less what was carried in."""
        pack = model.problem.pack
        limit = pack.minor_max_week_minutes
        if pack.minor_overtime or limit is None:
            return
        for agent, person in self.bound_agents(model.problem):
            carried = person.carried or Carried()
            for number, week in enumerate(model.weeks):
                if is_adult(person.birth_date, week.days[0]):
                    break
                worked = model.worked(agent, week)
                before = carried.week_minutes - carried.week_overtime_minutes if number == 0 else 0
                if len(columns := model.columns(worked)):
                    minutes = np.concatenate([options.minutes for options in worked])
                    high = max(0, limit - before)
                    model.limit(self, columns, minutes, high=high, agent=agent, days=model.indices(week))


def is_adult(birth_date: date | None, day: date) -> bool:
    """Whether somebody born on `birth_date` is 18 on `day`; one without a birth date counts as adult."""
    if birth_date is None:
        return True
    return (day.year - ADULT_AGE, day.month, day.day) >= (birth_date.year, birth_date.month, birth_date.day)
