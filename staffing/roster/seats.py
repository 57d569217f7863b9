"""A selection of shifts made without knowing people, widened until everybody's least hours find a seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from staffing.roster.people import build
from staffing.roster.program import Ints
from staffing.roster.variables import RosterModel

Seats = Mapping[tuple[date, str], int]

_WITHOUT_SEAT = 1000  # how many times dearer a shift is when its seats are taken


def widened(model: RosterModel, seats: Seats, seed: int) -> tuple[Seats, Ints] | None:
    """Seats enough for everybody's least hours, and an x that keeps to them.

    Person after person works no more than the least hours, on free seats wherever the rules allow it; a seat is
    added where somebody finds none. So a selection that has room for all is not changed, as long as no one
    takes a seat that only another could have used.

    Args:
        model: the problem without a rule on seats.
        seats: (business date, shift code) -> people at most.
        seed: of the search.

    Returns:
        None when somebody's least hours cannot be worked at all.
    """
    taste = _Frugal(model, seats)
    x = build(model, taste, seed)
    if x is None:
        return None
    used = {shift: int(x[columns].sum()) for shift, columns in model.by_shift().items()}
    wide = {shift: max(people, seats.get(shift, 0)) for shift, people in used.items()}
    return {shift: people for shift, people in wide.items() if people}, x


class _Frugal:
    """As little work as the rules allow, on free seats."""

    def __init__(self, model: RosterModel, seats: Seats) -> None:
        self._minutes = np.zeros(model.program.columns, dtype=np.int64)
        for group in model.groups:
            self._minutes[group.members] = group.placement.work_minutes
        self._shifts = [
            (np.array(columns, dtype=np.int64), seats.get(shift, 0))
            for shift, columns in model.by_shift().items()
        ]

    def __call__(self, agent: int, own: Ints, x: Ints) -> Ints:
        cost = self._minutes.copy()
        for columns, seats in self._shifts:
            if x[columns].sum() >= seats:
                cost[columns] *= _WITHOUT_SEAT
        return cost[own]
