"""Writes a decision into a plan's folder as `staffing decide` does, from made-up figures that add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

MONTHS = ("2027-02", "2027-03", "2027-04")
BEST, SECOND, MISSING = "per booth", "in-house", "per call"
CAUSES = (
    ("agents", 30),
    ("handling_time", 6),
    ("lines", 4),
    ("patience", 12),
    ("rest", 0),
    ("unexplained", -2),
)

INPUTS = {
    "case.calls": "calls a month",
    "per_booth[1].booth_month": "per booth: booth a month",
    "in_house.wage_hour": "in-house: wage an hour",
}


def build_decision(plan: Path, *, without: tuple[str, ...] = (), **changes: Any) -> Path:
    """Write the decision on the plan in `plan`, leaving out the files named; `changes` replace parts of its data."""
    folder = plan / "decision"
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in _tables().items():
        if name not in without:
            (folder / name).write_bytes(frame.to_csv(index=False, lineterminator="\r\n").encode())
    for name in ("memo-ja.html", "memo-en.html", "memo-ja.xlsx", "memo-en.xlsx"):
        (folder / name).write_bytes(f"{name} of the demo".encode())
    (folder / "decision.json").write_text(json.dumps(_data() | changes, ensure_ascii=False), encoding="utf-8")
    return folder


def _data() -> dict[str, Any]:
    return {
        "title": "試験デスク",
        "period": {"start": "2027-02-01", "end": "2027-02-14"},
        "currency": "JPY",
        "target": {"abandonment": 0.05, "service_level": 0.8, "threshold_seconds": 20, "asa_seconds": None},
        "calls": 3_000.0,
        "calls_a_month": 6_400.0,
        "months": list(MONTHS),
        "recommended": BEST,
        "recommends_mix": True,
        "mix_saves": 210_000,
        "mix": {
            "total": 2_700_000,
            "bound": 2_680_000,
            "gap": 0.0074,
            "sizing_error": 0.01,
            "seconds": 12.0,
            "contracts": [SECOND, BEST],
            "reason": "",
        },
        "runners_up": [
            {
                "contracts": [SECOND],
                "instead": [],
                "without": [BEST],
                "extra": 90_000,
                "tips": [
                    {"source": BEST, "price": "seat_month.weekday day", "now": 290_000.0, "then": 320_000.0},
                    {"source": SECOND, "price": "wage_month", "now": 200_000.0, "then": 188_000.0},
                ],
            }
        ],
        "break_even": [
            {"first": 1, "last": 1_199, "option": BEST},
            {"first": 1_200, "last": 12_800, "option": SECOND},
        ],
        "notes": [{"text": "What is paid once is spread over {months} months", "values": {"months": "3"}}],
        "digests": {"plan.toml": "0" * 64, "history.csv": "1" * 64},
        "versions": {"staffing": "0.1.0"},
    }


def _tables() -> dict[str, pd.DataFrame]:
    months = _months()
    return {
        "options.csv": _options(months),
        "bills.csv": _bills(),
        "months.csv": months,
        "mix.csv": _mix(),
        "break_even.csv": pd.DataFrame(_data()["break_even"]),
        "crossings.csv": pd.DataFrame(
            [(1_200, BEST, SECOND, "step")], columns=["calls", "before", "after", "reason"]
        ),
        "break_even_curve.csv": _curve(),
        "measures.csv": _measures(),
        "measures_order.csv": pd.DataFrame(
            [(1, "Training", 0, 2, 20.5, 8_000), (2, "FAQ", 2, 4, 12.25, 38_000)],
            columns=["step", "measure", "begins", "works", "lost_month", "cost_month"],
        ),
        "measure_sets.csv": pd.DataFrame(
            [("Training, FAQ", 2, 80.0, 70.0, 400_000, 5_714.3)],
            columns=["measures", "size", "lost", "avoided", "cost", "cost_per_call"],
        ),
        "waterfall.csv": pd.DataFrame(
            [(cause, calls, calls / 50) for cause, calls in CAUSES], columns=["cause", "calls", "share"]
        ),
        "sensitivity.csv": _sensitivity(),
        "sensitivity_best.csv": pd.DataFrame(
            [
                ("case.calls", INPUTS["case.calls"], BEST, BEST, SECOND, True),
                ("per_booth[1].booth_month", INPUTS["per_booth[1].booth_month"], BEST, BEST, SECOND, True),
                ("in_house.wage_hour", INPUTS["in_house.wage_hour"], BEST, BEST, BEST, False),
            ],
            columns=["path", "input", "best_low", "best_base", "best_high", "changes"],
        ),
        "thresholds.csv": pd.DataFrame(
            [("case.calls", 7_150.25, BEST, SECOND, True), ("case.aht_seconds", 271.0, BEST, SECOND, False)],
            columns=["path", "value", "before", "after", "exact"],
        ),
    }


def _options(months: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name, total, lost, level, bought, missed in (
        (SECOND, 593_400, 0.031, 0.85, "8 agents", ""),
        (
            MISSING,
            930_000,
            0.081,
            0.61,
            "3 channels",
            "Loses 8.1 % of calls, 3.1 points more than the target of 5.0 %: 198 calls a month too many",
        ),
        (BEST, 480_000, 0.032, 0.84, "up to 5 seats", ""),
    ):
        own = months[months["option"] == name]
        ahead = int(own["amount"].sum())
        rows.append(
            {
                "option": name,
                "total": total,
                "one_off": 10_000,
                "cost_per_handled_call": total / 2_900,
                "handled_calls": 2_900.0,
                "abandonment": lost,
                "service_level": level,
                "asa_seconds": 14.0,
                "meets_target": not missed,
                "lost_calls_cost": 30_000,
                "bought": bought,
                "missed_by": missed,
                "present_value": int(own["present_value"].sum()),
                "months_total": ahead,
                "months_missed": 3 if missed else 0,
                "low": round(ahead * 0.9),
                "high": round(ahead * 1.2),
                "stranded": 50_000,
                "most_stranded": 400_000,
            }
        )
    return pd.DataFrame(rows)


def _months() -> pd.DataFrame:
    rows = [
        {
            "option": name,
            "month": month,
            "calls": 6_400.0,
            "amount": cost + 10_000 * number,
            "present_value": cost + 8_000 * number,
            "tax": cost // 10,
            "heads": 8 if name == SECOND else 0,
            "seats": 5 if name == BEST else 0,
            "channels": 3 if name == MISSING else 0,
            "abandonment": 0.03,
            "service_level": 0.84,
            "meets_target": name != MISSING,
            "stranded": max(0, 400_000 - 150_000 * number) if name == BEST else 50_000,
        }
        for name, cost in ((SECOND, 1_100_000), (MISSING, 1_900_000), (BEST, 960_000))
        for number, month in enumerate(MONTHS)
    ]
    return pd.DataFrame(rows)


def _bills() -> pd.DataFrame:
    rows = [
        (
            BEST,
            "2027-02",
            "booths",
            1.5,
            "booth-months",
            290_000.0,
            "example",
            435_000,
            "a wage with 15 % on top",
        ),
        (BEST, "2027-02", "setup fee", 1.0, "once", 45_000.0, "source", 45_000, ""),
        (SECOND, "2027-02", "wages", 430.0, "paid hours", 1_380.0, "plan", 593_400, ""),
        (f"mix: {SECOND}", "2027-03", "wages", 400.0, "paid hours", 1_200.0, "plan", 480_000, ""),
    ]
    names = ["option", "month", "item", "quantity", "unit", "rate", "source", "amount", "where"]
    return pd.DataFrame(rows, columns=names).assign(currency="JPY")


def _mix() -> pd.DataFrame:
    rows = [
        {
            "source": source,
            "month": month,
            "type": "main",
            "class": part,
            "calls": calls,
            "hours": calls / 12,
            "seats": 2 if source == BEST else 0,
            "channels": 0,
            "heads": 6.0 if source == SECOND else 0.0,
            "amount_month": amount if part == "day" else 0,
        }
        for source, calls, amount in ((SECOND, 2_000.0, 600_000), (BEST, 1_200.0, 300_000))
        for month in MONTHS
        for part in ("day", "evening")
    ]
    return pd.DataFrame(rows)


def _curve() -> pd.DataFrame:
    rows = [
        (name, calls, first + each * calls, name != MISSING or calls < 1_000)
        for name, first, each in ((BEST, 100_000, 350), (SECOND, 300_000, 180), (MISSING, 30_000, 300))
        for calls in (1, 800, 1_200, 6_400, 12_800)
    ]
    return pd.DataFrame(rows, columns=["option", "calls", "cost", "can_be_had"])


def _measures() -> pd.DataFrame:
    rows = [
        (
            1,
            "Training",
            "",
            2,
            20.5,
            9.5,
            0.021,
            248_000,
            8_000,
            340_000,
            95.0,
            3_578.9,
            2_100.0,
            float("inf"),
        ),
        (2, "FAQ", "", 2, 22.0, 8.0, 0.024, 300_000, 30_000, 600_000, 80.0, 7_500.0, 5_000.0, 11_000.0),
        (3, "Two more lines", "", 1, 30.0, 0.0, 0.03, 20_000, 6_000, 86_000, 0.0, *[float("inf")] * 3),
    ]
    names = [
        "rank",
        "measure",
        "with",
        "lead_months",
        "lost_month",
        "avoided_month",
        "abandonment",
        "one_off",
    ]
    names += ["cost_month", "cost", "avoided", "cost_per_call", "cost_per_call_low", "cost_per_call_high"]
    return pd.DataFrame(rows, columns=names)


def _sensitivity() -> pd.DataFrame:
    base = {BEST: 960_000.0, SECOND: 1_100_000.0}
    moved = {
        "case.calls": {BEST: (800_000.0, 1_300_000.0), SECOND: (900_000.0, 1_150_000.0)},
        "per_booth[1].booth_month": {BEST: (790_000.0, 1_130_000.0)},
        "in_house.wage_hour": {SECOND: (1_000_000.0, 1_200_000.0)},
    }
    rows = []
    for path, ends in moved.items():
        for name, cost in base.items():
            low, high = ends.get(name, (cost, cost))
            swing = max(low, cost, high) - min(low, cost, high)
            rows.append((path, INPUTS[path], 0.8, 1.0, 1.2, name, low, cost, high, swing))
    names = ["path", "input", "low", "base", "high", "option", "cost_low", "cost_base", "cost_high", "swing"]
    return pd.DataFrame(rows, columns=names)
