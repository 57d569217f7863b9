"""Seats: a selection of shifts that the roster has to keep to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class Seats(Rule):
    """No more people work a shift on a day than the selection has seats for; a shift not selected has none."""

    name: ClassVar[str] = "seats"
    unit: ClassVar[str] = "shift"

    counts: Mapping[tuple[date, str], int]  # (business date, shift code) -> people at most

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """The placement has a seat."""
        return self.counts.get((placement.day, placement.shift.code), 0) > 0

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over all people on one shift of one day <= its seats."""
        for (day, code), columns in model.by_shift().items():
            seats = self.counts[day, code]
            if len(columns) > seats:
                model.row(np.array(columns, dtype=np.int64), high=seats)
