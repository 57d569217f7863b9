"""The forecast for a small desk: a monthly total spread over the week by a profile."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from staffing.errors import ConfigError, Fault, InputError, SettingFault
from staffing.forecast.forecast import Forecast
from staffing.forecast.level import Filled, fill
from staffing.forecast.median import Cells, cells, open_grid
from staffing.forecast.recent import Floats, Ints
from staffing.forecast.remarks import spelled
from staffing.forecast.spread import count_interval
from staffing.horizon import WEEKDAYS, Horizon
from staffing.notes import Note

_EVERY_DAY = "*"


def forecast_profile(
    profile: pd.DataFrame,
    horizon: Horizon,
    *,
    calls_per_month: float,
    aht_seconds: float,
    queue: str = "main",
    confidence: float = 0.8,
) -> Forecast:
    """Spread a monthly total over the open intervals of each calendar month, in proportion to the profile.

    An interval of weight w in a month whose open intervals weigh W together gets calls_per_month x w / W. W counts
    the whole month, whether planned or not: the part of a month inside the horizon gets its part of the total, and
    a whole month gets exactly the total. A month's days are its business dates. Closed days get nothing.

    Args:
        profile: columns `weekday` (0 to 6, Monday 0, or an English name, or "*": every day without a weight of its
            own), `slot` (minute of the business date) and `weight` (0 or more, any scale). A slot that the desk
            opens and the profile lacks follows the same slot of other weekdays, or the nearest slot, with a note.
        horizon: the days to forecast.
        calls_per_month: calls in a whole calendar month, 0 or more.
        aht_seconds: handling time of every interval, above 0.
        queue: the queue's name.
        confidence: the share of Poisson outcomes that `calls_low` to `calls_high` is to hold.

    Raises:
        ConfigError: an argument out of range.
        InputError: a profile that cannot be used, or a month whose open intervals have no weight.
    """
    _check_settings(calls_per_month, aht_seconds, confidence)
    months = _whole_months(horizon)
    slots = np.union1d(profile["slot"], months["slot"]).astype(np.int64)
    week = fill(_week(_checked(profile), slots), slots)
    cell = cells(months, slots)
    calls = _spread(week.level[cell], months["business_date"], calls_per_month)
    planned = (
        months["business_date"].between(pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)).to_numpy()
    )
    frame = _frame(months[planned].reset_index(drop=True), calls[planned], queue, aht_seconds, confidence)
    used = cell[0][planned], cell[1][planned]
    notes = tuple(_notes(week, used, slots, horizon))
    return Forecast(frame, "profile", horizon.interval_minutes, confidence, notes)


def _check_settings(calls_per_month: float, aht_seconds: float, confidence: float) -> None:
    rules = (
        ("calls_per_month", calls_per_month, 0 <= calls_per_month < math.inf, "must be 0 or more"),
        ("aht_seconds", aht_seconds, 0 < aht_seconds < math.inf, "must be above 0"),
        ("confidence", confidence, 0 < confidence < 1, "must lie between 0 and 1"),
    )
    faults = [SettingFault(key, str(value), allowed) for key, value, fine, allowed in rules if not fine]
    if faults:
        raise ConfigError("forecast", faults)


def _whole_months(horizon: Horizon) -> pd.DataFrame:
    """The open intervals of every calendar month that the horizon touches."""
    after = (horizon.end.replace(day=1) + timedelta(days=31)).replace(day=1)
    return open_grid(horizon.between(horizon.start.replace(day=1), after - timedelta(days=1)))


def _checked(profile: pd.DataFrame) -> pd.DataFrame:
    """The profile with its weekdays as numbers (-1: every day), or every fault in it."""
    number = {_EVERY_DAY: -1} | {name: i for i, name in enumerate(WEEKDAYS)} | {i: i for i in range(7)}
    weekday = profile["weekday"].map(number)
    weight = profile["weight"].to_numpy(np.float64)
    checks = (
        ("weekday", weekday.isna().to_numpy(), f'0 to 6, {", ".join(WEEKDAYS)} or "{_EVERY_DAY}"'),
        ("weight", ~(np.isfinite(weight) & (weight >= 0)), "0 or more"),
        ("slot", profile.duplicated(["weekday", "slot"]).to_numpy(), "each weekday and slot once"),
    )
    faults = [
        Fault(str(profile[column].iloc[i]), expected, row=int(i) + 2, column=column)
        for column, wrong, expected in checks
        for i in np.flatnonzero(wrong)
    ]
    if not faults and not weight.sum() > 0:
        faults = [Fault("no weight above 0", "at least one", column="weight")]
    if faults:
        raise InputError("profile", faults)
    return profile.assign(weekday=weekday.astype(np.int64))


def _week(profile: pd.DataFrame, slots: Ints) -> Floats:
    """Weights of shape (7, slots), NaN where the profile has none; a weekday's own weight goes before "*"."""
    week = np.full((7, len(slots)), np.nan)
    place = np.searchsorted(slots, profile["slot"].to_numpy(np.int64))
    weekday, weight = profile["weekday"].to_numpy(np.int64), profile["weight"].to_numpy(np.float64)
    week[:, place[weekday < 0]] = weight[weekday < 0]
    week[weekday[weekday >= 0], place[weekday >= 0]] = weight[weekday >= 0]
    return week


def _spread(weight: Floats, business_date: pd.Series[pd.Timestamp], calls_per_month: float) -> Floats:
    """Calls of each interval, `calls_per_month` in each month."""
    month = business_date.dt.to_period("M")
    total = pd.Series(weight).groupby(month.to_numpy()).transform("sum").to_numpy(np.float64)
    empty = sorted({str(name) for name in month[total == 0]})
    if empty:
        found = f"no weight in the open intervals of {', '.join(empty)}"
        raise InputError("profile", [Fault(found, "a weight above 0", column="weight")])
    calls: Floats = calls_per_month * (weight / total)
    return calls


def _frame(
    grid: pd.DataFrame, calls: Floats, queue: str, aht_seconds: float, confidence: float
) -> pd.DataFrame:
    low, high = count_interval(calls, np.asarray(1.0), confidence)
    return pd.DataFrame(
        {
            "queue": pd.Series(queue, index=grid.index, dtype="str"),
            "interval_start": grid["interval_start"],
            "business_date": grid["business_date"],
            "slot": grid["slot"],
            "calls": calls,
            "calls_low": np.minimum(low, calls),
            "calls_high": np.maximum(high, calls),
            "aht_seconds": float(aht_seconds),
            "dispersion": 1.0,  # a monthly total knows no scatter beyond chance
        }
    )


def _notes(week: Filled, used: Cells, slots: Ints, horizon: Horizon) -> Iterator[Note]:
    needed = np.zeros(week.level.shape, dtype=bool)
    needed[used] = True
    missing = (week.from_weekdays | week.from_neighbours) & needed
    if missing.any():
        yield Note.of(
            "The profile has no weight for {count} open intervals of the week ({times}); they follow the same or the "
            "nearest time that has one",
            count=missing.sum(),
            times=spelled(slots[missing.any(axis=0)], horizon.interval_minutes),
        )
