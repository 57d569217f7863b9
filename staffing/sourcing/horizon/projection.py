"""The result: every option over the horizon, month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from staffing.notes import Note
from staffing.sourcing.horizon.cashflow import CashFlow, discounts
from staffing.sourcing.horizon.risk import Risk
from staffing.sourcing.horizon.volumes import Volumes


@dataclass(frozen=True)
class Projection:
    """Every option sized month by month to the same target, and paid for over the horizon.

    `sizes` has one row per option and month: `option`, `month`, `calls` (offered), `heads`, `seats`, `channels`,
    `hours`, `abandonment`, `service_level`, `meets_target`, `stranded` (what would still be owed, in the smallest
    currency unit, if the option were ended at the month's end), `lost_calls_cost` (not paid out; 0 where lost
    calls have no price). `risk` is None unless uncertainty was asked for. `lost_calls_counted`: what lost calls are
    worth takes part in what is called the cheapest.
    """

    currency: str
    volumes: Volumes
    flow: CashFlow
    sizes: pd.DataFrame
    risk: Risk | None
    notes: tuple[Note, ...]
    lost_calls_counted: bool = False
    lost: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    """What lost calls are worth, line by line; columns as `lines`, part of no total."""

    @property
    def lines(self) -> pd.DataFrame:
        """Every cost line; columns as `Comparison.lines`."""
        return self.flow.lines

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row per option and month: the columns of `CashFlow.by_month`, then those of `sizes`."""
        return self.flow.by_month.merge(self.sizes, on=["option", "month"], how="left", validate="one_to_one")

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row per option: the columns of `CashFlow.totals`, then what callers get over the horizon.

        Further columns: `abandonment` (weighted by calls), `months_missed`, `stranded` (at the end of the horizon),
        `most_stranded` (in any month), `lost_calls_cost`, `lost_calls_value` (its present value).
        """
        _, end = discounts(len(self.flow.months), self.flow.rate)
        discount = self.sizes["month"].map(dict(zip(self.flow.months, end.tolist(), strict=True)))
        rows = self.sizes.assign(
            lost=self.sizes["calls"] * self.sizes["abandonment"],
            lost_calls_value=self.sizes["lost_calls_cost"] * discount,
        )
        found = rows.groupby("option", sort=False).agg(
            calls=("calls", "sum"),
            lost=("lost", "sum"),
            months=("month", "size"),
            met=("meets_target", "sum"),
            stranded=("stranded", "last"),
            most_stranded=("stranded", "max"),
            lost_calls_cost=("lost_calls_cost", "sum"),
            lost_calls_value=("lost_calls_value", "sum"),
        )
        found = found.assign(
            abandonment=found["lost"] / found["calls"].where(found["calls"] > 0, 1.0),
            months_missed=found["months"] - found["met"].astype("int64"),
        )
        names = ["abandonment", "months_missed", "stranded", "most_stranded"]
        names += ["lost_calls_cost", "lost_calls_value"]
        return self.flow.totals.merge(found[names].reset_index(), on="option", how="left")

    @property
    def cheapest(self) -> str | None:
        """The option of the lowest present value among those that meet the target in every month."""
        fit = self.options[self.options["months_missed"] == 0]
        value = fit["present_value"] + (fit["lost_calls_value"] if self.lost_calls_counted else 0)
        return None if fit.empty else str(fit["option"].iloc[int(value.to_numpy().argmin())])
