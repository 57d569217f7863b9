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
        bound = [agent for agent, _ in self.bound_agents(model.problem)]
        for (day, code), columns in model.by_shift().items():
            own = np.array(columns, dtype=np.int64)
            own = own[np.isin(model.owner_of(own), bound)]
            seats = self.counts.get((day, code), 0)
            if seats:  # without seats `allows` has barred or priced each x
                place = model.days.index(day)
                model.limit(self, own, high=seats, days=range(place, place + 1))
