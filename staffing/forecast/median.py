"""The forecast from history: the median of the last few same weekdays, slot by slot."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.demand.history import History
from staffing.errors import ConfigError, Fault, InputError, SettingFault
from staffing.forecast.forecast import Forecast
from staffing.forecast.handling import HandlingTime, handling_time
from staffing.forecast.level import Method, centre, fill
from staffing.forecast.recent import Ints, RecentWeeks, recent_weeks
from staffing.forecast.remarks import QueueWeek, remarks
from staffing.forecast.spread import count_interval, dispersion, expected_counts, residuals
from staffing.horizon import Horizon

Cells = tuple[Ints, Ints]
METHODS: tuple[Method, ...] = ("median", "mean")


def forecast_median(
    history: History,
    horizon: Horizon,
    *,
    weeks: int = 8,
    confidence: float = 0.8,
    method: Method = "median",
) -> Forecast:
    """Forecast every open interval from the same slot of the last `weeks` recorded same weekdays.

    Only recorded open days before the horizon count: a missing day is no zero, and a day that `horizon.hours`
    closes is left out. `docs/forecasting.md` gives the formulas.

    Args:
        history: the records; days inside or after the horizon are never read.
        horizon: the days to forecast, on the history's grid.
        weeks: how many same weekdays, 1 or more; fewer are used, and noted, where fewer are recorded.
        confidence: the share of outcomes that `calls_low` to `calls_high` is to hold.
        method: "median" (robust, the default) or "mean", for desks so quiet that a median would be 0.

    Returns:
        Calls with their interval and a handling time for each queue and open interval; notes name the slots without
        history of their own, short histories and quiet queues.

    Raises:
        ConfigError: an argument out of range.
        InputError: another grid than the horizon's, no open day before it, or no handling time at all.
    """
    check_settings(weeks=weeks, confidence=confidence, method=method)
    grid = open_grid(horizon)
    recent = recent_weeks(history, horizon, weeks, np.unique(grid["slot"].to_numpy(np.int64)))
    queues = _weeks(history.source, recent, confidence, method)
    cell = cells(grid, recent.slots)
    frame = pd.concat([_rows(week, grid, cell, confidence) for week in queues], ignore_index=True)
    open_cells = np.zeros(recent.days.shape[1:], dtype=np.int64)
    np.add.at(open_cells, cell, 1)
    notes = tuple(remarks(history, horizon, recent, queues, open_cells, weeks=weeks, method=method))
    return Forecast(frame, method, horizon.interval_minutes, confidence, notes)


def check_settings(*, weeks: int, confidence: float, method: str) -> None:
    """Raise ConfigError for each argument out of range."""
    rules = (
        ("weeks", weeks, weeks >= 1, "must be 1 or more"),
        ("confidence", confidence, 0 < confidence < 1, "must lie between 0 and 1"),
        ("method", method, method in METHODS, f"must be one of {', '.join(METHODS)}"),
    )
    faults = [SettingFault(key, str(value), allowed) for key, value, fine, allowed in rules if not fine]
    if faults:
        raise ConfigError("forecast", faults)


def open_grid(horizon: Horizon) -> pd.DataFrame:
    """`Horizon.grid()`, an interval that two business dates claim kept with the one that opened first."""
    return horizon.grid().drop_duplicates("interval_start").sort_values("interval_start", ignore_index=True)


def cells(grid: pd.DataFrame, slots: Ints) -> Cells:
    """The weekday and the position in `slots` of each row of a grid."""
    weekday = grid["business_date"].dt.day_of_week.to_numpy(np.int64)
    return weekday, np.searchsorted(slots, grid["slot"].to_numpy(np.int64)).astype(np.int64)


def _weeks(source: str, recent: RecentWeeks, confidence: float, method: Method) -> list[QueueWeek]:
    """One week a queue; a queue too poor in days or calls borrows scatter or handling time."""
    if np.isnan(recent.aht_seconds).all():
        found = "no answered call with a handling time before the horizon"
        raise InputError(source, [Fault(found, "at least one", column="handle_seconds")])
    scatter = [residuals(offered, method) for offered in recent.offered]
    shared = dispersion(np.concatenate(scatter), confidence)
    weeks = []
    for i, (queue, offered) in enumerate(zip(recent.queues, recent.offered, strict=True)):
        own = dispersion(scatter[i], confidence)
        handling = handling_time(recent.answered[i], recent.handle_seconds[i])
        weeks.append(
            QueueWeek(
                queue=queue,
                calls=fill(centre(offered, method), recent.slots),
                mean=fill(centre(offered, "mean"), recent.slots).level,
                dispersion=shared if own is None else own,
                handling=handling or _borrowed(recent, i),
                handling_is_borrowed=handling is None,
            )
        )
    return weeks


def _borrowed(recent: RecentWeeks, queue: int) -> HandlingTime:
    """The mean over older days too, throughout the week."""
    aht = float(recent.aht_seconds[queue])
    return HandlingTime(np.full(recent.days.shape[1:], aht), aht, np.inf)


def _rows(week: QueueWeek, grid: pd.DataFrame, cell: Cells, confidence: float) -> pd.DataFrame:
    """The forecast's rows of one queue."""
    calls, spread = week.calls.level, np.asarray(week.dispersion or 1.0)
    low, high = count_interval(expected_counts(calls, week.mean, spread), spread, confidence)
    return pd.DataFrame(
        {
            "queue": pd.Series(week.queue, index=grid.index, dtype="str"),
            "interval_start": grid["interval_start"],
            "business_date": grid["business_date"],
            "slot": grid["slot"],
            "calls": calls[cell],
            "calls_low": np.minimum(low, calls)[cell],
            "calls_high": np.maximum(high, calls)[cell],
            "aht_seconds": week.handling.week[cell],
            "dispersion": float(spread),
        }
    )
