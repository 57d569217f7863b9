"""Rest between shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.labour.clock import minute_of
from staffing.notes import Note
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.program import Ints
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import Menu, RosterModel

Pair = tuple[Ints, Ints]  # places in the menus of an earlier and of a later day

DAYS_IN_REACH = 2  # a shift that starts before midnight and ends within 24 h bars at most the two days after


@dataclass(frozen=True, kw_only=True)
class MinimumRest(Rule):
    """Between the end of a shift and the start of the next lies the rest that the rule pack names.

    Japanese law makes the 11 hours an effort duty. The roster keeps them without exception: a person can
    always be given a later shift or a day off, so the rule shuts out no roster that a shortage, which is
    priced, could not stand in for, except where a contract's least hours need the shorter rest. Each shift that
    begins too soon after those before it is one broken.
    """

    name: ClassVar[str] = "rest"
    unit: ClassVar[str] = "time"
    figure: ClassVar[str] = "min_rest_minutes"

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement leaves the rest after the person's last duty before the horizon, where that is known."""
        if agent.carried is None or agent.carried.last_end is None:
            return True
        rest = problem.pack.min_rest_minutes or 0
        return placement.start >= minute_of(agent.carried.last_end) + rest

    def restrict(self, model: RosterModel) -> None:
        """For each moment t: shifts of one day that end at t or later + next shifts before t + rest <= 1.

        Every pair of shifts too close to each other lies in one of these sums; the sums bound a relaxation
        far better than the pairs would.
        """
        rest = model.problem.pack.min_rest_minutes or 0  # without such a law still no overlap
        known: dict[tuple[int, int], list[Pair]] = {}  # people share menus, so most pairs come again
        for agent, _ in self.bound_agents(model.problem):
            for day in range(len(model.days)):
                before = model.options(agent, day)
                for later in range(day + 1, min(day + 1 + DAYS_IN_REACH, len(model.days))):
                    after = model.options(agent, later)
                    key = (id(before.menu), id(after.menu))
                    if key not in known:
                        known[key] = _too_close(before.menu, after.menu, rest)
                    days = range(day, later + 1)
                    slack = model.slack(self, agent, days) if known[key] else None
                    for late, early in known[key]:
                        columns = np.concatenate([before.columns[late], after.columns[early]])
                        model.limit(self, columns, high=1, agent=agent, days=days, over=slack)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The rest between two days."""
        return Note.of(
            "{days}: agent {agent} rests at least {hours} h between shifts",
            days=limit.span(model),
            agent=limit.person(model),
            hours=f"{(model.problem.pack.min_rest_minutes or 0) / 60:g}",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The rest that would be left."""
        pack, shifts = model.problem.pack, sorted(give.worked, key=lambda placement: placement.start)
        left = shifts[-1].start - shifts[0].end if len(shifts) > 1 else 0
        values = {
            "days": give.limit.span(model),
            "agent": give.limit.person(model),
            "left": f"{left / 60:g}",
            "hours": f"{(pack.min_rest_minutes or 0) / 60:g}",
        }
        if self.is_law(pack):
            return Note.of(
                "{days}: agent {agent} would rest {left} h between shifts, the law asks for {hours}: not lawful"
                " ({article}); change one of the shifts",
                **values,
                article=self.article(pack),
            )
        return Note.of(
            "{days}: agent {agent} would rest {left} h between shifts instead of {hours}; allow it once or change"
            " one of the shifts",
            **values,
        )


def _too_close(before: Menu, after: Menu, rest: int) -> list[Pair]:
    """Places in two menus that bar each other: all of the first with all of the second, no pair left out."""
    if not len(before.ends) or not len(after.starts):
        return []
    ends = np.unique(before.ends)
    if ends[-1] + rest <= after.starts.min():
        return []
    barred = (after.starts < ends[:, None] + rest).sum(axis=1)
    return [
        (np.flatnonzero(before.ends >= end), np.flatnonzero(after.starts < end + rest))
        for i, end in enumerate(ends)
        if barred[i] and (i == 0 or barred[i] > barred[i - 1])  # else the row before says more
    ]


@dataclass(frozen=True, kw_only=True)
class NoOverlap(Rule):
    """Nobody works two shifts at once: always kept, also where the rest between shifts is not."""

    name: ClassVar[str] = "overlap"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind != "hard" or self.people is not None:
            raise ValueError("rule overlap: it is always hard, and for everybody")

    def restrict(self, model: RosterModel) -> None:
        """For each moment a shift begins: shifts of one day and of a later one that hold it <= 1."""
        rest = [rule for rule in model.rules if isinstance(rule, MinimumRest)]
        for agent, person in enumerate(model.problem.agents):
            if any(rule.binds(person) and model.price(rule) is None for rule in rest):
                continue  # the rest says more
            for day in range(len(model.days)):
                for later in range(day + 1, min(day + 1 + DAYS_IN_REACH, len(model.days))):
                    self._restrict_pair(model, agent, day, later)

    @staticmethod
    def _restrict_pair(model: RosterModel, agent: int, day: int, later: int) -> None:
        before, after = model.options(agent, day), model.options(agent, later)
        if not len(before.columns) or not len(after.columns) or before.ends.max() <= after.starts.min():
            return
        for moment in np.unique(np.concatenate([before.starts, after.starts])):
            held = [
                options.columns[(options.starts <= moment) & (moment < options.ends)]
                for options in (before, after)
            ]
            if all(len(columns) for columns in held):
                model.row(np.concatenate(held), high=1)
