"""OR-Tools CP-SAT: search with a hint, stoppable, with bounds in whole numbers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import ceil

import numpy as np
from ortools.sat.python import cp_model

from staffing.roster.engines.outcome import Outcome
from staffing.roster.program import Ints, Program

POLL_SECONDS = 0.1

Better = Callable[[int, int], None]  # objective and bound of a solution just found


def search(
    program: Program,
    *,
    seconds: float,
    workers: int,
    seed: int,
    gap: float = 0.0,
    hint: Ints | None = None,
    stop: Callable[[], bool] = lambda: False,
    better: Better | None = None,
    ticks: float | None = None,
) -> Outcome:
    """Search until proof, `gap` (share of the objective), time or `stop`.

    Args:
        program: what to solve.
        seconds: the time limit.
        workers: CP-SAT's parallel searches; 8 bound far better than 2, even on two cores.
        seed: of the search.
        gap: enough when (objective - bound) / objective is at most this.
        hint: an `x` to start from, admissible or not.
        stop: asked ten times a second; True ends the search within a moment.
        better: told of each solution, from another thread.
        ticks: limit of CP-SAT's deterministic time (about seconds). With it, workers take turns in a fixed order,
            so that the same program ends the same way as long as nothing else cuts it short.
    """
    if program.contradictory:
        return Outcome(None, 0, inadmissible=True)
    model, variables = _model(program, hint)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    # Its own handler of Ctrl-C would replace the program's, and leave none behind.
    solver.parameters.catch_sigint_signal = False
    solver.parameters.relative_gap_limit = gap
    if ticks is not None:
        solver.parameters.max_deterministic_time = ticks
        solver.parameters.interleave_search = workers > 1
    status = _run(solver, model, stop, better)
    if status == cp_model.INFEASIBLE:
        return Outcome(None, 0, inadmissible=True)
    bound = ceil(solver.best_objective_bound - 1e-6)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Outcome(None, bound)
    x = np.array([solver.value(variable) for variable in variables], dtype=np.int64)
    return Outcome(x, bound)


class _Reporter(cp_model.CpSolverSolutionCallback):
    def __init__(self, better: Better) -> None:
        super().__init__()
        self._better = better

    def on_solution_callback(self) -> None:
        self._better(round(self.objective_value), ceil(self.best_objective_bound - 1e-6))


def _model(program: Program, hint: Ints | None) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, int(upper), "") for upper in program.upper]
    starts, indices, data = program.matrix.indptr, program.matrix.indices, program.matrix.data
    for row, (low, high) in enumerate(zip(program.low.tolist(), program.high.tolist(), strict=True)):
        inside = slice(starts[row], starts[row + 1])
        terms = [variables[column] for column in indices[inside]]
        yes_or_no = bool((data[inside] == 1).all() and (program.upper[indices[inside]] <= 1).all())
        if low <= 0 and high == 1 and yes_or_no:
            model.add_at_most_one(terms)
        else:
            total = cp_model.LinearExpr.weighted_sum(terms, data[inside].tolist())
            model.add_linear_constraint(total, low, high)
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, program.cost.tolist()))
    if hint is not None:
        for variable, value in zip(variables, hint.tolist(), strict=True):
            model.add_hint(variable, value)
    return model, variables


def _run(
    solver: cp_model.CpSolver, model: cp_model.CpModel, stop: Callable[[], bool], better: Better | None
) -> cp_model.CpSolverStatus:
    """Solve in a thread while `stop` is polled; a stop asked for too early is ignored, so it is repeated."""
    statuses: list[cp_model.CpSolverStatus] = []
    reporter = _Reporter(better) if better else None
    thread = threading.Thread(target=lambda: statuses.append(solver.solve(model, reporter)), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if stop():
            solver.stop_search()
    return statuses[0]
