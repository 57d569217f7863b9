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
class _Pair(Rule):
    """A rule on two people, whom `pair` names."""

    unit: ClassVar[str] = "day"

    pair: tuple[str, str]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.people is not None or self.pair[0] == self.pair[1]:
            raise ValueError(
                f"rule {self.name}: the pair names the two different people it binds, and none else"
            )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """Exceptions for the pair."""
        return RuleException(self, self.people, (give.limit.day(model),))


@dataclass(frozen=True, kw_only=True)
class Together(_Pair):
    """Two people work the same shifts, such as a trainee and the one who trains them.

    Each day on which one works a shift that the other does not is one broken.
    """

    name: ClassVar[str] = "together"

    def restrict(self, model: RosterModel) -> None:
        """For every shift of every day: one's x = the other's."""
        one, other = (_index(model, agent_id) for agent_id in self.pair)
        for day in range(len(model.days)):
            days = range(day, day + 1)
            codes = {p.shift.code for agent in (one, other) for p in model.options(agent, day).placements}
            slack = model.slack(self, None, days) if codes else None
            for code in sorted(codes):
                chosen = Pick(lambda placement, code=code: placement.shift.code == code)  # type: ignore[misc]
                first, second = (chosen(model.options(agent, day)) for agent in (one, other))
                columns = np.concatenate([first, second])
                signs = np.array([1] * len(first) + [-1] * len(second), dtype=np.int64)
                for sign in (1, -1):
                    model.limit(self, columns, sign * signs, high=0, agent=one, days=days, over=slack)

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


@dataclass(frozen=True, kw_only=True)
class Apart(_Pair):
    """Two people are never present at the same time, breaks included.

    A day on which they meet is one broken; of two business dates it is the later one.
    """

    name: ClassVar[str] = "apart"

    def restrict(self, model: RosterModel) -> None:
        """At every moment a shift begins: shifts of the day and the one before that hold it, both people's, <= 1."""
        pair = [_index(model, agent_id) for agent_id in self.pair]
        for day in range(len(model.days)):
            days = range(day, day + 1)
            today = [_present(model, agent, day) for agent in pair]
            before = [_present(model, agent, day - 1) if day else [] for agent in pair]
            near = [[*early, *own] for early, own in zip(before, today, strict=True)]
            slack = model.slack(self, None, days) if all(near) and any(today) else None
            for first, second in ((today[0], near[1]), (near[0], today[1])):
                for moment in sorted({start for _, start, _ in (*first, *second)}):
                    held = [
                        [c for c, start, end in side if start <= moment < end] for side in (first, second)
                    ]
                    if all(held):
                        model.limit(self, held[0] + held[1], high=1, agent=pair[0], days=days, over=slack)

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


def _present(model: RosterModel, agent: int, day: int) -> list[tuple[int, int, int]]:
    """Work columns of a person's day with the first minute of presence and the one after the last."""
    options = model.options(agent, day)
    return list(zip(options.columns.tolist(), options.starts.tolist(), options.ends.tolist(), strict=True))


def _index(model: RosterModel, agent_id: str) -> int:
    ids = [agent.agent_id for agent in model.problem.agents]
    if agent_id not in ids:
        raise ValueError(f"a pair names {agent_id}, who is not among the people")
    return ids.index(agent_id)


def _named(pair: tuple[str, str]) -> dict[str, str]:
    return {"one": pair[0], "other": pair[1]}
