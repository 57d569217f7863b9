"""How the best plan is looked for: plans of single sources, a search led by the relaxation, and a proven bound.

Which contracts run in which month, which tiers of prices are reached and how many workplaces are leased (the
*leading* columns) decides nearly all of the cost; what is left then is close to its relaxation. So the leading
columns alone are made whole first, which gives the bound, and then held while the rest is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import numpy as np

from staffing.sourcing.mix.cells import NONE
from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.model import Model
from staffing.sourcing.mix.neighbourhood import near
from staffing.sourcing.mix.restricted import held, relaxed, without
from staffing.sourcing.mix.settle import settled
from staffing.sourcing.mix.sheet import Bools, Floats, Program
from staffing.sourcing.mix.way_out import cheaper_than

_SMALL = 500  # columns in whole numbers that branch and bound does best with alone
_ALONE = 0.01  # gap within which a plan of one source is good enough to begin with
_AT_LAST = 60.0  # seconds for plans of one source where the time ended without any plan
_LEAST = 1.0  # seconds for each plan of one source, however little time there is
_LEAD, _REST = 0.25, 0.5  # parts of the gap asked for within which each step is solved
_OWN = 0.5  # part of the time that is left for a plan with the bound's own contracts
_TINY = 1e-6


def search(model: Model, program: Program, seconds: float, gap: float) -> Found:
    """The best solution found in the time, and the largest bound.

    `program` is the model's, perhaps with further rows. Plans of a single source are looked for first, and where the
    time ended without any plan longer than it, so that little time gives a dear plan rather than none.
    """
    until = monotonic() + seconds
    if int(program.whole.sum()) <= _SMALL:
        found = minimise(program, seconds, gap)
    else:
        found = _long(model, program, until, gap)
    if found.x is None and not found.none_exists:
        found = _best(program, [found, *_alone(model, program, monotonic() + _AT_LAST)])
    return settled(model, program, found, max(2.0, until - monotonic()))


def _long(model: Model, program: Program, until: float, gap: float) -> Found:
    """Plans of single sources; the bound and a plan side by side; then, while the gap is open, all columns."""
    found = _best(program, _alone(model, program, monotonic() + 0.2 * (until - monotonic())))
    with ThreadPoolExecutor(max_workers=2) as pool:
        whole = relaxed(program, program.leading)
        proof = pool.submit(cheaper_than, whole, found.x, 0.7 * (until - monotonic()), gap * _LEAD)
        quick = pool.submit(_quick, program, until, gap)
        lead, (plans, kept) = proof.result(), quick.result()
    found = _best(program, [found, Found(None, lead.bound, lead.none_exists), *plans])
    if _open(program, found, gap) and monotonic() < until - 1:
        with ThreadPoolExecutor(max_workers=2) as pool:
            every = pool.submit(cheaper_than, program, found.x, until - monotonic(), gap)
            others = pool.submit(_nearby, model, program, lead, (found.x, kept), until, gap)
            found = _best(program, [found, every.result(), *others.result()])
    return found


def _nearby(
    model: Model,
    program: Program,
    lead: Found,
    before: tuple[Floats | None, Floats | None],
    until: float,
    gap: float,
) -> list[Found]:
    """Plans with the bound's own contracts, and with those that a single month would use.

    `before` holds the best plan so far, and a solution whose contracts were tried already.
    """
    best, kept = before
    found = []
    few = program.leading & (program.upper <= 1)
    if lead.x is not None and (kept is None or (np.rint(lead.x[few]) != np.rint(kept[few])).any()):
        part = monotonic() + _OWN * (until - monotonic())
        found.append(_rest(program, program.leading, lead, part, gap))
    known = [x for x in (lead.x, kept) if x is not None]
    return [*found, near(model, program, known, best, until, gap)]


def _lead(program: Program, leading: Bools, seconds: float, gap: float) -> Found:
    """Only the leading columns in whole numbers."""
    return minimise(relaxed(program, leading), seconds, gap * _LEAD)


def _rest(program: Program, leading: Bools, lead: Found, until: float, gap: float) -> Found:
    """The rest with the leading columns held; its bound is of no use, since others may lead to cheaper plans."""
    assert lead.x is not None
    found = minimise(held(program, leading, lead.x), until - monotonic(), gap * _REST)
    return Found(found.x, 0.0, False)


def _quick(program: Program, until: float, gap: float) -> tuple[list[Found], Floats | None]:
    """The relaxation's bound, a plan that keeps the contracts on which it is clear, and a solution that has them."""
    loose = minimise(relaxed(program, np.zeros_like(program.whole)), until - monotonic(), gap)
    found = [Found(None, loose.bound, loose.none_exists)]
    if loose.x is not None:
        few = program.leading & (program.upper <= 1)
        clear = few & ((loose.x <= _TINY) | (loose.x >= 1 - _TINY))
        lead = _lead(held(program, clear, loose.x), few, 0.6 * (until - monotonic()), gap)
        if lead.x is not None:
            found.append(_rest(program, few, lead, until, gap))
        return found, lead.x
    return found, None


def _alone(model: Model, program: Program, until: float) -> Iterator[Found]:
    """A plan of each source that can take every call; nothing is proven by them."""
    calls = model.problem.calls > 0
    able = [
        part
        for part in model.parts
        if part.cells is not None and bool((part.cells.shares[0] != NONE)[calls].all())
    ]
    for number, part in enumerate(able):
        others: Bools = np.zeros_like(program.whole)
        for each in model.parts:
            if each is not part:
                others[each.activity.active] = True
                others[each.activity.used] = True
        share = max(_LEAST, (until - monotonic()) / (len(able) - number))
        found = minimise(without(program, others), share, _ALONE)
        yield Found(found.x, 0.0, False)


def _best(program: Program, found: Iterable[Found]) -> Found:
    every = list(found)
    solved = [each.x for each in every if each.x is not None]
    best = min(solved, key=lambda x: float(program.cost @ x), default=None)
    bound = max((each.bound for each in every), default=0.0)
    return Found(best, bound, best is None and any(each.none_exists for each in every))


def _open(program: Program, found: Found, gap: float) -> bool:
    if found.x is None:
        return not found.none_exists
    cost = float(program.cost @ found.x)
    return cost - found.bound > gap * cost
