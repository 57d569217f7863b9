"""What was planned for a month, from a plan's tables and summary: calls, people, service, cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from staffing.horizon import Horizon
from staffing.io.tables import tables
from staffing.plan import Plan
from staffing.report.month.actual import Month, placed, sums
from staffing.summary import summarise

_TABLES = {  # the first there is holds the people planned, and in which column
    "coverage.csv": "scheduled_net",
    "requirements.csv": "agents_net",
    "forecast.csv": None,
}
PLANNED = ("calls", "answered", "abandoned", "answered_within_threshold", "handle_seconds", "agent_hours")
IN_HOUSE = "in-house"


@dataclass(frozen=True)
class Planned:
    """A plan's part for one month.

    `frame` has one row per queue and planned interval: `queue`, `interval_start`, `business_date`, `slot`, `calls`,
    `aht_seconds`, `agents` (net, scheduled or, without a roster, required), and the columns of `PLANNED`, which are
    expectations and add up; NaN where the plan has no such stage. `cost` is the in-house option's for the month,
    `cost_lines` its parts by item, `wages` the part for wages; in the currency's smallest unit.
    """

    month: Month
    name: str
    currency: str
    frame: pd.DataFrame
    patience_seconds: float | None
    targets: Mapping[str, float | None]
    cost: int | None
    cost_lines: Mapping[str, int]
    source: str
    digest: str = ""

    @property
    def totals(self) -> pd.Series:
        """Sums of `PLANNED` over the month."""
        return self.frame[list(PLANNED)].sum(skipna=False)

    @property
    def scheduled(self) -> bool:
        """Whether people are planned by interval."""
        return bool(self.frame["agents"].notna().all())

    def by(self, *keys: str) -> pd.DataFrame:
        """Sums of `PLANNED` by key."""
        return sums(placed(self.frame), keys, PLANNED)

    @classmethod
    def of(cls, plan: Plan, month: Month) -> Planned | None:
        """The month's part of a plan made in this process; None when it plans no open interval of the month."""
        return planned(tables(plan), summarise(plan), plan.horizon, month, plan.config.plan.name)


def planned(
    files: Mapping[str, pd.DataFrame],
    summary: Mapping[str, Any],
    horizon: Horizon,
    month: Month,
    source: str,
    digest: str = "",
) -> Planned | None:
    """The month's part of a plan's files (tables by name, `interval_start` as ISO text or moments).

    Returns:
        None when the plan has no open interval in the month.
    """
    name = next(name for name in _TABLES if name in files)
    frame = _frame(files[name], horizon, _TABLES[name])
    frame = frame[month.holds(frame["business_date"])].reset_index(drop=True)
    if frame.empty:
        return None
    lines = _cost_lines(files.get("costs.csv"), month)
    needed = summary.get("requirement") or {}
    return Planned(
        month=month,
        name=str(summary.get("name") or source),
        currency=str(summary.get("currency", "JPY")),
        frame=frame,
        patience_seconds=needed.get("patience_seconds"),
        targets=dict(needed.get("targets") or {}),
        cost=sum(lines.values()) if lines else None,
        cost_lines=lines,
        source=source,
        digest=digest,
    )


def _frame(table: pd.DataFrame, horizon: Horizon, people: str | None) -> pd.DataFrame:
    """The table's intervals with their business dates, and expectations as sums."""
    start = pd.to_datetime(table["interval_start"], utc=True).dt.tz_convert(horizon.time_zone)
    grid = horizon.grid().drop_duplicates("interval_start")
    unknown = pd.Series(float("nan"), index=table.index)
    own = pd.DataFrame(
        {
            "queue": table["queue"].astype(str),
            "interval_start": start.dt.as_unit("us"),
            "calls": table["calls"].astype(float),
            "aht_seconds": table["aht_seconds"].astype(float),
            "agents": unknown if people is None else table[people].astype(float),
            "lost_share": table.get("abandonment", unknown),
            "in_time_share": table.get("service_level", unknown),
        }
    )
    frame = own.merge(grid, on="interval_start", how="left", validate="many_to_one")
    calls, lost = frame["calls"], frame["lost_share"]
    return frame.assign(
        abandoned=calls * lost,
        answered=calls * (1 - lost),
        answered_within_threshold=calls * frame["in_time_share"],
        handle_seconds=calls * (1 - lost) * frame["aht_seconds"],
        agent_hours=frame["agents"] * horizon.interval_minutes / 60,
    ).drop(columns=["lost_share", "in_time_share"])


def _cost_lines(costs: pd.DataFrame | None, month: Month) -> dict[str, int]:
    """The in-house option's amounts of the month by item, in the order of the bill."""
    if costs is None:
        return {}
    own = costs[(costs["option"] == IN_HOUSE) & (costs["month"] == month.name)]
    amounts = own.groupby("item", sort=False)["amount"].sum()
    return {str(item): int(amount) for item, amount in amounts.items()}
