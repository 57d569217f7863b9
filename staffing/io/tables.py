"""The tables a plan is handed out as; first columns promised, more may follow."""

from __future__ import annotations

import pandas as pd

from staffing.coverage import Coverage
from staffing.demand.history import History
from staffing.forecast import Forecast
from staffing.period_service import PeriodService
from staffing.plan import Plan, Redone, Rostered
from staffing.requirement import Requirement
from staffing.sourcing import Comparison

NAMES = (
    "demand.csv",
    "forecast.csv",
    "requirements.csv",
    "roster.csv",
    "coverage.csv",
    "costs.csv",
    "changes.csv",
)
_DEMAND = [
    "queue",
    "interval_start",
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "answered_within_threshold",
    "handle_seconds",
    "wait_seconds",
]


def tables(plan: Plan) -> dict[str, pd.DataFrame]:
    """File name -> table, for every stage that ran."""
    made: dict[str, pd.DataFrame] = {}
    if plan.history is not None:
        made["demand.csv"] = demand_table(plan.history)
    made["forecast.csv"] = forecast_table(plan.forecast)
    if plan.requirement is not None:
        made["requirements.csv"] = requirement_table(plan.requirement)
    if plan.roster is not None:
        made["roster.csv"] = roster_table(plan.roster)
        made["coverage.csv"] = coverage_table(plan.roster.coverage, plan.roster.service)
        if plan.roster.selection is not None:
            made["shift_selection.csv"] = selection_table(plan.roster)
    if plan.comparison is not None:
        made["costs.csv"] = cost_table(plan.comparison)
    if plan.redone is not None:
        made["changes.csv"] = change_table(plan.redone)
    return made


def demand_table(history: History) -> pd.DataFrame:
    """The cleaned history, as used."""
    return _stamped(history.frame[_DEMAND])


def forecast_table(forecast: Forecast) -> pd.DataFrame:
    """Calls to 3 decimals, AHT to 0.1 s."""
    columns = ["queue", "interval_start", "calls", "calls_low", "calls_high", "aht_seconds", "dispersion"]
    rounding = {"calls": 3, "calls_low": 3, "calls_high": 3, "aht_seconds": 1, "dispersion": 3}
    return _stamped(forecast.frame[columns].round(rounding))


def requirement_table(requirement: Requirement) -> pd.DataFrame:
    """Net and gross agents, and the service that the net number gives."""
    columns = [
        "queue",
        "interval_start",
        "calls",
        "aht_seconds",
        "agents_net",
        "agents_gross",
        "service_level",
        "abandonment",
        "occupancy",
        "asa_seconds",
        "calls_sized",
    ]
    rounding = {
        "calls": 3,
        "calls_sized": 3,
        "aht_seconds": 1,
        "service_level": 6,
        "abandonment": 6,
        "occupancy": 6,
        "asa_seconds": 2,
    }
    return _stamped(requirement.frame[columns].round(rounding))


def roster_table(roster: Rostered) -> pd.DataFrame:
    """One row a duty, with what it pays."""
    names = {agent.agent_id: agent.name for agent in roster.problem.agents}
    duties = roster.result.roster.duties
    pauses = max((len(duty.breaks) for duty in duties), default=1)
    rests = max((len(duty.paid_breaks) for duty in duties), default=0)
    held = max((len(duty.sessions) for duty in duties), default=0)
    paid = {(pay.agent_id, pay.business_date, pay.start): pay for pay in roster.pay}
    columns = _roster_columns(max(1, pauses), rests, held)
    rows = []
    for duty in duties:
        pay = paid[duty.agent_id, duty.business_date, duty.start]
        row: dict[str, object] = {
            "agent_id": duty.agent_id,
            "agent_name": names[duty.agent_id],
            "business_date": duty.business_date.isoformat(),
            "shift_code": duty.shift_code,
            "start": duty.start.isoformat(),
            "end": duty.end.isoformat(),
        }
        for name, spans in (("break", duty.breaks), ("paid_break", duty.paid_breaks)):
            for number, given in enumerate(spans, start=1):
                row[f"{name}_{number}_start"], row[f"{name}_{number}_end"] = (m.isoformat() for m in given)
        row |= {
            "paid_minutes": pay.paid_minutes,
            "overtime_minutes": pay.overtime_minutes,
            "night_minutes": pay.night_minutes,
            "cost": pay.cost,
        }
        for number, session in enumerate(duty.sessions, start=1):
            row[f"activity_{number}"] = session.activity
            row[f"activity_{number}_start"] = session.start.isoformat()
            row[f"activity_{number}_end"] = session.end.isoformat()
        rows.append(dict.fromkeys(columns, "") | row)
    return pd.DataFrame(rows, columns=columns)


