"""The equation behind `calibrate`: expected losses = losses seen, its root, and how far chance moves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf, nan, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.patience.mean_agents import Counts, MeanService, counts_with
from staffing.queueing.stationary.roots import rising_roots

Status = Literal["found", "none_needed", "out_of_reach", "unknown"]
Groups = npt.NDArray[np.intp]
MOST_SECONDS = 3600.0
_FIRST_STRIDE = 20.0  # seconds of wrap-up
_FLAT = 1e-8  # of the calls: abandonment equal to that is equal


@dataclass(frozen=True)
class Seen:
    """What was recorded, by interval; every field of shape (intervals,), nan where it was not handed in."""

    calls: Floats
    aht: Floats
    agents: Floats
    abandoned: Floats
    wait_seconds: Floats
    answered_within: Floats

    @classmethod
    def of(
        cls,
        calls: npt.ArrayLike,
        aht: npt.ArrayLike,
        agents: npt.ArrayLike,
        abandoned: npt.ArrayLike,
        wait_seconds: npt.ArrayLike | None,
        answered_within: npt.ArrayLike | None,
    ) -> Seen:
        """The arguments of `calibrate`, checked and broadcast."""
        given = {
            "calls": as_floats("calls", calls),
            "aht": as_floats("aht", aht),
            "agents": as_floats("agents", agents),
            "abandoned": whole("abandoned", abandoned),
        }
        for name, value in (("wait_seconds", wait_seconds), ("answered_within", answered_within)):
            given[name] = np.array(nan) if value is None else as_floats(name, value)
        seen = cls(*(np.ravel(array) for array in broadcast(**given)))
        over = np.flatnonzero(seen.abandoned > seen.calls)
        if len(over):
            found = f"{seen.abandoned[over[0]]:g} of {seen.calls[over[0]]:g} at index {over[0]}"
            raise ValueError(f"abandoned must be at most calls; found {found}")
        return seen

    def per_call(self) -> MeanService:
        """The means seen."""
        return Counts(self.abandoned, self.wait_seconds, self.answered_within).per_call(self.calls)

    def patience(self) -> float:
        """Total wait / abandoned; infinite where nobody gave up.

        Raises:
            ValueError: when there are no waits.
        """
        if np.isnan(self.wait_seconds).any():
            raise ValueError("wait_seconds must be given where patience is to be estimated")
        lost = float(self.abandoned.sum())
        return float(self.wait_seconds.sum()) / lost if lost else inf

    def patience_deviations(self, patience: float) -> Floats:
        """What each interval adds to the deviation of the estimated patience; nan where nobody gave up."""
        lost = self.abandoned.sum()
        return (
            (self.wait_seconds - patience * self.abandoned) / lost if lost else np.full(len(self.calls), nan)
        )


@dataclass(frozen=True)
class Equation:
    """Expected calls abandoned = calls abandoned, for a wrap-up and a patience in seconds."""

    seen: Seen
    interval: float
    threshold: float

    def expected(self, wrap_up: float, patience: float) -> Counts:
        """What Erlang A expects in each interval."""
        return counts_with(
            self.seen.calls,
            self.seen.aht + wrap_up,
            self.seen.agents,
            patience=patience,
            interval=self.interval,
            threshold=self.threshold,
        )

    def solve(self, patience: float) -> tuple[Status, float]:
        """The wrap-up at which as many are expected to give up as did; 0 when none is needed, nan without one."""
        lost, flat = float(self.seen.abandoned.sum()), _FLAT * float(self.seen.calls.sum())

        @cache
        def excess(wrap_up: float) -> float:
            return float(self.expected(wrap_up, patience).abandoned.sum()) - lost

        def rising(at: Floats, rows: object) -> Floats:
            return np.array([excess(float(each)) for each in at])

        if not ((self.seen.calls > 0) & (self.seen.agents > 0)).any() or (lost == 0 and patience == inf):
            return "unknown", nan
        if excess(0.0) >= -flat:
            return "none_needed", 0.0
        low, high = 0.0, _FIRST_STRIDE
        while high < MOST_SECONDS and excess(high) < 0:
            low, high = high, min(2 * high, MOST_SECONDS)
        root = float(rising_roots(rising, np.array([low]), np.array([high]), flat=flat)[0])
        return ("found", root) if np.isfinite(root) else ("out_of_reach", nan)

    def deviations(self, wrap_up: float, patience: float, of_patience: Floats | None) -> Floats:
        """What each interval adds to the deviation of the wrap-up: by its own losses, and by the patience estimated.

        `of_patience` is None for a patience that was given; the result is nan where the wrap-up or the patience is no
        number or does not matter.
        """
        if not (np.isfinite(wrap_up) and 0 < patience < inf):
            return np.full(len(self.seen.calls), nan)

        def lost(extra: float, mean: float) -> float:
            return float(self.expected(extra, mean).abandoned.sum())

        step, turn = max(0.01 * wrap_up, 0.01), 0.001 * patience
        by_wrap_up = (lost(wrap_up + step, patience) - lost(wrap_up, patience)) / step
        if not by_wrap_up > 0:
            return np.full(len(self.seen.calls), nan)
        excess = self.expected(wrap_up, patience).abandoned - self.seen.abandoned
        if of_patience is not None:
            by_patience = (lost(wrap_up, patience + turn) - lost(wrap_up, patience - turn)) / (2 * turn)
            excess = excess + by_patience * of_patience
        return -excess / by_wrap_up


def members(groups: npt.ArrayLike | None, intervals: int) -> Groups:
    """The number of each interval's group, from 0.

    Raises:
        ValueError: for groups of another length.
    """
    if groups is None:
        return np.arange(intervals)
    labels = np.ravel(np.asarray(groups))
    if len(labels) != intervals:
        raise ValueError(f"groups must name one group an interval; found {len(labels)} for {intervals}")
    return np.unique(labels, return_inverse=True)[1].reshape(-1)


def half_width(deviations: Floats, member: Groups, confidence: float) -> float:
    """Half the interval of a sum of deviations independent between groups; nan with fewer than two groups."""
    from scipy.special import stdtrit  # slow to import, and only needed here

    number = int(member.max(initial=-1)) + 1
    if number < 2:
        return nan
    sums = np.bincount(member, weights=deviations)
    spread = sqrt(number / (number - 1) * float(np.square(sums).sum()))
    return float(stdtrit(number - 1, (1 + confidence) / 2)) * spread
