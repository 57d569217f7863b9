"""The tables a decision is handed out as; first columns promised, more may follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from staffing.decision import Decision, Mixed
from staffing.sourcing.lines import ledger
from staffing.sourcing.mix import MixProblem, SourcePlan

LOW, HIGH = 0.05, 0.95  # quantiles of what an option may come to cost
_SHARES = {"abandonment": 6, "service_level": 6}


def decision_tables(decision: Decision) -> dict[str, pd.DataFrame]:
    """File name -> table, for every part that was worked out."""
    made = {"options.csv": option_table(decision), "bills.csv": bill_table(decision)}
    if decision.projection is not None:
        made["months.csv"] = month_table(decision)
    if decision.mix is not None:
        made["mix.csv"] = mix_table(decision.mix)
    if decision.break_even is not None:
        found = decision.break_even
        curve = found.curve[["option", "calls", "cost", "can_be_had"]]
        made["break_even.csv"] = _rows(found.bands, ("first", "last", "option"))
        made["crossings.csv"] = _rows(found.crossings, ("calls", "before", "after", "reason"))
        made["break_even_curve.csv"] = curve.round({"cost": 1})
    if decision.measures is not None:
        study = decision.measures
        made["measures.csv"] = study.ranking.round({"lost_month": 3, "avoided_month": 3, "abandonment": 6})
        made["waterfall.csv"] = study.diagnosis.waterfall[["cause", "calls", "share"]]
        made["measures_order.csv"] = study.order_steps
        made["measure_sets.csv"] = study.together
    if decision.tornado is not None:
        made["sensitivity.csv"] = decision.tornado.costs
        made["sensitivity_best.csv"] = decision.tornado.bests
        fields = ("path", "value", "before", "after", "exact")
        made["thresholds.csv"] = _rows(decision.thresholds, fields)
    return made


def option_table(decision: Decision) -> pd.DataFrame:
    """Every option at the target, in the order of `Decision.options`: over the plan's days, then the months ahead.

    What was not worked out is empty; `low` and `high` are quantiles of `months_total` under the forecast's
    uncertainty.
    """
    known = {found.option: found for found in decision.comparison.options}
    rows = []
    for name in decision.options["option"]:
        found = known[name]
        rows.append(
            {
                "option": name,
                "total": found.total,
                "one_off": found.one_off,
                "cost_per_handled_call": found.cost_per_handled_call,
                "handled_calls": found.handled_calls,
                "abandonment": found.abandonment,
                "service_level": found.service_level,
                "asa_seconds": found.asa_seconds,
                "meets_target": found.meets_target,
                "lost_calls_cost": found.lost_calls_cost,
                "bought": str(found.capacity),
                "missed_by": "; ".join(str(note) for note in found.obstacles),
            }
        )
    table = pd.DataFrame(rows)
    digits = {"cost_per_handled_call": 2, "handled_calls": 1, "asa_seconds": 2}
    table = table.round(_SHARES | digits).astype({"lost_calls_cost": "Int64"})
    return table.merge(_ahead(decision), on="option", how="left")


def _ahead(decision: Decision) -> pd.DataFrame:
    """The months ahead, one row per option."""
    columns = {"present_value": "Int64", "months_total": "Int64", "months_missed": "Int64"}
    columns |= {"low": "Int64", "high": "Int64", "stranded": "Int64", "most_stranded": "Int64"}
    found = decision.projection
    if found is None:
        return pd.DataFrame({"option": []} | dict.fromkeys(columns)).astype({"option": "str"} | columns)
    table = found.options.rename(columns={"total": "months_total"})
    if found.risk is not None:
        spread = found.risk.quantiles((LOW, HIGH))
        spread = spread[spread["quantity"] == "total"].set_index("option")
        low, high = (table["option"].map(spread[f"q{share:g}"]) for share in (LOW, HIGH))
        table = table.assign(low=low.round(), high=high.round())
    return table.reindex(columns=["option", *columns]).astype(columns)


def bill_table(decision: Decision) -> pd.DataFrame:
    """Every line: quantity x rate = amount, of options over the plan's days, of the mix over the months ahead."""
    parts = [decision.comparison.lines]
    if decision.mix is not None:
        bills = decision.mix.result.lines()
        named = ((f"mix: {name}", lines) for name, lines in bills.items())
        parts.append(ledger(named, decision.comparison.currency))
    columns = ["option", "month", "item", "quantity", "unit", "rate", "source", "amount", "currency", "where"]
    return pd.concat(parts, ignore_index=True)[columns]


def month_table(decision: Decision) -> pd.DataFrame:
    """Every option month by month: what it costs, what is bought, what callers get, what would still be owed."""
    assert decision.projection is not None
    columns = ["option", "month", "calls", "amount", "present_value", "tax", "heads", "seats", "channels"]
    columns += ["abandonment", "service_level", "meets_target", "stranded"]
    table = decision.projection.months[columns]
    return table.round(_SHARES | {"calls": 3, "present_value": 0}).astype({"present_value": "int64"})


def mix_table(mix: Mixed) -> pd.DataFrame:
    """Who takes which calls: one row per source, month, contact type and class of hours where anything is.

    `hours`, `seats`, `channels` and `heads` are of the source and month (and class), whatever the type; like
    `amount_month` they stand in the first row of what they belong to and are 0 in the others: columns add up.
    """
    bills = mix.result.lines()
    problem = mix.result.problem
    rows = [
        row
        for part in mix.result.plan.sources
        for number, month in enumerate(problem.months)
        for row in _of_month(
            problem,
            part,
            number,
            sum(line.amount for line in bills[part.name] if line.month == month),
        )
    ]
    names = ["source", "month", "type", "class", "calls", "hours", "seats", "channels", "heads"]
    return pd.DataFrame(rows, columns=[*names, "amount_month"])


def _of_month(problem: MixProblem, part: SourcePlan, month: int, amount: int) -> Iterator[tuple[object, ...]]:
    if not (part.active[month] or amount):
        return
    first = True
    for kind, of in enumerate(problem.classes):
        first_of_class = True
        for number, contact in enumerate(problem.types):
            calls = float(part.calls[month, number, kind])
            hours, seats = float(part.hours[month, kind]), int(part.seats[month, kind])
            if not (calls or first or ((hours or seats) and first_of_class)):
                continue
            yield (
                part.name,
                problem.months[month],
                contact.name,
                of.name,
                round(calls, 3),
                round(hours, 3) if first_of_class else 0.0,
                seats if first_of_class else 0,
                int(part.channels[month]) if first else 0,
                round(float(part.heads[month]), 3) if first else 0.0,
                amount if first else 0,
            )
            first = first_of_class = False


def _rows(items: tuple[object, ...], fields: tuple[str, ...]) -> pd.DataFrame:
    """One row per item."""
    rows = [[getattr(item, name) for name in fields] for item in items]
    table = pd.DataFrame(rows, columns=list(fields))
    return table.replace({None: np.nan}) if rows else table
