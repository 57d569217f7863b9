"""How near a person can come to the contract's least hours: own leave, opening hours, shifts and rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.roster.engines import search
from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Program, ProgramBuilder
from staffing.roster.variables import Need, RosterModel


@dataclass(frozen=True)
class Lack:
    """A need that cannot be met, and the minutes of it that can be worked."""

    need: Need
    possible: int


def closest(model: RosterModel, agent: int, *, seconds: float, seed: int) -> tuple[Lack, ...]:
    """What stays lacking of one person's least hours when as much as possible is worked; empty when nothing does."""
    needs = [need for need in model.needs if need.agent == agent]
    columns = np.flatnonzero(model.owners == agent)
    found = search(_elastic(model, columns, needs), seconds=seconds, workers=1, seed=seed)
    if found.x is None:
        return ()
    slack = found.x[len(columns) :].tolist()
    return tuple(Lack(need, need.minutes - left) for need, left in zip(needs, slack, strict=True) if left)


def _elastic(model: RosterModel, columns: Ints, needs: list[Need]) -> Program:
    """The rows between people's columns that idleness keeps, and each need with a slack that costs its minutes."""
    whole = model.program
    rows = whole.rows_within(model.owners != NOBODY)
    matrix = whole.matrix[rows[whole.low[rows] <= 0]]
    high = whole.high[rows[whole.low[rows] <= 0]]
    builder = ProgramBuilder()
    new = {int(column): builder.column(int(whole.upper[column])) for column in columns}
    for row in range(len(high)):
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [
            (new[column], factor)
            for column, factor in zip(
                matrix.indices[inside].tolist(), matrix.data[inside].tolist(), strict=True
            )
            if column in new
        ]
        if terms:
            builder.row([c for c, _ in terms], [f for _, f in terms], high=int(high[row]))
    for need in needs:
        worked = model.worked(need.agent, need.week)
        minutes = np.concatenate([options.minutes for options in worked])
        slack = builder.column(need.minutes, 1)
        own = [new[int(column)] for column in model.columns(worked)]
        builder.row([*own, slack], [*minutes.tolist(), 1], low=need.minutes)
    return builder.build()
