"""Prices that let weeks be bounded apart although an activity may lie in any of several.

Nobody has to attend in one week rather than another, so a week by itself would leave the activity out. Priced
instead (Lagrange), each person who attends in a week lowers its cost by the activity's price mu, and

    sum of the weeks' least priced costs + sum over activities of (mu x people asked - most saved by leaving them out)

is a lower bound on every roster, whatever mu >= 0 is. The best mu is the dual of the row "people attending in all
weeks + people left out >= people asked" beside the weeks' outlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from staffing.roster.engines import relax
from staffing.roster.program import Ints, Program, bounded

if TYPE_CHECKING:
    from staffing.roster.outline import Outline
    from staffing.roster.variables import RosterModel


LARGE = 30_000  # columns of outlines that are no longer solved side by side


@dataclass(frozen=True)
class Asked:
    """An activity whose dates lie in several weeks.

    Attributes:
        name: of the activity.
        columns: the model's work columns that hold it.
        people: who are asked.
        spared: how many of them may be left out.
        price: of one left out, in the model's units.
    """

    name: str
    columns: Ints
    people: int
    spared: int
    price: int


class AttendancePrices:
    """The prices of the activities that several weeks share, in the model's units; none when no week shares any."""

    def __init__(self, model: RosterModel) -> None:
        self._program = model.program
        self.asked: tuple[Asked, ...] = tuple(model.asked) if not model.service.rows else ()
        self._mu = np.zeros(len(self.asked), dtype=np.int64)
        self.cost = model.program.cost  # of every column less the price of what it holds; shape (columns,)

    @property
    def constant(self) -> int:
        """What the weeks' bounds on the priced cost lack to a bound on the whole."""
        return sum(
            int(mu) * own.people + min(0, own.price - int(mu)) * own.spared
            for mu, own in zip(self._mu, self.asked, strict=True)
        )

    def priced(self, plan: Outline) -> Outline:
        """An outline at the prices of now."""
        if not self._mu.any():
            return plan
        cost = plan.program.cost.copy()
        for mu, own in zip(self._mu, self.asked, strict=True):
            cost[plan.attending.get(own.name, [])] -= mu
        return replace(plan, program=replace(plan.program, cost=cost))

    def settle(self, plans: Sequence[Outline], seconds: float) -> None:
        """Set the prices to the duals of the rows over all weeks' outlines, if they are found in time.

        Of large outlines one in the middle speaks for all, with its share of the people: any price gives a bound.
        """
        share = 1
        if sum(plan.program.columns for plan in plans) > LARGE:
            share, plans = len(plans), [plans[len(plans) // 2]]
        relaxed = relax(self._joint(plans, share), seconds)
        if relaxed is None:
            return
        self._mu = np.maximum(np.rint(relaxed.duals[-len(self.asked) :]).astype(np.int64), 0)
        cost = self._program.cost.copy()
        for mu, own in zip(self._mu, self.asked, strict=True):
            cost[own.columns] -= mu
        self.cost = cost

    def _joint(self, plans: Sequence[Outline], share: int) -> Program:
        """The outlines side by side, then a column for those left out of each activity, whose rows come last.

        `share` is what the people are divided by; of an activity that the outlines do not hold nobody is asked.
        """
        parts = [plan.program for plan in plans]
        starts = np.cumsum([0, *(part.columns for part in parts)])
        width, rows = int(starts[-1]) + len(self.asked), len(self.asked)
        across = sparse.lil_array((rows, width), dtype=np.int64)
        for row, own in enumerate(self.asked):
            for first, plan in zip(starts, plans, strict=False):
                for column in plan.attending.get(own.name, np.zeros(0, dtype=np.int64)).tolist():
                    across[row, int(first) + column] = 1
            across[row, int(starts[-1]) + row] = 1
        apart = sparse.block_diag([part.matrix for part in parts], format="csr")
        apart.resize(apart.shape[0], width)
        held = [any(own.name in plan.attending for plan in plans) for own in self.asked]
        people = np.array(
            [-(-own.people // share) * here for own, here in zip(self.asked, held, strict=True)],
            dtype=np.int64,
        )
        return bounded(
            np.concatenate([*(part.cost for part in parts), [own.price for own in self.asked]]),
            np.concatenate([*(part.upper for part in parts), [own.spared for own in self.asked]]),
            sparse.csr_array(sparse.vstack([apart, across.tocsr()], format="csr")),
            np.concatenate([*(part.low for part in parts), people]),
            np.concatenate([*(part.high for part in parts), np.full(rows, np.iinfo(np.int64).max)]),
        )
