"""What a roster keeps of each day, week or month, beside the target: through time, and in the steady state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.coverage import Coverage
from staffing.queueing import performance
from staffing.requirement import Requirement
from staffing.roster.problem import RosterProblem
from staffing.roster.service import Measure, ServicePeriod, periods_of
from staffing.service_target import least_shares

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PeriodService:
    """The service of each queue and period.

    `frame` columns: `queue`, `period_start` (its first business date), `calls`, `abandonment`, `service_level` (as
    coverage expects them, callers left over carried on), `abandonment_steady`, `service_level_steady` (each interval
    by itself, as the roster's targets count). `period_of` is the row of `frame` of each row of the coverage.
    """

    period: ServicePeriod
    least_share: Mapping[Measure, float]
    price_per_call: Mapping[Measure, int]
    frame: pd.DataFrame
    period_of: npt.NDArray[np.int64]


def period_service(
    coverage: Coverage, requirement: Requirement, problem: RosterProblem
) -> PeriodService | None:
    """The service of each queue and period of the problem's targets; None when it has none."""
    if not problem.service:
        return None
    frame = coverage.frame
    steady = _steady(frame, requirement)
    queues = frame["queue"].astype(str).to_numpy(dtype=object)
    dates = pd.to_datetime(frame["business_date"]).dt.date.to_numpy(dtype=object)
    calls = frame["calls"].to_numpy(float)
    figures = {
        "abandonment": frame["abandonment"].to_numpy(float),
        "service_level": frame["service_level"].to_numpy(float),
        "abandonment_steady": steady["abandonment"],
        "service_level_steady": steady["service_level"],
    }
    period = problem.service[0].period
    rows: list[dict[str, object]] = []
    period_of = np.zeros(len(frame), dtype=np.int64)
    for queue in sorted(set(queues.tolist())):
        own = np.flatnonzero(queues == queue)
        for found in periods_of(dates[own].tolist(), period, problem.week_start):
            inside = own[found]
            period_of[inside] = len(rows)
            rows.append(
                {
                    "queue": queue,
                    "period_start": min(dates[inside]),
                    "calls": float(calls[inside].sum()),
                    **{
                        name: _by_calls(values[inside], calls[inside], name)
                        for name, values in figures.items()
                    },
                }
            )
    return PeriodService(
        period,
        least_shares(requirement.targets),
        {target.measure: target.price_per_call for target in problem.service},
        pd.DataFrame(rows),
        period_of,
    )


def _by_calls(values: Floats, calls: Floats, name: str) -> float:
    total = calls.sum()
    if total == 0:
        return 1.0 if name.startswith("service_level") else 0.0
    return float(values @ calls / total)


def _steady(frame: pd.DataFrame, requirement: Requirement) -> dict[str, Floats]:
    """Each interval by itself; between whole numbers of agents the figures are interpolated."""
    net = frame["scheduled_net"].to_numpy(float)
    low = np.floor(net + 1e-9)
    part = np.maximum(net - low, 0.0)
    below, above = (
        performance(
            frame["calls"].to_numpy(float),
            frame["aht_seconds"].to_numpy(float),
            agents,
            interval=requirement.interval_minutes * 60,
            patience=requirement.staffing.modelled_patience,
            threshold=requirement.targets.threshold,
        )
        for agents in (low, np.ceil(net - 1e-9))
    )
    return {
        name: (1 - part) * getattr(below, name) + part * getattr(above, name)
        for name in ("abandonment", "service_level")
    }
