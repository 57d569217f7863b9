"""The answer: every option at the same service, the best mix, and what the answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from staffing.decision.bought import bought
from staffing.decision.question import Question
from staffing.notes import Note
from staffing.sourcing import BreakEven, Comparison, Projection
from staffing.sourcing.measures import MeasureStudy
from staffing.sourcing.mix import MixResult, RunnerUp
from staffing.sourcing.sensitivity import Threshold, Tornado


@dataclass(frozen=True)
class Mixed:
    """The best mix over the months ahead, with other mixes nearly as cheap.

    `bound` is what every mix costs at least; `gap` how much cheaper one could be, as a share.
    """

    result: MixResult
    runners_up: tuple[RunnerUp, ...]
    notes: tuple[Note, ...]

    @property
    def total(self) -> int:
        """What it costs over the months, in the smallest currency unit: the sum of its rounded lines."""
        return int(self.table["amount"].sum())

    @property
    def bound(self) -> int:
        """What every mix costs at least."""
        return round(self.result.bound)

    @property
    def gap(self) -> float:
        """How much cheaper another mix could be at most, as a share."""
        return self.result.gap

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per source that is used: `source`, `calls`, `share`, `months`, `bought`, `amount`."""
        plan, bills = self.result.plan, self.result.lines()
        offered = sum(float(part.calls.sum()) for part in plan.sources)
        rows = []
        for part in plan.sources:
            amount = sum(line.amount for line in bills[part.name])
            if part.used or amount:
                calls = float(part.calls.sum())
                share = calls / offered if offered else 0.0
                rows.append((part.name, calls, share, int(part.active.sum()), bought(part), amount))
        return pd.DataFrame(rows, columns=["source", "calls", "share", "months", "bought", "amount"])


@dataclass(frozen=True)
class Decision:
    """What was found on a question; parts that were not asked for are None.

    `comparison` is of the plan's own days, `projection` of the months ahead.
    """

    question: Question
    comparison: Comparison
    projection: Projection | None = None
    mix: Mixed | None = None
    no_mix: str = ""
    """Why there is no mix, where none exists or was found."""
    break_even: BreakEven | None = None
    measures: MeasureStudy | None = None
    tornado: Tornado | None = None
    thresholds: tuple[Threshold, ...] = ()

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row per option, those that meet the target first, each group by cost.

        Columns: `option`, `total` (over the plan's days, smallest currency unit), `cost_per_call` (handled),
        `meets_target`, `abandonment`, `service_level`, `missed_by` (why it does not meet the target; "" when it
        does), and with a projection `months_total`, `present_value` (over the months ahead), `months_missed`.
        """
        rows = [
            (
                found.option,
                found.total,
                found.cost_per_handled_call,
                found.meets_target,
                found.abandonment,
                found.service_level,
                "; ".join(str(note) for note in found.obstacles),
            )
            for found in self.comparison.options
        ]
        names = [
            "option",
            "total",
            "cost_per_call",
            "meets_target",
            "abandonment",
            "service_level",
            "missed_by",
        ]
        table = pd.DataFrame(rows, columns=names)
        if self.projection is not None:
            ahead = self.projection.options.rename(columns={"total": "months_total"})
            columns = ["option", "months_total", "present_value", "months_missed"]
            table = table.merge(ahead[columns], on="option", how="left")
        return table.sort_values(
            ["meets_target", "total"], ascending=[False, True], kind="stable", ignore_index=True
        )
