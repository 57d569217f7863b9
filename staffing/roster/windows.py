"""Windows: one week set free while the others hold still, and ways to find something better inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from staffing.roster.activity import Activity
from staffing.roster.attendance_prices import AttendancePrices
from staffing.roster.engines import Outcome, Relaxation, relax
from staffing.roster.ledger import NO_DAY, NOBODY
from staffing.roster.names import Engine, name
from staffing.roster.outline import Outline, outline
from staffing.roster.people import same_shifts
from staffing.roster.program import Ints, Mask, Part, Program, bounded
from staffing.roster.service_prices import ServicePrices
from staffing.roster.variables import NO_GROUP, RosterModel

STARTS = 6  # of a meeting that are tried one by one
NOISE = 0.002  # of the costs, to draw another of many equally good relaxations
_USED = 1e-6

Relaxing = Callable[[Program], Relaxation | None]
Branching = Callable[[Program], Outcome]


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
        self.prices = ServicePrices(model)
        self.attendance = AttendancePrices(model)
        week_of_day = np.repeat(np.arange(len(model.weeks)), [len(week.days) for week in model.weeks])
        weeks, never = range(len(model.weeks)), len(model.weeks)
        of_column = np.append(week_of_day, never)[model.column_days]  # the last: of NO_DAY
        self._columns = [np.flatnonzero(of_column == week) for week in weeks]
        first, latest = model.program.span_of_rows(of_column)
        _, last = model.program.span_of_rows(np.where(of_column == never, -1, of_column))
        self._within = [np.flatnonzero((first == week) & (latest == week)) for week in weeks]
        reaching = [np.flatnonzero((first <= week) & (week <= last)) for week in weeks]
        self._touching = [model.program.keeping(rows) for rows in reaching]
        self._crossing = [self._only_touching(week) for week in weeks]
        team_of, teams = model.teams
        self._shifts = model.column_groups * max(1, teams) + np.append(team_of, 0)[model.owners]

    @property
    def _cost(self) -> Ints:
        """The columns' costs less the prices of what several weeks share: service targets, else activities."""
        return self.attendance.cost if self.attendance.asked else self.prices.cost

    def cost(self, week: int, x: Ints) -> int:
        """What a week of `x` costs, less the price of what it keeps for service targets and activities."""
        inside = self._columns[week]
        return int(self._cost[inside] @ x[inside])

    def least(self, week: int) -> int:
        """A lower bound on a week's cost that needs no search."""
        inside = self._columns[week]
        return int(np.minimum(self._cost[inside], 0) @ self._model.program.upper[inside])

    def alone(self, week: int) -> Program:
        """A week by itself: rows that reach beyond it are dropped, so it bounds the week's part of the cost."""
        return self._apart(week, self._cost)

    def outline(self, week: int) -> Outline:
        """The outline of a week by itself, without prices for what several weeks share: what it costs at least."""
        return outline(self._model, self._columns[week], self._apart(week, self._model.program.cost))

    def plan(self, week: int, x: Ints) -> Outline:
        """The outline of a week between the others as they are in `x`."""
        part = self._part(week, self._mask(week), x)
        return outline(self._model, part.columns, part.program)

    def largest(self) -> Program:
        """The rows of the week that has most of them."""
        return max(self._touching, key=lambda rows: rows.matrix.nnz)

    @staticmethod
    def rounded(plan: Outline, relaxing: Relaxing, branching: Branching, gap: float) -> Ints | None:
        """A solution of an outline, nearly the best. Shape (the outline's columns,).

        First what the relaxation leaves broken is made whole: numbers of people on shifts and breaks that are
        whole already stay. Where that costs more than `gap` (share of the objective), all numbers on the shifts
        that the relaxation uses are open again, and where those have no solution, the whole outline. The times of
        meetings, over which a relaxation spreads them, are settled before; where there are activities, of which it
        takes parts of many, the whole is looked at in any case.
        """
        whole = _with_meetings(plan, relaxing)
        relaxed = relaxing(whole)
        best: Ints | None = None
        if relaxed is not None:
            used = ~plan.choice | (relaxed.x > _USED)
            near = np.rint(relaxed.x).astype(np.int64)
            settled = plan.choice & (np.abs(relaxed.x - near) < _USED)
            for kept in (used & ~settled, used):
                part = whole.part(kept, np.where(kept, 0, near * settled))
                found = branching(part.program).x
                if found is not None:
                    x = part.into(np.where(kept, 0, near * settled), found)
                    best = x if best is None or whole.value(x) < whole.value(best) else best
                    if whole.value(best) - relaxed.bound <= gap * whole.value(best):
                        return best
        for program in (whole,) if plan.attending else (whole, plan.program):
            if best is None or plan.attending:
                found = branching(program).x
                if found is not None and (best is None or whole.value(found) < whole.value(best)):
                    best = found
        return best

    def named(self, week: int, plan: Outline, counts: Ints, x: Ints, engine: Engine) -> Change | None:
        """People for the counts of an outline's solution, other weeks as in `x`; None on failure."""
        columns = self._columns[week]
        found = name(self._model, self._touching[week], columns, plan, counts, x, engine)
        return None if found is None else Change(columns, found[columns])

    def improve(
        self, week: int, crew: Ints, x: Ints, engine: Engine, draw: np.random.Generator | None = None
    ) -> Change | None:
        """What to change in one week of the people in `crew`; None when nothing was found.

        The window's relaxation says which shifts are worth looking at: everybody may take those that somebody
        on the same contract takes there, or keep their own. With `draw`, costs are blurred a little first,
        which picks another of many equally good relaxations.
        """
        inside = self._mask(week) | self._crossing[week]
        free = inside & np.isin(self._model.owners, [NOBODY, *crew])
        part = self._part(week, free, x)
        relaxed = relax(_blurred(part.program, draw))
        if relaxed is None:
            return None
        used = x > 0
        used[part.columns] |= relaxed.x > _USED
        return self._solve(week, free & self._worth_looking_at(used), x, engine)

    def reseat(self, activity: Activity, x: Ints, engine: Engine) -> Change | None:
        """An activity placed anew on all its dates, with the breaks beside it; everybody keeps their shifts."""
        model = self._model
        dates = [day for day, date in enumerate(model.days) if activity.on(date)]
        free = same_shifts(model, x, activity.name)
        inside = free | ((model.owners == NOBODY) & np.isin(model.column_days, [NO_DAY, *dates]))
        part = self._worth_moving(inside, x)
        found = engine(part.program, x[part.columns]).x
        return None if found is None else Change(part.columns, found)

    def _worth_moving(self, inside: Mask, x: Ints) -> Part:
        """The program's part without counts and breaks of shifts that nobody is on or could come to."""
        model = self._model
        groups = model.column_groups
        used = np.zeros(len(model.groups), dtype=np.bool_)
        used[groups[(groups != NO_GROUP) & (inside | (x > 0))]] = True
        keep = inside.copy()
        for index in np.flatnonzero(~used).tolist():
            group = model.groups[index]
            keep[[group.count, *group.breaks]] = False
        return model.program.part(keep, x)

    def _apart(self, week: int, cost: Ints) -> Program:
        whole, columns = self._model.program, self._columns[week]
        inside = whole.keeping(self._within[week])
        return bounded(
            cost[columns], whole.upper[columns], inside.matrix[:, columns], inside.low, inside.high
        )

    def _mask(self, week: int) -> Mask:
        inside = np.zeros(self._model.program.columns, dtype=np.bool_)
        inside[self._columns[week]] = True
        return inside

    def _only_touching(self, week: int) -> Mask:
        """Columns of no day all of whose rows reach into the week: these may change with it."""
        whole, inside = self._model.program, np.zeros(self._model.program.columns, dtype=np.int64)
        touching = self._touching[week].matrix
        np.add.at(inside, touching.indices, 1)
        every = np.bincount(whole.matrix.indices, minlength=whole.columns)
        return np.asarray((self._model.column_days == NO_DAY) & (inside == every))

    def _part(self, week: int, free: Mask, x: Ints) -> Part:
        return self._touching[week].part(free, x)

    def _solve(self, week: int, free: Mask, x: Ints, engine: Engine) -> Change | None:
        part = self._part(week, free, x)
        found = engine(part.program, x[part.columns]).x
        return None if found is None else Change(part.columns, found)

    def _worth_looking_at(self, used: Mask) -> Mask:
        """All columns but those of shifts that a whole team leaves alone."""
        model = self._model
        work = model.column_groups != NO_GROUP
        taken = np.unique(self._shifts[work & used])
        keep: Mask = ~work
        keep[work] = np.isin(self._shifts[work], taken)
        staffed = np.zeros(len(model.groups), dtype=np.bool_)
        staffed[model.column_groups[work & keep]] = True
        for index in np.flatnonzero(~staffed).tolist():
            group = model.groups[index]
            keep[[group.count, *group.breaks]] = False
        return keep


def _with_meetings(plan: Outline, relaxing: Relaxing) -> Program:
    """An outline with one start left open for each meeting: of those that its relaxation likes, the cheapest."""
    program = plan.program
    for columns in plan.meetings:
        relaxed = relaxing(program)
        if relaxed is None:
            return program
        liked = columns[relaxed.x[columns] > _USED]
        if len(liked) <= 1:
            continue
        tried: list[tuple[int, Program]] = []
        for start in liked[np.argsort(-relaxed.x[liked], kind="stable")][:STARTS]:
            upper = program.upper.copy()
            upper[columns[columns != start]] = 0
            alone = replace(program, upper=upper)
            found = relaxing(alone)
            if found is not None:
                tried.append((found.bound, alone))
        if tried:
            program = min(tried, key=lambda own: own[0])[1]
    return program


def _blurred(program: Program, draw: np.random.Generator | None) -> Program:
    if draw is None:
        return program
    noise = draw.uniform(1 - NOISE, 1 + NOISE, program.columns)
    return replace(program, cost=np.rint(program.cost * noise).astype(np.int64))
