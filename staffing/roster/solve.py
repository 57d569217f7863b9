"""Solve a roster problem: the whole path from people and demand to a named roster and a proof of its quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from staffing.errors import ConfigError
from staffing.roster.clock import Clock, Stop
from staffing.roster.feasibility import obstacles
from staffing.roster.handout import complete, hand_out
from staffing.roster.people import Worth, build, like
from staffing.roster.problem import RosterProblem
from staffing.roster.program import Ints
from staffing.roster.roster import Roster, RosterResult, Status
from staffing.roster.rules import Rule, rules_of
from staffing.roster.search import Progress, Search
from staffing.roster.seats import widened
from staffing.roster.stand_in import stood_in
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Windows


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
        shift_counts: (business date, shift code) -> most people on that shift, 0 for shifts not named. Where
            contracts' least hours find no seat, seats are added (`seats.widened` says how).

    Returns:
        A result, also when no roster can exist: then `status` is "infeasible" and `obstacles` says why.

    Raises:
        ConfigError: shift templates that the law does not allow.
    """
    clock = Clock(seconds, stop)
    rules = rules_of(problem)
    _check_templates(problem, rules)
    model = RosterModel(problem, rules)
    if shift_counts is None:
        x = build(model, Worth(model) if hint is None else like(_work_of(model, hint)), seed)
    else:
        model, x = _seated(model, shift_counts, seed)
    if x is None:
        return RosterResult(Roster(()), "infeasible", 0, 0, clock.elapsed, seed, obstacles(model, seed))
    windows = Windows(model)
    if model.service.rows:
        if progress is not None:
            progress(clock.elapsed, model.money.amount(model.program.value(x)), 0)
        x = stood_in(model, windows, rules, x, clock=clock, gap=gap, seed=seed, workers=workers)
    search = Search(
        model, x, clock=clock, gap=gap, seed=seed, workers=workers, progress=progress, windows=windows
    )
    search.run()
    x = complete(model, search.x, keep_breaks=True)
    objective = model.money.amount(model.program.value(x))
    bound = min(objective, model.money.amount(search.bound))
    roster = hand_out(model, x)
    return RosterResult(roster, _status(objective, bound, clock), objective, bound, clock.elapsed, seed)


def _check_templates(problem: RosterProblem, rules: Sequence[Rule]) -> None:
    faults = [fault for rule in rules for fault in rule.faults(problem)]
    if faults:
        raise ConfigError("shift templates", faults)


def _seated(
    model: RosterModel, shift_counts: Mapping[tuple[date, str], int], seed: int
) -> tuple[RosterModel, Ints | None]:
    """The model with seats, widened where least hours need it, and an x to start from."""
    found = widened(model, shift_counts, seed)
    if found is None:
        return model, None
    seats, x = found
    seated = RosterModel(model.problem, rules_of(model.problem, seats))
    return seated, build(seated, like(_work_of(seated, hand_out(model, x))), seed)


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
