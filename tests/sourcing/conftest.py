"""A desk on weekdays 9:00-18:00 and the tariffs that come with the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
import pandas as pd
import pytest

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.queueing import Targets, required_agents
from staffing.sourcing import Tariffs, load_tariffs
from staffing.sourcing.tariffs import KINDS

MakeDemand = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def tariffs() -> Tariffs:
    return load_tariffs()


@pytest.fixture(scope="session")
def one_of_each(tariffs: Tariffs) -> Tariffs:
    """The catalogue's first offer of each kind."""
    return replace(tariffs, offers=tuple(tariffs.of(kind)[0] for kind in KINDS.values()))


@pytest.fixture(scope="session")
def make_demand() -> MakeDemand:
    """Demand over days of equal weight; `shape` are the relative calls of each hour of the day."""

    def make(
        calls: float,
        targets: Targets,
        *,
        start: date = date(2027, 5, 1),
        end: date = date(2027, 5, 31),
        hours: str = "09:00-18:00",
        days: Sequence[int] = range(5),
        shape: Sequence[float] | None = None,
        aht_seconds: float = 300,
        patience_seconds: float = inf,
        shrinkage: float = 0.3,
        interval_minutes: int = 60,
        queue: str = "main",
    ) -> pd.DataFrame:
        span = Span.parse(hours)
        weekly = tuple((span,) if day in days else () for day in range(7))
        grid = Horizon(start, end, "Asia/Tokyo", interval_minutes, OpeningHours(weekly)).grid()
        length = (span.end_minute - span.start_minute) // 60
        profile = np.ones(length) if shape is None else np.asarray(shape, dtype=float)
        weight = profile[(grid["slot"].to_numpy() - span.start_minute) // 60]
        per_row = calls * weight / weight.sum()
        net = required_agents(
            per_row, aht_seconds, targets, interval=interval_minutes * 60, patience=patience_seconds
        )
        return grid.assign(
            queue=queue,
            calls=per_row,
            aht_seconds=float(aht_seconds),
            agents_net=net,
            agents_gross=np.ceil(net / (1 - shrinkage) - 1e-9).astype(int),
        )

    return make


@pytest.fixture(scope="session")
def may() -> tuple[date, date]:
    """May 2027: 31 days, 21 of them weekdays (kept open on holidays here)."""
    return date(2027, 5, 1), date(2027, 5, 31)
