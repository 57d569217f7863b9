"""Reads the reference figures and calls `performance` with a row of them."""

from __future__ import annotations

import csv
from math import inf
from pathlib import Path

from staffing.queueing import Performance, performance

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exact(row: Row) -> Performance:
    def value(column: str, empty: float) -> float:
        return float(row[column]) if row[column] else empty

    return performance(
        float(row["calls"]),
        float(row["aht_s"]),
        float(row["agents"]),
        interval=float(row["period_s"]),
        patience=value("patience_s", inf),
        lines=value("system_capacity_K", inf),
        threshold=float(row["target_s"]),
        redial=value("redial_prob", 0),
    )
