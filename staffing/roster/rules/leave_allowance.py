"""How many people may be away on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class LeaveAllowance(Rule):
    """On each day at most so many of those who asked for the day off get it.

    Only requests "off" for any shift count as asking for leave. Leave that is granted already stands in the
    agent's `leave` and is subtracted first. A wish that is not granted is denied and costs its weight, even when
    its person happens not to work; so the rule can always be kept. Where people are named, they are the group whose
    leave and wishes are counted.
    """

    name: ClassVar[str] = "leave_allowance"
    unit: ClassVar[str] = "person"

    most: int

    def restrict(self, model: RosterModel) -> None:
        """Wishes for a day - wishes denied <= most - people on leave."""
        group = dict(self.bound_agents(model.problem))
        for day, date in enumerate(model.days):
            away = {agent for agent, person in group.items() if date in person.leave}
            wishes = model.denied_leave(day)
            denied = [wishes[agent] for agent in group if agent in wishes and agent not in away]
            needed = len(denied) - max(0, self.most - len(away))
            row = model.limit(self, denied, low=needed, days=range(day, day + 1))
            if row is not None:
                model.derived.add_top_up(denied, row)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """How many may be away."""
        return Note.of("{day}: at most {most} people are away", day=limit.day(model), most=self.most)

    def explain(self, give: Give, model: RosterModel) -> Note:
        """How many would be away."""
        return Note.of(
            "{day}: {count} people would be away, at most {most} may be; allow {count}",
            day=give.limit.day(model),
            count=self.most - give.amount,
            most=self.most,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """A higher allowance."""
        return RuleFigure(self, self.people, "most", self.most - give.amount)
