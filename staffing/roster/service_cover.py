"""Service over a period: the curve of calls kept, and what is lacking of the target, as rows of a roster's program.

    floor     f[q, t] = people of queue q on the floor in stretch t
    steps     s[q, t, k] = how many of them stand on step k of the interval's curve: their sum is at most f
    lacking   v[q, d] = units short of the target of period d, at a price:

        sum over the period of minutes x gain x s + step x v >= step x (units needed - base)

Gains fall from step to step and calls kept are only ever wanted, so the steps fill in order. An interval that shifts
cut in stretches keeps the mean of its stretches' calls, which is at most what the mean number of people keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from staffing.roster.cover import epoch_minutes
from staffing.roster.ledger import NO_DAY
from staffing.roster.objective import Money
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.service import ServiceTarget, periods_of

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel

PARTS_OF_A_PRICE = 100  # a unit kept is worth a fraction of a yen: the search prices it to a hundredth
WORTH_OVER_WAGE = (
    1.5  # a person at the target's margin, against the wage: shifts also cover hours that need nobody
)


@dataclass(frozen=True)
class ServiceRow:
    """One period's row.

    `lacking` is the column of what is short, `crosses` whether the row reaches over working weeks, `worth` what one
    unit of the row is worth at the target's margin, in the model's units: a guess. `intervals` are the period's rows
    of the problem's demand.
    """

    target: ServiceTarget
    intervals: Ints
    row: int
    lacking: int
    crosses: bool
    worth: int


@dataclass(frozen=True)
class ServiceCover:
    """The rows of all targets, and the floors that they count.

    For each queue: `floor` the column of the people on the floor and `interval` the row of the demand, both of shape
    (stretches,); `worth` what the n-th person on the floor is worth beside the requirement, in the model's units, of
    shape (stretches, people + 1): a stand-in for those who build a roster person by person.
    """

    rows: tuple[ServiceRow, ...] = ()
    floor: Mapping[str, Ints] = field(default_factory=dict)
    interval: Mapping[str, Ints] = field(default_factory=dict)
    worth: Mapping[str, Ints] = field(default_factory=dict)


def money_of(problem: RosterProblem, premiums: Iterable[Fraction] = ()) -> Money:
    """The problem's units of money, with premiums a minute.

    Finer where targets over several weeks will be priced by the search.
    """
    crosses = any(target.period in ("month", "horizon") for target in problem.service)
    prices = [target.price_per_call for target in problem.service]
    return Money.of(problem.prices.shortage_per_hour, premiums, prices, PARTS_OF_A_PRICE if crosses else 1)


def add_service(model: RosterModel) -> ServiceCover:
    """Add the rows of the problem's service targets."""
    problem = model.problem
    if not problem.service:
        return ServiceCover()
    queues = problem.demand["queue"].astype(str).to_numpy(dtype=object)
    starts = epoch_minutes(problem.demand["interval_start"])
    dates = pd.to_datetime(problem.demand["business_date"]).dt.date.to_numpy()
    rows: list[ServiceRow] = []
    desks = {}
    for queue in sorted(set(queues.tolist())):
        own = np.flatnonzero(queues == queue)
        own = own[np.argsort(starts[own], kind="stable")]
        desk = desks[queue] = _Desk(model, queue, own, starts[own])
        for target in problem.service:
            periods = [
                own[found] for found in periods_of(dates[own].tolist(), target.period, problem.week_start)
            ]
            rows += [row for period in periods if (row := desk.add(target, period)) is not None]
    return ServiceCover(
        tuple(rows),
        {queue: desk.floor for queue, desk in desks.items()},
        {queue: desk.interval for queue, desk in desks.items()},
        {queue: desk.worth for queue, desk in desks.items()},
    )


