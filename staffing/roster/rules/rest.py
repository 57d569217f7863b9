"""Rest between shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.labour.clock import minute_of
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.program import Ints
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import Menu, RosterModel

Pair = tuple[Ints, Ints]  # places in the menus of an earlier and of a later day

DAYS_IN_REACH = 2  # a shift that starts before midnight and ends within 24 h bars at most the two days after


@dataclass(frozen=True, kw_only=True)
class MinimumRest(Rule):
    """Between the end of a shift and the start of the next lies the rest that the rule pack names.

    Japanese law makes the 11 hours an effort duty. The roster keeps them without exception: a person can
    always be given a later shift or a day off, so the rule shuts out no roster that a shortage, which is
    priced, could not stand in for, except where a contract's least hours need the shorter rest.
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
