"""A memo from a decision: its options over the months, the mix, break-even, measures, sensitivity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, isfinite

import pandas as pd

from staffing.decision import Decision, Mixed
from staffing.decision.naming import tip_note
from staffing.notes import Note
from staffing.report.memo.memo import (
    Assumption,
    Bill,
    BreakEven,
    DecisionMemo,
    Measure,
    Mix,
    MixPart,
    Option,
    RunnerUp,
    Sensitivity,
)
from staffing.report.memo.of_plan import bills_of, digests, memo_of_plan, prices, rests_on
from staffing.sourcing import Projection
from staffing.sourcing.horizon.months import before
from staffing.sourcing.lines import ONCE
from staffing.wording.words import mark

QUESTION = mark("Which way of taking the calls reaches the target at the least cost?")
NO_OPTION = mark("no option")
LOW, HIGH = "q0.05", "q0.95"
_REASONS = {
    "price": mark("the costs meet"),
    "step": mark("another person, seat or channel is bought"),
    "capacity": mark("the first does not reach the target any more"),
    "minimum": mark("the second takes no smaller volume"),
}


def memo_of_decision(decision: Decision, *, question: str = QUESTION) -> DecisionMemo:
    """The memo of a decision: over the months ahead where these were worked out, else over the plan's own days.

    A mix is recommended where it is of several sources and costs less than any option by itself.

    Args:
        decision: what was found.
        question: what is to be decided, a sentence.
    """
    plan = decision.question.plan
    if decision.projection is None:
        return _with_analysis(memo_of_plan(plan, question=question), decision)
    ahead = decision.projection
    bills, lost = tuple(bills_of(ahead.lines)), tuple(bills_of(ahead.lost))
    memo = DecisionMemo(
        title=plan.config.plan.name,
        question=question,
        months=ahead.volumes.months,
        currency=ahead.currency,
        calls=float(ahead.volumes.calls.sum()),
        targets=decision.question.case.targets,
        options=tuple(_options(decision, ahead, bills)),
        bills=bills,
        recommended=decision.best_option,
        lost=lost,
        lost_calls_counted=ahead.lost_calls_counted,
        assumptions=(*rests_on(plan), *_horizon(decision), *prices((*bills, *lost))),
        notes=ahead.notes,
        made_from=digests(plan),
    )
    return _with_analysis(memo, decision)


def _with_analysis(memo: DecisionMemo, decision: Decision) -> DecisionMemo:
    """The memo with what was worked out beside the options."""
    mix = None if decision.mix is None else _mix(decision.mix)
    comparable = mix is not None and decision.recommends_mix and decision.projection is not None
    notes = list(memo.notes)
    if decision.mix is not None:
        notes += decision.mix.notes
    if decision.no_mix:
        notes.append(Note.of("There is no mix: {why}", why=decision.no_mix))
    if decision.break_even is not None:
        notes += decision.break_even.notes
    if decision.measures is not None:
        notes += decision.measures.notes
    return replace(
        memo,
        mix=mix,
        recommended="mix" if comparable else memo.recommended,
        break_even=tuple(_break_even(decision)),
        measures=tuple(_measures(decision)),
        sensitivity=tuple(_sensitivity(decision, decision.best_option)),
        sensitivity_of_month=True,
        notes=tuple(dict.fromkeys(notes)),
    )


def _options(decision: Decision, ahead: Projection, bills: tuple[Bill, ...]) -> Iterator[Option]:
    compared = {found.option: found for found in decision.comparison.options}
    spread = _quantiles(ahead)
    level = _service_levels(ahead.sizes)
    for row in ahead.options.to_dict("records"):
        name = str(row["option"])
        low, high = spread.get(name, (None, None))
        once = sum(line.amount for line in bills if line.option == name and line.unit == ONCE)
        yield Option(
            name=name,
            bought=_bought(ahead.sizes[ahead.sizes["option"] == name]),
            total=int(row["total"]),
            once=once,
            handled_calls=float(row["calls_handled"]),
            abandonment=float(row["abandonment"]),
            service_level=level[name],
            meets_target=int(row["months_missed"]) == 0,
            present_value=int(row["present_value"]),
            low=low,
            high=high,
            lost_calls_cost=int(row["lost_calls_cost"]) if len(ahead.lost) else None,
            order_month=_order_month(decision, name, ahead.volumes.months[0]),
            notes=(*_missed(int(row["months_missed"]), len(ahead.volumes.months)), *compared[name].obstacles),
        )


def _order_month(decision: Decision, name: str, first: str) -> str | None:
    """The month by which a vendor must be ordered to take calls in the first one; None for one's own people."""
    tariffs = decision.question.tariffs
    if name == tariffs.in_house.name:
        return None
    lead = ceil(tariffs.named(name).terms.lead_months.value)
    return before(first, lead) if lead else None


