"""A decision as it is printed: tables of fixed width, no wider than a terminal of 110 columns where names allow."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from staffing.decision import Decision, Mixed
from staffing.decision.naming import input_name, tip_note

WIDTH = 110
TOP = 5  # measures and inputs
_REASONS = {
    "price": "the costs meet",
    "step": "another person, seat or channel",
    "capacity": "the first no longer reaches the target",
    "minimum": "the second takes no smaller volume",
}


def decision_lines(decision: Decision) -> Iterator[str]:
    """All that was worked out, part by part."""
    question, currency = decision.question, decision.comparison.currency
    case = question.case
    yield f"{question.config.plan.name}: {case.total_calls:,.0f} calls, {case.start} to {case.end}"
    yield _target(decision)
    yield ""
    yield from _options(decision)
    if decision.projection is not None:
        yield from _months(decision)
    if decision.mix is not None or decision.no_mix:
        yield from _mix(decision)
    if decision.break_even is not None:
        yield from _break_even(decision)
    if decision.measures is not None:
        yield from _measures(decision)
    if decision.tornado is not None:
        yield from _sensitivity(decision)
    yield f"Money in {currency}, without tax. Each price is labelled in bills.csv and in the memo (--out DIR)."


def _target(decision: Decision) -> str:
    targets = decision.question.case.targets
    parts = []
    if targets.abandonment is not None:
        parts.append(f"(abandoned + blocked) / offered at most {targets.abandonment:.1%}")
    if targets.service_level is not None:
        parts.append(f"{targets.service_level:.0%} answered in {targets.threshold:g} s")
    if targets.asa is not None:
        parts.append(f"mean wait of the answered at most {targets.asa:g} s")
    return "target: " + (", ".join(parts) or "none")


def _options(decision: Decision) -> Iterator[str]:
    threshold = f"in {decision.question.case.targets.threshold:g} s"
    head = ("option", "cost", "a call", "lost", threshold, "", "bought")
    capacity = {found.option: str(found.capacity) for found in decision.comparison.options}
    rows, below = [], {}
    for row in decision.options.to_dict("records"):
        rows.append(
            (
                row["option"],
                f"{row['total']:,}",
                _money(row["cost_per_call"]),
                f"{row['abandonment']:.1%}",
                f"{row['service_level']:.1%}",
                "met" if row["meets_target"] else "MISSED",
                capacity[row["option"]],
            )
        )
        if row["missed_by"]:
            below[len(rows) - 1] = f"cannot: {row['missed_by']}"
    yield from _table("All options at the target, over the plan's days", head, rows, left=(0, 6), below=below)
    best = decision.comparison.cheapest
    yield f"  cheapest at the target: {'none' if best is None else best.option}"
    yield ""


def _months(decision: Decision) -> Iterator[str]:
    found = decision.projection
    assert found is not None
    months = found.volumes.months
    table = found.options.sort_values(["months_missed", "present_value"], kind="stable")
    spread = {} if found.risk is None else _quantiles(found.risk.quantiles((0.05, 0.95)))
    rows = [
        (
            row["option"],
            f"{row['total']:,}",
            f"{row['present_value']:,}",
            *spread.get(str(row["option"]), ("", "")),
            f"{row['stranded']:,}",
            str(row["months_missed"]),
        )
        for row in table.to_dict("records")
        if row["months_missed"] < len(months)
    ]
    title = f"Over {len(months)} months, {months[0]} to {months[-1]}, {found.volumes.calls.sum():,.0f} calls"
    head = ("option", "cost", "present value", "5 % below", "95 % below", "owed at the end", "months missed")
    yield from _table(title, head, rows)
    shown = {row[0] for row in rows}
    unmoved = [name for name in (found.risk.unmoved if found.risk is not None else ()) if name in shown]
    if unmoved:
        text = "5 % and 95 % are the cost where no part of the bill follows the calls on the paths: "
        yield from _wrapped(text + "; ".join(unmoved), "  ")
    missed = len(table) - len(rows)
    if missed:
        yield f"  options that miss the target in every month: {missed}"
    yield f"  cheapest: {found.cheapest or 'none meets the target in every month'}"
    yield ""


def _quantiles(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    totals = table[table["quantity"] == "total"]
    rows = zip(totals["option"], totals["q0.05"], totals["q0.95"], strict=True)
    return {str(name): (f"{low:,.0f}", f"{high:,.0f}") for name, low, high in rows}


def _mix(decision: Decision) -> Iterator[str]:
    mix = decision.mix
    if mix is None:
        yield "Best mix: none"
        yield from _wrapped(decision.no_mix, "  ")
        yield ""
        return
    rows = [
        (
            row["source"],
            f"{row['calls']:,.0f}",
            f"{row['share']:.1%}",
            str(row["months"]),
            f"{row['amount']:,}",
            str(row["bought"]),
        )
        for row in mix.table.to_dict("records")
    ]
    head = ("source", "calls", "share", "months", "cost", "bought")
    yield from _table("Best mix over the months", head, rows, left=(0, 5))
    yield f"  {mix.total:,} in all; no mix below {mix.bound:,} (gap {mix.gap:.2%}); {mix.result.seconds:.0f} s"
    saves = decision.mix_saves
    if saves is not None:
        yield f"  {abs(saves):,} {'less' if saves >= 0 else 'more'} than {decision.best_option} by itself"
    yield from _runners_up(mix)
    yield ""


def _runners_up(mix: Mixed) -> Iterator[str]:
    for runner in mix.runners_up:
        contracts = " + ".join(runner.result.plan.contracts)
        yield from _wrapped(f"next: {contracts}, {runner.extra:+,.0f}", "  ")
        for tip in runner.tips[:2]:
            yield from _wrapped(f"wins if {tip_note(tip)}", "    ")


def _break_even(decision: Decision) -> Iterator[str]:
    found = decision.break_even
    assert found is not None
    reasons = {crossing.calls: _REASONS[crossing.reason] for crossing in found.crossings}
    rows = [
        (f"{band.first:,} - {band.last:,}", band.option or "no option", reasons.get(band.first, ""))
        for band in found.bands
    ]
    head = ("calls a month", "cheapest at the target", "because")
    yield from _table("Break-even", head, rows, left=(1, 2))
    yield ""


def _measures(decision: Decision) -> Iterator[str]:
    study = decision.measures
    assert study is not None
    rows = [
        (
            row["measure"] + (f" (with {row['with']})" if row["with"] else ""),
            _money(row["cost_per_call"]),
            _range(row["cost_per_call_low"], row["cost_per_call_high"]),
            f"{row['avoided']:,.1f}",
            f"{row['cost']:,}",
            str(row["lead_months"]),
            f"{row['abandonment']:.2%}",
        )
        for row in study.top(TOP).to_dict("records")
    ]
    before = study.before
    lost = f"{before.lost:,.1f} lost a month ({before.abandonment:.1%})"
    title = f"Measures against lost calls over {study.months} months; {lost}"
    head = ("measure", "per lost call avoided", "range", "avoided", "cost", "lead", "then lost")
    yield from _table(title, head, rows)
    if not rows:
        yield "  none avoids a lost call"
    names = ", ".join(study.best.names)
    yield from _wrapped(f"best set{_budget(decision)}: {names or 'none'}", "  ")
    order = [f"{step.name} (month {step.begins} to {step.works})" for step in study.order.steps]
    if order:
        yield from _wrapped(f"best order: {', then '.join(order)}", "  ")
    yield ""


def _budget(decision: Decision) -> str:
    budget = decision.question.settings.measures_budget
    return "" if budget is None else f" within {budget:,}"


def _sensitivity(decision: Decision) -> Iterator[str]:
    found = decision.tornado
    assert found is not None
    options = list(dict.fromkeys(found.costs["option"]))
    shown = decision.best_option if decision.best_option in options else next(iter(options), None)
    best = found.bests.set_index("path")
    rows = []
    for row in [] if shown is None else found.of(shown).head(TOP).to_dict("records"):
        ends = [best.loc[row["path"], name] for name in ("best_low", "best_high")]
        rows.append(
            (
                row["input"],
                f"{_plain(row['low'])} - {_plain(row['high'])}",
                f"{row['cost_low']:,.0f} - {row['cost_high']:,.0f}",
                f"{row['swing']:,.0f}",
                " / ".join(end if isinstance(end, str) else "none" for end in ends),
            )
        )
    head = ("input", "from - to", "cost a month", "swing", "cheapest at either end")
    yield from _table(f"Strongest inputs of {shown}, each moved alone", head, rows, left=(0, 4))
    yield from _wrapped(f"compared: {'; '.join(options)}", "  ")
    for threshold in decision.thresholds:
        name = input_name(decision.question.tariffs, threshold.path)
        yield from _wrapped(
            f"{threshold.after or 'no option'} instead of {threshold.before or 'none'} from {name} "
            f"{_plain(threshold.value)}",
            "  ",
        )
    if not decision.thresholds:
        yield "  none of them becomes the cheapest from half to twice of the AHT and of the wage"
    yield ""


def _money(value: float) -> str:
    return f"{value:,.0f}" if np.isfinite(value) else "-"


def _range(low: float, high: float) -> str:
    """From the strongest effect to the weakest, which may avoid no call at all."""
    return f"{low:,.0f} - {high:,.0f}" if np.isfinite(high) else f"{_money(low)} or more"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: Sequence[int] = (0,),
    below: dict[int, str] | None = None,
) -> Iterator[str]:
    """A title and a table; columns in `left` are set flush left, and `below` holds a remark under a row."""
    yield title
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for number, row in enumerate((head, *rows), start=-1):
        cells = (
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(cells)}".rstrip()
        if below and number in below:
            yield from _wrapped(below[number], "      ")


def _wrapped(text: str, indent: str) -> Iterable[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
