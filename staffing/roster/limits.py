"""Limits: the rows that rules add, on record with their rule, person and days, so that each can be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffing.notes import Note

if TYPE_CHECKING:
    from staffing.roster.rules.rule import Rule
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True)
class Limit:
    """One row `low <= sum <= high` of a rule, its sides open where None.

    Attributes:
        rule: whose row it is.
        row: index of the row in the program.
        agent: index of the person, or NOBODY when it binds several.
        first: index of the first of the days it speaks of; `last` of the last.
        low: the least that the sum may be.
        high: the most that the sum may be.
        under: index of the column that measures what is lacking below `low`, None when nothing may lack.
        over: index of the column that measures what is too much above `high`.
        size: how much of the rule's unit one unit of the row is.
    """

    rule: Rule
    row: int
    agent: int
    first: int
    last: int
    low: int | None
    high: int | None
    under: int | None = None
    over: int | None = None
    size: int = 1

    def wording(self, amount: int, model: RosterModel) -> Note:
        """The rule's name, whom and which days it concerns, and by how much it would have to give."""
        names = [agent.agent_id for i, agent in enumerate(model.problem.agents) if i == self.agent]
        return Note.of(
            "{days}: rule {rule} of {agent} would have to give by {amount} {unit}",
            days=model.span_text(self.first, self.last),
            rule=self.rule.name,
            agent=names[0] if names else "the team",
            amount=amount * self.size,
            unit=self.rule.unit,
        )
