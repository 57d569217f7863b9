"""Shift design: from requirements alone, which starts and lengths of shifts to offer.

The minimum shift design problem (Musliu, Schaerf and Slany 2004; Di Gaspero et al. 2007): few distinct shifts, little
over- and under-cover. `design_shifts` solves it and proves how good its answer is; `evaluate` recomputes an answer
with code of its own. docs/shift-design.md tells the model and what was tried.
"""

from staffing.shifts.design.evaluate import Evaluation, evaluate
from staffing.shifts.design.problem import (
    CLOSED,
    DesignLimits,
    DesignPrices,
    DesignProblem,
    MeanLength,
    ShiftType,
)
from staffing.shifts.design.result import DesignResult, PlacedBreak, UsedShift
from staffing.shifts.design.solve import design_shifts

__all__ = [
    "CLOSED",
    "DesignLimits",
    "DesignPrices",
    "DesignProblem",
    "DesignResult",
    "Evaluation",
    "MeanLength",
    "PlacedBreak",
    "ShiftType",
    "UsedShift",
    "design_shifts",
    "evaluate",
]
