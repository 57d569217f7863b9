"""HiGHS, as SciPy carries it, on a program with fractions.

OR-Tools' own HiGHS and this one live in the same process; the separate `highspy` package and OR-Tools do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from staffing.sourcing.mix.sheet import Floats, Program


@dataclass(frozen=True, eq=False)
class Found:
    """The best solution (None when none was found), and a lower bound on the cost of every one.

    `none_exists` says that the solver proved there is no solution.
    """

    x: Floats | None
    bound: float
    none_exists: bool


def minimise(program: Program, seconds: float, gap: float, dearest: float | None = None) -> Found:
    """Branch and bound until the gap (a share of the cost), or the time, is reached.

    `dearest` is the cost of a column that the others are measured by, where it is not the largest of all.
    """
    largest = float(np.abs(program.cost).max()) if dearest is None else dearest
    scale = max(1.0, largest / 100)  # costs of the size of the other coefficients
    found = milp(
        program.cost / scale,
        integrality=program.whole.astype(np.int64),
        bounds=Bounds(program.lower, program.upper),
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        options={"time_limit": max(0.1, seconds), "mip_rel_gap": gap},
    )
    # without whole numbers the solver states no bound: the optimum itself is one
    bound = found.mip_dual_bound if program.whole.any() or found.status != 0 else found.fun
    lower = 0.0 if bound is None or not np.isfinite(bound) else float(bound) * scale
    return Found(None if found.x is None else np.asarray(found.x), lower, found.status == 2)
