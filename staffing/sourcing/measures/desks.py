"""Desks from a history with agents on duty, or from a case and the agents of a requirement or roster."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from math import ceil, inf

import numpy as np
import pandas as pd

from staffing.demand.history import AGENTS, History
from staffing.errors import Fault, InputError
from staffing.queueing import Targets, performance
from staffing.sourcing.case import Case
from staffing.sourcing.measures.desk import Desk, Floats


def desk_of_history(
    history: History,
    targets: Targets,
    *,
    patience_seconds: float,
    lines: float | None = None,
    redial: float = 0.0,
    heads: float | None = None,
) -> Desk:
    """The desk that a history shows: its calls, handling time, agents on duty and lost calls.

    The handling time is the mean of an interval's answered calls, in an interval without one the mean of all;
    wrap-up that nobody recorded must be in it (`unrecorded_acw_seconds`, see `staffing calibrate`).

    Args:
        history: with a column `agents`; intervals where it is empty count in the lost calls only.
        targets: what the agents needed are sized for.
        patience_seconds: callers' mean patience, finite.
        lines: callers talking or waiting at most, of each queue; None: found from the calls blocked
            (`lines_of_blocked`), without limit where none were.
        redial: share of lost callers who call again.
        heads: people at the desk; None: the most agents on duty at once.

    Raises:
        InputError: a history without agents on duty or without calls; figures that cannot be used.
    """
    frame = history.frame
    if AGENTS not in frame or frame[AGENTS].isna().all():
        expected = "a column agents (mean number on duty in the interval), or call records that name them"
        raise InputError(history.source, [Fault("no agents on duty", expected, column=AGENTS)])
    known = frame[AGENTS].notna().to_numpy()
    used = frame[known]
    lost = (frame["abandoned"] + frame["blocked"]).to_numpy(dtype=np.float64)
    calls = used["offered"].to_numpy(dtype=np.float64)
    agents = used[AGENTS].to_numpy(dtype=np.float64)
    aht = _handling_time(frame)[known]
    queue = used["queue"].astype(str).to_numpy(dtype=np.str_)
    at_once = used.groupby("interval_start")[AGENTS].sum().max()
    recorded = pd.DatetimeIndex(frame["business_date"])
    return Desk(
        calls=calls,
        aht_seconds=aht,
        agents=agents,
        queue=queue,
        interval_start=pd.DatetimeIndex(used["interval_start"]),
        interval_seconds=60.0 * history.interval_minutes,
        patience_seconds=patience_seconds,
        targets=targets,
        months=months_of(recorded.min().date(), recorded.max().date(), history.missing_days),
        heads=float(ceil(at_once)) if heads is None else heads,
        lines=_blocked_lines(used, calls, aht, agents, patience_seconds, history.interval_minutes)
        if lines is None
        else np.full(len(calls), float(lines)),
        days=np.ones(len(calls)),
        redial=redial,
        lost=lost[known],
        lost_without_agents=float(lost[~known].sum()),
    )


def _blocked_lines(
    used: pd.DataFrame,
    calls: Floats,
    aht: Floats,
    agents: Floats,
    patience_seconds: float,
    interval_minutes: int,
) -> Floats:
    """The lines of each interval's queue, found from the calls that were blocked there."""
    queue = used["queue"].astype(str).to_numpy(dtype=np.str_)
    blocked = used["blocked"].to_numpy(dtype=np.float64)
    found = np.full(len(calls), inf)
    for name in np.unique(queue):
        rows = queue == name
        found[rows] = lines_of_blocked(
            calls[rows],
            aht[rows],
            agents[rows],
            float(blocked[rows].sum()),
            patience_seconds=patience_seconds,
            interval_seconds=60 * interval_minutes,
        )
    return found


def desk_of_case(
    case: Case,
    agents: Floats | None = None,
    *,
    lines: float = inf,
    redial: float = 0.0,
    heads: float | None = None,
) -> Desk:
    """The desk that a plan expects: the case's calls and handling time, and the agents who will be there.

    Args:
        case: the demand, the target and the months.
        agents: on contacts in each row, such as `scheduled_net` of a coverage; None: the requirement (`agents_net`).
        lines: callers talking or waiting at most, of each queue.
        redial: share of lost callers who call again.
        heads: people at the desk; None: the most agents (gross) at once.

    Raises:
        InputError: figures that cannot be used.
    """
    demand = case.demand
    net = (
        demand["agents_net"].to_numpy(dtype=np.float64) if agents is None else np.asarray(agents, np.float64)
    )
    at_once = demand.groupby("interval_start")["agents_gross"].sum().max()
    return Desk(
        calls=case.calls,
        aht_seconds=case.aht,
        agents=net,
        queue=demand["queue"].astype(str).to_numpy(dtype=np.str_),
        interval_start=case.starts,
        interval_seconds=float(case.interval_seconds),
        patience_seconds=case.patience_seconds,
        targets=case.targets,
        months=case.length_months,
        heads=float(at_once) if heads is None else heads,
        lines=np.full(len(case.calls), float(lines)),
        days=case.days,
        redial=redial,
    )


def months_of(first: date, last: date, missing: Iterable[date] = ()) -> float:
    """Months from the first to the last day, each day as its part of its month; missing days count for nothing."""
    gone = set(missing)
    days = [day.date() for day in pd.date_range(first, last) if day.date() not in gone]
    return float(sum(1 / monthrange(day.year, day.month)[1] for day in days))


def lines_of_blocked(
    calls: Floats,
    aht_seconds: Floats,
    agents: Floats,
    blocked: float,
    *,
    patience_seconds: float,
    interval_seconds: float,
) -> float:
    """The number of lines with which as many calls are expected to be blocked as were; infinite when none was.

    Blocking falls with every line, so the number is found by halving; of the two beside the sum seen the nearer one.
    """
    if blocked <= 0:
        return inf

    def expected(lines: int) -> float:
        found = performance(
            calls,
            aht_seconds,
            np.ceil(agents),
            interval=interval_seconds,
            patience=patience_seconds,
            lines=lines,
        )
        return float((calls * found.blocking).sum())

    low, high = 0, 1
    while expected(high) > blocked and high < 2**20:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if expected(middle) > blocked else (low, middle)
    return float(low if low and expected(low) - blocked < blocked - expected(high) else high)


def _handling_time(frame: pd.DataFrame) -> Floats:
    """Mean handling time of each interval's answered calls, in seconds."""
    answered = frame["answered"].to_numpy(np.float64)
    own = frame["handle_seconds"].to_numpy(np.float64)
    mean = own.sum() / answered.sum() if answered.sum() else 0.0
    found: Floats = np.where(answered > 0, own / np.maximum(answered, 1), mean)
    return np.where(found > 0, found, mean)
