"""The whole path from a history of calls to a costed, checked roster; the only place that knows the order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from staffing import config as settings
from staffing.config import PlanConfig
from staffing.config.inputs import kept_inputs
from staffing.config.patience import patience_seconds
from staffing.coverage import Coverage, cover
from staffing.demand.history import History
from staffing.demand.reading import read_history
from staffing.errors import ConfigError, InfeasibleError, InputError, SettingFault
from staffing.forecast import Backtest, Forecast, backtest, forecast_median, forecast_profile
from staffing.forecast.level import Method
from staffing.horizon import WEEKDAYS, Horizon
from staffing.io.profile import read_profile
from staffing.io.staff import read_agents
from staffing.labour.pack import load_pack
from staffing.labour.wages import Pay, pay_roster
from staffing.notes import Note
from staffing.progress import Progress, ProgressEvent, Stage, silent
from staffing.requirement import Requirement, Staffing, require
from staffing.roster.check import CheckReport, check
from staffing.roster.problem import Prices, RosterProblem
from staffing.roster.roster import RosterResult
from staffing.roster.solve import solve
from staffing.shifts.selection import Seats, select_shifts_pyworkforce
from staffing.sourcing import Comparison, InHouseFacts, Tariffs, compare, load_tariffs

Last = Literal["forecast", "requirement", "roster", "costs"]
Stop = Callable[[], bool]
MOST_SECONDS = 86_400  # of search
BACKTEST_DAYS = 14  # held back from the end of the history
_SHARES: dict[Stage, float] = {
    "demand": 0.02,
    "forecast": 0.06,
    "requirement": 0.1,
    "roster": 0.12,
    "check": 0.93,
    "costs": 0.96,
    "export": 0.98,
    "done": 1.0,
}


@dataclass(frozen=True)
class Rostered:
    """A roster with what it was made from, what it pays, whom it puts on the floor, and the checker's judgement."""

    problem: RosterProblem
    result: RosterResult
    pay: tuple[Pay, ...]
    coverage: Coverage
    report: CheckReport
    selection: Seats | None = None  # pyworkforce's unnamed seats, where it is the engine


@dataclass(frozen=True)
class Plan:
    """Everything a plan found; stages that were not asked for are None.

    `inputs` are the files it was made from, by the name each is kept under beside the results.
    """

    config: PlanConfig
    horizon: Horizon
    history: History | None
    forecast: Forecast
    backtest: Backtest | None
    requirement: Requirement | None = None
    roster: Rostered | None = None
    comparison: Comparison | None = None
    inputs: Mapping[str, bytes] = field(default_factory=dict, repr=False)


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
    config = _overridden(
        source if isinstance(source, PlanConfig) else settings.read_config(source), engine, seconds
    )
    horizon = settings.site_horizon(config)
    inputs = kept_inputs(config)  # now, since somebody may edit them during a long search
    result = replace(_predict(config, horizon, progress), inputs=inputs)
    if until == "forecast":
        return result
    requirement = _size(result, progress)
    result = replace(result, requirement=requirement)
    if until == "requirement":
        return result
    tariffs = _tariffs(config) if until == "costs" else None  # before the search: it would be in vain
    roster = _roster(config, horizon, requirement, progress, stop)
    result = replace(result, roster=roster)
    if tariffs is None:
        return result
    _tell(progress, "costs", "Comparing what the same service costs in-house and outsourced")
    return replace(result, comparison=_compare(config, requirement, roster, tariffs))


def problem_of(source: PlanConfig | Path | str) -> RosterProblem:
    """The roster problem behind a plan: its demand, people and rules, without solving it."""
    config = source if isinstance(source, PlanConfig) else settings.read_config(source)
    horizon = settings.site_horizon(config)
    requirement = _size(_predict(config, horizon, silent), silent)
    return _problem(config, horizon, requirement)


def _tell(progress: Progress, stage: Stage, text: str, **values: object) -> None:
    progress(ProgressEvent(stage, _SHARES[stage], Note.of(text, **values)))


def _overridden(config: PlanConfig, engine: str | None, seconds: float | None) -> PlanConfig:
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


def _predict(config: PlanConfig, horizon: Horizon, progress: Progress) -> Plan:
    """Read the demand and forecast it."""
    table = config.forecast
    history = _history(config, horizon, progress)
    _tell(progress, "forecast", "Forecasting calls and handling time")
    if history is None or table.method == "profile":
        return Plan(config, horizon, history, _from_profile(config, horizon), None)
    method: Method = table.method
    forecast = forecast_median(
        history, horizon, weeks=table.weeks, confidence=table.confidence, method=method
    )
    return Plan(config, horizon, history, forecast, _tested(config, horizon, history, method))


def _tested(config: PlanConfig, horizon: Horizon, history: History, method: Method) -> Backtest | None:
    """The error on the last days held back; None where the days are too few, or held no calls, to tell."""
    days = history.frame["business_date"]
    if days.empty or (days.max() - days.min()).days + 1 < 2 * BACKTEST_DAYS:
        return None
    table = config.forecast
    with suppress(InputError):  # the forecast has been made: it is no error that it cannot be tested
        return backtest(
            history,
            horizon,
            days=BACKTEST_DAYS,
            weeks=table.weeks,
            confidence=table.confidence,
            method=method,
        )
    return None


