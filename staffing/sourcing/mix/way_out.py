"""A search that begins with a known plan's cost, since the solver takes no plan to begin with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.sheet import Floats, Program


def cheaper_than(program: Program, known: Floats | None, seconds: float, gap: float) -> Found:
    """A plan that costs less than a known one, None where none was found, and a bound on every plan."""
    if known is None:
        return minimise(program, seconds, gap)
    cost = float(program.cost @ known)
    dearest = float(np.abs(program.cost).max())  # the way out costs as much as a whole plan
    found = minimise(with_way_out(program, cost), seconds, gap, dearest)
    own = None if found.x is None or found.x[-1] > 0.5 else found.x[:-1]
    return Found(own, min(found.bound, cost), False)


def with_way_out(program: Program, cost: float) -> Program:
    """One more 0/1 column, the last, which keeps every row by itself and costs what a known plan does.

    So a search has a solution from the start, drops what is dearer, and states its bound whenever it ends. Bounds on
    this program hold for the program itself, since its best plan costs no more than the known one.
    """
    bare = program.matrix @ program.lower
    missing = np.where(bare < program.low, program.low - bare, np.minimum(program.high - bare, 0.0))
    column = sparse.csr_array(missing[:, np.newaxis])
    return replace(
        program,
        cost=np.append(program.cost, max(0.0, cost - float(program.cost @ program.lower))),
        lower=np.append(program.lower, 0.0),
        upper=np.append(program.upper, 1.0),
        whole=np.append(program.whole, True),
        leading=np.append(program.leading, True),
        matrix=sparse.csr_array(sparse.hstack([program.matrix, column], format="csr")),
    )
