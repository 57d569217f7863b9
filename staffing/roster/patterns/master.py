"""The master: which mix of patterns is cheapest, as a linear program that grows by columns (GLOP)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp
from scipy import sparse

from staffing.roster.patterns.columns import Columns
from staffing.roster.patterns.rows import HARD, Rows
from staffing.roster.program import Ints, Mask

# Preprocessing, and scaling anew, would throw away the basis that the next solve can begin with.
_KEEP_BASIS = "use_preprocessing: false use_scaling: false"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mix:
    """A solution of the master.

    `value` its cost (of the people and columns inside), `duals` (master rows,), `person_duals` (people inside,),
    `weights` (columns,).
    """

    value: float
    duals: Floats
    person_duals: Floats
    weights: Floats


class Master:
    """The linear program over some people's patterns; what others add to the rows stands in `settled`."""

    def __init__(self, rows: Rows, people: Ints, settled: Ints, active: Mask) -> None:
        self._rows = rows
        self._people = people
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(_KEEP_BASIS)
        self._low, self._high = rows.low - settled, rows.high - settled
        self._place = np.full(int(people.max(initial=-1)) + 1, -1, dtype=np.int64)
        self._place[people] = np.arange(len(people))
        self._variables: list[pywraplp.Variable] = []
        self._columns: list[Columns] = []
        self._constraints: dict[int, pywraplp.Constraint] = {}
        self._convex = [self._solver.Constraint(1.0, 1.0) for _ in people]
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        for (
            convex
        ) in self._convex:  # a person without a pattern is dear, so that prices say which one is wanted
            nobody = self._solver.NumVar(0.0, self._solver.infinity(), "")
            convex.SetCoefficient(nobody, 1.0)
            self._objective.SetCoefficient(nobody, 10.0 * HARD)
        by_loose = rows.by_loose
        self._loose = [
            self._solver.NumVar(0.0, float(upper), "") for upper in rows.program.upper[rows.loose].tolist()
        ]
        for variable, cost in zip(self._loose, rows.program.cost[rows.loose].tolist(), strict=True):
            self._objective.SetCoefficient(variable, float(cost))
        self._by_loose = sparse.csr_array(by_loose)
        self.activate(np.flatnonzero(active))

    @property
    def size(self) -> int:
        """Number of pattern columns."""
        return len(self._variables)

    def is_active(self, row: int) -> bool:
        """Whether a row is in the program."""
        return row in self._constraints

    def activate(self, rows: Ints) -> None:
        """Add master rows, with a dear way around each."""
        for row in rows.tolist():
            constraint = self._solver.Constraint(float(self._low[row]), float(self._high[row]))
            self._constraints[row] = constraint
            inside = slice(self._by_loose.indptr[row], self._by_loose.indptr[row + 1])
            for column, factor in zip(
                self._by_loose.indices[inside].tolist(), self._by_loose.data[inside].tolist(), strict=True
            ):
                constraint.SetCoefficient(self._loose[column], float(factor))
            if inside.start == inside.stop or row >= len(self._rows.rows):
                for sign in (1.0, -1.0):
                    around = self._solver.NumVar(0.0, self._solver.infinity(), "")
                    constraint.SetCoefficient(around, sign)
                    self._objective.SetCoefficient(around, float(HARD))
        first = 0
        for columns in self._columns:
            entries = sparse.csr_array(columns.entries[rows])
            for i, row in enumerate(rows.tolist()):
                inside = slice(entries.indptr[i], entries.indptr[i + 1])
                for column, factor in zip(
                    entries.indices[inside].tolist(), entries.data[inside].tolist(), strict=True
                ):
                    self._constraints[row].SetCoefficient(self._variables[first + column], float(factor))
            first += len(columns.owners)

    def add(self, columns: Columns) -> None:
        """Add patterns of people inside."""
        entries = columns.entries
        infinity = self._solver.infinity()
        for i, (owner, cost) in enumerate(zip(columns.owners.tolist(), columns.costs.tolist(), strict=True)):
            variable = self._solver.NumVar(0.0, infinity, "")
            self._objective.SetCoefficient(variable, float(cost))
            self._convex[self._place[owner]].SetCoefficient(variable, 1.0)
            inside = slice(entries.indptr[i], entries.indptr[i + 1])
            for row, factor in zip(
                entries.indices[inside].tolist(), entries.data[inside].tolist(), strict=True
            ):
                constraint = self._constraints.get(row)
                if constraint is not None:
                    constraint.SetCoefficient(variable, float(factor))
            self._variables.append(variable)
        self._columns.append(columns)

    def allow(self, allowed: Mask) -> None:
        """Say which columns may be used. Shape (columns,)."""
        infinity = self._solver.infinity()
        for variable, free in zip(self._variables, allowed.tolist(), strict=True):
            variable.SetBounds(0.0, infinity if free else 0.0)

    def loose(self) -> Floats:
        """How much there is of each loose column in the last mix. Shape (loose,)."""
        return np.array([variable.solution_value() for variable in self._loose])

    def solve(self) -> Mix | None:
        """The cheapest mix; None when there is none."""
        if self._solver.Solve() not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None
        duals = np.zeros(len(self._low))
        for row, constraint in self._constraints.items():
            duals[row] = constraint.dual_value()
        return Mix(
            self._objective.Value(),
            duals,
            np.array([constraint.dual_value() for constraint in self._convex]),
            np.array([variable.solution_value() for variable in self._variables]),
        )
