"""A desk's published roster, planned again from a moment on: sick calls, leave, a new forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pandas as pd

from staffing import config as settings
from staffing.config import PlanConfig
from staffing.config.inputs import kept_name
from staffing.coverage import cover
from staffing.errors import ConfigError, SettingFault, StaffingError
from staffing.forecast import Forecast
from staffing.io.roster_csv import read_roster
from staffing.io.staff_leave import with_leave
from staffing.labour.wages import pay_roster
from staffing.period_service import period_service
from staffing.plan.costing import compare_costs, tariffs_of
from staffing.plan.path import overridden, plan
from staffing.plan.result import Plan, Redone, Rostered
from staffing.plan.rostering import Stop, floor_of, problem_from, require_found, search_roster, service_of
from staffing.plan.telling import tell
from staffing.progress import Progress, silent
from staffing.requirement import Requirement
from staffing.roster.problem import RosterProblem
from staffing.roster.replan import Absence, ChangePrices, Replan, replan
from staffing.roster.replanned import Replanned, compare
from staffing.roster.roster import Roster

Framed = TypeVar("Framed", Forecast, Requirement)


@dataclass(frozen=True)
class News:
    """What has happened since a roster was published.

    Attributes:
        cut: from when on it may change; without an offset it is local time of the site.
        absences: sick calls and leave.
        history: a newer history, whose forecast counts from the cut on.
        prices: of changes; None for the usual.
    """

    cut: datetime
    absences: tuple[Absence, ...] = ()
    history: Path | None = None
    prices: ChangePrices | None = None


def replan_desk(
    source: PlanConfig | Path | str,
    roster_file: Path | str,
    news: News,
    *,
    seconds: float | None = None,
    progress: Progress = silent,
    stop: Stop | None = None,
) -> Plan:
    """Plan a desk's published roster again, changing as little as pays.

    Returns:
        The whole plan with the new roster; `redone` says what differs from the published one. The copy of the staff
        list beside its results holds the new leave.

    Raises:
        ConfigError, InputError: settings or files that cannot be used.
        StaffingError: a cut behind the horizon, or an absence of somebody unknown.
        InfeasibleError: no roster can keep the contracts and the law.
    """
    config = overridden(
        source if isinstance(source, PlanConfig) else settings.read_config(source), None, seconds
    )
    before = plan(config, until="requirement", progress=progress)
    cut = _cut(news.cut, before)
    now = before if news.history is None else _renewed(config, news.history, before, cut, progress)
    problem = problem_from(config, before.horizon, floor_of(config, _requirement(before)))
    published, _ = read_roster(roster_file, before.horizon)
    floor = None if now is before else floor_of(config, _requirement(now))
    again = _replan(problem, published, news, cut, None if floor is None else floor.frame)
    if floor is not None and problem.service:
        again = _with_service(config, again, floor)
    return _planned(_with_new_leave(now, again), again, progress, stop)


def _replan(
    problem: RosterProblem, published: Roster, news: News, cut: datetime, demand: pd.DataFrame | None
) -> Replan:
    ids = [agent.agent_id for agent in problem.agents]
    for absence in news.absences:
        if absence.agent_id not in ids:
            raise StaffingError(f"agent {absence.agent_id} is absent, but not on the staff list")
    return replan(problem, published, cut=cut, absences=news.absences, demand=demand, prices=news.prices)


def _with_service(config: PlanConfig, again: Replan, floor: Requirement) -> Replan:
    """The service targets of a renewed forecast, in the order of the problem's demand."""
    places = again.problem.demand[["queue", "interval_start"]]
    frame = places.merge(floor.frame, on=["queue", "interval_start"], how="left", validate="one_to_one")
    service = service_of(config, replace(floor, frame=frame), again.problem.agents)
    return replace(again, problem=replace(again.problem, service=service))


def _planned(made: Plan, again: Replan, progress: Progress, stop: Stop | None) -> Plan:
    """Search, compare with what was published, judge, and cost."""
    tariffs = tariffs_of(made.config)  # before the search: it would be in vain
    tell(progress, "roster", "Planning {agents} agents again", agents=len(again.problem.agents))
    result = search_roster(made.config, again.problem, progress, stop, hint=again.hint)
    require_found(result)
    tell(progress, "check", "Checking the roster")
    found, requirement = compare(again, result), _requirement(made)
    floor = floor_of(made.config, requirement)
    roster = _rostered(again, found, floor)
    tell(progress, "costs", "Comparing what the same service costs in-house and outsourced")
    return replace(
        made,
        roster=roster,
        comparison=compare_costs(made.config, requirement, roster, tariffs),
        redone=Redone(again, found, cover(again.hint, again.problem, floor).expected()),
    )


def _rostered(again: Replan, found: Replanned, floor: Requirement) -> Rostered:
    roster = found.result.roster
    coverage = cover(roster, again.problem, floor)
    return Rostered(
        problem=again.problem,
        result=found.result,
        pay=pay_roster(roster, again.problem),
        coverage=coverage,
        report=found.report,
        service=period_service(coverage, floor, again.problem),
    )


def _cut(cut: datetime, made: Plan) -> datetime:
    """The cut with an offset; in the site's time where it had none."""
    zone, last = made.horizon.zone, made.horizon.end
    moment = cut.replace(tzinfo=zone) if cut.tzinfo is None else cut.astimezone(zone)
    if moment.date() > last:
        raise StaffingError(
            f"{moment.isoformat()} lies behind {last}, the last day planned: nothing is left to plan"
        )
    return moment


def _renewed(config: PlanConfig, history: Path, before: Plan, cut: datetime, progress: Progress) -> Plan:
    """The plan with another history: its forecast and requirement count from the cut on."""
    if config.history is None:
        fault = SettingFault(
            "history", "(missing)", "a new history takes the place of one: this plan has none"
        )
        raise ConfigError(config.file.name, [fault])
    table = config.history.model_copy(update={"file": history.absolute()})
    other = config.model_copy(update={"history": table})
    made = plan(other, until="requirement", progress=progress)
    return replace(
        made,
        forecast=_spliced(before.forecast, made.forecast, cut),
        requirement=_spliced(_requirement(before), _requirement(made), cut),
    )


def _spliced(old: Framed, new: Framed, cut: datetime) -> Framed:
    """The rows of the old table before the cut, those of the new one from it on."""
    parts = [part[keep] for part, keep in _halves(old.frame, new.frame, cut)]
    frame = pd.concat(parts).sort_values(["queue", "interval_start"], ignore_index=True)
    return replace(new, frame=frame)


def _halves(old: pd.DataFrame, new: pd.DataFrame, cut: datetime) -> list[tuple[pd.DataFrame, pd.Series]]:
    return [(old, old["interval_start"] < cut), (new, new["interval_start"] >= cut)]


def _with_new_leave(made: Plan, again: Replan) -> Plan:
    """The copies of the inputs, with the new days of absence in the staff list."""
    leave: defaultdict[str, list[date]] = defaultdict(list)
    for agent_id, day in sorted(again.absent):
        leave[agent_id].append(day)
    name = kept_name(made.config, ("staff", "file"))
    inputs: Mapping[str, bytes] = made.inputs
    if leave and name in inputs:
        staff = with_leave(made.config.beside(made.config.staff.file), leave)
        inputs = {**inputs, name: staff}
    return replace(made, inputs=inputs)


def _requirement(made: Plan) -> Requirement:
    assert made.requirement is not None  # planned as far as the requirement
    return made.requirement
