"""Decide how to staff a desk: one story from a plan to the options, the mix, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any, Literal, get_args

from staffing.config import PlanConfig, TargetsTable, check_config, read_config
from staffing.decision.decision import Decision
from staffing.decision.mixing import best_mix
from staffing.decision.question import Question, measures_of
from staffing.decision.weighing import Weighing, curve
from staffing.errors import ConfigError, InfeasibleError, SettingFault
from staffing.notes import Note
from staffing.plan import Plan, Stop, plan
from staffing.progress import Progress, ProgressEvent, silent
from staffing.sourcing import Projection, project
from staffing.sourcing.horizon import load_tax
from staffing.sourcing.horizon.months import MOST_MONTHS
from staffing.sourcing.measures import MeasureStudy, study_measures, worth_of_lost_call

Part = Literal["months", "mix", "break-even", "measures", "sensitivity"]
PARTS: tuple[Part, ...] = get_args(Part)
MIX_SECONDS = 25.0
_PLANNED, _DONE = 0.4, 0.97  # shares of the whole when the plan is made, and when all is worked out


def decide(
    source: Plan | PlanConfig | Path | str,
    *,
    abandonment: float | None = None,
    months: int | None = None,
    parts: Collection[Part] = PARTS,
    seconds: float | None = None,
    mix_seconds: float = MIX_SECONDS,
    progress: Progress = silent,
    stop: Stop | None = None,
) -> Decision:
    """Compare every way of staffing at the same target, find the best mix, and rank measures against lost calls.

    Args:
        source: a plan with its comparison, settings, or the path of a `plan.toml`. A plan is made anew only for
            another target.
        abandonment: the target instead of the plan's: this share of calls may be lost, and nothing else is asked.
        months: overrides `sourcing.months`, the months to look ahead.
        parts: what to work out beside the options.
        seconds: overrides `roster.seconds`, the roster's search time.
        mix_seconds: of the search for the best mix; less than as long again for mixes nearly as cheap.
        progress: told of each step.
        stop: polled during the roster's search; True ends it and keeps the best roster found.

    Raises:
        ConfigError: settings, tariffs or measures that cannot be used.
        InputError: a file that cannot be used.
        InfeasibleError: no roster can keep the contracts and the law.
    """
    _check_asked(abandonment, months, parts, mix_seconds)
    told = _up_to(_PLANNED, progress)
    made = _looking_ahead(_made(source, abandonment, seconds, told, stop, "measures" in parts), months)
    question = Question(made)
    assert made.comparison is not None  # else the question refuses the plan
    found = Decision(question, made.comparison)
    wanted = [part for part in PARTS if part in parts]
    for number, part in enumerate(wanted):
        share = _PLANNED + (_DONE - _PLANNED) * number / len(wanted)
        progress(ProgressEvent("decision", share, _step(part, question.settings.months)))
        found = replace(found, **_WORK[part](found, mix_seconds))
    return found


def _check_asked(
    abandonment: float | None, months: int | None, parts: Collection[str], mix_seconds: float
) -> None:
    faults = []
    if abandonment is not None and not 0 < abandonment < 1:
        faults.append(SettingFault("abandonment", f"{abandonment:g}", "a share above 0 and below 1"))
    if months is not None and not 1 <= months <= MOST_MONTHS:
        faults.append(SettingFault("months", str(months), f"a whole number from 1 to {MOST_MONTHS}"))
    if not 0 < mix_seconds < inf:
        faults.append(SettingFault("mix_seconds", f"{mix_seconds:g}", "seconds of search, above 0"))
    for part in parts:
        if part not in PARTS:
            faults.append(SettingFault("parts", repr(part), f"must be one of {', '.join(PARTS)}"))
    if faults:
        raise ConfigError("decision", faults)


def _made(
    source: Plan | PlanConfig | Path | str,
    abandonment: float | None,
    seconds: float | None,
    progress: Progress,
    stop: Stop | None,
    measured: bool,
) -> Plan:
    if isinstance(source, Plan):
        if abandonment is None or _asks_only(source.config.targets, abandonment):
            return source
        source = source.config
    config = source if isinstance(source, PlanConfig) else read_config(source)
    if abandonment is not None:
        table = TargetsTable(abandonment=abandonment, threshold_seconds=config.targets.threshold_seconds)
        config = config.model_copy(update={"targets": table})
        check_config(config)
    if measured:
        measures_of(config)  # before the search: it would be in vain
    return plan(config, seconds=seconds, progress=progress, stop=stop)


def _asks_only(targets: TargetsTable, abandonment: float) -> bool:
    alone = TargetsTable(abandonment=abandonment, threshold_seconds=targets.threshold_seconds)
    return targets == alone


def _looking_ahead(made: Plan, months: int | None) -> Plan:
    if months is None:
        return made
    table = made.config.sourcing.model_copy(update={"months": months})
    return replace(made, config=made.config.model_copy(update={"sourcing": table}))


def _up_to(share: float, progress: Progress) -> Progress:
    """The same, for steps that are only this share of the whole."""
    return lambda event: progress(replace(event, share=event.share * share))


def _months(found: Decision, _seconds: float) -> dict[str, Any]:
    return {"projection": _project(found.question)}


def _mix(found: Decision, seconds: float) -> dict[str, Any]:
    try:
        return {"mix": best_mix(found.question, seconds)}
    except InfeasibleError as error:
        return {"no_mix": str(error)}


def _break_even(found: Decision, _seconds: float) -> dict[str, Any]:
    return {"break_even": curve(found.question, found.comparison)}


def _measures(found: Decision, _seconds: float) -> dict[str, Any]:
    return {"measures": _study(found.question)}


def _sensitivity(found: Decision, _seconds: float) -> dict[str, Any]:
    weighing = Weighing(found.question, found.comparison)
    return {"tornado": weighing.tornado(), "thresholds": weighing.thresholds()}


_Work = Callable[[Decision, float], dict[str, Any]]
_WORK: Mapping[Part, _Work] = {
    "months": _months,
    "mix": _mix,
    "break-even": _break_even,
    "measures": _measures,
    "sensitivity": _sensitivity,
}


def _step(part: Part, months: int) -> Note:
    """What is said while a part is worked out."""
    return {
        "months": Note.of("Every option over {months} months", months=months),
        "mix": Note.of("Looking for the best mix"),
        "break-even": Note.of("Costs against volume"),
        "measures": Note.of("Measures against lost calls"),
        "sensitivity": Note.of("What the answer hangs on"),
    }[part]


def _project(question: Question) -> Projection:
    given = question.settings
    return project(
        question.tariffs.every,
        question.shape,
        question.context,
        start=question.first_month,
        months=given.months,
        calls=question.calls_a_month,
        growth=given.growth_per_year,
        season=question.season,
        rate=given.discount_rate,
        tax=load_tax(),
        uncertainty=question.uncertainty,
    )


def _study(question: Question) -> MeasureStudy:
    budget, prices = question.settings.measures_budget, question.tariffs.lost_calls
    share = float(question.case.targets.abandonment or 0.0)
    return study_measures(
        question.desk,
        question.measures,
        months=question.settings.months,
        budget=inf if budget is None else budget,
        price_lost_call=worth_of_lost_call(prices, share) if prices is not None and prices.counted else None,
    )
