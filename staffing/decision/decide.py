"""Decide how to staff a desk: one story from a plan to the options, the mix, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Literal, get_args

from staffing.config import PlanConfig, TargetsTable, check_config, read_config
from staffing.decision.decision import Decision
from staffing.decision.mixing import best_mix
from staffing.decision.question import Question
from staffing.decision.weighing import curve, tipping, varied
from staffing.errors import ConfigError, InfeasibleError, SettingFault
from staffing.plan import Plan, Stop, plan
from staffing.plan.telling import tell
from staffing.progress import Progress, silent
from staffing.sourcing import Projection, project
from staffing.sourcing.horizon import load_tax
from staffing.sourcing.measures import MeasureStudy, study_measures

Part = Literal["months", "mix", "break-even", "measures", "sensitivity"]
PARTS: tuple[Part, ...] = get_args(Part)
MIX_SECONDS = 30.0


def decide(
    source: Plan | PlanConfig | Path | str,
    *,
    abandonment: float | None = None,
    parts: Collection[Part] = PARTS,
    seconds: float | None = None,
    mix_seconds: float = MIX_SECONDS,
    progress: Progress = silent,
    stop: Stop | None = None,
) -> Decision:
    """Compare every way of staffing at the same target, find the best mix, and rank measures against lost calls.

    Args:
        source: a plan with its comparison, settings, or the path of a `plan.toml`.
        abandonment: the target instead of the plan's: this share of calls may be lost, and nothing else is asked.
        parts: what to work out beside the options.
        seconds: overrides `roster.seconds`, the roster's search time.
        mix_seconds: of the search for the best mix; as long again for the runners-up.
        progress: told of each step.
        stop: polled during the roster's search; True ends it and keeps the best roster found.

    Raises:
        ConfigError: settings, tariffs or measures that cannot be used.
        InputError: a file that cannot be used.
        InfeasibleError: no roster can keep the contracts and the law.
    """
    made = source if isinstance(source, Plan) else _planned(source, abandonment, seconds, progress, stop)
    question = Question(made)
    assert made.comparison is not None
    found = Decision(question, made.comparison)
    if "months" in parts:
        tell(progress, "decision", "Every option over {months} months", months=question.settings.months)
        found = _with(found, projection=_project(question))
    if "mix" in parts:
        tell(progress, "decision", "Looking for the best mix")
        try:
            found = _with(found, mix=best_mix(question, mix_seconds))
        except InfeasibleError as error:
            found = _with(found, no_mix=str(error))
    if "break-even" in parts:
        tell(progress, "decision", "Costs against volume")
        found = _with(found, break_even=curve(question, made.comparison))
    if "measures" in parts:
        tell(progress, "decision", "Measures against lost calls")
        found = _with(found, measures=_measures(question))
    if "sensitivity" in parts:
        tell(progress, "decision", "What the answer hangs on")
        found = _with(
            found,
            tornado=varied(question, made.comparison),
            thresholds=tipping(question, made.comparison),
        )
    return found


def _with(found: Decision, **more: object) -> Decision:
    return replace(found, **more)  # type: ignore[arg-type]


def _planned(
    source: PlanConfig | Path | str,
    abandonment: float | None,
    seconds: float | None,
    progress: Progress,
    stop: Stop | None,
) -> Plan:
    config = source if isinstance(source, PlanConfig) else read_config(source)
    if abandonment is not None:
        if not 0 < abandonment < 1:
            fault = SettingFault("abandonment", f"{abandonment:g}", "a share above 0 and below 1")
            raise ConfigError(config.file.name, [fault])
        table = TargetsTable(abandonment=abandonment, threshold_seconds=config.targets.threshold_seconds)
        config = config.model_copy(update={"targets": table})
        check_config(config)
    return plan(config, seconds=seconds, progress=progress, stop=stop)


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


def _measures(question: Question) -> MeasureStudy:
    budget = question.settings.measures_budget
    return study_measures(
        question.desk,
        question.measures,
        months=question.settings.months,
        budget=inf if budget is None else budget,
    )
