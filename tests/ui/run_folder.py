"""Writes a plan's folder as `staffing plan` does, from made-up figures, in a moment and always the same."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

ZONE = ZoneInfo("Asia/Tokyo")
START, END = date(2027, 2, 1), date(2027, 2, 14)
PEOPLE = (
    "佐藤 花子",
    "鈴木 一郎",
    "髙橋 彩",
    "田中 健",
    "伊藤 舞",
    "Watanabe Ken",
    "=cmd|'/c calc'!A1",
    "中村 翔",
)
OFFERED, ABANDONED = 5_120, 410
VIOLATION = "A01 2027-02-03: 9.0 hours of rest since the duty before, 11 are needed [LSA 35]"


def build(folder: Path, **changes: Any) -> Path:
    """Write a finished plan into `folder`; `changes` replace parts of the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    grid = _grid(START, END)
    forecast = _forecast(grid)
    roster = _roster()
    needed = _requirement(forecast)
    covered = _coverage(needed, roster)
    costs = _costs()
    tables = {
        "demand.csv": _demand(),
        "forecast.csv": forecast,
        "requirements.csv": needed,
        "roster.csv": roster.assign(agent_name=["'" + n if n[0] == "=" else n for n in roster["agent_name"]]),
        "coverage.csv": covered,
        "costs.csv": costs,
    }
    for name, frame in tables.items():
        (folder / name).write_bytes(frame.to_csv(index=False, lineterminator="\r\n").encode())
    made = _summary(forecast, needed, roster, covered, costs) | changes
    (folder / "summary.json").write_text(json.dumps(made, ensure_ascii=False, indent=2), encoding="utf-8")
    return folder


def _grid(start: date, end: date) -> list[datetime]:
    """Half hours from 9:00 to 18:00 on weekdays."""
    days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    return [
        datetime(day.year, day.month, day.day, 9, tzinfo=ZONE) + timedelta(minutes=30 * i)
        for day in days
        if day.weekday() < 5
        for i in range(18)
    ]


def _shape(moment: datetime) -> float:
    hour = moment.hour + moment.minute / 60
    return 14 + 8 * np.sin((hour - 8) / 10 * np.pi) + (4 if moment.weekday() == 0 else 0)


def _stamps(moments: list[datetime]) -> list[str]:
    return [moment.isoformat() for moment in moments]


def _demand() -> pd.DataFrame:
    grid = _grid(date(2026, 12, 7), date(2027, 1, 29))
    draw = np.random.default_rng(7)
    offered = draw.poisson([_shape(moment) for moment in grid])
    lost = draw.binomial(offered, 0.08)
    answered = offered - lost
    return pd.DataFrame(
        {
            "queue": "main",
            "interval_start": _stamps(grid),
            "offered": offered,
            "answered": answered,
            "abandoned": lost,
            "blocked": 0,
            "answered_within_threshold": draw.binomial(answered, 0.7),
            "handle_seconds": answered * 240,
            "wait_seconds": offered * 30,
        }
    )


def _forecast(grid: list[datetime]) -> pd.DataFrame:
    calls = np.round([_shape(moment) for moment in grid], 3)
    return pd.DataFrame(
        {
            "queue": "main",
            "interval_start": _stamps(grid),
            "calls": calls,
            "calls_low": np.round(calls * 0.75, 3),
            "calls_high": np.round(calls * 1.3, 3),
            "aht_seconds": 240.0,
        }
    )


def _requirement(forecast: pd.DataFrame) -> pd.DataFrame:
    net = np.ceil(forecast["calls"] * 240 / 1800).astype(int) + 1
    return forecast[["queue", "interval_start", "calls", "aht_seconds"]].assign(
        agents_net=net,
        agents_gross=np.ceil(net / 0.9).astype(int),
        service_level=0.84,
        abandonment=0.03,
        occupancy=0.72,
        asa_seconds=14.0,
    )


