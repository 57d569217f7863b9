"""Each person alone: who keeps contract, leave, settled days and rules by a usual week, so that nobody need ask."""

from __future__ import annotations

from collections import Counter

import numpy as np

from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints
from staffing.roster.rules import ContractHours
from staffing.roster.variables import RosterModel

USUAL = 4  # shifts that are tried as the one that a person always works


def idle_or_usual(model: RosterModel) -> tuple[Ints, frozenset[int]]:
    """Weeks that keep most people's own rules, and the people whose rules they do not keep.

    Everybody is tried with no work beyond the least hours, on one shift all weeks: the commonest first, weekdays
    before weekends, then the other way round. The people returned may still have lawful weeks; the others do, as
    long as no rule ties them to somebody else.

    Returns:
        x of shape (columns,), and the people's indices.
    """
    x = np.zeros(model.program.columns, dtype=np.int64)
    failing = frozenset(range(len(model.problem.agents)))
    least = _least(model)
    for number in range(USUAL):
        for weekdays_first in (True, False):
            tried = np.zeros_like(x)
            for agent in failing:
                _fill(model, tried, agent, number, weekdays_first, least)
            model.derived.fill(model.program, tried, model.limits)
            broken = _breaking(model, tried) & failing
            for agent in failing - broken:
                x[model.owners == agent] = tried[model.owners == agent]
            failing = broken
            if not failing:
                return x, failing
    return x, failing


def _least(model: RosterModel) -> dict[tuple[int, int], int]:
    """(person, first day of a week) -> least minutes of the contract."""
    return {
        (limit.agent, limit.first): limit.low * limit.size
        for limit in model.limits
        if isinstance(limit.rule, ContractHours) and limit.low is not None
    }


def _fill(
    model: RosterModel,
    x: Ints,
    agent: int,
    number: int,
    weekdays_first: bool,
    least: dict[tuple[int, int], int],
) -> None:
    """Put a person on the `number`-th commonest of their shifts until each week's least hours are worked."""
    commonest = Counter(
        placement.shift.code
        for day in range(len(model.days))
        for placement in model.options(agent, day).menu.placements
    ).most_common(number + 1)
    if len(commonest) <= number:
        return
    code = commonest[number][0]
    for week in model.weeks:
        days = model.indices(week)
        left = least.get((agent, days.start), 0)
        for day in sorted(days, key=lambda d: (model.days[d].weekday() > 4) == weekdays_first):
            if left <= 0:
                break
            options = model.options(agent, day)
            for column, placement in zip(options.columns.tolist(), options.placements, strict=True):
                if placement.shift.code == code:
                    x[column] = 1
                    left -= placement.work_minutes
                    break


def _breaking(model: RosterModel, x: Ints) -> frozenset[int]:
    """The people some of whose own rows an x does not keep."""
    program = model.program
    rows = program.rows_within(model.owners != NOBODY)
    matrix = program.matrix[rows]
    sums = matrix @ x
    broken = np.flatnonzero((sums < program.low[rows]) | (sums > program.high[rows]))
    found: set[int] = set()
    for row in broken.tolist():
        owners = set(model.owners[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]].tolist())
        if len(owners) <= 1:  # a row of several people says nothing of one of them alone
            found |= owners
    empty = [limit.agent for limit in model.limits if limit.row in set(rows[broken].tolist())]
    return frozenset(found | {agent for agent in empty if agent >= 0})