def _roster_columns(pauses: int, rests: int, sessions: int) -> list[str]:
    breaks = [
        f"{name}_{i}_{edge}"
        for name, most in (("break", pauses), ("paid_break", rests))
        for i in range(1, most + 1)
        for edge in ("start", "end")
    ]
    return [
        *("agent_id", "agent_name", "business_date", "shift_code", "start", "end"),
        *breaks,
        *("paid_minutes", "overtime_minutes", "night_minutes", "cost"),
        *(f"activity_{i}{part}" for i in range(1, sessions + 1) for part in ("", "_start", "_end")),
    ]


def change_table(redone: Redone) -> pd.DataFrame:
    """One row a person and date that differs from what was published, with the cause and what it was charged."""
    names = {agent.agent_id: agent.name for agent in redone.replan.problem.agents}
    rows: list[dict[str, object]] = []
    for change in redone.found.changes:
        row: dict[str, object] = {
            "agent_id": change.agent_id,
            "agent_name": names[change.agent_id],
            "business_date": change.business_date.isoformat(),
        }
        for side, duties in (("before", change.before), ("after", change.after)):
            row[f"{side}_shift"] = "; ".join(duty.shift_code for duty in duties)
            row[f"{side}_start"] = duties[0].start.isoformat() if duties else ""
            row[f"{side}_end"] = duties[-1].end.isoformat() if duties else ""
        rows.append(row | {"why": change.why, "price": change.price})
    sides = [f"{side}_{what}" for side in ("before", "after") for what in ("shift", "start", "end")]
    return pd.DataFrame(rows, columns=["agent_id", "agent_name", "business_date", *sides, "why", "price"])


def selection_table(roster: Rostered) -> pd.DataFrame:
    """The seats that pyworkforce selects by date and shift, with the working time they stand for."""
    minutes = {shift.code: shift.work_minutes for _, shifts in roster.problem.shifts for shift in shifts}
    rows = [
        (day.isoformat(), code, seats, seats * minutes[code])
        for (day, code), seats in sorted((roster.selection or {}).items())
    ]
    return pd.DataFrame(rows, columns=["business_date", "shift_code", "seats", "work_minutes"])


def coverage_table(coverage: Coverage, service: PeriodService | None = None) -> pd.DataFrame:
    """Required against scheduled, and the service to expect; also the period's, where targets are for longer ones."""
    promised = [
        "queue",
        "interval_start",
        "required_net",
        "scheduled_net",
        "gap",
        "service_level",
        "abandonment",
        "occupancy",
    ]
    more = ["calls", "aht_seconds", "required_gross", "on_floor", "on_break", "mean_wait_seconds"]
    rounding = {
        "scheduled_net": 4,
        "gap": 4,
        "service_level": 6,
        "abandonment": 6,
        "occupancy": 6,
        "calls": 3,
        "aht_seconds": 1,
        "mean_wait_seconds": 2,
    }
    table = coverage.frame[promised + more].round(rounding)
    if service is not None:
        periods = service.frame.iloc[service.period_of].set_axis(table.index)
        table = table.assign(
            period_start=periods["period_start"].astype(str),
            period_abandonment=periods["abandonment"].round(6),
            period_service_level=periods["service_level"].round(6),
        )
    return _stamped(table)


def cost_table(comparison: Comparison) -> pd.DataFrame:
    """Every line of every option: quantity x rate = amount."""
    columns = ["option", "month", "item", "amount", "currency", "quantity", "unit", "rate", "source"]
    return comparison.lines[columns]


def _stamped(frame: pd.DataFrame) -> pd.DataFrame:
    """Times as ISO 8601 local time with offset."""
    return frame.assign(interval_start=[moment.isoformat() for moment in frame["interval_start"]])
