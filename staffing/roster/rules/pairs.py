"""Two people: on the same shifts, or never on the floor together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleException
from staffing.roster.rules.pick import Pick
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class Together(Rule):
    """Two people work the same shifts, such as a trainee and the one who trains them."""

    name: ClassVar[str] = "together"
    unit: ClassVar[str] = "day"

    pair: tuple[str, str]

    def restrict(self, model: RosterModel) -> None:
        """For every shift of every day: one's x = the other's."""
        one, other = (_index(model, agent_id) for agent_id in self.pair)
        for day in range(len(model.days)):
            codes = {p.shift.code for agent in (one, other) for p in model.options(agent, day).placements}
            for code in sorted(codes):
                chosen = Pick(lambda placement, code=code: placement.shift.code == code)  # type: ignore[misc]
                first, second = (chosen(model.options(agent, day)) for agent in (one, other))
                signs = [1] * len(first) + [-1] * len(second)
                columns = np.concatenate([first, second])
                model.limit(self, columns, signs, low=0, high=0, agent=one, days=range(day, day + 1))

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The pair."""
        return Note.of(
            "{days}: agents {one} and {other} work the same shifts",
            days=limit.span(model),
            **_named(self.pair),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The day on which it cannot be."""
        return Note.of(
            "{days}: agents {one} and {other} cannot work the same shifts; allow other shifts on {days}",
            days=give.limit.span(model),
            **_named(self.pair),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Exceptions for the pair."""
        return RuleException(self, self.people, (give.limit.day(model),))


@dataclass(frozen=True, kw_only=True)
class Apart(Rule):
    """Two people are never present at the same time."""

    name: ClassVar[str] = "apart"
    unit: ClassVar[str] = "day"

    pair: tuple[str, str]

    def restrict(self, model: RosterModel) -> None:
        """At every moment a shift of one begins: both people's shifts that hold it <= 1."""
        one, other = (_index(model, agent_id) for agent_id in self.pair)
        for day in range(len(model.days)):
            near = [
                (column, placement.start, placement.end)
                for agent in (one, other)
                for beside in range(max(0, day - 1), day + 1)
                for column, placement in zip(
                    model.options(agent, beside).columns.tolist(),
                    model.options(agent, beside).placements,
                    strict=True,
                )
            ]
            days = range(day, day + 1)
            own = [p.start for agent in (one, other) for p in model.options(agent, day).placements]
            slack = model.slack(self, one, days) if own else None
            for moment in sorted(set(own)):
                columns = [column for column, start, end in near if start <= moment < end]
                model.limit(self, columns, high=1, agent=one, days=days, over=slack)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The pair."""
        return Note.of(
            "{days}: agents {one} and {other} are never present together",
            days=limit.span(model),
            **_named(self.pair),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The day on which it cannot be."""
        return Note.of(
            "{days}: agents {one} and {other} are both needed at the same time; allow it on {days}",
            days=give.limit.span(model),
            **_named(self.pair),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Exceptions for the pair."""
        return RuleException(self, self.people, (give.limit.day(model),))


def _index(model: RosterModel, agent_id: str) -> int:
    ids = [agent.agent_id for agent in model.problem.agents]
    if agent_id not in ids:
        raise ValueError(f"a pair names {agent_id}, who is not among the people")
    return ids.index(agent_id)


def _named(pair: tuple[str, str]) -> dict[str, str]:
    return {"one": pair[0], "other": pair[1]}
