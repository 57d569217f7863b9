"""Agents on duty, from the calls they took: between the first and the last call of a stretch."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

AWAY_MINUTES = 20.0
"""Longer than this without a call is a break or the end of a shift."""

Floats = NDArray[np.float64]


def stretches(calls: pd.DataFrame, away_minutes: float = AWAY_MINUTES) -> pd.DataFrame:
    """The stretches of duty of each agent.

    An agent is on duty from the start of a call to the end of the next as long as no more than `away_minutes` lie
    between two calls. Waiting for a call and unrecorded wrap-up between two calls are thereby duty; the time before
    the first and after the last call of a stretch is not.

    Args:
        calls: calls that an agent took, with `agent`, `queue`, and `begin` and `end` in seconds since any moment.
        away_minutes: longest time without a call that still counts as duty.

    Returns:
        One row an agent, stretch and queue: `queue`, `begin`, `end` of the whole stretch, and `part`, the queue's
        share of the agent's calls in it, by their length (by number where all are of length 0). The parts of a
        stretch add up to 1, so nobody is counted twice.
    """
    ordered = calls.sort_values(["agent", "begin", "end"], ignore_index=True)
    until = ordered.groupby("agent")["end"].cummax()
    away = ordered["begin"] - until.shift() > 60 * away_minutes
    ordered["stretch"] = (away | (ordered["agent"] != ordered["agent"].shift())).cumsum()
    ordered["length"] = ordered["end"] - ordered["begin"]
    ordered["number"] = 1
    parts = ordered.groupby(["stretch", "queue"], as_index=False)[["length", "number"]].sum()
    whole = ordered.groupby("stretch").agg(
        begin=("begin", "min"), end=("end", "max"), total=("length", "sum"), count=("number", "sum")
    )
    parts = parts.join(whole, on="stretch")
    by_length = parts["length"] / parts["total"].where(parts["total"] > 0)
    parts["part"] = by_length.fillna(parts["number"] / parts["count"])
    return parts[["queue", "begin", "end", "part"]]


def mean_on_duty(duty: pd.DataFrame, queue: pd.Series, starts: Floats, minutes: int) -> Floats:
    """Mean number of agents on duty in intervals.

    Args:
        duty: what `stretches` returns.
        queue: the queue of each interval.
        starts: the start of each interval, on the clock of `duty`.
        minutes: length of the intervals.

    Returns:
        Agent-time / interval, an element an interval, to four decimals.
    """
    found, length = np.zeros(len(starts)), minutes * 60.0
    for name, rows in duty.groupby("queue"):
        mine = (queue == name).to_numpy()
        time = _time_before(rows, starts[mine] + length) - _time_before(rows, starts[mine])
        found[mine] = np.maximum(time, 0.0) / length
    return np.round(found, 4)


def _time_before(rows: pd.DataFrame, moments: Floats) -> Floats:
    """Agent-seconds of duty before each moment."""
    total = np.zeros(len(moments))
    for column, sign in (("begin", 1.0), ("end", -1.0)):
        ordered = rows.sort_values(column)
        at, part = ordered[column].to_numpy(), ordered["part"].to_numpy()
        weight = np.concatenate([[0.0], np.cumsum(part)])
        moment = np.concatenate([[0.0], np.cumsum(part * at)])
        place = np.searchsorted(at, moments)
        total += sign * (weight[place] * moments - moment[place])
    return total
