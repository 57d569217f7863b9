"""Column generation: price, add the patterns that better the mix, solve, until none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from staffing.roster.patterns.columns import Columns, Costing
from staffing.roster.patterns.master import Floats, Master, Mix
from staffing.roster.patterns.own import OwnRows
from staffing.roster.patterns.pricing import Best, Pricer
from staffing.roster.patterns.rows import Rows, Tables
from staffing.roster.patterns.scratch import FAR
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints, Mask

FINEST = 1 << 14  # units of price a unit of cost, at most
NO_BOUND = -(1 << 62)


@dataclass(frozen=True)
class Priced:
    """Patterns priced at duals, with the exact lower bound these give."""

    best: Best
    bound: int
    scale: int


class Generator:
    """Column generation over some people while the others' patterns stand still (`settled` row sums)."""

    def __init__(
        self,
        rows: Rows,
        costing: Costing,
        pricer: Pricer,
        people: Ints,
        settled: Ints,
        active: Mask,
        own: Mask,
    ) -> None:
        self._rows = rows
        self._costing = costing
        self._pricer = pricer
        self.people = people
        self._low, self._high = rows.low - settled, rows.high - settled
        self.layout = pricer.layout
        self.own = OwnRows(rows, self.layout, costing, own)
        self._by_option = rows.by_option.T.tocsr()
        self._by_weekend = rows.by_weekend.T.tocsr()
        self._by_loose = rows.by_loose.T.tocsr()
        mine = np.zeros(pricer.idle.shape[0], dtype=np.bool_)
        mine[people] = True
        self._mine = mine[self.layout.owners]
        self._active = active.copy()
        self._settled, self._coupled = settled, ~own
        self.master = Master(rows, people, settled, active)
        self.owners = np.zeros(0, dtype=np.int64)
        self.patterns = np.zeros((0, self.layout.packed.days), dtype=np.int64)
        self.entries: list[Columns] = []
        self._known: set[bytes] = set()
        self.duals: Floats | None = None
        self.bound = NO_BOUND
        self.rounds = 0

    def add(self, owners: Ints, patterns: Ints) -> int:
        """Add patterns that are not there yet; returns how many."""
        fresh = []
        for i in range(len(owners)):
            key = int(owners[i]).to_bytes(4, "little") + patterns[i].astype(np.int32).tobytes()
            if key not in self._known:
                self._known.add(key)
                fresh.append(i)
        if fresh:
            columns = self._costing.columns(owners[fresh], patterns[fresh])
            self.master.add(columns)
            self.entries.append(columns)
            self.owners = np.concatenate([self.owners, columns.owners])
            self.patterns = np.concatenate([self.patterns, columns.patterns])
        return len(fresh)

    def price(self, duals: Floats, space: Space) -> Priced:
        """The cheapest patterns at duals; the bound holds for the space given (people inside, others as they are)."""
        costs = self._rows.option_cost[self._mine] - (self._by_option @ duals)[self._mine]
        days = len(space.idle[0])
        greatest = float(np.abs(costs).max(initial=1.0)) + float(np.abs(duals).max(initial=0.0))
        scale = int(max(1, min(FINEST, FAR / 2 / days / max(greatest, 1.0))))
        whole = np.rint(duals * scale).astype(np.int64)
        options = self._rows.option_cost * scale - self._by_option @ whole
        options = np.where(space.blocked, FAR, options).clip(-FAR, FAR).astype(np.int32)
        weekends = (self._rows.weekend_cost * scale - self._by_weekend @ whole).reshape(-1, days)
        weekends[:, 1:] += weekends[:, :-1] * (weekends[:, 1:] == 0)
        best = self._pricer.price(self.people, options, weekends.astype(np.int32), scale, space.idle)
        loose = self._rows.program.cost[self._rows.loose] * scale - self._by_loose @ whole
        sides = np.where(whole > 0, self._low, self._high)
        units = int(whole @ sides) + int(np.minimum(loose, 0) @ self._rows.program.upper[self._rows.loose])
        bound = -(-(units + int(best.values.sum())) // scale) if best.exist.all() else NO_BOUND
        return Priced(best, bound, scale)

    def allow(self, space: Space) -> None:
        """Let the master use the columns of a space only."""
        work = self.patterns >= 0
        bad = (work & space.blocked[np.maximum(self.patterns, 0)]).any(axis=1)
        bad |= (~work & ~space.idle[self.owners]).any(axis=1)
        self.master.allow(np.asarray(~bad, dtype=np.bool_))

    def _activate(self, mix: Mix) -> bool:
        """Bring rows into the master that the mix breaks; True when there are any."""
        if self._active.all():
            return False
        sums = np.zeros(len(self._low))
        first = 0
        for columns in self.entries:
            weights = mix.weights[first : first + len(columns.owners)]
            if weights.any():
                sums += columns.entries[:, : len(weights)] @ weights
            first += len(columns.owners)
        broken = ~self._active & ((sums > self._high + 1e-6) | (sums < self._low - 1e-6))
        self._active |= broken
        self.master.activate(np.flatnonzero(broken))
        return bool(broken.any())

    def run(
        self,
        space: Space,
        rounds: int,
        over: Callable[[], bool],
        *,
        tail: float = 0.0,
        near: float = 0.0,
        cutoff: float = np.inf,
        centre: Floats | None = None,
        told: Callable[[Mix, int], None] | None = None,
    ) -> Mix | None:
        """Generate until no pattern helps, the bound is near enough to the mix, or so many rounds are done.

        Near enough is within `tail`, or within a share of `near`, or a bound of at least `cutoff`. Prices are drawn
        towards those of the best bound so far, at first towards `centre`, which keeps them from leaping about.
        """
        mix = self._solve()
        best_bound, pull = NO_BOUND, 0.7
        for _ in range(rounds):
            if mix is None or over():
                break
            asked = mix.duals if centre is None else pull * centre + (1 - pull) * mix.duals
            priced = self.price(asked, space)
            self.rounds += 1
            if priced.bound > best_bound:
                best_bound, centre = priced.bound, asked
                pull = min(0.9, pull + 0.02)
            else:
                pull = max(0.0, pull - 0.05)
            if told is not None:
                told(mix, best_bound)
            if best_bound >= min(mix.value - max(tail, near * abs(mix.value), 1e-6), cutoff):
                break
            if self.add(self.people[priced.best.exist], priced.best.patterns[priced.best.exist]):
                mix = self._solve()
            elif pull == 0.0 or centre is None:
                break
            else:
                pull = max(0.0, pull - 0.3)
        self.duals = centre if centre is not None else (mix.duals if mix else None)
        self.bound = best_bound
        return mix

    def value_of(self, patterns: Ints, tables: Tables) -> float:
        """The master's cost when everybody inside has one pattern. Shape (people inside, days)."""
        columns = self._costing.columns(self.people, patterns)
        if not tables.exact:
            return np.inf
        sums = np.asarray(columns.entries.sum(axis=1)).astype(np.int64) + self._settled
        values = tables.values[tables.start + sums - tables.least]
        return float(columns.costs.sum() + values[self._active & self._coupled].sum())

    def _solve(self) -> Mix | None:
        """The cheapest mix that breaks no row, those outside the master among them."""
        mix = self.master.solve()
        while mix is not None and self._activate(mix):
            mix = self.master.solve()
        return mix
