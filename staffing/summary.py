"""The totals of a plan, as the dictionary that `summary.json` and the screens show."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import staffing
from staffing.coverage import Coverage, Expected
from staffing.demand.history import History
from staffing.notes import Note
from staffing.period_service import PeriodService
from staffing.plan import Plan, Redone, Rostered
from staffing.requirement import Requirement
from staffing.rule_summary import requests, rules_in_force
from staffing.sourcing import Comparison, OptionService

_PERIOD_FIGURES = ("abandonment", "service_level", "abandonment_steady", "service_level_steady")
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
        "roster": _roster(plan.roster),
        "replan": _replan(plan.redone),
        "costs": _costs(plan.comparison),
        "check": _check(plan.roster),
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


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [_note(note) for note in notes]


def _note(note: Note) -> dict[str, Any]:
    return {"text": note.text, "values": dict(note.values)}


def _number(value: float | None, digits: int = 6) -> float | None:
    """A finite rounded number, or None: JSON knows neither nan nor infinity."""
    return None if value is None or not math.isfinite(value) else round(float(value), digits)


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
        "abandonment": _number(lost / offered) if offered else None,
        "abandonment_formula": ABANDONMENT_FORMULA,
        "service_level": _number(within / offered) if offered else None,
        "threshold_seconds": history.threshold_seconds,
        "mean_wait_seconds": _number(frame["wait_seconds"].sum(skipna=False) / offered, 1)
        if offered
        else None,
        "aht_seconds": _number(frame["handle_seconds"].sum() / answered, 1) if answered else None,
        "patience_seconds": _patience(history),
        "notes": _notes(history.notes),
    }


def _patience(history: History) -> float | None:
    """What the history says of patience: total waiting time / abandoned calls."""
    abandoned = history.frame["abandoned"].sum()
    return _number(history.frame["wait_seconds"].sum(skipna=False) / abandoned, 1) if abandoned else None


def _forecast(plan: Plan) -> dict[str, Any]:
    frame = plan.forecast.frame
    calls = float(frame["calls"].sum())
    tested = plan.backtest
    return {
        "method": plan.forecast.method,
        "calls": _number(calls, 1),
        "aht_seconds": _number(float((frame["calls"] * frame["aht_seconds"]).sum()) / calls, 1)
        if calls
        else None,
        "confidence": plan.forecast.confidence,
        "backtest": None
        if tested is None
        else {
            "days": tested.days,
            "wape": _number(tested.wape),
            "seasonal_naive_wape": _number(tested.seasonal_naive_wape),
            "floor_wape": _number(tested.floor_wape),
        },
        "notes": _notes(plan.forecast.notes),
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
        "patience_seconds": _number(staffing_.modelled_patience, 1),
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
        "notes": _notes(requirement.notes),
    }


def _peak(requirement: Requirement, column: str) -> int:
    """The most agents needed at once, all queues together."""
    return int(requirement.frame.groupby("interval_start")[column].sum().max())


def _roster(roster: Rostered | None) -> dict[str, Any] | None:
    if roster is None:
        return None
    result, pay = roster.result, roster.pay
    wages = sum(duty.cost for duty in pay)
    return {
        "status": result.status,
        "objective": result.objective,
        "bound": result.bound,
        "gap": _number(result.gap),
        "seconds": _number(result.seconds, 1),
        "seed": result.seed,
        "agents": len(roster.problem.agents),
        "duties": len(result.roster.duties),
        "paid_hours": sum(duty.paid_minutes for duty in pay) / 60,
        "night_hours": sum(duty.night_minutes for duty in pay) / 60,
        "overtime_hours": sum(duty.overtime_minutes for duty in pay) / 60,
        "wages": wages,
        "shortage_cost": roster.report.shortage_cost,
        "service_cost": roster.report.service_cost,
        "objective_parts": dict(roster.report.parts.parts),
        "rules_cost": result.objective - wages - roster.report.shortage_cost - roster.report.service_cost,
        "coverage": _coverage(roster.coverage),
        "expected": _expected(roster.coverage),
        "service": _period_service(roster.service),
        "activities": _activities(roster),
        "obstacles": _notes(result.obstacles),
        "selection": _selection(roster),
        "rules": rules_in_force(roster.problem, result.roster, roster.report),
        "requests": requests(roster.problem, result.roster),
    }


def _activities(roster: Rostered) -> list[dict[str, Any]]:
    """Each meeting and training: for how many it is, how many attend, and the agent-hours that it takes."""
    ids = {agent.agent_id for agent in roster.problem.agents}
    made = roster.result.roster
    return [
        {
            "name": activity.name,
            "asked": len(activity.people & ids),
            "attending": (attending := len(made.attending(activity.name))),
            "agent_hours": attending * activity.minutes / 60,
        }
        for activity in roster.problem.activities
    ]


def _period_service(service: PeriodService | None) -> dict[str, Any] | None:
    """Every day, week or month beside its targets; None where the targets are for intervals."""
    if service is None:
        return None
    least = service.least_share
    return {
        "period": service.period,
        "targets": {
            "abandonment": _number(1 - least["abandonment"]) if "abandonment" in least else None,
            "service_level": least.get("service_level"),
        },
        "missed_call_price": dict(service.price_per_call),
        "periods": [
            {
                "queue": row["queue"],
                "start": str(row["period_start"]),
                "calls": _number(row["calls"], 1),
                **{name: _number(row[name]) for name in _PERIOD_FIGURES},
            }
            for row in service.frame.to_dict("records")
        ],
    }


def _replan(redone: Redone | None) -> dict[str, Any] | None:
    """What changed against the published roster, None for a plan that follows none."""
    if redone is None:
        return None
    found = redone.found
    return {
        "cut": redone.replan.cut.isoformat(),
        "changes": {"total": len(found.changes), **found.counts},
        "change_cost": found.change_cost,
        "wages_difference": found.wages_difference,
        "expected_unchanged": _service(redone.unchanged),
        "notes": _notes(redone.replan.notes),
    }


def _selection(roster: Rostered) -> dict[str, Any] | None:
    """The unnamed seats that pyworkforce selects: how many, and the paid hours they stand for."""
    if roster.selection is None:
        return None
    minutes = {shift.code: shift.work_minutes for _, shifts in roster.problem.shifts for shift in shifts}
    seats = roster.selection.items()
    return {
        "seats": sum(count for _, count in seats),
        "paid_hours": sum(minutes[code] * count for (_, code), count in seats) / 60,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    intervals, short = len(coverage.frame), int(coverage.short.sum())
    return {
        "open_intervals": intervals,
        "short_intervals": short,
        "short_share": short / intervals if intervals else 0.0,
        "short_agent_hours": coverage.short_agent_hours,
        "worst_gap": coverage.worst_gap,
    }


def _expected(coverage: Coverage) -> dict[str, Any]:
    return _service(coverage.expected())


def _service(expected: Expected) -> dict[str, Any]:
    return {
        "abandonment": _number(expected.abandonment),
        "service_level": _number(expected.service_level),
        "mean_wait_seconds": _number(expected.mean_wait_seconds, 1),
        "asa_seconds": _number(expected.asa_seconds, 1),
        "occupancy": _number(expected.occupancy),
    }


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
        "capacity": _note(option.capacity),
        "total": option.total,
        "one_off": option.one_off,
        "lost_calls_cost": option.lost_calls_cost,  # not paid out
        "abandonment": _number(option.abandonment),
        "service_level": _number(option.service_level),
        "handled_calls": _number(option.handled_calls, 1),
        "cost_per_handled_call": _number(option.total / option.handled_calls, 1)
        if option.handled_calls
        else None,
        "meets_target": option.meets_target,
        "notes": _notes(option.notes),
    }


def _check(roster: Rostered | None) -> dict[str, Any] | None:
    if roster is None:
        return None
    report = roster.report
    return {"passed": report.passed, "violations": [str(violation) for violation in report.violations]}
