"""What the module of a kind of tariff gives: what it bought, its bill, and the service that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine
from staffing.sourcing.service import Service


@dataclass(frozen=True)
class Reached:
    """The service over the horizon; calls by month are attempts, those of repeat callers included."""

    abandonment: float
    service_level: float
    asa_seconds: float
    offered: Mapping[str, float]
    handled: Mapping[str, float]
    misses: tuple[Note, ...]
    table: pd.DataFrame
    intervals_open: int | None = None
    intervals_missing: int | None = None

    @classmethod
    def of(cls, service: Service) -> Reached:
        """From a service that was measured."""
        found = service.rates
        return cls(
            abandonment=service.abandonment,
            service_level=service.service_level,
            asa_seconds=service.asa_seconds,
            offered=service.case.by_month(found.calls),
            handled=service.case.by_month(found.handled),
            misses=tuple(service.misses()),
            table=service.table(),
            intervals_open=_count(found.days[found.calls > 0]),
            intervals_missing=_count(found.days[found.missing]),
        )


@dataclass(frozen=True)
class Draft:
    """An option before hidden costs, requirements and lost calls; with an obstacle it cannot be bought as wanted.

    `vendors` names the items of the bill that are a vendor's, where one's own people have a part in it.
    """

    capacity: Note
    size: Size
    lines: tuple[CostLine, ...]
    reached: Reached
    obstacles: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    vendors: frozenset[str] = frozenset()


def _count(days: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int:
    return round(float(days.sum()))