def _from_profile(config: PlanConfig, horizon: Horizon) -> Forecast:
    table = config.forecast
    if table.profile is None or table.calls_per_month is None or table.aht_seconds is None:
        raise ValueError("a profile forecast needs profile, calls_per_month and aht_seconds")
    return forecast_profile(
        read_profile(config.beside(table.profile)),
        horizon,
        calls_per_month=table.calls_per_month,
        aht_seconds=table.aht_seconds,
        confidence=table.confidence,
    )


def _history(config: PlanConfig, horizon: Horizon, progress: Progress) -> History | None:
    table = config.history
    if table is None:
        return None
    _tell(progress, "demand", "Reading {file}", file=table.file.name)
    return read_history(
        config.beside(table.file),
        horizon,
        threshold_seconds=table.threshold_seconds,
        unrecorded_acw_seconds=table.unrecorded_acw_seconds,
        missing_days=table.missing_days,
        missing_intervals=table.missing_intervals,
    )


def _size(result: Plan, progress: Progress) -> Requirement:
    """Agents per interval."""
    table = result.config.requirement
    _tell(progress, "requirement", "Sizing {intervals} open intervals", intervals=len(result.forecast.frame))
    staffing = Staffing(
        model=table.model,
        patience_seconds=patience_seconds(result.config, result.history),
        shrinkage=table.shrinkage,
        minimum_agents=table.minimum_agents,
        engine=table.engine,
    )
    return require(result.forecast, settings.targets(result.config), staffing)


def _roster(
    config: PlanConfig, horizon: Horizon, requirement: Requirement, progress: Progress, stop: Stop | None
) -> Rostered:
    """Build the roster, pay it, count its cover, and judge it with code of its own."""
    problem = _problem(config, horizon, requirement)
    _tell(progress, "roster", "Rostering {agents} agents", agents=len(problem.agents))
    result = _solve(config, problem, progress, stop)
    if result.status == "infeasible":
        raise InfeasibleError("no roster can exist:\n" + "\n".join(result.obstacles))
    _tell(progress, "check", "Checking the roster")
    return Rostered(
        problem=problem,
        result=result,
        pay=pay_roster(result.roster, problem),
        coverage=cover(result.roster, problem, requirement),
        report=check(result.roster, problem),
        selection=_selection(config, problem, progress),
    )


def _selection(config: PlanConfig, problem: RosterProblem, progress: Progress) -> Seats | None:
    """What pyworkforce's shift selection makes of the same demand; it knows no people and no contracts."""
    if config.requirement.engine != "pyworkforce":
        return None
    _tell(progress, "check", "Selecting shifts with pyworkforce")
    return select_shifts_pyworkforce(problem)


def _problem(config: PlanConfig, horizon: Horizon, requirement: Requirement) -> RosterProblem:
    contracts = settings.contracts(config)
    return RosterProblem(
        horizon=horizon,
        demand=requirement.frame[["queue", "interval_start", "business_date", "slot", "agents_gross"]],
        agents=read_agents(
            config.beside(config.staff.file),
            contracts=[contract.name for contract in contracts],
            queues=sorted({str(name) for name in requirement.frame["queue"]}),
        ),
        contracts=contracts,
        shifts=settings.shift_families(config),
        pack=load_pack(config.labour.pack),
        prices=Prices(shortage_per_hour=config.roster.shortage_price_per_hour),
        week_start=WEEKDAYS.index(config.labour.week_start),
    )


def _solve(config: PlanConfig, problem: RosterProblem, progress: Progress, stop: Stop | None) -> RosterResult:
    limit = config.roster.seconds
    first, last = _SHARES["roster"], _SHARES["check"]

    def better(seconds: float, objective: int, bound: int) -> None:
        share = first + (last - first) * min(1.0, seconds / limit)
        found = Note.of("A better roster was found")
        progress(ProgressEvent("roster", share, found, objective, bound, seconds))

    return solve(
        problem,
        seconds=limit,
        gap=config.roster.gap,
        seed=config.plan.seed,
        progress=better,
        stop=stop,
    )


def _tariffs(config: PlanConfig) -> Tariffs:
    file = config.sourcing.tariffs
    tariffs = load_tariffs(None if file is None else config.beside(file))
    tariffs.require_currency(config.plan.currency)
    return tariffs


def _compare(config: PlanConfig, requirement: Requirement, roster: Rostered, tariffs: Tariffs) -> Comparison:
    expected = roster.coverage.expected()
    return compare(
        requirement.frame,
        requirement.targets,
        tariffs,
        interval_minutes=requirement.interval_minutes,
        patience_seconds=requirement.staffing.modelled_patience,
        in_house=InHouseFacts(
            wages=_monthly_wages(roster.pay),
            heads=len(roster.problem.agents),
            abandonment=expected.abandonment,
            service_level=expected.service_level,
            asa_seconds=expected.asa_seconds,
            seats=_seats(roster.coverage),
        ),
        currency=config.plan.currency,
        period=(config.horizon.start, config.horizon.end),
    )


def _seats(coverage: Coverage) -> int:
    """The most people on the floor at once, all queues together; part of an interval takes a whole seat."""
    at_once = coverage.frame.groupby("interval_start")["on_floor"].sum()
    return math.ceil(float(at_once.max()) - 1e-9)


def _monthly_wages(pay: tuple[Pay, ...]) -> pd.DataFrame:
    """Paid hours and wages per calendar month of the business date."""
    rows = [(f"{duty.business_date:%Y-%m}", duty.paid_minutes / 60, duty.cost) for duty in pay]
    frame = pd.DataFrame(rows, columns=["month", "paid_hours", "wages"])
    return frame.groupby("month", as_index=False).sum()