def _roster() -> pd.DataFrame:
    rows = []
    days = [START + timedelta(days=i) for i in range((END - START).days + 1)]
    for day in (day for day in days if day.weekday() < 5):
        for number, name in enumerate(PEOPLE):
            if (number + day.weekday()) % 5 == 0:
                continue
            full = number % 2 == 0
            start = datetime(day.year, day.month, day.day, 9 if full else 13, tzinfo=ZONE)
            end = start + timedelta(hours=9 if full else 5)
            pause = start + timedelta(hours=4) if full else None
            rows.append(
                {
                    "agent_id": f"A{number + 1:02d}",
                    "agent_name": name,
                    "business_date": day.isoformat(),
                    "shift_code": f"{'F8' if full else 'P5'}-{start:%H%M}",
                    "start": start.isoformat(),
                    "end": end.isoformat(),
                    "break_1_start": pause.isoformat() if pause else "",
                    "break_1_end": (pause + timedelta(hours=1)).isoformat() if pause else "",
                    "paid_minutes": 480 if full else 300,
                    "overtime_minutes": 0,
                    "night_minutes": 0,
                    "cost": 9_600 if full else 6_000,
                }
            )
    return pd.DataFrame(rows).sort_values(["business_date", "start", "agent_id"])


def _coverage(needed: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    starts = pd.to_datetime(needed["interval_start"])
    begin, finish = pd.to_datetime(roster["start"]), pd.to_datetime(roster["end"])
    pause = pd.to_datetime(roster["break_1_start"].replace("", None))
    present = np.array([((begin <= moment) & (moment < finish)).sum() for moment in starts])
    resting = np.array(
        [((pause <= moment) & (moment < pause + timedelta(hours=1))).sum() for moment in starts]
    )
    floor = present - resting
    short = floor < needed["agents_gross"]
    return pd.DataFrame(
        {
            "queue": "main",
            "interval_start": needed["interval_start"],
            "required_net": needed["agents_net"],
            "scheduled_net": np.round(floor * 0.9, 4),
            "gap": np.round(floor * 0.9 - needed["agents_net"], 4),
            "service_level": np.where(short, 0.6, 0.9),
            "abandonment": np.where(short, 0.12, 0.02),
            "occupancy": 0.7,
            "calls": needed["calls"],
            "aht_seconds": 240.0,
            "required_gross": needed["agents_gross"],
            "on_floor": floor,
            "on_break": resting,
            "mean_wait_seconds": 20.0,
        }
    )


def _costs() -> pd.DataFrame:
    rows = [
        ("in-house", "wages", 430.0, "paid hours", 1200.0, "plan", 516_000),
        ("in-house", "social insurance", 516_000.0, "of wages", 0.15, "example", 77_400),
        ("per call", "monthly base fee", 1.0, "month", 30_000.0, "source", 30_000),
        ("per call", "calls beyond the included ones", 3_000.0, "calls", 300.0, "example", 900_000),
        ("per booth", "booths", 5.0, "booths", 290_000.0, "example", 1_450_000),
    ]
    names = ["option", "item", "quantity", "unit", "rate", "source", "amount"]
    frame = pd.DataFrame(rows, columns=names).assign(month="2027-02", currency="JPY")
    return frame[["option", "month", "item", "amount", "currency", "quantity", "unit", "rate", "source"]]


def _option(name: str, capacity: str, total: int, abandonment: float, level: float) -> dict[str, Any]:
    return {
        "option": name,
        "capacity": {"text": "{count} " + capacity, "values": {"count": "5"}},
        "total": total,
        "abandonment": abandonment,
        "service_level": level,
        "handled_calls": 3_000.0,
        "cost_per_handled_call": round(total / 3_000, 1),
        "meets_target": abandonment <= 0.05,
        "notes": [],
    }


def _rule(name: str, kind: str, source: str, article: str, **more: Any) -> dict[str, Any]:
    row = {"rule": name, "kind": kind, "source": source, "article": article, "settings": {}, "people": None}
    return row | {"unit": "", "weight": 0, "broken": 0, "cost": 0} | more


def _request(agent: str, day: str, wants: str, shift: str | None, *, granted: bool) -> dict[str, Any]:
    name = PEOPLE[int(agent[1:]) - 1]
    row = {"agent_id": agent, "name": name, "date": day, "wants": wants, "shift": shift, "granted": granted}
    return row | {"weight": 500, "cost": 0 if granted else 500}


def _summary(
    forecast: pd.DataFrame,
    needed: pd.DataFrame,
    roster: pd.DataFrame,
    covered: pd.DataFrame,
    costs: pd.DataFrame,
) -> dict[str, Any]:
    wages = int(roster["cost"].sum())
    short = covered["on_floor"] < covered["required_gross"]
    totals = costs.groupby("option")["amount"].sum()
    calls = float(forecast["calls"].sum())
    return {
        "name": "試験デスク",
        "versions": {"staffing": "0.1.0", "python": "3.11.0", "ortools": "9.15.0", "pyworkforce": "0.5.1"},
        "seed": 1,
        "currency": "JPY",
        "horizon": {
            "start": START.isoformat(),
            "end": END.isoformat(),
            "time_zone": "Asia/Tokyo",
            "interval_minutes": 30,
            "open_intervals": len(forecast),
        },
        "history": {
            "source": "history.csv",
            "first_day": "2026-12-07",
            "last_day": "2027-01-29",
            "days": 40,
            "offered": OFFERED,
            "answered": OFFERED - ABANDONED,
            "abandoned": ABANDONED,
            "abandonment": ABANDONED / OFFERED,
            "abandonment_formula": "(abandoned + blocked) / offered",
            "service_level": 0.614,
            "threshold_seconds": 20,
            "mean_wait_seconds": 30.0,
            "aht_seconds": 240.0,
            "patience_seconds": 374.6,
            "notes": [],
        },
        "forecast": {
            "method": "median",
            "calls": round(calls, 1),
            "calls_low": round(calls * 0.75, 1),
            "calls_high": round(calls * 1.3, 1),
            "aht_seconds": 240.0,
            "confidence": 0.8,
            "backtest": {"days": 14, "wape": 0.213, "seasonal_naive_wape": 0.287, "floor_wape": 0.178},
            "notes": [],
        },
        "requirement": {
            "engine": "staffing",
            "model": "erlang-a",
            "targets": {
                "service_level": 0.8,
                "threshold_seconds": 20,
                "abandonment": 0.05,
                "asa_seconds": None,
                "occupancy": None,
            },
            "patience_seconds": 374.6,
            "shrinkage": 0.1,
            "minimum_agents": 1,
            "agent_hours_net": float(needed["agents_net"].sum()) / 2,
            "agent_hours_gross": float(needed["agents_gross"].sum()) / 2,
            "peak_net": int(needed["agents_net"].max()),
            "peak_gross": int(needed["agents_gross"].max()),
        },
        "roster": {
            "status": "feasible",
            "objective": wages + 24_000,
            "bound": int((wages + 24_000) * 0.988),
            "gap": 0.012,
            "seconds": 60.2,
            "seed": 1,
            "agents": len(PEOPLE),
            "duties": len(roster),
            "paid_hours": float(roster["paid_minutes"].sum()) / 60,
            "night_hours": 0.0,
            "overtime_hours": 0.0,
            "wages": wages,
            "shortage_cost": 24_000,
            "coverage": {
                "open_intervals": len(covered),
                "short_intervals": int(short.sum()),
                "short_share": float(short.mean()),
                "short_agent_hours": float(
                    (covered["required_gross"] - covered["on_floor"]).clip(lower=0).sum()
                )
                / 2,
                "worst_gap": float((covered["required_gross"] - covered["on_floor"]).max()),
            },
            "expected": {
                "abandonment": 0.0412,
                "service_level": 0.8231,
                "mean_wait_seconds": 15.4,
                "occupancy": 0.702,
            },
            "obstacles": [],
            "rules": [
                _rule("law_day", "hard", "law", "LSA 32"),
                _rule("rest", "hard", "duty", "effort duty on the interval between shifts"),
                _rule("contract_hours", "hard", "standard", ""),
                _rule(
                    "consecutive_days_most", "soft", "plan", "", settings={"days": 4}, people=3, weight=2_000
                )
                | {"broken": 2, "cost": 4_000},
            ],
            "requests": [
                _request("A01", "2027-02-02", "off", None, granted=True),
                _request("A02", "2027-02-03", "on", "P5", granted=False),
            ],
        },
        "costs": {
            "options": [
                _option("in-house", "agents", int(totals["in-house"]), 0.0412, 0.8231),
                _option("per call", "channels", int(totals["per call"]), 0.081, 0.61),
                _option("per booth", "booths", int(totals["per booth"]), 0.032, 0.85),
            ],
            "cheapest": "in-house",
        },
        "check": {"passed": True, "violations": []},
        "rule_pack": "jp-2023-04",
        "inputs": {"plan.toml": "0" * 64, "history.csv": "1" * 64},
    }
