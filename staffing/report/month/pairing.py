"""The intervals of a month beside what they are compared with: the month before, or the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.report.month.actual import Actual, placed, sums
from staffing.report.month.planned import Planned

Floats = npt.NDArray[np.float64]
CELL = ["queue", "weekday", "slot"]
_NOW, _THEN = "_now", "_then"
DRIVERS = ("calls", "aht", "agents")


@dataclass(frozen=True)
class Pairs:
    """Calls that joined the queue, AHT in seconds and net agents of the same intervals, now and then.

    Every array of shape (intervals,); `covered` is the share of the month's calls that these intervals hold.
    """

    now: dict[str, Floats]
    then: dict[str, Floats]
    covered: float


def with_month(now: Actual, before: Actual) -> Pairs:
    """Each interval of the month, and as it would have been with the means of the month before.

    The means are those of the same queue, weekday and time of day in either month; the interval keeps its deviation:
    then = now x mean before / mean now. Only intervals whose cell has records in both months.
    """
    frame = _drivers(now)
    means = [_cell_means(actual) for actual in (now, before)]
    joined = frame.merge(means[0], on=CELL, suffixes=("", _NOW)).merge(
        means[1], on=CELL, suffixes=("", _THEN)
    )
    mine = {name: joined[name].to_numpy(float) for name in DRIVERS}
    theirs = {}
    for name, own in mine.items():
        level, other = joined[name + _NOW].to_numpy(float), joined[name + _THEN].to_numpy(float)
        theirs[name] = np.where(level > 0, own * other / np.where(level > 0, level, 1), other)
    return _known(mine, theirs, _joined_calls(now.frame).sum())


def with_plan(now: Actual, plan: Planned) -> Pairs:
    """Each interval of the month that the plan planned, and what it planned for it."""
    own = plan.frame[["queue", "interval_start", "calls", "aht_seconds", "agents"]]
    joined = _drivers(now).merge(
        own.rename(columns={"aht_seconds": "aht"}), on=["queue", "interval_start"], suffixes=("", _THEN)
    )
    mine = {name: joined[name].to_numpy(float) for name in DRIVERS}
    theirs = {name: joined[name + _THEN].to_numpy(float) for name in DRIVERS}
    return _known(mine, theirs, _joined_calls(now.frame).sum())


def _known(now: dict[str, Floats], then: dict[str, Floats], calls: float) -> Pairs:
    """Those intervals of which everything is known."""
    fine = np.isfinite(np.stack([*now.values(), *then.values()])).all(axis=0)
    kept = {name: values[fine] for name, values in now.items()}
    others = {name: values[fine] for name, values in then.items()}
    return Pairs(kept, others, float(kept["calls"].sum() / calls) if calls else 0.0)


def _drivers(actual: Actual) -> pd.DataFrame:
    """Calls, AHT and agents by interval; an interval without answered calls has the month's AHT."""
    frame = placed(actual.frame)
    handled, answered = frame["handle_seconds"], frame["answered"]
    mean = float(handled.sum() / answered.sum()) if answered.sum() else 0.0
    return frame[[*CELL, "interval_start"]].assign(
        calls=_joined_calls(frame),
        aht=(handled / answered.where(answered > 0)).fillna(mean),
        agents=frame["agent_hours"] * 60 / actual.interval_minutes,
    )


def _cell_means(actual: Actual) -> pd.DataFrame:
    """Means of each queue, weekday and time of day: per recorded interval, AHT per answered call."""
    frame = placed(actual.frame).assign(calls=_joined_calls(actual.frame))
    totals = sums(frame, CELL, ("calls", "answered", "handle_seconds", "agent_hours"))
    answered = frame["answered"].sum()
    mean = float(frame["handle_seconds"].sum() / answered) if answered else 0.0
    rows = frame.groupby(CELL).size()
    return pd.DataFrame(
        {
            "calls": totals["calls"] / rows,
            "aht": (totals["handle_seconds"] / totals["answered"].where(totals["answered"] > 0)).fillna(mean),
            "agents": totals["agent_hours"] * 60 / actual.interval_minutes / rows,
        }
    ).reset_index()


def _joined_calls(frame: pd.DataFrame) -> pd.Series:
    """Calls that reached the queue."""
    return (frame["offered"] - frame["blocked"]).astype(float)
