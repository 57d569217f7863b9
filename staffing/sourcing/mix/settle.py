"""Points of an overflow curve that all types of a class share alike."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.model import Model
from staffing.sourcing.mix.restricted import held
from staffing.sourcing.mix.sheet import Floats, Program, Term

_ALIKE = 1e-7  # shares that differ by less are alike
Row = tuple[list[Term], float, float]


def settled(model: Model, program: Program, found: Found, seconds: float) -> Found:
    """A solution in which every type that enters the desk is shared among the points as the class is.

    The program lets a type that only partly enters the desk do so at some points more than at others. Here the parts
    that enter stay as they are, and the shares of the points are chosen anew: first with all whole numbers as they
    are, and where that does not fit, with all free. None where neither fits; the bound stays.
    """
    if found.x is None:
        return found
    rows = list(_uneven(model, found.x))
    if not rows:
        return found
    more = program.with_rows(rows)
    again = minimise(held(more, more.whole, found.x), seconds, 0.0)
    if again.x is None:
        again = minimise(more, seconds, 0.001)
    return Found(again.x, found.bound, found.none_exists)


def _uneven(model: Model, x: Floats) -> Iterator[Row]:
    """Rows that make the shares of all types alike, if any is not."""
    rows: list[Row] = []
    uneven = False
    for part in model.parts:
        cells = part.cells
        if cells is None or len(cells.points) == 1:
            continue
        for (month, place), by_team in part.needs.items():
            for team, sized in by_team.items():
                weights = x[sized.picks].sum(axis=1)
                for kind in model.problem.teams(part.source)[team]:
                    columns = cells.shares[:, month, kind, place]
                    if columns.min() < 0:
                        continue
                    inside = float(x[columns].sum())
                    uneven |= bool(np.abs(x[columns] - weights * inside).max() > _ALIKE)
                    for column, picks in zip(columns.tolist(), sized.picks.tolist(), strict=True):
                        rows.append(([(column, 1.0), *((pick, -inside) for pick in picks)], 0.0, 0.0))
    if uneven:
        yield from rows
