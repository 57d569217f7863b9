"""How the best plan is looked for: plans of single sources, a search led by the relaxation, and a proven bound.

Which contracts run in which month, and which tiers of prices are reached (the *leading* columns), decides nearly all
of the cost; what is left then is close to its relaxation. So the leading columns alone are made whole first, which
gives the bound, and then held while the rest is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import numpy as np

from staffing.sourcing.mix.cells import NONE
from staffing.sourcing.mix.engine import Found, minimise
from staffing.sourcing.mix.model import Model
from staffing.sourcing.mix.restricted import held, relaxed, without
from staffing.sourcing.mix.settle import settled
from staffing.sourcing.mix.sheet import Bools, Program

_SHORT = 18  # months that branch and bound does best alone
_ALONE = 0.01  # gap within which a plan of one source is good enough to begin with
_TINY = 1e-6


def search(model: Model, program: Program, seconds: float, gap: float) -> Found:
    """The best solution found in the time, and the largest bound.

    `program` is the model's, perhaps with further rows. Any plan of a single source is found first, so that little
    time gives a dear plan rather than none.
    """
    until = monotonic() + seconds
    if len(model.problem.months) <= _SHORT:
        found = minimise(program, seconds, gap)
        if found.x is None and not found.none_exists:
            found = _best(program, [found, *_alone(model, program, until)])
    else:
        found = _long(model, program, until, gap)
    return settled(model, program, found, max(2.0, until - monotonic()))


def _long(model: Model, program: Program, until: float, gap: float) -> Found:
    """Two searches side by side; then branch and bound on the whole program for as long as the gap is open."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        proof = pool.submit(_led, program, program, until, gap)
        quick = pool.submit(_quick, model, program, until, gap)
        found = _best(program, [proof.result(), *quick.result()])
    if found.none_exists or _close(program, found, gap) or monotonic() > until - 1:
        return found
    return _best(program, [found, minimise(program, until - monotonic(), gap)])


def _led(whole: Program, program: Program, until: float, gap: float) -> Found:
    """The leading columns in whole numbers, then the rest with those held.

    `program` is `whole` or a part of it; the bound is `program`'s.
    """
    lead = minimise(relaxed(program, program.leading), 0.7 * (until - monotonic()), gap / 5)
    if lead.x is None:
        return lead
    rest = minimise(held(whole, whole.leading, lead.x), until - monotonic(), gap / 5)
    return Found(rest.x, lead.bound, False)


def _quick(model: Model, program: Program, until: float, gap: float) -> list[Found]:
    """Plans of single sources; then only the contracts that the relaxation makes use of."""
    found = list(_alone(model, program, monotonic() + 0.3 * (until - monotonic())))
    loose = minimise(relaxed(program, np.zeros_like(program.whole)), until - monotonic(), gap)
    if loose.x is None:
        return [*found, loose]
    smaller = without(program, program.leading & (loose.x <= _TINY))
    led = _led(program, smaller, until, gap)
    return [*found, Found(led.x, loose.bound, False)]


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
        share = (until - monotonic()) / (len(able) - number)
        found = minimise(without(program, others), share, _ALONE)
        yield Found(found.x, 0.0, False)


def _best(program: Program, found: Iterable[Found]) -> Found:
    every = list(found)
    solved = [each.x for each in every if each.x is not None]
    best = min(solved, key=lambda x: float(program.cost @ x), default=None)
    bound = max(each.bound for each in every)
    return Found(best, bound, best is None and any(each.none_exists for each in every))


def _close(program: Program, found: Found, gap: float) -> bool:
    if found.x is None:
        return False
    cost = float(program.cost @ found.x)
    return cost - found.bound <= gap * cost
