"""The service of agents that were bought for the forecast, when more or fewer calls come.

What callers get in a month is a smooth function of one number, the calls that come over those forecast. It is
computed at some values of that number and interpolated by monotone cubics between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from staffing.sourcing.case import Case
from staffing.sourcing.rates import rates

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
    """The months of several options, computed in one go: rows of a month that are alike are computed once."""

    options: tuple[tuple[Seated, ...], ...]

    def curves(self, factors: Floats) -> tuple[Curves, ...]:
        """Curves of each option over the range that `factors`, shape (paths, months), take in each month."""
        low, high = factors.min(axis=0), factors.max(axis=0)
        spread = np.linspace(0, 1, KNOTS)
        knots = low[:, np.newaxis] + np.maximum(high - low, 1e-6)[:, np.newaxis] * spread
        alike, which = np.unique(self._rows, axis=0, return_inverse=True)
        parts = self._parts(alike, knots[alike[:, 0].astype(np.int64)].T)
        ends = np.cumsum([sum(len(month.seats) for month in months) for months in self.options])
        places = np.split(which.ravel(), ends[:-1])
        return tuple(
            Curves(knots, *(_by_queue(months, part[:, rows]) for part in parts))
            for months, rows in zip(self.options, places, strict=True)
        )

    @property
    def _rows(self) -> Floats:
        """Month, waiting places, calls, AHT, seats and days of every row of every month of every option."""
        return np.concatenate(
            [
                np.column_stack(
                    np.broadcast_arrays(
                        number,
                        month.waiting_places,
                        month.case.calls,
                        month.case.aht,
                        month.seats,
                        month.case.days,
                    )
                )
                for months in self.options
                for number, month in enumerate(months)
            ]
        )

    def _parts(self, rows: Floats, factors: Floats) -> tuple[Floats, Floats, Floats]:
        """Calls handled, well answered, and in the denominator, by knot and row; `factors` by knot and row."""
        found = np.empty(factors.shape), np.empty(factors.shape), np.empty(factors.shape)
        first = self.options[0][0].case
        for places in np.unique(rows[:, 1]):
            some = np.flatnonzero(rows[:, 1] == places)
            _, _, calls, aht, seats, days = rows[some].T
            made = rates(
                calls * factors[:, some],
                aht,
                seats,
                first.targets,
                interval_seconds=first.interval_seconds,
                patience_seconds=first.patience_seconds,
                waiting_places=float(places),
                days=days,
            )
            counted = made.calls * made.counted * days
            for part, values in zip(found, (made.handled * days, made.level * counted, counted), strict=True):
                part[:, some] = values
        return found


def _by_queue(months: Sequence[Seated], values: Floats) -> tuple[dict[str, Floats], ...]:
    """Sums over the rows of each month and queue, shape (KNOTS,) each."""
    starts = np.cumsum([0, *(len(month.seats) for month in months)])
    return tuple(
        {queue: values[:, start + rows].sum(axis=-1) for queue, rows in month.case.queues.items()}
        for month, start in zip(months, starts, strict=False)
    )
