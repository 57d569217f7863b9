"""A set of shifts with the people on them, and how good it is proven to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible", "stopped"]


@dataclass(frozen=True, order=True)
class PlacedBreak:
    """People of one shift who begin their break at the same time."""

    day: int
    offset: int  # slots after the shift's start
    people: int


@dataclass(frozen=True)
class UsedShift:
    """One start and length, in slots, with the people who begin it on each day."""

    start: int
    length: int
    people: tuple[int, ...]
    breaks: tuple[PlacedBreak, ...] = ()


@dataclass(frozen=True)
class DesignResult:
    """The best set of shifts found, and a lower bound on the cost of every other.

    `objective` = `under_cost` + `over_cost` + `shift_cost`, in the problem's unit. `bound` is proven by linear
    relaxation and branch and bound. `status`: "optimal" when both are equal, "stopped" when somebody ended the
    search.
    """

    shifts: tuple[UsedShift, ...]
    status: Status
    objective: int
    bound: int
    under_cost: int
    over_cost: int
    shift_cost: int
    under_minutes: int
    over_minutes: int
    seconds: float
    seed: int

    @property
    def gap(self) -> float:
        """Share of the objective that is not proven necessary; 0 when optimal."""
        return 0.0 if self.objective <= 0 else max(0.0, (self.objective - self.bound) / self.objective)
