"""What changed and why: abandonment through the queueing model, handling hours and cost exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from staffing.notes import Note
from staffing.queueing.patience.mean_agents import mean_service
from staffing.report.month.actual import Actual
from staffing.report.month.cost import Cost
from staffing.report.month.pairing import DRIVERS, Floats, Pairs, with_month, with_plan
from staffing.report.month.planned import Planned
from staffing.report.month.shares import shapley

Against = Literal["month", "plan"]
Subject = Literal["abandonment", "handling", "cost"]
PATIENCE, BLOCKED, REST = "patience", "blocked", "rest"


@dataclass(frozen=True)
class Change:
    """A figure then and now, and the parts that lead from one to the other: they add up exactly.

    Abandonment in shares, (abandoned + blocked) / offered; handling in hours; cost in the smallest unit. `covered` is
    the share of the month's calls that the model saw; `note` says why there are no parts.
    """

    subject: Subject
    against: Against
    before: float
    after: float
    parts: tuple[tuple[str, float], ...] = ()
    covered: float = 1.0
    note: Note | None = None


def abandonment_change(now: Actual, then: Actual | Planned, planned_patience: float | None) -> Change | None:
    """Abandonment's change by calls, AHT, agents, patience and blocking; the rest is what the model leaves open.

    Lines full are counted, not modelled. The others are Shapley shares of the change in what Erlang A expects for the
    month's intervals with each driver as it is now or was then.

    Args:
        now: the month.
        then: the month before, or the plan.
        planned_patience: seconds, for a month whose file has no waiting times.
    """
    before, after = _lost_share(then), _lost_share(now)
    if before is None or after is None:
        return None
    against = _against(then)
    pairs = with_plan(now, then) if isinstance(then, Planned) else with_month(now, then)
    patience = (_patience(now, planned_patience), _patience(then, planned_patience))
    if not len(pairs.now["calls"]) or patience[0] is None or patience[1] is None:
        reason = Note.of(
            "The change cannot be split: the records do not say how many agents were on duty, or how long callers "
            "waited"
        )
        return Change("abandonment", against, before, after, note=reason)
    parts = _modelled(now, pairs, patience[0], patience[1])
    parts[BLOCKED] = _blocked_share(now) - _blocked_share(then)
    parts[REST] = after - before - sum(parts.values())
    return Change("abandonment", against, before, after, tuple(parts.items()), pairs.covered)


def handling_change(now: Actual, then: Actual | Planned) -> Change | None:
    """Handling hours of the calls offered = sum over weekdays of days x calls a day, x AHT; each factor's part.

    A weekday that one side lacks has the other's calls a day: it differs in days alone.
    """
    aht = (_aht(then), _aht(now))
    if not all(map(math.isfinite, aht)):
        return None
    days = [_per_weekday(side)[0] for side in (then, now)]
    calls = [_per_weekday(side)[1] for side in (then, now)]
    calls = [np.where(np.isnan(own), other, own) for own, other in zip(calls, calls[::-1], strict=True)]

    def hours(changed: frozenset[str]) -> float:
        here = {name: int(name in changed) for name in ("days", "calls", "aht")}
        offered = float(np.nansum(days[here["days"]] * calls[here["calls"]]))
        return offered * aht[here["aht"]] / 3600

    parts = shapley(hours, ("days", "calls", "aht"))
    before, after = hours(frozenset()), hours(frozenset(parts))
    return Change("handling", _against(then), before, after, tuple(parts.items()))


def cost_change(now: Actual, cost: Cost, plan: Planned) -> Change | None:
    """Cost = agent-hours x cost of an agent-hour; each factor's share."""
    hours, planned = float(now.totals["agent_hours"]), float(plan.totals["agent_hours"])
    if plan.cost is None or not (hours > 0 and planned > 0):
        return None
    if cost.estimated:  # at the plan's rate by construction
        return Change("cost", "plan", plan.cost, cost.total, (("agents", float(cost.total - plan.cost)),))
    here = {"agents": hours, "rate": cost.total / hours}
    there = {"agents": planned, "rate": plan.cost / planned}
    parts, _, _ = _product(here, there)
    return Change("cost", "plan", plan.cost, cost.total, parts)


def _product(
    now: Mapping[str, float], then: Mapping[str, float]
) -> tuple[tuple[tuple[str, float], ...], float, float]:
    """Shares of the change of a product, and the product then and now."""

    def product(changed: frozenset[str]) -> float:
        return math.prod(now[name] if name in changed else then[name] for name in now)

    shares = shapley(product, list(now))
    return tuple(shares.items()), math.prod(then.values()), math.prod(now.values())


def _modelled(now: Actual, pairs: Pairs, patience: float, patience_then: float) -> dict[str, float]:
    def abandoned(changed: frozenset[str]) -> float:
        side = {name: (pairs.now if name in changed else pairs.then)[name] for name in DRIVERS}
        return mean_service(
            side["calls"],
            side["aht"],
            side["agents"],
            patience=patience if PATIENCE in changed else patience_then,
            interval=60 * now.interval_minutes,
        ).abandonment

    return shapley(abandoned, [*DRIVERS, PATIENCE])


def _lost_share(side: Actual | Planned) -> float | None:
    totals, offered = side.totals, _calls(side)
    lost = float(totals["abandoned"]) + (0.0 if isinstance(side, Planned) else float(totals["blocked"]))
    return lost / offered if offered > 0 and math.isfinite(lost) else None


def _blocked_share(side: Actual | Planned) -> float:
    return 0.0 if isinstance(side, Planned) else float(side.totals["blocked"]) / _calls(side)


def _calls(side: Actual | Planned) -> float:
    return float(side.totals["calls" if isinstance(side, Planned) else "offered"])


def _against(then: Actual | Planned) -> Against:
    return "plan" if isinstance(then, Planned) else "month"


def _per_weekday(side: Actual | Planned) -> tuple[Floats, Floats]:
    """Days recorded or planned of each weekday, Monday first, and calls a day (NaN on weekdays without)."""
    weekday = side.frame["business_date"].dt.day_of_week
    everything = range(7)
    days: pd.Series = side.frame["business_date"].groupby(weekday).nunique().reindex(everything, fill_value=0)
    name = "calls" if isinstance(side, Planned) else "offered"
    calls = side.frame[name].groupby(weekday).sum().reindex(everything, fill_value=0)
    each = np.asarray(calls / days.where(days > 0), dtype=np.float64)
    return np.asarray(days, dtype=np.float64), each


def _aht(side: Actual | Planned) -> float:
    totals = side.totals
    if isinstance(
        side, Planned
    ):  # of the calls offered: a plan without a roster expects no number of answered
        calls = float(side.frame["calls"].sum())
        return float((side.frame["calls"] * side.frame["aht_seconds"]).sum()) / calls if calls else math.nan
    return float(totals["handle_seconds"] / totals["answered"]) if totals["answered"] else math.nan


def _patience(side: Actual | Planned, otherwise: float | None) -> float | None:
    """Waiting time / abandoned calls; the plan's own, and for records without waits the plan's too."""
    if isinstance(side, Planned):
        return side.patience_seconds
    wait, abandoned = float(side.totals["wait_seconds"]), float(side.totals["abandoned"])
    if not math.isfinite(wait):
        return otherwise
    return wait / abandoned if wait > 0 and abandoned else math.inf
