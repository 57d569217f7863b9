"""Days that are settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule
from staffing.roster.wishes import FixedDay

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class FixedDays(Rule):
    """On a settled day a person works the shift that is settled, or is off."""

    name: ClassVar[str] = "fixed_day"
    unit: ClassVar[str] = "day"

    days: tuple[FixedDay, ...]

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The day is not settled, or this is its shift."""
        settled = self._settled().get((agent.agent_id, placement.day), placement.shift.code)
        return settled in (placement.shift.code, placement.template)

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over the settled shift's placements >= 1."""
        people = {agent.agent_id: index for index, agent in enumerate(model.problem.agents)}
        for (agent_id, day), shift in self._settled().items():
            if shift is None or agent_id not in people or day not in model.days:
                continue
            index, agent = model.days.index(day), people[agent_id]
            options = model.options(agent, index)
            columns = [
                column
                for column, placement in zip(options.columns.tolist(), options.placements, strict=True)
                if shift in (placement.shift.code, placement.template)
            ]
            model.limit(self, columns, low=1, agent=agent, days=range(index, index + 1))

    def _settled(self) -> Mapping[tuple[str, date], str | None]:
        return {(fixed.agent_id, fixed.day): fixed.shift for fixed in self.days}
