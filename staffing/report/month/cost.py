"""What a month cost: from a file of its costs, or estimated from the hours on duty at the plan's cost of an hour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from staffing.errors import ConfigError, Fault
from staffing.io.reading import read_table
from staffing.io.safe_text import restore
from staffing.report.month.actual import Actual, Month
from staffing.report.month.planned import IN_HOUSE, Planned

_WANTED = ("month", "item", "amount")


@dataclass(frozen=True)
class Cost:
    """A month's cost by item, in the smallest unit of the currency; `estimated` when no record says it."""

    lines: Mapping[str, int]
    estimated: bool = False
    source: str = ""

    @property
    def total(self) -> int:
        """Sum of the items."""
        return sum(self.lines.values())


def read_costs(path: Path | str) -> dict[str, Cost]:
    """Costs by month, from a CSV file with the columns `month` (2027-02), `item`, `amount`.

    A file with a column `option`, as `costs.csv` of a plan, is read for its in-house rows. Amounts are whole, in the
    smallest unit of the currency; several rows of one item add up.

    Raises:
        InputError: with every fault, by row and column.
    """
    table = read_table(path, _WANTED, ("option",))
    faults = table.faults()
    found: dict[str, dict[str, int]] = {}
    for row, cells in zip(table.rows.tolist(), table.frame.to_dict("records"), strict=True):
        if "option" in table and str(cells["option"]).strip() != IN_HOUSE:
            continue
        amount, month = _amount(str(cells["amount"])), str(cells["month"]).strip()
        if amount is None:
            wanted = "a whole number, in the smallest unit of the currency"
            faults.add(Fault(repr(cells["amount"]), wanted, row, table.headers["amount"]))
        elif not _is_month(month):
            faults.add(Fault(repr(month), "a month such as 2027-02", row, table.headers["month"]))
        else:
            items = found.setdefault(month, {})
            item = restore(str(cells["item"]).strip())
            items[item] = items.get(item, 0) + amount
    faults.check()
    return {month: Cost(items, source=table.file) for month, items in found.items()}


def estimate_cost(now: Actual, plan: Planned) -> Cost | None:
    """Agent-hours on duty x (planned cost / planned agent-hours), item by item; None where either is unknown."""
    hours, planned = float(now.totals["agent_hours"]), float(plan.totals["agent_hours"])
    if plan.cost is None or not (math.isfinite(hours) and planned > 0):
        return None
    factor = Decimal(repr(hours)) / Decimal(repr(planned))
    lines = {
        item: int((amount * factor).quantize(Decimal(1), ROUND_HALF_UP))
        for item, amount in plan.cost_lines.items()
    }
    return Cost(lines, estimated=True, source=plan.source)


def _amount(text: str) -> int | None:
    try:
        return int(text.strip().replace(",", ""))
    except ValueError:
        return None


def _is_month(text: str) -> bool:
    try:
        Month(text)
    except ConfigError:
        return False
    return True
