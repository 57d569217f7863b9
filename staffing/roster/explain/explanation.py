"""Why no roster exists and what lets one through: conflicts, the cheapest relaxation, and its application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from staffing.notes import Note
from staffing.roster.changes import Change, applied
from staffing.roster.limits import Limit
from staffing.roster.problem import RosterProblem
from staffing.roster.variables import RosterModel


@dataclass(frozen=True)
class Obstacle:
    """One limit that stands in the way.

    Attributes:
        rule: its name, as the checker and the settings call it.
        article: the law's, empty for contract and plan.
        agents: ids of the people it binds; empty when it is the whole team.
        first: the first of its days; `last` the last.
        wording: what it asks for.
    """

    rule: str
    article: str
    agents: tuple[str, ...]
    first: date
    last: date
    wording: Note

    @classmethod
    def of(cls, limit: Limit, model: RosterModel) -> Obstacle:
        """A limit as an obstacle."""
        rule, person = limit.rule, limit.person(model)
        pair: tuple[str, ...] = getattr(rule, "pair", ())
        return cls(
            rule.name,
            rule.article(model.problem.pack),
            pair or ((person,) if person else ()),
            limit.day(model),
            model.days[min(limit.last, len(model.days) - 1)],
            rule.states(limit, model),
        )


def obstacles_of(limits: Sequence[Limit], model: RosterModel) -> tuple[Obstacle, ...]:
    """Limits as obstacles, by day; those that say the same of days on end, or of all days, are told as one."""
    told: list[tuple[Limit, Note]] = []
    for limit in sorted(limits, key=lambda one: (one.rule.name, one.agent, one.clock(model), one.first)):
        wording = limit.rule.states(limit, model)
        if told:
            before, said = told[-1]
            longer = replace(before, last=max(before.last, limit.last))
            near = limit.first <= before.last + (limit.first == limit.last)  # of days on end, or overlapping
            if said == wording or (near and _undated(said) == _undated(wording)):
                told[-1] = (longer, longer.rule.states(longer, model))
                continue
        told.append((limit, wording))
    return tuple(Obstacle.of(limit, model) for limit, _ in sorted(told, key=lambda one: one[0].first))


def _undated(note: Note) -> tuple[str, tuple[tuple[str, str], ...]]:
    return note.text, tuple(value for value in note.values if value[0] != "days")


@dataclass(frozen=True)
class Conflict:
    """Limits that cannot all be kept; `minimal` when it is proven that all but any one of them can."""

    obstacles: tuple[Obstacle, ...]
    minimal: bool

    @property
    def agents(self) -> tuple[str, ...]:
        """Everybody whom its limits name, sorted."""
        return tuple(sorted({agent for obstacle in self.obstacles for agent in obstacle.agents}))

    @property
    def wording(self) -> tuple[Note, ...]:
        """What its limits ask for; of a limit that stands alone, what it stands against."""
        told = tuple(obstacle.wording for obstacle in self.obstacles)
        alone = Note.of("the opening hours and the plan's shifts alone stand against it")
        return (*told, alone) if len(told) == 1 else told


@dataclass(frozen=True)
class Relaxation:
    """What has to give for a roster to exist.

    Attributes:
        changes: to be made in this order; all of them together let a roster through.
        wording: for each limit that gives, what stands in the way and by how much.
        lawful: whether no change goes against the law.
        cheapest: whether it is proven that nothing cheaper does, by the prices of `explain.prices`.
    """

    changes: tuple[Change, ...]
    wording: tuple[Note, ...]
    lawful: bool = True
    cheapest: bool = True

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The problem with exactly these changes made."""
        return applied(problem, self.changes)


@dataclass(frozen=True)
class Explanation:
    """Why no roster exists.

    `proven` is False where time ran out before it was certain that none does, or that the relaxation lets one
    through. An explanation without conflicts and changes is one of a problem that has a roster.
    """

    conflicts: tuple[Conflict, ...] = ()
    relaxation: Relaxation = Relaxation((), ())
    proven: bool = True

    @property
    def obstacles(self) -> tuple[Note, ...]:
        """What stands in the way and what helps, one sentence each."""
        return self.relaxation.wording


def apply(problem: RosterProblem, relaxation: Relaxation | Sequence[Change]) -> RosterProblem:
    """The problem with exactly the changes named by a relaxation, or by some of its changes."""
    return applied(problem, relaxation.changes if isinstance(relaxation, Relaxation) else relaxation)
