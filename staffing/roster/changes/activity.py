"""Changes of who attends an activity."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Self

from staffing.notes import Note
from staffing.roster.activity import Activity
from staffing.roster.problem import RosterProblem


@dataclass(frozen=True)
class LeftOut:
    """Somebody left out of an activity; without an `agent_id`, so many people fewer that it must have."""

    activity: str
    agent_id: str
    fewer: int = 1

    @property
    def key(self) -> Hashable:
        """The activity and the person."""
        return LeftOut, self.activity, self.agent_id

    @property
    def wording(self) -> Note:
        """Leave them out."""
        if self.agent_id:
            return Note.of(
                "leave agent {agent} out of {activity}", agent=self.agent_id, activity=self.activity
            )
        return Note.of("hold {activity} with {fewer} people fewer", activity=self.activity, fewer=self.fewer)

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The activity for the others, or for fewer."""
        changed = (self._changed(own) if own.name == self.activity else own for own in problem.activities)
        return replace(problem, activities=tuple(own for own in changed if own is not None))

    def _changed(self, activity: Activity) -> Activity | None:
        if self.agent_id:
            return replace(activity, people=activity.people - {self.agent_id})
        least = (activity.least or 0) - self.fewer
        return replace(activity, least=least) if least > 0 else None

    def with_(self, other: Self) -> Self:
        """As many fewer as the larger of both."""
        return self if self.fewer >= other.fewer else other
