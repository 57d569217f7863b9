"""Compile the walks ahead of their first use: `python -m staffing.roster.patterns.compile_all`.

numba keeps what it compiles beside the sources (or in the user's cache, where those cannot be written), so that
this is done once. Without it the first roster by patterns takes about a minute longer.
"""

from __future__ import annotations

import numpy as np

from staffing.roster.clock import Clock
from staffing.roster.ledger import NOBODY
from staffing.roster.patterns.chain import Chain, Count, Runs
from staffing.roster.patterns.search import PatternSearch
from staffing.roster.program import ProgramBuilder

DAYS = 8
PEOPLE = 3


def compile_all() -> None:
    """Search a roster of three people, once on one thread and once on two."""
    builder = ProgramBuilder()
    owners: list[int] = []
    days: list[int] = []
    work = [[builder.column(1) for _ in range(DAYS)] for _ in range(PEOPLE)]
    chains = []
    for person, columns in enumerate(work):
        owners += [person] * DAYS
        days += range(DAYS)
        total = builder.row(columns, low=2, high=5)
        weights = np.ones(DAYS, dtype=np.int64)
        chains.append(
            Chain(
                columns=np.array(columns, dtype=np.int64),
                days=np.arange(DAYS, dtype=np.int64),
                kinds=np.zeros(DAYS, dtype=np.int64),
                follows=np.ones((1, 1), dtype=np.bool_),
                idle=np.ones(DAYS, dtype=np.bool_),
                runs=Runs(max_work=5),
                counts=(Count(0, DAYS - 1, weights, 2, 5, (total,)),),
            )
        )
    for day in range(DAYS):
        missing, many = builder.column(2, 7), builder.column(PEOPLE, 1)
        owners += [NOBODY] * 2
        days += [day] * 2
        builder.row(
            [*(columns[day] for columns in work), missing, many], [1] * (PEOPLE + 1) + [-1], low=2, high=2
        )
    program = builder.build()
    for steps in (2, None):
        PatternSearch(program, np.array(owners), np.array(days), chains, Clock(1.0, None), steps=steps).run()


if __name__ == "__main__":
    compile_all()
