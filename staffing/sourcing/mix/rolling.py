"""Long horizons: windows of months decided in turn, each with a stretch of relaxed months ahead of it."""

from __future__ import annotations

from time import monotonic

import numpy as np

from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.part_program import partial, relaxed, row_months, supported
from staffing.sourcing.mix.sheet import Floats, Program

STEP = 3  # months settled by a window
DECIDED = 3  # months a window decides in whole numbers
AHEAD = 9  # relaxed months after those
_CLOSE = 0.006  # a window is solved within this share: closer takes longer than it gains
_HARD = 5  # windows that the time left is shared among; most need far less


def rolled(program: Program, seconds: float, gap: float) -> Found:
    """A solution by windows; its bound is 0, since it proves nothing. None when a window has no solution."""
    until = monotonic() + seconds
    last = int(program.month.max()) + 1
    months = row_months(program)
    lasting = program.month < 0  # whether a contract is ever used: open to the end
    x = np.zeros(len(program.cost))
    for first in range(0, last, STEP):
        end = first + DECIDED + AHEAD
        end = last if end >= last - STEP else end
        open_ = lasting | ((program.month >= first) & (program.month < end))
        part = partial(program, open_, months < end, x)
        windows_left = -(-(last - first) // STEP)
        share = max(0.1, until - monotonic()) / min(windows_left, _HARD)
        found = _window(relaxed(part.program, part.program.month < first + DECIDED), share, max(gap, _CLOSE))
        if found is None:
            return Found(None, 0.0, False)
        settled = program.month < (last if first + STEP >= last else first + STEP)
        whole = part.into(x, found)
        x = np.where(settled & open_, np.where(program.whole, np.rint(whole), whole), x)
    return Found(x, 0.0, False)


def _window(program: Program, seconds: float, gap: float) -> Floats | None:
    """Whole numbers among the choices that the relaxation makes use of; if that fails, among all."""
    loose = minimise(relaxed(program, np.zeros(len(program.cost), dtype=np.bool_)), seconds, gap)
    if loose.x is None:
        return None
    found = minimise(supported(program, loose.x), seconds, gap)
    return found.x if found.x is not None else minimise(program, 4 * seconds, gap).x
