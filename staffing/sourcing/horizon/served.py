"""The service of agents that were bought for the forecast, when more or fewer calls come.

What callers get in a month is a smooth function of one number, the calls that come over those forecast. It is
computed at some values of that number and interpolated by monotone cubics between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from staffing.sourcing.case import Case
from staffing.sourcing.rates import Rates, rates

Floats = npt.NDArray[np.float64]
KNOTS = 33


@dataclass(frozen=True)
class Seated:
    """One month as it was bought: `case` is the work the option meets at the forecast, `seats` per row of it."""

    case: Case
    seats: Floats
    waiting_places: float = inf


@dataclass(frozen=True)
class Curves:
    """Handled and well answered calls of each month by queue, as functions of calls over forecast.

    `knots` shape (months, KNOTS); `handled`, `good` and `counted` by month and queue, shape (KNOTS,) each:
    calls handled, calls within the threshold, calls in the service level's denominator.
    """

    knots: Floats
    handled: tuple[dict[str, Floats], ...]
    good: tuple[dict[str, Floats], ...]
    counted: tuple[dict[str, Floats], ...]

    def handled_at(self, month: int, factors: Floats) -> dict[str, Floats]:
        """Calls handled by queue at each factor, shape of `factors`."""
        return self._at(self.handled, month, factors)

    def level_at(self, month: int, factors: Floats) -> Floats:
        """Service level of all queues at each factor; 1 without calls."""
        good = sum(self._at(self.good, month, factors).values())
        counted = np.asarray(sum(self._at(self.counted, month, factors).values()))
        level = np.ones_like(counted)
        np.divide(good, counted, out=level, where=counted > 0)
        return level

    def _at(self, curves: Sequence[dict[str, Floats]], month: int, factors: Floats) -> dict[str, Floats]:
        knots = self.knots[month]
        return {
            queue: np.asarray(PchipInterpolator(knots, values)(factors))
            for queue, values in curves[month].items()
        }


@dataclass(frozen=True)
class Served:
    """The months of one option, all computed in one go."""

    months: tuple[Seated, ...]

    @cached_property
    def _starts(self) -> npt.NDArray[np.int64]:
        return np.cumsum([0, *(len(month.case.calls) for month in self.months)])

    def curves(self, factors: Floats) -> Curves:
        """Curves over the range that `factors`, shape (paths, months), take in each month."""
        low, high = factors.min(axis=0), factors.max(axis=0)
        spread = np.linspace(0, 1, KNOTS)
        knots = low[:, np.newaxis] + np.maximum(high - low, 1e-6)[:, np.newaxis] * spread
        found = self._rates(np.repeat(knots, np.diff(self._starts), axis=0).T)
        per_day = found.days
        parts = (
            found.handled * per_day,
            found.level * found.calls * found.counted * per_day,
            found.calls * found.counted * per_day,
        )
        return Curves(knots, *(self._by_queue(part) for part in parts))

    def _rates(self, factors: Floats) -> Rates:
        """`factors` shape (KNOTS, rows of all months)."""
        first = self.months[0].case
        return rates(
            np.concatenate([month.case.calls for month in self.months]) * factors,
            np.concatenate([month.case.aht for month in self.months]),
            np.concatenate([month.seats for month in self.months]),
            first.targets,
            interval_seconds=first.interval_seconds,
            patience_seconds=first.patience_seconds,
            waiting_places=self.months[0].waiting_places,
            days=np.concatenate([month.case.days for month in self.months]),
        )

    def _by_queue(self, values: Floats) -> tuple[dict[str, Floats], ...]:
        return tuple(
            {queue: values[:, start + rows].sum(axis=-1) for queue, rows in month.case.queues.items()}
            for month, start in zip(self.months, self._starts, strict=False)
        )
