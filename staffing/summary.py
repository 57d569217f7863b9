"""The totals of a plan, as the dictionary that `summary.json` and the screens show."""

from __future__ import annotations

import platform
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import staffing
from staffing.demand.history import History
from staffing.json_values import note_of, notes_of, number
from staffing.plan import Plan
from staffing.requirement import Requirement
from staffing.roster_summary import check_totals, replan_totals, roster_totals
from staffing.sourcing import Comparison, OptionService

ABANDONMENT_FORMULA = "(abandoned + blocked) / offered"


def summarise(plan: Plan) -> dict[str, Any]:
    """Totals, solver figures, versions and input digests of a plan; JSON types only, None where not known.

    Shares are 0-1, money is in the currency's smallest unit, times in seconds unless named otherwise.
    """
    config = plan.config
    return {
        "name": config.plan.name,
        "versions": versions(),
        "seed": config.plan.seed,
        "currency": config.plan.currency,
        "horizon": {
            "start": str(plan.horizon.start),
            "end": str(plan.horizon.end),
            "time_zone": plan.horizon.time_zone,
            "interval_minutes": plan.horizon.interval_minutes,
            "open_intervals": len(plan.horizon.grid()),
        },
        "history": _history(plan.history),
        "forecast": _forecast(plan),
        "requirement": _requirement(plan),
        "roster": roster_totals(plan.roster),
        "replan": replan_totals(plan.redone),
        "costs": _costs(plan.comparison),
        "check": check_totals(plan.roster),
        "rule_pack": config.labour.pack,
        "inputs": {name: sha256(content).hexdigest() for name, content in plan.inputs.items()},
    }


def versions() -> dict[str, str]:
    """The versions of the program, of Python, and of the packages that results depend on."""
    packages = ("ortools", "pyworkforce", "numpy", "pandas", "scipy")
    return {
        "staffing": staffing.__version__,
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
    }


def _history(history: History | None) -> dict[str, Any] | None:
    if history is None:
        return None
    frame = history.frame
    offered, answered = float(frame["offered"].sum()), float(frame["answered"].sum())
    lost = float(frame["abandoned"].sum() + frame["blocked"].sum())
    within = frame["answered_within_threshold"].sum(skipna=False)
    days = frame["business_date"]
    return {
        "source": history.source,
        "first_day": f"{days.min():%Y-%m-%d}",
        "last_day": f"{days.max():%Y-%m-%d}",
        "days": int(days.nunique()),
        "offered": int(offered),
        "answered": int(answered),
        "abandoned": int(frame["abandoned"].sum()),
        "abandonment": number(lost / offered) if offered else None,
        "abandonment_formula": ABANDONMENT_FORMULA,
        "service_level": number(within / offered) if offered else None,
        "threshold_seconds": history.threshold_seconds,
        "mean_wait_seconds": number(frame["wait_seconds"].sum(skipna=False) / offered, 1)
        if offered
        else None,
        "aht_seconds": number(frame["handle_seconds"].sum() / answered, 1) if answered else None,
        "patience_seconds": _patience(history),
        "notes": notes_of(history.notes),
    }


def _patience(history: History) -> float | None:
    """What the history says of patience: total waiting time / abandoned calls."""
    abandoned = history.frame["abandoned"].sum()
    return number(history.frame["wait_seconds"].sum(skipna=False) / abandoned, 1) if abandoned else None


def _forecast(plan: Plan) -> dict[str, Any]:
    frame = plan.forecast.frame
    calls = float(frame["calls"].sum())
    tested = plan.backtest
    return {
        "method": plan.forecast.method,
        "calls": number(calls, 1),
        "aht_seconds": number(float((frame["calls"] * frame["aht_seconds"]).sum()) / calls, 1)
        if calls
        else None,
        "confidence": plan.forecast.confidence,
        "backtest": None
        if tested is None
        else {
            "days": tested.days,
            "wape": number(tested.wape),
            "seasonal_naive_wape": number(tested.seasonal_naive_wape),
            "floor_wape": number(tested.floor_wape),
        },
        "notes": notes_of(plan.forecast.notes),
    }


def _requirement(plan: Plan) -> dict[str, Any] | None:
    requirement = plan.requirement
    if requirement is None:
        return None
    targets, staffing_ = requirement.targets, requirement.staffing
    return {
        "engine": staffing_.engine,
        "model": staffing_.model,
        "targets": {
            "service_level": targets.service_level,
            "threshold_seconds": targets.threshold,
            "abandonment": targets.abandonment,
            "asa_seconds": targets.asa,
            "occupancy": targets.occupancy,
        },
        "period": plan.config.targets.period,
        "interval_floor": {
            "service_level": plan.config.targets.interval_floor_service_level,
            "abandonment": plan.config.targets.interval_floor_abandonment,
            "share": plan.config.targets.interval_floor_share,
        },
        "patience_seconds": number(staffing_.modelled_patience, 1),
        "shrinkage": staffing_.shrinkage,
        "minimum_agents": staffing_.minimum_agents,
        "demand_risk": {
            "quantile": staffing_.risk.quantile,
            "lost_call_cost": staffing_.risk.lost_call_cost,
            "agent_hour_cost": staffing_.risk.agent_hour_cost,
        },
        "agent_hours_net": requirement.agent_hours_net,
        "agent_hours_gross": requirement.agent_hours_gross,
        "peak_net": _peak(requirement, "agents_net"),
        "peak_gross": _peak(requirement, "agents_gross"),
        "notes": notes_of(requirement.notes),
    }


def _peak(requirement: Requirement, column: str) -> int:
    """The most agents needed at once, all queues together."""
    return int(requirement.frame.groupby("interval_start")[column].sum().max())


def _costs(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    cheapest = comparison.cheapest
    return {
        "options": [_option(option) for option in comparison.options],
        "cheapest": None if cheapest is None else cheapest.option,
        "lost_calls_counted": comparison.lost_calls_counted,
    }


def _option(option: OptionService) -> dict[str, Any]:
    return {
        "option": option.option,
        "capacity": note_of(option.capacity),
        "total": option.total,
        "one_off": option.one_off,
        "lost_calls_cost": option.lost_calls_cost,  # not paid out
        "abandonment": number(option.abandonment),
        "service_level": number(option.service_level),
        "handled_calls": number(option.handled_calls, 1),
        "cost_per_handled_call": number(option.total / option.handled_calls, 1)
        if option.handled_calls
        else None,
        "meets_target": option.meets_target,
        "notes": notes_of(option.notes),
    }
