"""Tornado and two-way table: costs with one input, or two, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from staffing.sourcing.sensitivity.inputs import Input, value_at, with_value
from staffing.sourcing.sensitivity.situation import Costs, Evaluate, Situation, best, monthly_costs


@dataclass(frozen=True)
class Tornado:
    """What each input does when it alone moves from its low to its high value.

    `costs`: one row per input and option: `path`, `input`, `low`, `base`, `high` (values), `option`, `cost_low`,
    `cost_base`, `cost_high`, `swing` (largest less smallest of the three). `bests`: one row per input: `path`,
    `input`, `best_low`, `best_base`, `best_high` (missing: none gives what is asked), `changes`.
    """

    costs: pd.DataFrame
    bests: pd.DataFrame

    def of(self, option: str) -> pd.DataFrame:
        """The rows of one option, the widest swing first."""
        own = self.costs[self.costs["option"] == option]
        return own.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)

    def gap(self, option: str, other: str) -> pd.DataFrame:
        """Cost of `option` less that of `other`, by input, the widest swing first: what tips a choice between two."""
        keys = ["path", "input", "low", "base", "high"]
        values = ["cost_low", "cost_base", "cost_high"]
        one, two = (
            self.costs[self.costs["option"] == name].set_index(keys)[values] for name in (option, other)
        )
        gap = (one - two).reset_index()
        swing = gap[values].max(axis=1) - gap[values].min(axis=1)
        return (
            gap.assign(swing=swing)
            .sort_values("swing", ascending=False, kind="stable")
            .reset_index(drop=True)
        )


def tornado(situation: Situation, inputs: Sequence[Input], evaluate: Evaluate = monthly_costs) -> Tornado:
    """Move one input at a time; sizes follow, since the target stays.

    Raises:
        ConfigError: an input that does not exist, or may not take its low or high value.
    """
    base = evaluate(situation)
    rows, bests = [], []
    for entry in inputs:
        at = value_at(situation, entry.path)
        low, high = (evaluate(with_value(situation, entry.path, value)) for value in (entry.low, entry.high))
        for option in base["option"]:
            costs = [_cost(found, option) for found in (low, base, high)]
            swing = max(costs) - min(costs)
            rows.append((entry.path, entry.shown, entry.low, at, entry.high, option, *costs, swing))
        winners = [best(found) for found in (low, base, high)]
        bests.append((entry.path, entry.shown, *winners, len(set(winners)) > 1))
    names = ["path", "input", "low", "base", "high", "option", "cost_low", "cost_base", "cost_high", "swing"]
    return Tornado(
        pd.DataFrame(rows, columns=names),
        pd.DataFrame(bests, columns=["path", "input", "best_low", "best_base", "best_high", "changes"]),
    )


def two_way(
    situation: Situation,
    rows: tuple[str, Sequence[float]],
    columns: tuple[str, Sequence[float]],
    evaluate: Evaluate = monthly_costs,
) -> pd.DataFrame:
    """Two inputs moved together, each given as path and values.

    Returns:
        One row per pair of values: `row_value`, `column_value`, `best` (missing: none gives what is asked), `cost`
        of the best, `lead` (what the next best costs more; NaN where there is none).
    """
    found = []
    for first in rows[1]:
        moved = with_value(situation, rows[0], first)
        for second in columns[1]:
            costs = evaluate(with_value(moved, columns[0], second))
            fit = costs.loc[costs["meets_target"], "cost"].sort_values().to_numpy()
            lead = float(fit[1] - fit[0]) if len(fit) > 1 else float("nan")
            found.append((first, second, best(costs), float(fit[0]) if len(fit) else float("nan"), lead))
    return pd.DataFrame(found, columns=["row_value", "column_value", "best", "cost", "lead"])


def _cost(costs: Costs, option: str) -> float:
    return float(costs.loc[costs["option"] == option, "cost"].iloc[0])
