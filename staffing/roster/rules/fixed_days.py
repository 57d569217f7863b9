"""Days that are settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from staffing.notes import Note
from staffing.roster.changes import FixedReleased
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule
from staffing.roster.wishes import FixedDay

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class FixedDays(Rule):
    """On a settled day a person works the shift that is settled, or is off; each day otherwise is one broken."""

    name: ClassVar[str] = "fixed_day"
    unit: ClassVar[str] = "day"

    days: tuple[FixedDay, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self._settled) < len(self.days):
            raise ValueError("rule fixed_day: a day of one person is settled twice")

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The day is not settled, or this is its shift; what a soft rule settles as a shift is left to `restrict`."""
        settled = self._settled.get((agent.agent_id, placement.day), placement.shift.code)
        if settled is not None and self.kind == "soft":
            return True  # the row below counts the day, and no day counts twice
        return settled in (placement.shift.code, placement.template)

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over the settled shift's placements >= 1."""
        people = {agent.agent_id: index for index, agent in self.bound_agents(model.problem)}
        for (agent_id, day), shift in self._settled.items():
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

    def rests(self, limit: Limit, model: RosterModel) -> bool:
        """Whether a limit is of a day that is settled to be off."""
        return self._settled.get((limit.person(model), limit.day(model))) is None

    @cached_property
    def _settled(self) -> Mapping[tuple[str, date], str | None]:
        return {(fixed.agent_id, fixed.day): fixed.shift for fixed in self.days}

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """What is settled."""
        agent, day, days = limit.person(model), limit.day(model), limit.span(model)
        shift = self._settled.get((agent, day))
        if shift is None:
            return Note.of("{days}: agent {agent} is fixed to be off", days=days, agent=agent)
        return Note.of("{days}: agent {agent} is fixed to work {shift}", days=days, agent=agent, shift=shift)

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The settled day that cannot be kept."""
        agent, day = give.limit.person(model), give.limit.day(model)
        shift = self._settled.get((agent, day))
        if shift is None:
            return Note.of(
                "agent {agent}: needed on {day}, which is fixed to be off; release the fixed day off of {day}",
                agent=agent,
                day=day,
            )
        return Note.of(
            "agent {agent}: cannot work {shift} on {day}; release the fixed shift {shift} of agent {agent} on {day}",
            agent=agent,
            shift=shift,
            day=day,
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The day released."""
        agent, day = give.limit.person(model), give.limit.day(model)
        return FixedReleased(agent, day, self._settled.get((agent, day)))
