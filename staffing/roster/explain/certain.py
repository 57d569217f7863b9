"""Whether a lawful roster exists: decided, not guessed, on the rows that bind people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from staffing.roster.engines import search
from staffing.roster.explain.alone import idle_or_usual
from staffing.roster.explain.elastic import WORKERS, people_groups
from staffing.roster.handout import complete
from staffing.roster.ledger import NOBODY
from staffing.roster.program import Ints, Program
from staffing.roster.variables import RosterModel

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Existence:
    """Whether a lawful roster exists.

    Attributes:
        answer: "yes" with an `x`; "no" when proven; "unknown" when the time did not suffice.
        x: a complete, admissible x of the model, shape (columns,).
        stuck: indices of the people in groups without a lawful roster, or undecided.
    """

    answer: Answer
    x: Ints | None = None
    stuck: frozenset[int] = frozenset()


def exists(
    model: RosterModel, *, seconds: float, seed: int, stop: Callable[[], bool] = lambda: False
) -> Existence:
    """Look for a lawful roster of everybody, whatever it costs.

    People whom no rule connects are looked at apart; most of them keep their rules by a usual week, the others
    (and those whom rules connect) are decided by CP-SAT.
    """
    usual, failing = idle_or_usual(model)
    x = usual.copy()
    answer: Answer = "yes"
    stuck: set[int] = set()
    bound = {limit.row: limit.agent for limit in model.limits}
    for columns, rows, program in people_groups(model):
        people = set(model.owners[columns].tolist()) or {bound.get(row, NOBODY) for row in rows.tolist()}
        if not people & failing and program.admits(usual[columns]):
            continue
        found = search(_without_cost(program), seconds=seconds, workers=WORKERS, seed=seed, stop=stop)
        if found.x is not None:
            x[columns] = found.x
            continue
        stuck |= set(range(len(model.problem.agents))) if NOBODY in people else people
        answer = "no" if found.inadmissible or answer == "no" else "unknown"
    if answer != "yes":
        return Existence(answer, None, frozenset(stuck))
    x = complete(model, x)
    return Existence("yes", x) if model.program.admits(x) else Existence("unknown")


def _without_cost(program: Program) -> Program:
    nothing = np.zeros(program.columns, dtype=np.int64)
    return Program(nothing, program.upper, program.matrix, program.low, program.high)
