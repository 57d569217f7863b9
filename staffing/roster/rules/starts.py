"""Start times: those a person may have, and how far they move within a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.horizon import MINUTES_A_DAY, clock
from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.pick import Pick
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class AllowedStarts(Rule):
    """Shifts begin inside given times of the day, minutes from midnight, first and last included."""

    name: ClassVar[str] = "allowed_starts"
    unit: ClassVar[str] = "shift"

    windows: tuple[tuple[int, int], ...]

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The start lies in one of the windows."""
        minute = placement.shift.start_minute % MINUTES_A_DAY
        return any(first <= minute <= last for first, last in self.windows)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The starts."""
        return Note.of(
            "agent {agent} starts at {starts} only",
            agent=limit.person(model),
            starts=", ".join(f"{clock(first)}-{clock(last)}" for first, last in self.windows),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The start that is needed."""
        return Note.of(
            "{day}: a start at {start} is needed from agent {agent}, which is not among those allowed; allow {start}",
            day=give.limit.day(model),
            agent=give.limit.person(model),
            start=clock(_start(give)),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """One more start for this person."""
        windows = (*self.windows, (_start(give), _start(give)))
        return RuleFigure(self, frozenset((give.limit.person(model),)), "windows", windows)


@dataclass(frozen=True, kw_only=True)
class StableStarts(Rule):
    """Within a working week, a person's earliest and latest start lie at most so many minutes apart.

    A start is counted from the midnight of its business date: 25:00 lies two hours behind 23:00.
    """

    name: ClassVar[str] = "stable_starts"
    unit: ClassVar[str] = "week"

    within_minutes: int

    def restrict(self, model: RosterModel) -> None:
        """Starts from t on of one day + starts before t - within of another day <= 1, for every t and two days."""
        for agent, _ in self.bound_agents(model.problem):
            for week in model.weeks:
                days = model.indices(week)
                starts = sorted(
                    {p.shift.start_minute for day in days for p in model.options(agent, day).placements}
                )
                lates = [late for late in starts if late - self.within_minutes > starts[0]]
                slack = model.slack(self, agent, days) if lates else None  # a week is broken once
                for late in lates:
                    self._part(model, agent, days, late, slack)

    def _part(self, model: RosterModel, agent: int, days: range, late: int, slack: int | None) -> None:
        """A column that says whether anything starts at `late` or later; then nothing starts too early for it."""
        after = Pick(lambda placement: placement.shift.start_minute >= late)
        before = Pick(lambda placement: placement.shift.start_minute < late - self.within_minutes)
        behind = [after(model.options(agent, day)) for day in days]
        ahead = [before(model.options(agent, day)) for day in days]
        if not any(len(columns) for columns in behind) or not any(len(columns) for columns in ahead):
            return
        any_late = model.column(1, agent=agent, day=model.home(days))
        model.follow(any_late, np.concatenate(behind))
        rows = [model.row([*columns, any_late], [1] * len(columns) + [-1], high=0) for columns in behind]
        model.derived.add_any(any_late, rows)
        for day, columns in zip(days, ahead, strict=True):
            if len(columns):
                model.limit(
                    self, [*columns, any_late], high=1, agent=agent, days=range(day, day + 1), over=slack
                )

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """How far starts move."""
        return Note.of(
            "week of {week}: agent {agent} starts within {minutes} minutes of the day",
            week=limit.week(model),
            agent=limit.person(model),
            minutes=self.within_minutes,
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The week in which starts move further."""
        return Note.of(
            "week of {week}: the starts of agent {agent} would lie more than {minutes} minutes apart; allow it once",
            week=give.limit.week(model),
            agent=give.limit.person(model),
            minutes=self.within_minutes,
        )


def _start(give: Give) -> int:
    """Minute of the day at which the shift that is needed begins."""
    return give.worked[0].shift.start_minute % MINUTES_A_DAY
