"""A start for service targets: the requirement that they come to when no whole people are asked for.

A search for whole people finds good rosters for a requirement far sooner than for a curve. So the curve is asked
first without whole numbers, week by week in outline; the people it puts on the floor, rounded up where they were most
of a person, as far as the targets need, are a requirement for each interval; and the roster found for that one is
what the search with the targets themselves begins with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.roster.budget import Budget
from staffing.roster.clock import Clock
from staffing.roster.engines import relax
from staffing.roster.handout import complete
from staffing.roster.outline import Outline
from staffing.roster.program import Ints
from staffing.roster.rules import Rule
from staffing.roster.search import Search
from staffing.roster.service_cover import ServiceRow
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Windows

Floats = npt.NDArray[np.float64]

SHARE = 0.5  # of the time left, for the roster of the stand-in
SLICE_SHARE = 0.4  # of that time for one week: its first pass over the weeks is what matters
LEAST_GAP = 0.002  # of that roster: what it stands in for is rounded more roughly
_NEARLY = 0.02  # of a person, left out


def stood_in(
    model: RosterModel,
    windows: Windows,
    rules: Sequence[Rule],
    x: Ints,
    *,
    budget: Budget,
    gap: float,
) -> Ints:
    """A better x than `x`, as a roster for a requirement that stands in for the service targets; `x` if none is."""
    clock = budget.clock
    people = on_floor(model, windows, clock.left * SHARE)
    if people is None or clock.over():
        return x
    problem = replace(model.problem, demand=requirement(model, people), service=())
    plain = RosterModel(problem, rules)
    search = Search(
        plain,
        complete(plain, _carried(model, x, plain)),
        budget=replace(budget, clock=Clock(clock.left * SHARE, clock.over), slice_share=SLICE_SHARE),
        gap=max(gap / 2, LEAST_GAP),
        progress=None,
    )
    search.run()
    found = complete(model, _carried(plain, search.x, model), keep_breaks=True)
    better = model.program.admits(found) and model.program.value(found) < model.program.value(x)
    return found if better else x


def on_floor(model: RosterModel, windows: Windows, seconds: float) -> Floats | None:
    """People on the floor of each demand row as the weeks' outlines have them without whole numbers.

    Shape (rows,); an interval that is cut in stretches has their mean. None when time runs out.
    """
    plans = [windows.outline(week) for week in range(len(model.weeks))]
    x = windows.prices.settle(plans, seconds) if len(windows.prices.rows) else _apart(model, plans, seconds)
    if x is None:
        return None
    people = np.zeros(len(model.problem.demand))
    minutes = np.zeros(len(people))
    for queue, columns in model.service.floor.items():
        rows = model.service.interval[queue]
        np.add.at(people, rows, x[columns] * model.stretches[queue].minutes)
        np.add.at(minutes, rows, model.stretches[queue].minutes)
    return people / np.maximum(minutes, 1)


def _apart(model: RosterModel, plans: Sequence[Outline], seconds: float) -> Floats | None:
    x = np.zeros(model.program.columns)
    for plan in plans:
        relaxed = relax(plan.program, seconds / len(plans))
        if relaxed is None:
            return None
        x[plan.shared] = relaxed.x[: len(plan.shared)]
    return x


def requirement(model: RosterModel, people: Floats) -> pd.DataFrame:
    """The demand with whole people, rounded from `people` so that every period's target is met; shape as before."""
    demand = model.problem.demand
    whole = np.floor(people + _NEARLY).astype(np.int64)
    part = people - whole
    order = np.argsort(-part, kind="stable")
    order = order[part[order] > _NEARLY]
    for row in model.service.rows:
        whole = _raised(row, whole, order[whole[order] < people[order]])
    return demand.assign(agents_gross=np.maximum(whole, demand["agents_gross"].to_numpy(dtype=np.int64)))


def _raised(row: ServiceRow, whole: Ints, order: Ints) -> Ints:
    """One person more in as few of a period's intervals as its target needs, in the order given."""
    curve, needed = row.target.curve, row.target.needed(row.intervals)
    places = order[np.isin(order, row.intervals)]

    def raised(count: int) -> Ints:
        more = whole.copy()
        more[places[:count]] += 1
        return more

    enough = bisect_left(
        range(len(places)), needed, key=lambda count: int(curve.kept(raised(count))[row.intervals].sum())
    )
    return raised(enough)


def _carried(source: RosterModel, x: Ints, target: RosterModel) -> Ints:
    """Work, breaks and meetings of `x` in another model of the same people and shifts; the rest is 0."""
    carried = np.zeros(target.program.columns, dtype=np.int64)
    carried[target.session_columns] = x[source.session_columns]
    for mine, theirs in zip(source.groups, target.groups, strict=True):
        carried[theirs.members] = x[mine.members]
        carried[list(theirs.breaks)] = x[list(mine.breaks)]
    return carried
