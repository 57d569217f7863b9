"""Checked demand of many queues, as callers state it: calls per interval, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.model import Queues

LARGEST = 1e150
LONGEST = 1e100
SHORTEST = 1e-60
MOST_PLACES = 1e12
"""Loads and agents are held below LARGEST, times (in handling times) below LONGEST, handling times (in seconds) above
SHORTEST and limited places below MOST_PLACES: products stay finite, and no figure that fits a call centre changes."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Every field of shape (rows,); see `performance` for meaning and units."""

    calls: Floats
    aht: Floats
    interval: Floats
    patience: Floats
    lines: Floats
    redial: Floats
    threshold: Floats

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice) -> Workload:
        """The queues of some rows."""
        return Workload(
            self.calls[rows],
            self.aht[rows],
            self.interval[rows],
            self.patience[rows],
            self.lines[rows],
            self.redial[rows],
            self.threshold[rows],
        )

    def with_calls(self, calls: Floats) -> Workload:
        """The same queues with other calls."""
        return replace(self, calls=calls)

    def with_aht(self, aht: Floats) -> Workload:
        """The same queues with other handling times."""
        return replace(self, aht=aht)

    def with_patience(self, patience: Floats) -> Workload:
        """The same queues with callers of another patience."""
        return replace(self, patience=patience)

    def with_lines(self, lines: Floats) -> Workload:
        """The same queues with other lines."""
        return replace(self, lines=lines)

    def with_threshold(self, threshold: Floats) -> Workload:
        """The same queues with another threshold."""
        return replace(self, threshold=threshold)

    def load(self, arrivals: Floats) -> Floats:
        """Erlangs that so many arrivals per interval make; nothing where calls take no time."""
        return np.minimum(arrivals * self.aht / self.interval, LARGEST)

    def queues(self, arrivals: Floats, agents: Floats) -> Queues:
        """The queues in the formulas' own units, for `arrivals` > 0 per interval."""
        serving = np.minimum(agents, self.lines)
        aht = np.maximum(self.aht, SHORTEST)
        # Without agents the load only scales patience, so it must not vanish with the handling time.
        load = np.where(serving > 0, self.load(arrivals), arrivals * aht / self.interval)
        patience = self.patience / aht
        places = np.where(np.isinf(self.lines), np.inf, np.minimum(self.lines - serving, MOST_PLACES))
        threshold = np.minimum(self.threshold / aht, LONGEST)
        finite = np.where(patience < 1 / LONGEST, 0.0, np.minimum(patience, LONGEST))
        return Queues(
            load=np.minimum(np.maximum(load, 1 / LONGEST**2), LARGEST),
            agents=np.minimum(serving, LARGEST),
            patience=np.where(np.isinf(self.patience), np.inf, finite),
            places=places,
            threshold=threshold,
        )


class Given(NamedTuple):
    """What a caller handed in: checked, broadcast and flat."""

    workload: Workload
    others: tuple[Floats, ...]
    shape: tuple[int, ...]


def given(
    *,
    calls: npt.ArrayLike = 0,
    aht: npt.ArrayLike = 0,
    interval: npt.ArrayLike,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike,
    redial: npt.ArrayLike,
    threshold: npt.ArrayLike = 0,
    **others: Floats,
) -> Given:
    """The arguments of `performance` as a workload, with `others` (already checked) in the same order and shape.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be or not whole; naming all
            that do not broadcast.
    """
    arrays = broadcast(
        calls=as_floats("calls", calls),
        aht=as_floats("aht", aht),
        interval=as_floats("interval", interval, positive=True),
        patience=as_floats("patience", patience, infinite=True),
        lines=whole("lines", lines, infinite=True),
        redial=as_floats("redial", redial, below=1.0),
        threshold=as_floats("threshold", threshold, infinite=True),
        **others,
    )
    flat = [array.reshape(-1) for array in arrays]
    return Given(Workload(*flat[:7]), tuple(flat[7:]), arrays[0].shape)
