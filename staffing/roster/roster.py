"""A named roster, and what the solver says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from staffing.notes import Note

if TYPE_CHECKING:
    from staffing.roster.explain.explanation import Explanation

Status = Literal["optimal", "feasible", "infeasible", "stopped", "unknown"]


@dataclass(frozen=True)
class Session:
    """One person's part in an activity, inside their duty: working time off the floor."""

    activity: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Duty:
    """One person's shift on one business date; times carry the site's offset."""

    agent_id: str
    business_date: date
    shift_code: str
    start: datetime
    end: datetime
    breaks: tuple[tuple[datetime, datetime], ...] = ()
    paid_breaks: tuple[tuple[datetime, datetime], ...] = ()  # rest that is working time
    sessions: tuple[Session, ...] = ()  # meetings and trainings, in time


@dataclass(frozen=True)
class Roster:
    """Who works when, sorted by business date, start and agent."""

    duties: tuple[Duty, ...]

    def attending(self, activity: str) -> dict[str, Session]:
        """Who attends an activity, and when, by agent id; the first time where somebody has it twice."""
        held = [
            (duty.agent_id, own) for duty in self.duties for own in duty.sessions if own.activity == activity
        ]
        return dict(reversed(held))


@dataclass(frozen=True)
class RosterResult:
    """The roster found and how good it is proven to be.

    `objective` = wages with premiums + priced shortage + soft rules, wishes and changes, in the currency's smallest
    unit; `bound` is a proven lower bound on it; `gap` = (objective - bound) / objective. For an infeasible problem,
    `obstacles` says which rule stands in the way and the smallest change that lets a roster through, and
    `explanation` has the conflicts and the changes as they can be applied. "unknown" is said when time ran out before
    a roster was found or it was proven that there is none.
    """

    roster: Roster
    status: Status
    objective: int
    bound: int
    seconds: float
    seed: int
    obstacles: tuple[Note, ...] = ()
    explanation: Explanation | None = None

    @property
    def found(self) -> bool:
        """Whether there is a roster; `obstacles` says why not."""
        return self.status not in ("infeasible", "unknown")

    @property
    def gap(self) -> float:
        """Share of the objective that is not proven necessary; 0 when optimal."""
        return 0.0 if self.objective <= 0 else max(0.0, (self.objective - self.bound) / self.objective)
