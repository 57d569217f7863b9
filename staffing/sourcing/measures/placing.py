"""The same agent-hours where they save most: what no roster of these hours can do better than."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from staffing.queueing.channels import relief_performance
from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.outcome import first_calls

ROUNDING = 1e-12


@dataclass(frozen=True)
class Placing:
    """Agent-hours moved freely within each week and queue."""

    agents: Floats
    """On contacts in each row, fractions allowed; hours left over where nobody is needed are not placed."""
    lost_month: float
    """Lost calls a month, at least; just as many where each further agent saves less than the one before."""


def best_placing(desk: Desk) -> Placing:
    """The fewest lost calls that a desk's agent-hours can give, placed interval by interval, shifts set aside.

    What each further agent saves in a row is made to fall (where it does not, by the mean of neighbours: the lower
    convex hull of the lost calls); then agents go where they save most, which is optimal for falling savings
    (O. Gross, 1956), and a bound otherwise.
    """
    most = _most(desk)
    owner = np.repeat(np.arange(len(most)), most + 1)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(most + 1) - (most + 1), most + 1)
    calls = first_calls(desk)
    found = relief_performance(
        calls[owner],
        desk.aht_seconds[owner],
        number,
        interval=desk.interval_seconds,
        patience=desk.patience_seconds,
        lines=desk.lines[owner],
        redial=desk.redial,
    )
    lost = found.attempts * (found.abandonment + found.blocking)
    nobody, further = number == 0, number > 0
    saved, place = -np.diff(lost, prepend=0.0)[further], owner[further]
    saved = _falling(saved, place)
    agents = np.zeros(len(most))
    gained = 0.0
    for week in np.unique(desk.week):
        rows = desk.week == week
        hours = float((desk.agents * desk.days)[rows].sum())
        steps = np.flatnonzero(rows[place] & (saved > ROUNDING))
        steps = steps[np.argsort(-saved[steps], kind="stable")]
        size = desk.days[place[steps]]
        used = np.clip(hours - (np.cumsum(size) - size), 0.0, size)
        gained += float((saved[steps] * used).sum())
        share = np.divide(used, size, out=np.zeros_like(used), where=size > 0)
        agents += np.bincount(place[steps], weights=share, minlength=len(agents))
    total = float((lost[nobody] * desk.days).sum())
    return Placing(agents, max(total - gained, 0.0) / desk.months)


def _most(desk: Desk) -> np.ndarray:
    """Agents in each row beyond whom no call is lost that counts."""
    load = desk.calls * desk.aht_seconds / desk.interval_seconds
    enough = np.ceil(load + 8 * np.sqrt(load) + 8)
    return np.where(desk.calls > 0, enough, 0).astype(np.int64)


def _falling(saved: Floats, place: np.ndarray) -> Floats:
    """Savings that fall with each further agent of a row."""
    result = np.maximum(saved, 0.0)
    rising = (np.diff(result) > ROUNDING) & (np.diff(place) == 0)
    for row in np.unique(place[1:][rising]):
        mine = place == row
        result[mine] = isotonic_regression(result[mine], increasing=False).x
    return result
