"""Prices that let weeks be solved apart although a service target reaches over them.

A target of a month ties its weeks together. Priced instead (Lagrange), each unit that a week keeps lowers the week's
cost by the row's price mu, and

    sum of the weeks' least priced costs + mu x units needed + least cost of the columns of no week

is a lower bound on every roster, whatever mu is. The best mu is the dual of the row beside the weeks' outlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

from staffing.roster.engines import relax
from staffing.roster.program import Ints, Program, bounded

Floats = npt.NDArray[np.float64]

if TYPE_CHECKING:
    from staffing.roster.outline import Outline
    from staffing.roster.variables import RosterModel


class ServicePrices:
    """The prices of the service rows that cross weeks, in the model's units; none when no row does."""

    def __init__(self, model: RosterModel) -> None:
        self._program = model.program
        crossing = [row for row in model.service.rows if row.crosses]
        self.rows: Ints = np.array([row.row for row in crossing], dtype=np.int64)
        self._lacking: Ints = np.array([row.lacking for row in crossing], dtype=np.int64)
        self._mu = np.array([row.worth for row in crossing], dtype=np.int64)
        self.settled = False
        self.cost = self._cost()  # of every column less the price of what it keeps; shape (columns,)

    def _cost(self) -> Ints:
        if not len(self.rows):
            return self._program.cost
        return np.asarray(self._program.cost - self._program.matrix[self.rows].T @ self._mu)

    @property
    def constant(self) -> int:
        """What the weeks' bounds on the priced cost lack to a bound on the whole; at most what it truly is."""
        least = np.minimum(self.cost[self._lacking], 0) @ self._program.upper[self._lacking]
        return int(self._mu @ self._program.low[self.rows]) + int(least)

    def priced(self, plan: Outline) -> Outline:
        """An outline at the prices of now."""
        cost = plan.program.cost.copy()
        cost[: len(plan.shared)] = self.cost[plan.shared]
        return replace(plan, program=replace(plan.program, cost=cost))

    def settle(self, plans: Sequence[Outline], seconds: float) -> Floats | None:
        """Set the prices to the duals of the rows over all weeks' outlines, if they are found in time.

        `plans` are the weeks' outlines without prices.

        Returns:
            The relaxed x of the columns that are nobody's, 0 elsewhere; shape (columns,). None when time ran out, or
            when no row crosses weeks.
        """
        if not len(self.rows):
            return None
        joint, place = self._joint(plans)
        relaxed = relax(joint, seconds)
        if relaxed is None:
            return None
        duals = np.rint(relaxed.duals[-len(self.rows) :]).astype(np.int64)
        self._mu = np.maximum(duals, 0)
        self.cost, self.settled = self._cost(), True
        return np.where(place >= 0, relaxed.x[place], 0.0)

    def _joint(self, plans: Sequence[Outline]) -> tuple[Program, Ints]:
        """The outlines side by side, with the rows that cross them last, and where each column is (-1 nowhere)."""
        parts = [plan.program for plan in plans]
        place = np.full(self._program.columns, -1, dtype=np.int64)
        offset = 0
        for plan in plans:
            place[plan.shared] = offset + np.arange(len(plan.shared))
            offset += plan.program.columns
        place[self._lacking] = offset + np.arange(len(self._lacking))
        own = self._program.matrix[self.rows].tocoo()
        shape = (len(self.rows), offset + len(self._lacking))
        across = sparse.csr_array((own.data, (own.row, place[own.col])), shape=shape)
        apart = sparse.block_diag([part.matrix for part in parts], format="csr")
        apart.resize(apart.shape[0], shape[1])
        joint = bounded(
            np.concatenate([*(part.cost for part in parts), self._program.cost[self._lacking]]),
            np.concatenate([*(part.upper for part in parts), self._program.upper[self._lacking]]),
            sparse.csr_array(sparse.vstack([apart, across], format="csr")),
            np.concatenate([*(part.low for part in parts), self._program.low[self.rows]]),
            np.concatenate([*(part.high for part in parts), self._program.high[self.rows]]),
        )
        return joint, place
