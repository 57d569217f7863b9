"""The totals of a roster, as the dictionaries that `summary.json` and the screens show."""

from __future__ import annotations

from typing import Any

from staffing.coverage import Coverage, Expected
from staffing.json_values import notes_of, number
from staffing.period_service import PeriodService
from staffing.plan import Redone, Rostered
from staffing.rule_summary import requests, rules_in_force

_PERIOD_FIGURES = ("abandonment", "service_level", "abandonment_steady", "service_level_steady")


def roster_totals(roster: Rostered | None) -> dict[str, Any] | None:
    """What the search found, what it costs, and the service that callers can expect; None without a roster."""
    if roster is None:
        return None
    result, pay = roster.result, roster.pay
    wages = sum(duty.cost for duty in pay)
    return {
        "status": result.status,
        "objective": result.objective,
        "bound": result.bound,
        "gap": number(result.gap),
        "seconds": number(result.seconds, 1),
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
        "obstacles": notes_of(result.obstacles),
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
            "abandonment": number(1 - least["abandonment"]) if "abandonment" in least else None,
            "service_level": least.get("service_level"),
        },
        "missed_call_price": dict(service.price_per_call),
        "periods": [
            {
                "queue": row["queue"],
                "start": str(row["period_start"]),
                "calls": number(row["calls"], 1),
                **{name: number(row[name]) for name in _PERIOD_FIGURES},
            }
            for row in service.frame.to_dict("records")
        ],
    }


def replan_totals(redone: Redone | None) -> dict[str, Any] | None:
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
        "notes": notes_of(redone.replan.notes),
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
        "abandonment": number(expected.abandonment),
        "service_level": number(expected.service_level),
        "mean_wait_seconds": number(expected.mean_wait_seconds, 1),
        "asa_seconds": number(expected.asa_seconds, 1),
        "occupancy": number(expected.occupancy),
    }


def check_totals(roster: Rostered | None) -> dict[str, Any] | None:
    """The checker's verdict; None without a roster."""
    if roster is None:
        return None
    report = roster.report
    return {"passed": report.passed, "violations": [str(violation) for violation in report.violations]}
