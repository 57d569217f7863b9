"""The tables of a month's report."""

from __future__ import annotations

from staffing.report.document import Cell, Column, Table, Value
from staffing.report.month.actual import Actual
from staffing.report.month.figures import BY_KEY, FIGURES
from staffing.report.month.planned import Planned
from staffing.report.month.report import MonthReport
from staffing.wording.language import Language


def figures_table(report: MonthReport, lang: Language) -> Table:
    """Every figure beside its formula: the month, the month before, the plan, and the differences."""
    tr = lang.tr
    now, before = actual_sums(report.now), None if report.before is None else actual_sums(report.before)
    plan = None if report.plan is None else planned_sums(report.plan)
    columns = (
        Column("figure", tr("Figure")),
        Column("formula", tr("Formula")),
        Column("now", tr("This month"), "decimal"),
        Column("before", tr("Month before"), "decimal"),
        Column("change", tr("Change"), "decimal", signed=True),
        Column("plan", tr("Plan"), "decimal"),
        Column("against_plan", tr("Against plan"), "decimal", signed=True),
    )
    rows = []
    for figure in FIGURES:
        values = [None if sums is None else figure.of(sums) for sums in (now, before, plan)]
        rows.append(
            (
                tr(figure.name),
                formula_text(figure.key, report, lang),
                Value(values[0], figure.kind),
                Value(values[1], figure.kind),
                _difference(values[0], values[1], figure.kind),
                Value(values[2], figure.kind),
                _difference(values[0], values[2], figure.kind),
            )
        )
    strong = frozenset(i for i, figure in enumerate(FIGURES) if figure.key in ("lost_share", "service_level"))
    return Table("figures", tr("The month in figures"), columns, tuple(rows), strong=strong)


def formula_text(key: str, report: MonthReport, lang: Language) -> str:
    """A figure's formula; "in time" with its seconds."""
    text = lang.tr(BY_KEY[key].formula)
    if key.startswith("service_level"):
        limit = lang.tr("in time: {seconds} s", seconds=report.now.threshold_seconds)
        return f"{text} ({limit})"
    return text


def _difference(value: float | None, other: float | None, kind: str) -> Value:
    if value is None or other is None:
        return Value(None, "decimal")
    if kind == "share":
        return Value(100 * (value - other), "points", signed=True)
    return Value(value - other, "count" if kind == "count" else "decimal", signed=True)


def actual_sums(actual: Actual) -> dict[str, float]:
    """The month's sums as the figures take them."""
    return {**{str(k): float(v) for k, v in actual.totals.items()}, "days": float(actual.days)}


def planned_sums(plan: Planned) -> dict[str, float]:
    """The plan's expectations as the figures take them; nothing is blocked or short in a plan."""
    sums = {str(name): float(value) for name, value in plan.totals.items()}
    nan = float("nan")
    return {
        **sums,
        "offered": sums["calls"],
        "short_abandoned": nan,
        "blocked": 0.0,
        "wait_seconds": nan,
        "days": float(plan.frame["business_date"].nunique()),
    }


def cost_table(report: MonthReport, lang: Language) -> Table | None:
    """Cost by item against the plan's; None when neither is known."""
    tr, cost, plan = lang.tr, report.cost, report.plan
    if cost is None and (plan is None or plan.cost is None):
        return None
    own = {} if cost is None else dict(cost.lines)
    planned = {} if plan is None else dict(plan.cost_lines)
    heading = tr("This month, estimated") if cost is not None and cost.estimated else tr("This month")
    columns = (
        Column("item", tr("Item")),
        Column("now", heading, "money"),
        Column("plan", tr("Plan"), "money"),
        Column("difference", tr("Against plan"), "money", signed=True, formula="{now}-{plan}"),
    )
    rows: list[tuple[Cell, ...]] = []
    for item in dict.fromkeys([*planned, *own]):
        now = None if cost is None else own.get(item, 0)
        then = planned.get(item, 0) if planned else None
        rows.append((lang.sentence(item), now, then, _less(now, then)))
    totals = (None if cost is None else cost.total, None if plan is None else plan.cost)
    foot = (tr("Total"), *totals, _less(*totals))
    return Table("cost", tr("Cost against plan"), columns, tuple(rows), foot=foot)


def _less(now: int | None, then: int | None) -> int | None:
    return None if now is None or then is None else now - then
