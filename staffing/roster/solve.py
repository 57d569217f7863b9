"""Solve a roster problem: the whole path from people and demand to a named roster and a proof of its quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from staffing.errors import ConfigError
from staffing.roster.clock import Clock, Stop
from staffing.roster.feasibility import find_start
from staffing.roster.handout import complete, hand_out
from staffing.roster.people import People
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.roster import Roster, RosterResult, Status
from staffing.roster.rules import Rule, standard_rules
from staffing.roster.search import Progress, Search
from staffing.roster.variables import RosterModel


def solve(
    problem: RosterProblem,
    *,
    seconds: float = 60.0,
    gap: float = 0.01,
    seed: int = 1,
    workers: int = 8,
    progress: Progress | None = None,
    stop: Stop | None = None,
    hint: Roster | None = None,
    shift_counts: Mapping[tuple[date, str], int] | None = None,
) -> RosterResult:
    """Build the cheapest lawful roster that can be found in time, and a lower bound on every other.

    Args:
        problem: people, contracts, shifts, demand, law and prices.
        seconds: time to search; the first roster is built however short it is.
        gap: enough when (objective - bound) / objective is at most this; 0 asks for a proof.
        seed: same seed, same search, as far as no time limit cuts it short (docs/rostering.md says more).
        workers: CP-SAT's parallel searches where it takes a small problem whole.
        progress: told (seconds, objective, bound) of each better roster or bound.
        stop: polled ten times a second; when set, the search ends with the best roster found.
        hint: a roster to start from; it need not be lawful, the closest lawful one is taken.
        shift_counts: (business date, shift code) -> most people on that shift; shifts not named are not worked.

    Returns:
        A result, also when no roster can exist: then `status` is "infeasible" and `obstacles` says why.

    Raises:
        ConfigError: shift templates that the law does not allow.
    """
    clock = Clock(seconds, stop)
    rules = standard_rules(shift_counts)
    _check_templates(problem, rules)
    model = RosterModel(problem, rules)
    x, obstacles = _first_roster(model, hint, clock, workers, seed)
    if x is None:
        return RosterResult(Roster(()), "infeasible", 0, 0, clock.elapsed, seed, obstacles)
    search = Search(model, x, clock=clock, gap=gap, seed=seed, workers=workers, progress=progress)
    search.run()
    x = complete(model, search.x, keep_breaks=True)
    objective = model.money.amount(model.program.value(x))
    bound = min(objective, model.money.amount(search.bound))
    return RosterResult(
        hand_out(model, x), _status(objective, bound, clock), objective, bound, clock.elapsed, seed
    )


def _check_templates(problem: RosterProblem, rules: Sequence[Rule]) -> None:
    faults = [fault for rule in rules for fault in rule.faults(problem)]
    if faults:
        raise ConfigError("shift templates", faults)


def _first_roster(
    model: RosterModel, hint: Roster | None, clock: Clock, workers: int, seed: int
) -> tuple[Ints | None, tuple[str, ...]]:
    """A lawful x, built person by person, or what stands in the way of any."""
    like = None if hint is None else _work_of(model, hint)
    x = People(model).build(like, seed)
    if x is not None:
        return x, ()
    work, obstacles = find_start(model, seconds=clock.left, workers=workers, seed=seed, stop=clock.over)
    return (None if work is None else complete(model, work)), obstacles


def _work_of(model: RosterModel, roster: Roster) -> Ints:
    """The work columns that a roster's duties fill, as far as the model has them. Shape (columns,)."""
    ids = {agent.agent_id: index for index, agent in enumerate(model.problem.agents)}
    days = {day: index for index, day in enumerate(model.days)}
    x = np.zeros(model.program.columns, dtype=np.int64)
    for duty in roster.duties:
        if duty.agent_id in ids and duty.business_date in days:
            options = model.options(ids[duty.agent_id], days[duty.business_date])
            for column, placement in zip(options.columns.tolist(), options.placements, strict=True):
                if placement.shift.code == duty.shift_code:
                    x[column] = 1
    return x


def _status(objective: int, bound: int, clock: Clock) -> Status:
    if objective == bound:
        return "optimal"
    return "stopped" if clock.stopped else "feasible"
