"""Solve a roster problem: the whole path from people and demand to a named roster and a proof of its quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from staffing.errors import ConfigError
from staffing.labour.wages import pay_roster
from staffing.notes import Note
from staffing.roster.budget import Budget
from staffing.roster.by_shift import wanted_by_shift
from staffing.roster.clock import Clock, Stop
from staffing.roster.explain import exists, explain
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

PROOF_SECONDS = 60.0  # at least, for finding a roster that exists or proving that none does


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
    work: int | None = None,
    memory_mb: float | None = None,
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
        work: rounds of improvement, after the passes over all weeks that every search makes. Programs are then
            limited by what their solvers count of work, not by seconds: same problem, seed and work, same
            result, as long as `seconds` and `stop` do not end the search before.
        memory_mb: of the whole process, about. Near it, programs are solved one at a time; above it, the search
            ends with the best roster found. The first roster is built in any case.

    Returns:
        A result, also when no roster can exist: then `status` is "infeasible" and `obstacles` says why. It is said
        only when proven; "unknown" when neither a roster nor a proof was found in time.

    Raises:
        ConfigError: shift templates that the law does not allow.
    """
    clock = Clock(seconds, stop)
    rules = rules_of(problem)
    _check_templates(problem, rules)
    model = RosterModel(problem, rules)
    x, bound = None, 0
    if shift_counts is None and wanted_by_shift(model):
        start = None if hint is None else complete(model, _work_of(model, hint))
        from staffing.roster.patterns.solve import search_patterns  # numba is slow to load, and seldom needed

        x, bound = search_patterns(
            model, clock, seed=seed, gap=gap, progress=progress, work=work, start=start
        )
    if x is None:
        model, x = _first(model, hint, shift_counts, seed)
        if x is None:
            found = exists(model, seconds=max(seconds, PROOF_SECONDS), seed=seed, stop=clock.asked)
            if found.x is None:
                return _without_roster(problem, found.answer == "no", clock, seed)
            x = found.x
        budget = Budget(clock, seed, workers, work, memory_mb)
        windows = None
        if model.service.rows:
            windows = Windows(model)
            if progress is not None:
                progress(clock.elapsed, model.money.amount(model.program.value(x)), 0)
            x = stood_in(model, windows, rules, x, budget=budget, gap=gap)
        search = Search(model, x, budget=budget, gap=gap, progress=progress, windows=windows)
        search.run()
        x, bound = search.x, max(bound, search.bound)
    x = min(complete(model, x, keep_breaks=True), x, key=model.program.value)
    roster = hand_out(model, x)
    objective = _objective(model, x, roster)
    bound = min(objective, model.money.amount(bound) - model.rounding)
    return RosterResult(roster, _status(objective, bound, clock), objective, bound, clock.elapsed, seed)


def _first(
    model: RosterModel,
    hint: Roster | None,
    shift_counts: Mapping[tuple[date, str], int] | None,
    seed: int,
) -> tuple[RosterModel, Ints | None]:
    """An x to start from: near the hint, or worth most to the floor; with seats, in a model that has them."""
    if shift_counts is not None:
        return _seated(model, shift_counts, seed)
    return model, build(model, Worth(model) if hint is None else like(_work_of(model, hint)), seed)


def _objective(model: RosterModel, x: Ints, roster: Roster) -> int:
    """What the roster costs: wages from its duties, everything else from the model."""
    rest = int((model.program.cost - model.pay) @ x)
    return sum(line.cost for line in pay_roster(roster, model.problem)) + model.money.amount(rest)


def _without_roster(problem: RosterProblem, proven: bool, clock: Clock, seed: int) -> RosterResult:
    """What to say when there is no roster, or none was found."""
    if not proven:
        reason = Note.of("no roster was found in time, and it is not proven that none exists; search longer")
        return RosterResult(Roster(()), "unknown", 0, 0, clock.elapsed, seed, (reason,))
    explanation = explain(problem, seed=seed)
    return RosterResult(
        Roster(()), "infeasible", 0, 0, clock.elapsed, seed, explanation.obstacles, explanation
    )


def _check_templates(problem: RosterProblem, rules: Sequence[Rule]) -> None:
    faults = [fault for rule in rules if rule.kind != "off" for fault in rule.faults(problem)]
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
            held = sorted(session.activity for session in duty.sessions)
            same = [placement.shift.code == duty.shift_code for placement in options.placements]
            best = [
                own and sorted(placement.activities) == held
                for own, placement in zip(same, options.placements, strict=True)
            ]
            x[options.columns[best if any(best) else same]] = 1
    return x


def _status(objective: int, bound: int, clock: Clock) -> Status:
    if objective == bound:
        return "optimal"
    return "stopped" if clock.stopped else "feasible"
