"""A memo from a comparison, or from a whole plan: its options, bills and assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from math import isfinite

import pandas as pd

import staffing
from staffing.plan import Plan
from staffing.queueing import Targets
from staffing.report.memo.memo import Assumption, Bill, DecisionMemo, Option
from staffing.sourcing import Comparison, OptionService
from staffing.sourcing.lines import ONCE
from staffing.wording.words import mark


def memo_of_comparison(
    comparison: Comparison,
    *,
    title: str,
    question: str,
    calls: float,
    targets: Targets,
    assumptions: tuple[Assumption, ...] = (),
    made_from: tuple[tuple[str, str], ...] = (),
) -> DecisionMemo:
    """The memo that a comparison supports: the cheapest option that meets the target is recommended.

    The assumptions given come first, then every price of the bills with its label.

    Args:
        comparison: the options at one target.
        title: of the memo.
        question: what is to be decided, a sentence.
        calls: offered over the period.
        targets: that all options were sized to.
        assumptions: what the comparison rests on beside its prices.
        made_from: names of the inputs, with what identifies them.
    """
    bills, lost = tuple(bills_of(comparison.lines)), tuple(bills_of(comparison.lost))
    cheapest = comparison.cheapest
    return DecisionMemo(
        title=title,
        question=question,
        months=tuple(sorted({line.month for line in bills})),
        currency=comparison.currency,
        calls=calls,
        targets=targets,
        options=tuple(_option(option, bills) for option in comparison.options),
        bills=bills,
        recommended=None if cheapest is None else cheapest.option,
        lost=lost,
        lost_calls_counted=comparison.lost_calls_counted,
        assumptions=(*assumptions, *prices((*bills, *lost))),
        made_from=made_from,
    )


def memo_of_plan(plan: Plan, *, question: str) -> DecisionMemo:
    """The memo of a plan that was compared.

    Raises:
        ValueError: the plan has no comparison.
    """
    if plan.comparison is None or plan.requirement is None:
        raise ValueError("the plan has no comparison of costs: plan it until costs")
    return memo_of_comparison(
        plan.comparison,
        title=plan.config.plan.name,
        question=question,
        calls=float(plan.forecast.frame["calls"].sum()),
        targets=plan.requirement.targets,
        assumptions=rests_on(plan),
        made_from=digests(plan),
    )


def rests_on(plan: Plan) -> tuple[Assumption, ...]:
    """What a compared plan rests on beside prices."""
    needed, calls = plan.requirement, plan.forecast.frame["calls"]
    assert needed is not None  # a comparison was made from it
    aht = float((calls * plan.forecast.frame["aht_seconds"]).sum() / calls.sum()) if calls.sum() else 0.0
    patience, shrinkage = needed.staffing.modelled_patience, needed.staffing.shrinkage
    method, of_time = plan.forecast.method, mark("of paid time")
    found = (
        Assumption(mark("calls offered"), round(float(calls.sum()), 1), mark("calls in all"), "plan", method),
        Assumption("AHT", round(aht, 1), mark("seconds"), "plan", method),
        Assumption(
            mark("callers' patience"), patience, mark("seconds"), "plan", "requirement.patience_seconds"
        ),
        Assumption(mark("shrinkage"), shrinkage, of_time, "plan", "requirement.shrinkage"),
    )
    return tuple(item for item in found if isfinite(item.value))


def prices(bills: tuple[Bill, ...]) -> Iterator[Assumption]:
    """Every price of the bills once, in their order."""
    seen = {(line.option, line.item, line.rate, line.unit, line.label, line.where): None for line in bills}
    for option, item, rate, unit, label, where in seen:
        yield Assumption(f"{option}: {item}", rate, unit, label, where)


def _option(option: OptionService, bills: tuple[Bill, ...]) -> Option:
    return Option(
        name=option.option,
        bought=option.capacity,
        total=option.total,
        once=sum(line.amount for line in bills if line.option == option.option and line.unit == ONCE),
        handled_calls=option.handled_calls,
        abandonment=option.abandonment,
        service_level=option.service_level,
        meets_target=option.meets_target,
        asa_seconds=option.asa_seconds,
        lost_calls_cost=option.lost_calls_cost,
        notes=option.notes,
    )


def bills_of(lines: pd.DataFrame) -> Iterator[Bill]:
    """The lines of a ledger."""
    for row in lines.to_dict("records"):
        yield Bill(
            option=str(row["option"]),
            month=str(row["month"]),
            item=str(row["item"]),
            quantity=float(row["quantity"]),
            unit=str(row["unit"]),
            rate=float(row["rate"]),
            amount=int(row["amount"]),
            label=row["source"],
            where=str(row.get("where") or ""),
        )


def digests(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The inputs of a plan and the program, with what identifies them."""
    inputs = ((name, f"SHA-256 {sha256(content).hexdigest()[:16]}") for name, content in plan.inputs.items())
    return (*inputs, ("staffing", staffing.__version__))
