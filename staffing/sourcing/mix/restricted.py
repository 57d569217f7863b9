"""The same program with fewer whole numbers, or with some columns held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from staffing.sourcing.mix.sheet import Bools, Floats, Program


def relaxed(program: Program, whole: Bools) -> Program:
    """Whole numbers asked of some columns only."""
    return replace(program, whole=program.whole & whole)


def held(program: Program, columns: Bools, x: Floats) -> Program:
    """Some columns held at their nearest whole numbers in `x`."""
    values = np.rint(x)
    return replace(
        program,
        lower=np.where(columns, values, program.lower),
        upper=np.where(columns, values, program.upper),
    )


def without(program: Program, columns: Bools) -> Program:
    """Some columns held at 0; those that cannot be 0 are left."""
    return replace(program, upper=np.where(columns & (program.lower <= 0), 0.0, program.upper))
