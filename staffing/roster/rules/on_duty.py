"""Who must be on duty while the desk is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.cover import open_stretches
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class MinimumOnDuty(Rule):
    """While the desk is open, at least so many people of a group are present, breaks not taken out.

    The group are the people with the tag, such as "SV"; an empty tag is everybody.
    """

    name: ClassVar[str] = "minimum_on_duty"
    unit: ClassVar[str] = "person and stretch"

    tag: str
    least: int

    def restrict(self, model: RosterModel) -> None:
        """In every stretch of open time: shifts of the group that hold it >= least."""
        for start, day in open_stretches(model.stretches):
            columns = [
                column
                for agent, person in enumerate(model.problem.agents)
                if not self.tag or self.tag in person.tags
                for beside in range(max(0, day - 1), min(day + 2, len(model.days)))
                for column in model.present(agent, beside, start)
            ]
            model.limit(self, columns, low=self.least, days=range(day, day + 1), moment=start)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """How many at that time."""
        return Note.of(
            "{days} at {time}: at least {least} of group '{tag}' on duty",
            days=limit.span(model),
            time=limit.clock(model),
            least=self.least,
            tag=self.tag or "*",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """How many are lacking, from when to when."""
        values = {
            "day": give.limit.day(model),
            "first": give.limit.clock(model),
            "lacking": give.units,
            "least": self.least,
            "tag": self.tag or "*",
        }
        return Note.of(
            "{day} {first} to {last}: {lacking} of the {least} of group '{tag}' lacking; hire for that time, or allow"
            " it as an exception",
            **values,
            last=(give.until or give.limit).until(model),
        )
