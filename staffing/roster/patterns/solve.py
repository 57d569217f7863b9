"""A roster model searched by patterns."""

from __future__ import annotations

import numpy as np

from staffing.roster.clock import Clock
from staffing.roster.handout import complete
from staffing.roster.patterns.of_model import describe
from staffing.roster.patterns.search import PatternSearch
from staffing.roster.program import Ints
from staffing.roster.search import Progress
from staffing.roster.variables import RosterModel


def search_patterns(
    model: RosterModel,
    clock: Clock,
    *,
    seed: int,
    gap: float,
    progress: Progress | None,
    work: int | None = None,
    start: Ints | None = None,
) -> tuple[Ints | None, int]:
    """The best x found, and a lower bound on every other.

    Args:
        model: one in which people are `wanted_by_shift`.
        clock: time limit and stop.
        seed: of all that is drawn by chance.
        gap: enough when (objective - bound) / objective is at most this.
        progress: told (seconds, objective, bound), in money, of each better roster or bound.
        work: this many neighbourhoods instead of time.
        start: an x to begin with.

    Returns:
        A complete x in the model's columns, None when none was found; the bound in the model's units.
    """
    described = describe(model)
    floor = model.program.floor

    def told(seconds: float, objective: int | None, bound: int | None) -> None:
        if progress is not None and objective is not None:
            known = floor if bound is None else bound
            progress(seconds, model.money.amount(objective), model.money.amount(known))

    search = PatternSearch(
        described.program,
        model.owners,
        model.column_days,
        described.chains,
        clock,
        seed,
        told,
        gap=gap,
        steps=work,
        start=start,
    )
    found, bound = search.run()
    if found is None:
        return None, floor if bound is None else bound
    x = np.zeros_like(found)
    for group in model.groups:
        x[group.members] = found[group.members]
    x = complete(model, x)
    return (x if model.program.admits(x) else None), floor if bound is None else bound
