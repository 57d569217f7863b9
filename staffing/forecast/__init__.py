"""Forecasts of calls and handling time per interval."""

from staffing.forecast.backtest import Backtest, backtest
from staffing.forecast.forecast import Forecast
from staffing.forecast.median import forecast_median
from staffing.forecast.profile import forecast_profile

__all__ = ["Backtest", "Forecast", "backtest", "forecast_median", "forecast_profile"]
