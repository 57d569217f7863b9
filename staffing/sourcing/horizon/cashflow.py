"""Cash flow: the bill of every option by month and item, its present value, and its tax apart.

A month is paid at its end, what is paid once at the start of its month. With a yearly rate r a month's rate is
(1 + r)^(1/12) - 1, so the k-th month, k from 0, counts (1 + r)^(-(k + 1) / 12), and what is paid once at its start
(1 + r)^(-k / 12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.horizon.tax import NO_TAX, Tax
from staffing.sourcing.lines import ONCE

Floats = npt.NDArray[np.float64]


def discounts(months: int, yearly_rate: float) -> tuple[Floats, Floats]:
    """What one unit paid in each month counts today: at the month's start, at its end; shape (months,) each.

    Raises:
        ConfigError: a rate of -1 or less.
    """
    if not yearly_rate > -1:
        raise ConfigError("horizon", [SettingFault("rate", f"{yearly_rate:g}", "must be above -1 a year")])
    step = np.arange(months + 1)
    found = (1 + yearly_rate) ** (-step / 12)
    return found[:-1], found[1:]


@dataclass(frozen=True)
class CashFlow:
    """Bills of several options over the months of a horizon.

    `lines` is a ledger (columns as `Comparison.lines`); `handled` are the calls handled by option and month, shape
    (months,) each; `rate` the yearly rate of discount.
    """

    lines: pd.DataFrame
    months: tuple[str, ...]
    handled: Mapping[str, Floats]
    rate: float = 0.0
    tax: Tax = NO_TAX

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options, in order."""
        return tuple(self.handled)

    def table(self, option: str) -> pd.DataFrame:
        """Amounts of one option, one row a month (`month`) and one column an item, in the bill's order; int64."""
        own = self.lines[self.lines["option"] == option]
        found = own.pivot_table(index="month", columns="item", values="amount", aggfunc="sum", fill_value=0)
        items = list(dict.fromkeys(own["item"]))
        return found.reindex(index=pd.Index(self.months, name="month"), columns=items, fill_value=0)

    @cached_property
    def by_month(self) -> pd.DataFrame:
        """One row per option and month.

        Columns: `option`, `month`, `calls_handled`, `amount`, `once` (its part paid once), `taxable`, `tax`,
        `present_value` (float; without tax), `cumulative`.
        """
        step = {name: index for index, name in enumerate(self.months)}
        start, end = discounts(len(self.months), self.rate)
        marked = self.tax.marked(self.lines)
        parts = []
        for option in self.options:
            own = self.lines[self.lines["option"] == option]
            at = np.asarray(own["month"].map(step), dtype=np.int64)
            amount = own["amount"].to_numpy(np.int64)
            once = own["unit"].to_numpy() == ONCE
            total, first, taxable = (
                _sums(at, np.where(part, amount, 0), len(self.months))
                for part in (True, once, marked[own.index].to_numpy())
            )
            parts.append(
                pd.DataFrame(
                    {
                        "option": option,
                        "month": self.months,
                        "calls_handled": self.handled[option],
                        "amount": total,
                        "once": first,
                        "taxable": taxable,
                        "tax": [self.tax.of(x) for x in taxable],
                        "present_value": first * start + (total - first) * end,
                        "cumulative": np.cumsum(total),
                    }
                )
            )
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """One row per option.

        Columns: `option`, `total`, `once`, `calls_handled`, `per_handled_call` (float; NaN where none is handled),
        `present_value` (int64), `tax`, `with_tax`.
        """
        sums = self.by_month.groupby("option", sort=False)[
            ["amount", "once", "calls_handled", "present_value", "tax"]
        ].sum()
        found = sums.reset_index().rename(columns={"amount": "total"})
        handled = found["calls_handled"].to_numpy(np.float64)
        total = found["total"].to_numpy(np.float64)
        per_call = np.divide(total, handled, out=np.full(len(found), np.nan), where=handled > 0)
        found = found.assign(
            present_value=np.floor(found["present_value"] + 0.5).astype(np.int64),
            per_handled_call=per_call,
            with_tax=found["total"] + found["tax"],
        )
        names = [
            "option",
            "total",
            "once",
            "calls_handled",
            "per_handled_call",
            "present_value",
            "tax",
            "with_tax",
        ]
        return found[names]


def _sums(at: npt.NDArray[np.int64], amount: npt.NDArray[np.integer], months: int) -> npt.NDArray[np.int64]:
    found = np.zeros(months, dtype=np.int64)
    np.add.at(found, at, amount)
    return found
