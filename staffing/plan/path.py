"""The whole path from a history of calls to a costed, checked roster; the only place that knows the order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from staffing import config as settings
from staffing.config import PlanConfig
from staffing.config.inputs import kept_inputs
from staffing.config.patience import patience_seconds
from staffing.errors import ConfigError, SettingFault
from staffing.plan.costing import compare_costs, tariffs_of
from staffing.plan.predicting import predict
from staffing.plan.result import Plan
from staffing.plan.rostering import Stop, build_roster, floor_of, problem_from
from staffing.plan.telling import tell
from staffing.progress import Progress, silent
from staffing.requirement import Requirement, Staffing, require
from staffing.roster.problem import RosterProblem

Last = Literal["forecast", "requirement", "roster", "costs"]
MOST_SECONDS = 86_400  # of search


def plan(
    source: PlanConfig | Path | str,
    *,
    until: Last = "costs",
    engine: Literal["staffing", "pyworkforce"] | None = None,
    seconds: float | None = None,
    progress: Progress = silent,
    stop: Stop | None = None,
) -> Plan:
    """Plan a desk: read, forecast, size, roster, cost, and check what was made.

    Args:
        source: settings, or the path of a `plan.toml`.
        until: the last stage to run.
        engine: overrides `requirement.engine`.
        seconds: overrides `roster.seconds`, the roster's search time.
        progress: told of each step and of each better roster.
        stop: polled during the search; True ends it and keeps the best roster found.

    Raises:
        ConfigError: settings that cannot be used.
        InputError: a file that cannot be used.
        InfeasibleError: no roster can keep the contracts and the law.
    """
    config = overridden(
        source if isinstance(source, PlanConfig) else settings.read_config(source), engine, seconds
    )
    horizon = settings.site_horizon(config)
    inputs = kept_inputs(config)  # now, since somebody may edit them during a long search
    result = replace(predict(config, horizon, progress), inputs=inputs)
    if until == "forecast":
        return result
    requirement = _size(result, progress)
    result = replace(result, requirement=requirement)
    if until == "requirement":
        return result
    tariffs = tariffs_of(config) if until == "costs" else None  # before the search: it would be in vain
    roster = build_roster(config, horizon, requirement, progress, stop)
    result = replace(result, roster=roster)
    if tariffs is None:
        return result
    tell(progress, "costs", "Comparing what the same service costs in-house and outsourced")
    return replace(result, comparison=compare_costs(config, requirement, roster, tariffs))


def problem_of(source: PlanConfig | Path | str) -> RosterProblem:
    """The roster problem behind a plan: its demand, people and rules, without solving it."""
    return basis_of(source)[0]


def basis_of(source: PlanConfig | Path | str) -> tuple[RosterProblem, Requirement]:
    """What a roster is made for: the problem, and what it requires of every interval, with its calls and targets."""
    config = source if isinstance(source, PlanConfig) else settings.read_config(source)
    horizon = settings.site_horizon(config)
    floor = floor_of(config, _size(predict(config, horizon, silent), silent))
    return problem_from(config, horizon, floor), floor


def overridden(config: PlanConfig, engine: str | None, seconds: float | None) -> PlanConfig:
    """The settings with another engine or search time, checked; None leaves them."""
    changes: dict[str, object] = {}
    if seconds is not None and not 0 < seconds <= MOST_SECONDS:
        fault = SettingFault(
            "roster.seconds", str(seconds), f"seconds of search, above 0, at most {MOST_SECONDS}"
        )
        raise ConfigError(config.file.name, [fault])
    if engine is not None:
        changes["requirement"] = config.requirement.model_copy(update={"engine": engine})
    if seconds is not None:
        changes["roster"] = config.roster.model_copy(update={"seconds": seconds})
    changed = config.model_copy(update=changes)
    settings.check_config(changed)
    return changed


def _size(result: Plan, progress: Progress) -> Requirement:
    """Agents per interval."""
    table = result.config.requirement
    tell(progress, "requirement", "Sizing {intervals} open intervals", intervals=len(result.forecast.frame))
    staffing = Staffing(
        model=table.model,
        patience_seconds=patience_seconds(result.config, result.history),
        shrinkage=table.shrinkage,
        minimum_agents=table.minimum_agents,
        engine=table.engine,
        risk=settings.demand_risk(result.config),
    )
    return require(result.forecast, settings.targets(result.config), staffing)