class _Desk:
    """One queue's floor, stretch by stretch."""

    def __init__(self, model: RosterModel, queue: str, rows: Ints, starts: Ints) -> None:
        self._model = model
        self._stretches = model.stretches[queue]
        self.interval = rows[np.searchsorted(starts, self._stretches.starts, side="right") - 1]
        self._people = sum(agent.queue == queue for agent in model.problem.agents)
        floor = [self._add_floor(i, terms) for i, terms in enumerate(model.presence[queue])]
        self.floor: Ints = np.array(floor, dtype=np.int64)
        wages = [agent.wage for agent in model.problem.agents if agent.queue == queue]
        self._wage = sum(wages) / len(wages) if wages else 0.0
        self.worth = np.zeros((len(self.floor), self._people + 1), dtype=np.int64)

    def add(self, target: ServiceTarget, period: Ints) -> ServiceRow | None:
        """The row of one period; None when it is kept with nobody there."""
        needed = target.needed(period) - int(target.curve.base[period].sum())
        stretches = np.flatnonzero(np.isin(self.interval, period))
        if needed <= 0:
            return None
        step = self._model.problem.horizon.interval_minutes
        minutes = self._stretches.minutes[stretches]
        common = gcd(step, *minutes.tolist())
        price = self._model.money.of_unit(target.price_per_call)
        margin = self._price_of_margin(target, period, price)
        columns: list[int] = []
        factors: list[int] = []
        for stretch, length in zip(stretches.tolist(), (minutes // common).tolist(), strict=True):
            steps = self._add_steps(target, stretch)
            gains = self._gains(target, stretch)[: len(steps)]
            columns += steps
            factors += [gain * length for gain in gains.tolist()]
            self._add_worth(target, stretch, margin * length * common / step)
        days = self._stretches.days[stretches]
        home = self._model.home(range(int(days.min()), int(days.max()) + 1))
        factor = step // common
        lacking = self._model.column(needed, price, day=home)
        row = self._model.row([*columns, lacking], [*factors, factor], low=needed * factor)
        self._model.derived.add_lack(lacking, row, factor)
        return ServiceRow(target, period, row, lacking, home == NO_DAY, round(margin / factor))

    def _add_floor(self, stretch: int, terms: list[tuple[int, int]]) -> int:
        day = int(self._stretches.days[stretch])
        column = self._model.column(self._people, day=day)
        signs = [*(sign for _, sign in terms), -1]
        row = self._model.row([*(c for c, _ in terms), column], signs, low=0, high=0)
        self._model.derived.add_sum(column, row)
        return column

    def _gains(self, target: ServiceTarget, stretch: int) -> Ints:
        return target.curve.gains[self._steps(target, stretch)]

    def _steps(self, target: ServiceTarget, stretch: int) -> slice:
        row = int(self.interval[stretch])
        return slice(int(target.curve.starts[row]), int(target.curve.starts[row + 1]))

    def _add_steps(self, target: ServiceTarget, stretch: int) -> list[int]:
        """Columns of the steps that the queue's people can reach."""
        day, left, columns = int(self._stretches.days[stretch]), self._people, []
        for width in target.curve.widths[self._steps(target, stretch)].tolist():
            if left <= 0:
                break
            columns.append(self._model.column(min(width, left), day=day))
            left -= width
        if columns:
            row = self._model.row([*columns, self.floor[stretch]], [1] * len(columns) + [-1], high=0)
            self._model.derived.add_steps(columns, row)
        return columns

    def _price_of_margin(self, target: ServiceTarget, period: Ints, price: int) -> float:
        """What a unit kept is worth, in model units.

        At the target's margin a person is worth somewhat more than the wage; nobody is worth more than what lacks
        without them costs.
        """
        people = np.zeros(len(target.offered), dtype=np.int64)
        people[self.interval] = self._stretches.required
        gain = target.last_gain(period, people)
        if not gain:
            return 0.0
        hours = self._model.problem.horizon.interval_minutes / 60
        return min(float(price), WORTH_OVER_WAGE * self._wage * hours * self._model.money.scale / gain)

    def _add_worth(self, target: ServiceTarget, stretch: int, unit_worth: float) -> None:
        widths = target.curve.widths[self._steps(target, stretch)]
        gains = np.repeat(self._gains(target, stretch), widths)[: self._people]
        self.worth[stretch, 1 : len(gains) + 1] += np.rint(gains * unit_worth).astype(np.int64)