def _missed(count: int, months: int) -> Iterator[Note]:
    if count:
        yield Note.of("Misses the target in {count} of {months} months", count=count, months=months)


def _bought(sizes: pd.DataFrame) -> Note:
    """The most of what is bought in any month."""
    heads, seats, channels = (int(sizes[name].max()) for name in ("heads", "seats", "channels"))
    if heads and channels:
        return Note.of("up to {heads} agents and {channels} channels", heads=heads, channels=channels)
    if heads:
        return Note.of("up to {count} agents", count=heads)
    if seats:
        return Note.of("up to {count} seats", count=seats)
    if channels:
        return Note.of("up to {count} channels", count=channels)
    return Note.of("{hours} hours", hours=f"{sizes['hours'].sum():,.0f}")


def _quantiles(ahead: Projection) -> dict[str, tuple[int, int]]:
    if ahead.risk is None:
        return {}
    found = ahead.risk.quantiles()
    totals = found[found["quantity"] == "total"]
    return {
        str(name): (round(float(low)), round(float(high)))
        for name, low, high in zip(totals["option"], totals[LOW], totals[HIGH], strict=True)
    }


def _service_levels(sizes: pd.DataFrame) -> dict[str, float]:
    """Service level of each option over the months, weighted by calls."""
    sums = (
        sizes.assign(good=sizes["service_level"] * sizes["calls"])
        .groupby("option", sort=False)[["good", "calls"]]
        .sum()
    )
    return {str(name): float(good / calls) for name, good, calls in sums.itertuples()}


def _mix(mix: Mixed) -> Mix:
    parts = tuple(
        MixPart(str(row["source"]), row["bought"], float(row["calls"]), int(row["amount"]))
        for row in mix.table.to_dict("records")
    )
    runners = tuple(
        RunnerUp(
            " + ".join(runner.result.plan.contracts),
            sum(line.amount for lines in runner.result.lines().values() for line in lines),
            tip_note(runner.tips[0]) if runner.tips else Note.of("no single price"),
        )
        for runner in mix.runners_up
    )
    return Mix(parts, mix.total, mix.bound, runners)


def _break_even(decision: Decision) -> Iterator[BreakEven]:
    if decision.break_even is not None:
        for crossing in decision.break_even.crossings:
            reason = Note.of(_REASONS[crossing.reason])
            before, after = crossing.before or NO_OPTION, crossing.after or NO_OPTION
            yield BreakEven(before, after, crossing.calls, reason)


def _measures(decision: Decision) -> Iterator[Measure]:
    if decision.measures is not None:
        catalogue = decision.question.measures
        for row in decision.measures.ranking.to_dict("records"):
            name = str(row["measure"])
            low, high = (float(row[f"cost_per_call_{end}"]) for end in ("low", "high"))
            yield Measure(
                name=name,
                once=int(row["one_off"]),
                monthly=int(row["cost_month"]),
                total=int(row["cost"]),
                calls_saved=float(row["avoided"]),
                label=catalogue[name].weakest_label,
                low=low if isfinite(low) else None,
                high=high if isfinite(high) else None,
            )


def _sensitivity(decision: Decision, option: str | None) -> Iterator[Sensitivity]:
    """The inputs that move the cost of the best option, or which option is the best."""
    found = decision.tornado
    if found is None or option is None or option not in set(found.costs["option"]):
        return
    best = found.bests.set_index("path")
    for row in found.of(option).to_dict("records"):
        moved = best.loc[row["path"]]
        if row["swing"] or moved["changes"]:
            yield Sensitivity(
                name=str(row["input"]),
                low=f"{row['low']:,.4g}" if row["low"] < 1e4 else f"{row['low']:,.0f}",
                high=f"{row['high']:,.4g}" if row["high"] < 1e4 else f"{row['high']:,.0f}",
                total_low=round(float(row["cost_low"])),
                total_high=round(float(row["cost_high"])),
                best_low=_named(moved["best_low"]),
                best_high=_named(moved["best_high"]),
            )


def _named(option: object) -> str:
    return option if isinstance(option, str) else NO_OPTION


def _horizon(decision: Decision) -> Iterator[Assumption]:
    """What the settings say of the months ahead."""
    given, volumes = decision.question.settings, decision.question.volumes
    where, share = "[sourcing]", mark("a share")
    yield Assumption(mark("months ahead"), len(volumes.months), mark("months"), "plan", where)
    yield Assumption(mark("growth of calls"), given.growth_per_year, mark("share a year"), "plan", where)
    yield Assumption(mark("rate of discount"), given.discount_rate, mark("share a year"), "plan", where)
    for name, value in (
        (mark("error of the level of calls"), given.calls_error),
        (mark("error of a year's growth"), given.growth_error),
        (mark("scatter of a month's calls"), given.month_error),
    ):
        yield Assumption(name, value, share, "plan", where)
