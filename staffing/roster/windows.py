"""Windows: one week set free while the others hold still, and ways to find something better inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from staffing.roster.engines import Outcome, relax
from staffing.roster.ledger import NO_DAY, NOBODY
from staffing.roster.outline import Outline, outline
from staffing.roster.program import Ints, Mask, Program, bounded
from staffing.roster.service_prices import ServicePrices
from staffing.roster.variables import RosterModel

NOISE = 0.002  # of the costs, to draw another of many equally good relaxations
_USED = 1e-6

Engine = Callable[[Program, Ints], Outcome]  # a program, and an x to start from, admissible or not


@dataclass(frozen=True)
class Change:
    """New values for some columns of a program. Shapes (changed columns,)."""

    columns: Ints
    values: Ints

    def of(self, x: Ints) -> Ints:
        """A copy of `x` with the change made."""
        changed = x.copy()
        changed[self.columns] = self.values
        return changed


class Windows:
    """Cuts a model into windows of a week, by the week's index, and solves them."""

    def __init__(self, model: RosterModel) -> None:
        self._model = model
        self._weeks = [np.isin(model.column_days, model.indices(week)) for week in model.weeks]
        self._undated = model.column_days == NO_DAY
        self.prices = ServicePrices(model)
        self._within = [model.program.rows_within(inside) for inside in self._weeks]
        self._until = [
            model.program.rows_within(np.logical_or.reduce([self._undated, *self._weeks[: i + 1]]))
            for i in range(len(self._weeks))
        ]
        self._teams = [group.by_contract(model) for group in model.groups]

    def cost(self, week: int, x: Ints) -> int:
        """What a week of `x` costs, less the price of what it keeps for service targets over several weeks."""
        inside = self._weeks[week]
        return int(self.prices.cost[inside] @ x[inside])

    def least(self, week: int) -> int:
        """A lower bound on a week's cost that needs no search."""
        inside = self._weeks[week]
        return int(np.minimum(self.prices.cost[inside], 0) @ self._model.program.upper[inside])

    def alone(self, week: int) -> Program:
        """A week by itself: rows that reach beyond it are dropped, so it bounds the week's part of the cost."""
        whole, columns, rows = self._model.program, np.flatnonzero(self._weeks[week]), self._within[week]
        matrix = whole.matrix[rows][:, columns]
        return bounded(
            self.prices.cost[columns], whole.upper[columns], matrix, whole.low[rows], whole.high[rows]
        )

    def outline(self, week: int) -> Outline:
        """The outline of a week by itself."""
        return outline(self._model, np.flatnonzero(self._weeks[week]), self._within[week])

    def fill(
        self, week: int, plan: Outline, counts: Ints, x: Ints, exact: Engine, free: Engine
    ) -> Change | None:
        """Find people for the counts of an outline's solution, earlier weeks as in `x`; None on failure.

        Later weeks are not looked at: they are filled next, and mind this one then. First exactly those counts
        are tried; when nobody can fill them so, the same shifts in any number.
        """
        used = np.zeros(len(x), dtype=np.bool_)
        for column, work in plan.staffed:
            used[work] = counts[column] > 0
        target = np.where(self._weeks[week], 0, x)
        target[plan.shared] = counts[: len(plan.shared)]
        program = self._model.program.keeping(self._until[week])
        window = (self._weeks[week] | self._undated) & self._worth_looking_at(used)
        people = window & (self._model.owners != NOBODY)
        found = _solve(program, people, target, exact) or _solve(program, window, target, free)
        if found is None:
            return None
        target = found.of(target)
        columns = np.flatnonzero(self._weeks[week] | self._undated)
        return Change(columns, target[columns])

    def improve(
        self, week: int, crew: Ints, x: Ints, engine: Engine, draw: np.random.Generator | None = None
    ) -> Change | None:
        """What to change in one week of the people in `crew`; None when nothing was found.

        The window's relaxation says which shifts are worth looking at: everybody may take those that somebody
        on the same contract takes there, or keep their own. With `draw`, costs are blurred a little first,
        which picks another of many equally good relaxations.
        """
        inside = self._weeks[week] | self._undated
        free = inside & np.isin(self._model.owners, [NOBODY, *crew])
        part = self._model.program.part(free, x)
        relaxed = relax(_blurred(part.program, draw))
        if relaxed is None:
            return None
        used = x > 0
        used[part.columns] |= relaxed.x > _USED
        return _solve(self._model.program, free & self._worth_looking_at(used), x, engine)

    def _worth_looking_at(self, used: Mask) -> Mask:
        """All columns but those of shifts that a whole team leaves alone."""
        keep = np.ones(len(used), dtype=np.bool_)
        for group, teams in zip(self._model.groups, self._teams, strict=True):
            taken = [bool(used[members].any()) for members in teams.values()]
            for members, is_taken in zip(teams.values(), taken, strict=True):
                keep[members] = is_taken
            if not any(taken):
                keep[[group.count, *group.breaks]] = False
        return keep


def _solve(program: Program, free: Mask, x: Ints, engine: Engine) -> Change | None:
    part = program.part(free, x)
    found = engine(part.program, x[part.columns]).x
    return None if found is None else Change(part.columns, found)


def _blurred(program: Program, draw: np.random.Generator | None) -> Program:
    if draw is None:
        return program
    noise = draw.uniform(1 - NOISE, 1 + NOISE, program.columns)
    return replace(program, cost=np.rint(program.cost * noise).astype(np.int64))
