"""The recorded days a forecast rests on: for each weekday and slot, the newest few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.demand.history import History
from staffing.errors import Fault, InputError
from staffing.horizon import Horizon

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_VALUES = ["offered", "answered", "handle_seconds"]


@dataclass(frozen=True)
class RecentWeeks:
    """The newest recorded days of each queue, weekday and slot.

    `offered`, `answered` and `handle_seconds` have the shape (queues, 7 weekdays, slots, days): Monday first,
    newest day first, NaN where fewer days are recorded. `slots` are wall-clock minutes, ascending. `aht_seconds`
    (queues) is the mean over all recorded days, older ones included; a queue that handled nothing has that of all
    queues together, which is NaN when none did.
    """

    queues: tuple[str, ...]
    slots: Ints
    offered: Floats
    answered: Floats
    handle_seconds: Floats
    aht_seconds: Floats
    left_out: tuple[date, ...] = ()

    @property
    def days(self) -> Ints:
        """How many recorded days each cell has, shape (queues, 7, slots)."""
        counted: Ints = np.sum(~np.isnan(self.offered), axis=-1, dtype=np.int64)
        return counted


def recent_weeks(history: History, horizon: Horizon, weeks: int, slots: Ints) -> RecentWeeks:
    """The last `weeks` recorded days before the horizon, for each weekday and slot.

    Days that `horizon.hours` closes are left out; of a day with hours of its own only the slots inside them
    count. Channels of one queue are added up; where clocks go back, the doubled hour counts with its mean.

    Args:
        history: the records; days from the horizon's first on are never read.
        horizon: the days to be forecast.
        weeks: how many days of each weekday, at least 1.
        slots: slots to make room for beside the recorded ones.

    Raises:
        InputError: the history has another grid than the horizon, or no open day before it.
    """
    _check_grids(history, horizon)
    rows, left_out = _usable(history.frame, horizon)
    if rows.empty:
        found = f"no recorded open day before {horizon.start}"
        raise InputError(history.source, [Fault(found, "at least one, to forecast from")])
    aht_seconds = _mean_handling_time(rows)
    rows = _one_row_a_slot(rows)
    age = rows.groupby(["queue", "weekday", "slot"], sort=False).cumcount(ascending=False).to_numpy()
    rows, age = rows[age < weeks], age[age < weeks]
    names, queue = np.unique(rows["queue"].to_numpy(dtype=object), return_inverse=True)
    slots = np.union1d(slots, rows["slot"].to_numpy(np.int64))
    place = (queue, rows["weekday"].to_numpy(), np.searchsorted(slots, rows["slot"].to_numpy()), age)
    values = {}
    for name in _VALUES:
        values[name] = np.full((len(names), 7, len(slots), weeks), np.nan)
        values[name][place] = rows[name].to_numpy(np.float64)
    return RecentWeeks(
        tuple(str(name) for name in names), slots, **values, aht_seconds=aht_seconds, left_out=left_out
    )


def _check_grids(history: History, horizon: Horizon) -> None:
    faults = []
    if history.interval_minutes != horizon.interval_minutes:
        found = f"intervals of {history.interval_minutes} minutes"
        faults.append(Fault(found, f"{horizon.interval_minutes} minutes, as in the horizon"))
    if history.time_zone != horizon.time_zone:
        faults.append(Fault(f"time zone {history.time_zone}", f"{horizon.time_zone}, as in the horizon"))
    if faults:
        raise InputError(history.source, faults)


def _usable(frame: pd.DataFrame, horizon: Horizon) -> tuple[pd.DataFrame, tuple[date, ...]]:
    """Rows before the horizon that its opening hours call open; and the exceptional days left out."""
    frame = frame[frame["business_date"] < pd.Timestamp(horizon.start)]
    dates = frame["business_date"]
    recorded = {moment.date(): moment for moment in dates.drop_duplicates()}
    closed = [day for day in recorded if not horizon.hours.spans(day)]
    keep = ~dates.isin([recorded[day] for day in closed])
    for day, spans in horizon.hours.exceptions.items():
        if spans and day in recorded:
            inside = np.zeros(len(frame), dtype=bool)
            for span in spans:
                inside |= (
                    frame["slot"].between(span.start_minute, span.end_minute, inclusive="left").to_numpy()
                )
            keep &= inside | (dates != recorded[day])
    usable = frame.loc[keep, ["queue", "business_date", "slot", "interval_start", *_VALUES]]
    left_out = tuple(sorted(day for day in closed if day in horizon.hours.exceptions))
    return usable.assign(weekday=usable["business_date"].dt.day_of_week), left_out


def _mean_handling_time(rows: pd.DataFrame) -> Floats:
    """Handling time / answered of each queue, in the order of their names; where it has none, of all of them."""
    total = rows.groupby("queue", sort=True)[["answered", "handle_seconds"]].sum()
    handled = total[(total > 0).all(axis=1)]
    everyone = float(handled["handle_seconds"].sum()) / max(float(handled["answered"].sum()), 1.0) or np.nan
    own = (handled["handle_seconds"] / handled["answered"]).reindex(total.index, fill_value=everyone)
    return own.to_numpy(np.float64)


def _one_row_a_slot(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per queue, business date and slot, oldest first."""
    moment, slot = ["queue", "business_date", "slot", "weekday", "interval_start"], 4
    if rows.duplicated(["queue", "interval_start"]).any():
        rows = rows.groupby(moment, as_index=False, sort=False)[_VALUES].sum()
    if rows.duplicated(moment[:slot]).any():
        rows = rows.groupby(moment[:slot], as_index=False, sort=False)[_VALUES].mean()
    return rows.sort_values("business_date", kind="stable")
