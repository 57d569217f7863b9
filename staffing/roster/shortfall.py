"""How near people can come to their contracts' least hours: the part of a roster that may be impossible.

Missing people are priced, not forbidden, and every other rule is kept by working less, so least hours are the only
thing that a roster can fail at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from staffing.roster.engines import search
from staffing.roster.program import Ints, Program, ProgramBuilder
from staffing.roster.variables import NOBODY, Need, RosterModel


@dataclass(frozen=True)
class Lack:
    """A need that cannot be met, and the minutes of it that can be worked."""

    need: Need
    possible: int


@dataclass(frozen=True)
class Attempt:
    """Work columns that come closest to everybody's least hours, and what is still lacking.

    `proven` says that the minutes lacking in all cannot be fewer.
    """

    x: Ints
    lacks: tuple[Lack, ...]
    proven: bool


def closest(
    model: RosterModel,
    agents: Collection[int],
    *,
    seconds: float,
    workers: int,
    seed: int,
    stop: Callable[[], bool] = lambda: False,
) -> Attempt | None:
    """Meet as much of some people's least hours as can be met; None when nothing was found in time.

    People who are not in `agents` stay idle.
    """
    needs = [need for need in model.needs if need.agent in agents]
    columns = np.flatnonzero(np.isin(model.owners, list(agents)))
    program = _elastic(model, columns, needs)
    found = search(program, seconds=seconds, workers=workers, seed=seed, stop=stop)
    if found.x is None:
        return None
    x = np.zeros(model.program.columns, dtype=np.int64)
    x[columns] = found.x[: len(columns)]
    slack = found.x[len(columns) :]
    lacks = tuple(
        Lack(need, need.minutes - int(left)) for need, left in zip(needs, slack, strict=True) if left
    )
    return Attempt(x, lacks, proven=found.bound == program.value(found.x))


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
