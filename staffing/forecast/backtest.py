"""How good the forecast would have been: days held back from it, forecast from the days before, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from staffing.demand.history import History
from staffing.errors import ConfigError, Fault, InputError, SettingFault
from staffing.forecast.level import Method
from staffing.forecast.median import forecast_median
from staffing.horizon import Horizon
from staffing.notes import Note

_KEYS = ["queue", "interval_start"]
_CALLS = ["actual", "calls", "seasonal_naive"]
_COLUMNS = [
    "origin",
    "queue",
    "interval_start",
    "business_date",
    "slot",
    "actual",
    "calls",
    "calls_low",
    "calls_high",
    "seasonal_naive",
    "answered",
    "aht_actual",
    "aht_seconds",
    "handle_seconds",
]


@dataclass(frozen=True)
class Backtest:
    """Forecast against what came, over held-back days.

    Errors are WAPE, the sum of absolute errors / the sum of what came, as shares: by interval, and (`..._day`) by
    queue and business date. Seasonal naive takes each interval from the same slot of the last recorded same weekday
    before the held-back days. The floor is what a perfect forecast of Poisson counts would miss by, see `floor_wape`;
    counts that scatter more than Poisson keep every method above it.

    `frame` has one row per scored interval: `origin` (first held-back day), `queue`, `interval_start`,
    `business_date`, `slot`, `actual`, `calls`, `calls_low`, `calls_high`, `seasonal_naive`, `answered`,
    `aht_actual` (NaN where nothing was answered), `aht_seconds`.
    """

    frame: pd.DataFrame
    start: date
    end: date
    days: int
    origins: int
    weeks: int
    method: str
    confidence: float
    calls_actual: float
    calls_forecast: float
    wape: float
    wape_day: float
    seasonal_naive_wape: float
    seasonal_naive_wape_day: float
    floor_wape: float
    floor_wape_day: float
    coverage: float  # share of intervals whose calls lay within calls_low to calls_high
    aht_wape: float | None  # sum of |handling time - answered x forecast AHT| / sum of handling time
    aht_bias: float | None  # sum of answered x forecast AHT / sum of handling time, less 1
    notes: tuple[Note, ...] = ()

    @property
    def bias(self) -> float:
        """Calls forecast / calls that came, less 1."""
        return self.calls_forecast / self.calls_actual - 1


def backtest(
    history: History,
    horizon: Horizon,
    *,
    days: int = 14,
    weeks: int = 8,
    confidence: float = 0.8,
    method: Method = "median",
    origins: int = 1,
    step_days: int = 7,
) -> Backtest:
    """Hold back the last `days` days of the history, forecast them from the days before, and compare.

    With `origins` above 1 the same is done from earlier origins, `step_days` apart, and the errors are pooled. No
    forecast reads a day on or after its origin.

    Args:
        history: the records.
        horizon: gives the opening hours; its days are not used.
        days: calendar days held back.
        weeks: as in `forecast_median`.
        confidence: as in `forecast_median`.
        method: as in `forecast_median`.
        origins: how many times, each from its own origin.
        step_days: calendar days from one origin back to the one before.

    Raises:
        ConfigError: an argument out of range.
        InputError: nothing recorded before an origin, or no calls in the held-back days.
    """
    _check_settings(days, origins, step_days)
    ends = [_last_day(history) - timedelta(days=step_days * i) for i in reversed(range(origins))]
    spans = [horizon.between(end - timedelta(days=days - 1), end) for end in ends]
    runs = [_run(history, span, weeks=weeks, confidence=confidence, method=method) for span in spans]
    frame = pd.concat([run for run, _ in runs], ignore_index=True)
    if not frame["actual"].sum() > 0:
        found = f"no calls in open intervals from {spans[0].start} to {spans[-1].end}"
        raise InputError(history.source, [Fault(found, "calls to compare a forecast with")])
    handled = float(frame["handle_seconds"].sum())
    expected = frame["answered"] * frame["aht_seconds"]
    inside = frame["actual"].between(frame["calls_low"], frame["calls_high"])
    return Backtest(
        frame=frame.drop(columns="handle_seconds"),
        start=spans[0].start,
        end=spans[-1].end,
        days=days,
        origins=origins,
        weeks=weeks,
        method=method,
        confidence=confidence,
        calls_actual=float(frame["actual"].sum()),
        calls_forecast=float(frame["calls"].sum()),
        **_errors(frame, ""),
        **_errors(frame.groupby(["origin", "queue", "business_date"], as_index=False)[_CALLS].sum(), "_day"),
        coverage=float(inside.mean()),
        aht_wape=float((expected - frame["handle_seconds"]).abs().sum()) / handled if handled else None,
        aht_bias=float(expected.sum()) / handled - 1 if handled else None,
        notes=runs[-1][1],
    )


def wape(actual: pd.Series[float], forecast: pd.Series[float]) -> float:
    """Sum of absolute errors / sum of what came; NaN when nothing came."""
    total = float(actual.sum())
    return float((actual - forecast).abs().sum()) / total if total else float("nan")


def floor_wape(actual: pd.Series[float], queue: pd.Series[str]) -> float:
    """The WAPE of a perfect forecast of Poisson counts: sqrt(2 / (pi x volume)), queues weighted by their calls.

    A Poisson count of mean v has an expected absolute error of about sqrt(2 v / pi), hence sqrt(2 / (pi v)) of it.
    """
    volume = actual.groupby(queue).agg(["mean", "sum"]).query("sum > 0")
    floors = np.sqrt(2 / (np.pi * volume["mean"]))
    return float((floors * volume["sum"]).sum() / volume["sum"].sum())


def _check_settings(days: int, origins: int, step_days: int) -> None:
    named = (("days", days), ("origins", origins), ("step_days", step_days))
    faults = [SettingFault(key, str(value), "must be 1 or more") for key, value in named if value < 1]
    if faults:
        raise ConfigError("backtest", faults)


def _last_day(history: History) -> date:
    if history.frame.empty:
        raise InputError(history.source, [Fault("no recorded day", "at least one to hold back")])
    last: pd.Timestamp = history.frame["business_date"].max()
    return last.date()


def _run(
    history: History, span: Horizon, *, weeks: int, confidence: float, method: Method
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """The held-back intervals of one origin with what came and what was forecast, and the forecast's notes."""
    forecast = forecast_median(history, span, weeks=weeks, confidence=confidence, method=method)
    naive = forecast_median(history, span, weeks=1).frame[[*_KEYS, "calls"]]
    dates = history.frame["business_date"]
    held = history.frame[dates.between(pd.Timestamp(span.start), pd.Timestamp(span.end))]
    came = held.groupby(_KEYS, as_index=False)[["offered", "answered", "handle_seconds"]].sum()
    frame = forecast.frame.merge(came.rename(columns={"offered": "actual"}), on=_KEYS)
    frame = frame.merge(naive.rename(columns={"calls": "seasonal_naive"}), on=_KEYS)
    aht = frame["handle_seconds"] / frame["answered"].where(frame["answered"] > 0)
    frame = frame.assign(origin=pd.Timestamp(span.start), aht_actual=aht)
    return frame[_COLUMNS], forecast.notes


def _errors(frame: pd.DataFrame, suffix: str) -> dict[str, float]:
    """The three errors of one grain, by the names of Backtest's fields."""
    return {
        f"wape{suffix}": wape(frame["actual"], frame["calls"]),
        f"seasonal_naive_wape{suffix}": wape(frame["actual"], frame["seasonal_naive"]),
        f"floor_wape{suffix}": floor_wape(frame["actual"], frame["queue"]),
    }
