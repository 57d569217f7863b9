"""Rows of a case that are alike, and what each number of own or vendor's agents would give them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.sourcing.case import Case
from staffing.sourcing.quotes.choosing import Choices, Ints
from staffing.sourcing.quotes.joint import counted_share, level_of, lost_share
from staffing.sourcing.quotes.known_rows import KnownRows
from staffing.sourcing.rates import Bools, Floats

DIGITS = 3
"""Significant digits of the calls by which rows are told apart when they are sized; rounded up."""

WORST = 2.5
"""An interval may lose, answer late or let wait so many times what the target allows, so that none is given up for
others: 80 % in time over the period are at least 50 % in every interval. Where no number helps, the best is taken."""

ENDLESS = 1e6
"""Seconds that stand for a wait without end."""

COLUMNS = 25
"""Numbers tried for a row, at most: all where few are needed, evenly spread where many are."""


@dataclass(frozen=True)
class AlikeRows:
    """Rows with calls, put together where they do not differ; arrays of shape (kinds,)."""

    case: Case
    calls: Floats
    aht: Floats
    needed: Floats
    """Agents with whom the row reaches the target by itself."""
    other: Floats
    """What else tells rows apart: agents of the other side, or whether the vendor is open."""
    weight: Floats
    """Days."""
    kind: Ints
    """Of each row of the case; -1 without calls."""

    @classmethod
    def of(cls, case: Case, other: npt.ArrayLike) -> AlikeRows:
        """The kinds of a case's rows; `other` per row."""
        busy = case.calls > 0
        needed = case.demand["agents_net"].to_numpy(dtype=np.float64)
        key = np.stack(
            [
                _rounded_up(case.calls),
                case.aht,
                needed,
                np.broadcast_to(np.asarray(other, dtype=np.float64), busy.shape),
            ]
        )[:, busy]
        (calls, aht, net, beside), inverse = np.unique(key, axis=1, return_inverse=True)
        kind = np.full(len(busy), -1, dtype=np.int64)
        kind[busy] = inverse.reshape(-1)
        weight = np.bincount(kind[busy], case.days[busy], len(calls)).astype(np.float64)
        return cls(case, calls, aht, net, beside, weight, kind)

    def numbers(self, least: int) -> Floats:
        """What is tried for each kind, from `least` to what it needs by itself; shape (kinds, at most COLUMNS)."""
        most = int(self.needed.max(initial=0))
        if most < COLUMNS:
            tried = np.minimum(np.arange(most + 1.0), self.needed[:, None])
        else:
            tried = np.ceil(self.needed[:, None] * np.linspace(0, 1, COLUMNS) - 1e-9)
        return np.asarray(np.maximum(tried, np.minimum(least, self.needed[:, None])))

    def spread(self, chosen: Floats) -> Floats:
        """A number for each kind as one for each row of the case; 0 without calls."""
        if not len(chosen):
            return np.zeros(len(self.kind))
        return np.where(self.kind >= 0, chosen[np.maximum(self.kind, 0)], 0.0)

    def table(self, own: Floats, vendor: Floats, known: KnownRows) -> Table:
        """What so many own and vendor's agents give, shape (kinds, tried)."""
        found = known.of(self.calls[:, None], self.aht[:, None], own, vendor)
        targets, lost = self.case.targets, lost_share(found)
        counted = counted_share(found, lost, targets)
        offered = (self.weight * self.calls)[:, None]
        excess, allowed = [], []
        if targets.abandonment is not None:
            excess.append(offered * (lost - targets.abandonment))
            allowed.append(offered * targets.abandonment + 0 * lost)
        if targets.service_level is not None:
            excess.append(offered * counted * (targets.service_level - level_of(found, targets)))
            allowed.append(offered * counted * (1 - targets.service_level))
        if targets.asa is not None:
            wait = np.where(np.isfinite(found.asa), found.asa, ENDLESS)
            excess.append(offered * (1 - lost) * (wait - targets.asa))
            allowed.append(offered * (1 - lost) * targets.asa)
        if not excess:
            excess.append(np.where(np.isinf(found.mean_wait), offered, -offered))
            allowed.append(offered + 0 * lost)
        beyond = (np.stack(excess) / np.maximum(np.stack(allowed), 1e-12)).max(axis=0)
        barred = beyond > np.maximum(WORST - 1, beyond.min(axis=1, keepdims=True) + 1e-9)
        return Table(self, found.overflow * offered, np.stack(excess), barred)


@dataclass(frozen=True)
class Table:
    """What numbers tried for each kind give over the period.

    `overflow`: calls to the vendor, shape (kinds, tried). `excess`: what is beyond each target, shape
    (targets, kinds, tried). `barred`: an interval would be given up for others, shape (kinds, tried).
    """

    rows: AlikeRows
    overflow: Floats
    excess: Floats
    barred: Bools

    def choices(self, hourly: Floats, each_call: float) -> Choices:
        """Their cost: `hourly` for an interval of each choice, and a price for each call to the vendor."""
        cost = self.rows.weight[:, None] * hourly + each_call * self.overflow
        return Choices(np.where(self.barred, np.inf, cost), self.excess)


def _rounded_up(calls: Floats) -> Floats:
    power = 10.0 ** (np.floor(np.log10(np.maximum(calls, 1e-300))) - DIGITS + 1)
    return np.asarray(np.ceil(calls / power - 1e-9) * power, dtype=np.float64)
