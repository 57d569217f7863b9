"""Plans near the relaxation: sources that one month by itself uses, then the whole program with those alone.

The relaxation shares a month's calls among two sources as if each half of a team were half of the work, and seats
could be halved. Which further source takes the calls that would fill no seat is seen where one month is decided in
whole numbers and the others are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

import numpy as np

from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.model import Model
from staffing.sourcing.mix.parts import Part
from staffing.sourcing.mix.restricted import relaxed, without
from staffing.sourcing.mix.sheet import Bools, Floats, Program
from staffing.sourcing.mix.way_out import cheaper_than

_MONTH = 0.35  # part of the time for the month
_CLOSE = 0.002  # gap within which a month's sources are known
_SMALL = 1e-4  # of a month's calls that is no use


def near(
    model: Model, program: Program, known: Sequence[Floats], best: Floats | None, until: float, gap: float
) -> Found:
    """The cheapest plan of the sources that `known` solutions and a month of middling calls use; nothing is proven.

    `best` is the plan to beat, if there is one.
    """
    used: set[str] = set()
    for x in known:
        used |= {part.source.name for part in model.parts if x[part.activity.active].max() > 0.5}
    order = np.argsort(model.problem.calls.sum(axis=(1, 2)), kind="stable")
    month = int(order[len(order) // 2])
    found = minimise(relaxed(program, decided(model, month)), _MONTH * (until - monotonic()), _CLOSE)
    if found.x is not None:
        used |= {part.source.name for part in model.parts if _taken(model, part, month, found.x)}
    others: Bools = np.zeros_like(program.whole)
    for part in model.parts:
        if part.source.name not in used:
            others[[*part.activity.active.tolist(), part.activity.used]] = True
    cheaper = cheaper_than(without(program, others), best, until - monotonic(), gap / 2)
    return Found(cheaper.x, 0.0, False)


def decided(model: Model, month: int) -> Bools:
    """The columns of one month."""
    found: Bools = np.zeros_like(model.program.whole)
    for part in model.parts:
        found[part.activity.active[month]] = True
        for (number, _), by_team in part.needs.items():
            if number == month:
                for sized in by_team.values():
                    found[sized.whole.ravel()] = True
        for columns in part.columns.values():
            found[[column for column in np.ravel(columns[month]).tolist() if column >= 0]] = True
    return found


def _taken(model: Model, part: Part, month: int, x: Floats) -> bool:
    if part.cells is None:
        return bool(x[part.activity.active[month]] > 0.5)
    taken = sum(calls * float(x[column]) for column, calls in part.cells.calls_of(month))
    return taken > _SMALL * float(model.problem.calls[month].sum())
