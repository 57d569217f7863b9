"""From the history, or a monthly total, to the forecast."""

from __future__ import annotations

from contextlib import suppress

from staffing.config import PlanConfig
from staffing.demand.history import History
from staffing.demand.reading import read_history
from staffing.errors import InputError
from staffing.forecast import Backtest, Forecast, backtest, forecast_median, forecast_profile
from staffing.forecast.level import Method
from staffing.horizon import Horizon
from staffing.io.profile import read_profile
from staffing.plan.result import Plan
from staffing.plan.telling import tell
from staffing.progress import Progress

BACKTEST_DAYS = 14  # held back from the end of the history


def predict(config: PlanConfig, horizon: Horizon, progress: Progress) -> Plan:
    """Read the demand and forecast it."""
    table = config.forecast
    history = _history(config, horizon, progress)
    tell(progress, "forecast", "Forecasting calls and handling time")
    if history is None or table.method == "profile":
        return Plan(config, horizon, history, _from_profile(config, horizon), None)
    method: Method = table.method
    forecast = forecast_median(
        history, horizon, weeks=table.weeks, confidence=table.confidence, method=method
    )
    return Plan(config, horizon, history, forecast, _tested(config, horizon, history, method))


def _tested(config: PlanConfig, horizon: Horizon, history: History, method: Method) -> Backtest | None:
    """The error on the last days held back; None where the days are too few, or held no calls, to tell."""
    days = history.frame["business_date"]
    if days.empty or (days.max() - days.min()).days + 1 < 2 * BACKTEST_DAYS:
        return None
    table = config.forecast
    with suppress(InputError):  # the forecast has been made: it is no error that it cannot be tested
        return backtest(
            history,
            horizon,
            days=BACKTEST_DAYS,
            weeks=table.weeks,
            confidence=table.confidence,
            method=method,
        )
    return None


def _from_profile(config: PlanConfig, horizon: Horizon) -> Forecast:
    table = config.forecast
    if table.profile is None or table.calls_per_month is None or table.aht_seconds is None:
        raise ValueError("a profile forecast needs profile, calls_per_month and aht_seconds")
    return forecast_profile(
        read_profile(config.beside(table.profile)),
        horizon,
        calls_per_month=table.calls_per_month,
        aht_seconds=table.aht_seconds,
        confidence=table.confidence,
    )


def _history(config: PlanConfig, horizon: Horizon, progress: Progress) -> History | None:
    table = config.history
    if table is None:
        return None
    tell(progress, "demand", "Reading {file}", file=table.file.name)
    return read_history(
        config.beside(table.file),
        horizon,
        threshold_seconds=table.threshold_seconds,
        unrecorded_acw_seconds=table.unrecorded_acw_seconds,
        missing_days=table.missing_days,
        missing_intervals=table.missing_intervals,
    )
