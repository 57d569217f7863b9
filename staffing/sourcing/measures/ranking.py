"""Measures one by one: lost calls avoided, cost, and the cost of each call avoided."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from staffing.sourcing.measures.effect_of import Judge
from staffing.sourcing.measures.effects import Level
from staffing.sourcing.measures.introduced import introduced
from staffing.sourcing.measures.timing import starts_after

LEVELS: tuple[Level, ...] = ("low", "expected", "high")
COLUMNS = (
    "rank",
    "measure",
    "with",
    "lead_months",
    "lost_month",
    "avoided_month",
    "abandonment",
    "one_off",
    "cost_month",
    "cost",
    "avoided",
    "cost_per_call",
    "cost_per_call_low",
    "cost_per_call_high",
)


def ranking(judge: Judge, names: Iterable[str], months: int) -> pd.DataFrame:
    """Measures by the cost of a lost call avoided, those that avoid none last.

    Columns: `rank`, `measure`, `with` (what it requires), `lead_months`, `lost_month` and `avoided_month` (calls a
    month when it works), `abandonment` (lost / offered then), `one_off`, `cost_month` (when it works), `cost` and
    `avoided` (over the horizon), `cost_per_call`, and its range: `cost_per_call_low` with strong effects,
    `cost_per_call_high` with weak ones; infinite where no call is avoided. Money in the smallest currency unit.
    """
    rows, catalogue = [], judge.catalogue
    for name in names:
        package = catalogue.closure(name)
        weak, middle, strong = (introduced(judge, package, months, level) for level in LEVELS)
        per_call = [each.cost_per_call for each in (weak, middle, strong)]
        rows.append(
            {
                "measure": name,
                "with": ", ".join(sorted(package - {name})),
                "lead_months": starts_after(catalogue, [name])[name],
                "lost_month": middle.state.lost,
                "avoided_month": judge.before.lost - middle.state.lost,
                "abandonment": middle.state.abandonment,
                "one_off": middle.one_off,
                "cost_month": round(middle.state.cost),
                "cost": middle.cost,
                "avoided": middle.avoided,
                "cost_per_call": middle.cost_per_call,
                "cost_per_call_low": min(per_call),
                "cost_per_call_high": max(per_call),
            }
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS[1:]))
    frame = frame.sort_values(["cost_per_call", "avoided"], ascending=[True, False], kind="stable")
    frame.insert(0, "rank", range(1, len(frame) + 1))
    return frame.reset_index(drop=True)
