"""HiGHS, as SciPy carries it, on a design or on a part of its shifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from staffing.shifts.design.cuts import add_steps
from staffing.shifts.design.program import DesignProgram, Floats, Ints, Rows

_TOLERANCE = 1e-6  # share of a bound in floating point that is not believed
WIDTHS = (2, 3, 4)  # of the rows that the relaxation has beside those of width 1
WHOLE_SECONDS = 2.0  # for whole numbers once the shifts are chosen
WHOLE_TOLERANCE = 1e-4
_PROVEN_NONE = 2  # SciPy's status of a program without a solution


@dataclass(frozen=True)
class Found:
    """What branch and bound says of some shifts: the columns (None when it has none), and a lower bound.

    `none_cheaper`: proven that no answer costs as little as the limit asked for. `exhausted`: the search ended
    by itself, not by the clock.
    """

    z: Ints | None
    bound: int
    none_cheaper: bool
    exhausted: bool


class Branching:
    """The program with its cuts as matrices, ready to be solved whole or in part."""

    def __init__(self, program: DesignProgram) -> None:
        self.program = program
        add_steps(program, program.rows)
        self._matrix = program.rows.matrix(program.columns)
        wide = Rows()
        for width in WIDTHS:
            add_steps(program, wide, width)
        self._wide = LinearConstraint(wide.matrix(program.columns), np.array(wide.low), np.array(wide.high))
        self._by_column = sparse.csc_array(self._matrix)
        self._low = np.array(program.rows.low)
        self._high = np.array(program.rows.high)
        self._shift_of = np.full(program.columns, -1, dtype=np.int64)  # u and o belong to none
        for duty in program.duties:
            self._shift_of[duty.column : duty.column + 1 + len(duty.breaks)] = duty.shift
        self._shift_of[program.offered :] = np.arange(len(program.candidates))
        self._whole = (self._shift_of >= 0).astype(np.int64)
        # Without breaks people flow through the slots: once the shifts are chosen, whole numbers come by themselves.
        limits = program.problem.limits
        self._flows = limits.mean_length is None and not any(duty.breaks for duty in program.duties)

    def relax(self, seconds: float) -> tuple[int, Floats] | None:
        """A lower bound, and how far each shift is offered in the relaxation, shape (shifts,)."""
        program = self.program
        found = milp(
            program.cost,
            bounds=Bounds(0, program.upper),
            constraints=[LinearConstraint(self._matrix, self._low, self._high), self._wide],
            options={"time_limit": max(0.1, seconds)},
        )
        if found.status != 0 or found.x is None:
            return None
        return self._up(float(found.fun)), np.asarray(found.x[program.offered :], dtype=np.float64)

    def branch(
        self,
        shifts: Ints | None,
        seconds: float,
        gap: float,
        at_most: int,
        order: np.random.Generator | None = None,
    ) -> Found:
        """Branch and bound with these shifts only (None: all), for an answer that costs no more than `at_most`.

        `order` shuffles the columns: the search then takes another way, which may be far shorter.
        """
        program = self.program
        columns = self._columns(shifts)
        if order is not None:
            columns = order.permutation(columns)
        whole = self._whole[columns] * (1 if not self._flows else columns >= program.offered)
        found = self._milp(columns, whole, seconds, gap, at_most)
        none = found.status == _PROVEN_NONE
        dual = found.mip_dual_bound
        bound = 0 if none or dual is None or not np.isfinite(dual) else self._up(float(dual))
        z = None if found.x is None else self._z(found.x, columns)
        if z is None and found.x is not None and self._flows:
            z = self._made_whole(found.x, columns, at_most)
        return Found(z, bound, none, none or found.status == 0)

    def _columns(self, shifts: Ints | None) -> Ints:
        """The columns that these shifts leave: theirs, and those of people missing and too many."""
        if shifts is None:
            return np.arange(self.program.columns)
        allowed = np.append(
            np.isin(np.arange(len(self.program.candidates)), shifts), True
        )  # last: of no shift
        return np.flatnonzero(allowed[self._shift_of])

    def _milp(self, columns: Ints, whole: Ints, seconds: float, gap: float, at_most: int) -> OptimizeResult:
        cost = self.program.cost[columns]
        return milp(
            cost,
            integrality=whole,
            bounds=Bounds(0, self.program.upper[columns]),
            constraints=[
                LinearConstraint(sparse.csr_array(self._by_column[:, columns]), self._low, self._high),
                LinearConstraint(cost[None, :].astype(np.float64), -np.inf, at_most),
            ],
            options={"time_limit": max(0.1, seconds), "mip_rel_gap": gap},
        )

    def _made_whole(self, x: Floats, columns: Ints, at_most: int) -> Ints | None:
        """Where a week's end meets its beginning, parts of people may be left: once more, in whole numbers."""
        offered = np.zeros(self.program.columns)
        offered[columns] = x
        kept = self._columns(np.flatnonzero(offered[self.program.offered :] > 0.5))
        found = self._milp(kept, self._whole[kept], WHOLE_SECONDS, 0.0, at_most)
        return None if found.x is None else self._z(found.x, kept)

    def admits(self, z: Ints) -> bool:
        """Whether whole columns keep every row."""
        product = self._matrix @ z
        return bool(
            (z >= 0).all()
            and (z <= self.program.upper).all()
            and (product >= self._low).all()
            and (product <= self._high).all()
        )

    def _z(self, x: Floats, columns: Ints) -> Ints | None:
        """All columns from a solution's people; None when they are not whole, or rounding broke a row."""
        people = x[columns < self.program.people_columns]
        if len(people) and abs(people - np.rint(people)).max() > WHOLE_TOLERANCE:
            return None
        z = np.zeros(self.program.columns, dtype=np.int64)
        z[columns] = np.rint(x).astype(np.int64)
        z = self.program.completed(z[: self.program.people_columns])
        return z if self.admits(z) else None

    def _up(self, bound: float) -> int:
        """The least cost that a bound in floating point leaves possible: costs are multiples of one unit."""
        unit = self.program.unit
        return max(0, int(np.ceil((bound - _TOLERANCE * max(1.0, abs(bound))) / unit)) * unit)
