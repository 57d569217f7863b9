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

    @property
    def best_option(self) -> str | None:
        """The single option that meets the target at the least cost; None when none does.

        Over the months ahead by present value, where these were worked out, else over the plan's own days.
        """
        if self.projection is not None:
            return self.projection.cheapest
        cheapest = self.comparison.cheapest
        return None if cheapest is None else cheapest.option

    @property
    def mix_saves(self) -> int | None:
        """What the best mix costs less over the months than the best option by itself; None where either is missing.

        Not discounted, with what the mix owes after the months. Below 0 where the best option is of a kind that has
        no part in a mix, or is sized more closely by itself.
        """
        if self.mix is None or self.projection is None or self.best_option is None:
            return None
        totals = self.projection.options.set_index("option")["total"]
        return int(totals[self.best_option]) - self.mix.total

    @property
    def recommends_mix(self) -> bool:
        """Whether a mix of several sources costs less than any option by itself, or is all that meets the target."""
        if self.mix is None or len(self.mix.result.plan.contracts) < 2:
            return False
        return self.best_option is None or (self.mix_saves or 0) > 0

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row per option, those that meet the target first, each group by cost.

        Columns: `option`, `total` (over the plan's days, smallest currency unit), `cost_per_call` (handled),
        `meets_target`, `abandonment`, `service_level`, `missed_by` (why it does not meet the target; "" when it
        does), and with a projection `months_total`, `present_value` (over the months ahead), `months_missed`.
        What lost calls are worth counts in the order where the tariffs count it, and in no column.
        """
        ranked = sorted(
            self.comparison.options, key=lambda found: (not found.meets_target, self.comparison.price(found))
        )
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
            for found in ranked
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
        return table
