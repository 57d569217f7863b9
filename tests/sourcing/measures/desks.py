"""Small desks whose queues can be worked out by hand."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd

from staffing.queueing import Targets
from staffing.sourcing.figures import Figure
from staffing.sourcing.measures import Capacity, Costs, Desk, Effect, Measure


def make_desk(
    calls: object = (6.0,),
    aht: object = 300.0,
    agents: object = 1.0,
    *,
    patience: float = 300.0,
    lines: float = inf,
    redial: float = 0.0,
    lost: object = None,
    months: float = 1.0,
    heads: float = 2.0,
    targets: Targets | None = None,
    days: object = 1.0,
) -> Desk:
    """Half-hours of one queue from Monday 9:00 on; by default one, with one Erlang for one agent."""
    offered = np.asarray(calls, dtype=np.float64)
    size = len(offered)

    def each(values: object) -> np.ndarray:
        return np.broadcast_to(np.asarray(values, dtype=np.float64), (size,)).copy()

    return Desk(
        calls=offered,
        aht_seconds=each(aht),
        agents=each(agents),
        queue=np.full(size, "main"),
        interval_start=pd.date_range("2027-02-01 09:00", periods=size, freq="30min", tz="Asia/Tokyo"),
        interval_seconds=1800.0,
        patience_seconds=patience,
        targets=targets or Targets(abandonment=0.05),
        months=months,
        heads=heads,
        lines=each(lines),
        days=each(days),
        redial=redial,
        lost=None if lost is None else each(lost),
    )


def money(**figures: float) -> Costs:
    """Costs in yen."""
    return Costs(**{name: Figure(value) for name, value in figures.items()})


ONE_MORE = Measure(
    name="one more",
    lead_months=Figure(2),
    costs=money(one_off=1_000, one_off_head=100, monthly=500, paid_hour=1_000, paid_hours=1.5),
    capacity=Capacity(agents_added=Effect(1)),
)
