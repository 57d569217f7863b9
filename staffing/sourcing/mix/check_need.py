"""What a source's teams need in a month and class, by the queueing formulas; shares nothing with the curves."""

from __future__ import annotations

import numpy as np

from staffing.queueing import required_agents
from staffing.sourcing.mix.plan import SourcePlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import Booths, CallPlan, Contract
from staffing.sourcing.rates import rates

SLACK = 1e-4  # calls, hours and heads may miss by this share, as a solver leaves them


def need(
    problem: MixProblem, source: Contract, part: SourcePlan, month: int, place: int
) -> tuple[int, float, float]:
    """Constant seats, hours that follow the demand, and agents at the busiest time; sums over the teams."""
    seats, hours, peak = 0, 0.0, 0.0
    names = [kind.name for kind in problem.types]
    served = [n for n, kind in enumerate(problem.types) if part.calls[:, n].any()]
    groups = [served] if source.teams is None else [[names.index(x) for x in team] for team in source.teams]
    whole = [group for group in groups if any(kind in served for kind in group)] if source.teams else groups
    for group in whole:
        volume = sum(
            float(part.calls[month, kind, place]) * problem.types[kind].aht_seconds for kind in group
        )
        if volume <= SLACK:
            continue
        aht = problem.team_aht(source, _team_of(problem, source, group))
        calls = volume * source.aht_factor * source.repeat_factor / aht / float(problem.hours[month, place])
        share = np.array([share for share, _ in problem.classes[place].slots])
        hourly = calls * np.array([factor for _, factor in problem.classes[place].slots])
        needed = required_agents(
            hourly, aht, problem.targets, interval=3600, patience=problem.patience_seconds
        )
        team = _number(problem, source, group)
        run_at = float(part.agents_share[team, month, place])
        hours += float(share @ needed) * run_at * float(problem.hours[month, place])
        peak += float(needed.max()) * run_at
        if isinstance(source, (Booths, CallPlan)):
            seats += _constant(problem, hourly, share, aht)
    return seats, hours, peak


def _team_of(problem: MixProblem, source: Contract, group: list[int]) -> tuple[int, ...]:
    return next(team for team in problem.teams(source) if set(group) <= set(team) or set(team) <= set(group))


def _number(problem: MixProblem, source: Contract, group: list[int]) -> int:
    return problem.teams(source).index(_team_of(problem, source, group))


def _constant(problem: MixProblem, hourly: np.ndarray, share: np.ndarray, aht: float) -> int:
    """The fewest seats, kept through the class, that reach the target over its calls; counted up one by one."""
    seats = 1
    while True:
        found = rates(
            hourly,
            np.full_like(hourly, aht),
            seats,
            problem.targets,
            interval_seconds=3600,
            patience_seconds=problem.patience_seconds,
        )
        weights = hourly * share
        counted = weights * found.counted
        lost = float((found.lost * weights).sum() / weights.sum())
        level = float((found.level * counted).sum() / counted.sum()) if counted.sum() > 0 else 1.0
        handled = weights * (1 - found.lost)
        asa = float((found.asa * handled).sum() / handled.sum()) if handled.sum() > 0 else np.inf
        aim = problem.targets
        met = (
            (aim.abandonment is None or lost <= aim.abandonment + 1e-9)
            and (aim.service_level is None or level >= aim.service_level - 1e-9)
            and (aim.asa is None or asa <= aim.asa + 1e-9)
        )
        if met:
            return seats
        seats += 1
