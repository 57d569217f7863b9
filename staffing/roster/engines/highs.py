"""HiGHS, as SciPy carries it: linear relaxations with an exact bound, and branch and bound.

SciPy's own HiGHS is used because the separate `highspy` package and OR-Tools cannot be loaded together. A call
cannot be interrupted: give it little time, or run it in a thread (it releases the interpreter's lock).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from staffing.roster.engines.outcome import Outcome
from staffing.roster.program import Ints, Program

Floats = npt.NDArray[np.float64]

_NOTHING = np.zeros(0, dtype=np.int64)  # the only x of a program without columns
_DUAL_UNIT = (
    1 << 16
)  # duals are rounded to multiples of 1/65536 so that the bound is computed in whole numbers
_MOST_NODES = (1 << 31) - 1  # no limit
_TOLERANCE = 1e-6  # of the bound that branch and bound reports in floating point


@dataclass(frozen=True)
class Relaxation:
    """A program's relaxation without whole numbers.

    `bound` is a lower bound on the program, exact: the dual solution is rounded to fractions of 65536 and its
    Lagrangian value computed in integers, which bounds the program whatever the solver's tolerances did.
    `x` has shape (columns,), `duals` (rows,): above 0 they price a row's low side, below 0 its high side.
    """

    bound: int
    x: Floats
    duals: Floats


def relax(program: Program, seconds: float = np.inf) -> Relaxation | None:
    """Solve the relaxation; None when it has no solution, or none was found in time."""
    if program.contradictory:
        return None
    if not program.columns:
        return Relaxation(0, np.zeros(0), np.zeros(len(program.low)))
    open_low, open_high = _open_sides(program)
    equal = program.low == program.high
    over = ~equal & ~open_high
    under = ~equal & ~open_low
    matrix = program.matrix
    found = linprog(
        program.cost.astype(np.float64),
        A_ub=sparse.vstack([matrix[over], -matrix[under]], format="csr"),
        b_ub=np.concatenate([program.high[over], -program.low[under]]),
        A_eq=matrix[equal],
        b_eq=program.low[equal],
        bounds=np.column_stack([np.zeros(program.columns), program.upper]).tolist(),
        method="highs",
        options={"time_limit": seconds},
    )
    if found.status != 0 or found.x is None:
        return None
    marginals = np.minimum(found.ineqlin.marginals, 0.0)
    duals = np.zeros(len(program.low))
    duals[over] += marginals[: over.sum()]
    duals[under] -= marginals[over.sum() :]
    duals[equal] = found.eqlin.marginals
    return Relaxation(_lagrangian(program, duals), found.x, duals)


def branch(program: Program, seconds: float, gap: float = 0.0, nodes: int | None = None) -> Outcome:
    """Branch and bound, ended by proof, `gap` (share of the objective), time or a number of `nodes`.

    Without a time limit that cuts, the same program ends the same way. The solution is checked in integers; the
    bound is the solver's, lowered by its tolerance.
    """
    if program.contradictory:
        return Outcome(None, 0, inadmissible=True)
    open_ = program.upper > 0
    if not open_.all():  # HiGHS can end in an error over whole columns that must be 0
        empty = abs(program.matrix) @ open_.astype(np.int64) == 0
        if bool((empty & ((program.low > 0) | (program.high < 0))).any()):
            return Outcome(None, 0, inadmissible=True)
        part = program.part(open_, np.zeros(program.columns, dtype=np.int64))
        inner = branch(part.program, seconds, gap, nodes)
        nothing = np.zeros(program.columns, dtype=np.int64)
        return replace(inner, x=None if inner.x is None else part.into(nothing, inner.x))
    if not program.columns:
        return Outcome(_NOTHING, 0)
    open_low, open_high = _open_sides(program)
    found = milp(
        program.cost,
        integrality=np.ones(program.columns, dtype=np.int64),
        bounds=Bounds(0, program.upper),
        constraints=LinearConstraint(
            program.matrix,
            np.where(open_low, -np.inf, program.low),
            np.where(open_high, np.inf, program.high),
        ),
        options={
            "time_limit": max(0.1, seconds),
            "mip_rel_gap": gap,
            "node_limit": _MOST_NODES if nodes is None else nodes,
        },
    )
    bound = found.mip_dual_bound
    lower = program.floor if bound is None or not np.isfinite(bound) else _down(float(bound))
    if found.x is None:
        return Outcome(None, lower, inadmissible=found.status == 2)
    x = np.rint(found.x).astype(np.int64)
    return Outcome(x if program.admits(x) else None, lower)


def _down(bound: float) -> int:
    """The least whole objective that a bound in floating point leaves possible."""
    return ceil(bound - _TOLERANCE * max(1.0, abs(bound) * 0.1))


def _open_sides(program: Program) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which rows cannot bind from below, and which not from above."""
    matrix = program.matrix
    least = _product(matrix, np.minimum(matrix.data, 0), program.upper)
    most = _product(matrix, np.maximum(matrix.data, 0), program.upper)
    return program.low <= least, program.high >= most


def _product(matrix: sparse.csr_array, data: Ints, vector: Ints) -> Ints:
    return np.asarray(sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape) @ vector)


def _lagrangian(program: Program, duals: Floats) -> int:
    """The value of duals as a lower bound: sum of duals x right sides + the least the reduced costs allow.

    A positive dual prices its row's low side, a negative one the high side.
    """
    whole = np.rint(duals * _DUAL_UNIT).astype(np.int64)
    sides = np.where(whole > 0, program.low, program.high)
    reduced = program.cost * _DUAL_UNIT - program.matrix.T @ whole
    units = int(whole @ sides) + int(np.minimum(reduced, 0) @ program.upper)
    return -(-units // _DUAL_UNIT)
