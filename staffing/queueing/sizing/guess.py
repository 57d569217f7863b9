"""Where a search starts: the answers of a sample of queues, fitted to what the queues differ in.

The surplus over the load, in square roots of the load, is all but a constant in a large stable desk, and grows with
the square root where impatient callers allow fewer agents than the load. Over a year of intervals of one desk the fit
is right to an agent, so that a search has little more to do than to prove it.
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.workload import Workload

FEWEST = 1e-6
MOST = 1e15
"""Loads are fitted as if they were within these."""

LONGEST = 1e3
"""Steps are at most so many square roots of the load."""


class Guess:
    """Least squares through a sample of queues, their numbers of agents, and the steps about them."""

    def __init__(self, sample: Workload, agents: Floats, step: Floats) -> None:
        self.typical = {name: float(np.median(getattr(sample, name))) for name in ("aht", "patience")}
        load, terms = self._terms(sample)
        self.surplus = (agents - load) / np.sqrt(load)
        table = np.stack(terms, axis=1)
        ease = np.minimum(step / np.sqrt(load), LONGEST)
        self.weights = np.linalg.lstsq(table, np.stack([self.surplus, ease], axis=1), rcond=None)[0]

    def of(self, workload: Workload) -> tuple[Floats, Floats]:
        """A number of agents for each queue, and by how many agents a search should step about it."""
        load, terms = self._terms(workload)
        surplus, ease = np.zeros_like(load), np.zeros_like(load)
        for term, (to_surplus, to_ease) in zip(terms, self.weights, strict=True):
            surplus += to_surplus * term
            ease += to_ease * term
        surplus = np.clip(surplus, self.surplus.min(), self.surplus.max())
        root = np.sqrt(load)
        return np.ceil(load + surplus * root), np.maximum(ease, 0.0) * root

    def _terms(self, workload: Workload) -> tuple[Floats, list[Floats]]:
        load = np.clip(workload.load(workload.calls), FEWEST, MOST)
        root, size = np.sqrt(load), np.log(load)
        terms = [np.ones_like(load), root, np.minimum(1 / root, 10.0), size, size * size]
        for name, typical in self.typical.items():
            if 0 < typical < np.inf:
                ratio = np.log(np.clip(getattr(workload, name) / typical, 1 / MOST, MOST))
                terms += [ratio, ratio * ratio, ratio * root, ratio * size, ratio * ratio * root]
        return load, terms
