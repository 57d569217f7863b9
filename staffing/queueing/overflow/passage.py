"""The time from one overflow to the next, by its Laplace transform, and how often an overflow finds the vendor full.

Let every caller who may overflow be taken, and phi(s) be the transform of the time between two overflows. They are a
renewal process: after each the own group is in the same random state (all agents busy, and, where callers wait
`after` seconds first, the age of the next in line drawn anew). So the vendor's agents are a GI/M/m loss system, and a
call that may overflow finds all m busy with the probability beta of (L. Takacs, 1957)

    1 / beta = sum over k = 0 ... m of C(m, k) x product over j = 1 ... k of (1 - phi(j mu)) / phi(j mu),

mu being the vendor's rate of ending a call. A caller whom the vendor cannot take waits on, first in line; until he
leaves, or someone younger is the first in line, the vendor stays full, and then the own group is in that same state:
the chain of the numbers busy at those moments is that of the loss system.

(1 - phi) / phi is found without a difference. Up to "all busy, nobody waits" it is a recursion over the number of own
callers (of E. Brockmeyer's type, 1954). Beyond, with w the age of the first in line, lambda the arrival rate, theta
the rate of giving up and r that at which the first in line leaves,

    V'(w) = lambda exp(-theta w) D,   D'(w) = s V + (s + r - lambda exp(-theta w)) D,

and (1 - phi) / phi = D / V at the age `after`. V belongs to "someone aged w or less is looked for",
V + D to "someone aged w is first in line". The matrix has no negative element off its diagonal, so that its
exponential is positive; steps are commutator-free, of the fourth order (S. Blanes, P. C. Moan, 2006).
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.overflow.desk import Desk

STEPS = 72
"""In which the age grows from 0 to `after` where that is one mean patience, the finer the nearer to it; for r of it
r**0.4 as many. The odds are then right to 5e-6 of themselves in the worst case tried, and mostly to 1e-7."""

NEVER = 1e4
"""Logarithm of the odds where hardly anybody ever overflows."""

CELLS = 1 << 18
"""Rows x vendor agents worked on at once."""


def full(desk: Desk) -> Floats:
    """The chance that a call that may overflow, with no such call before it, finds the vendor full; shape (rows,)."""
    result = np.where(desk.vendor > 0, 0.0, 1.0)
    rows = np.flatnonzero((desk.vendor > 0) & np.isfinite(desk.vendor) & (desk.arrival > 0))
    rows = rows[np.argsort(desk.vendor[rows], kind="stable")]
    while len(rows):
        most = int(desk.vendor[rows[-1]])
        some = rows[-max(1, CELLS // most) :]
        rows = rows[: -len(some)]
        result[some] = _takacs(desk.take(some), most)
    return result


def odds(desk: Desk, kill: Floats) -> Floats:
    """Logarithm of (1 - phi(kill)) / phi(kill); `kill` > 0 of shape (rows, any number), calls in every row."""
    below = np.zeros_like(kill)
    """1 - transform of the time to go from one own caller less up to this number."""
    agents, service = desk.agents[:, None], 1 / desk.aht[:, None]
    arrival, loss = desk.arrival[:, None], desk.loss[:, None]
    limited = np.isfinite(desk.places)
    last = np.where(limited, desk.agents + np.where(limited, desk.places, 0.0), desk.agents)[:, None]
    limited_after = np.where(limited & (desk.after > 0), last[:, 0], desk.agents)[:, None]
    ratio = np.empty_like(kill)
    for present in range(int(limited_after.max()) + 1):
        leave = np.minimum(present, agents) * service + np.maximum(present - agents, 0.0) * loss
        not_up = kill + leave * below
        ratio = np.where(present <= limited_after, not_up / arrival, ratio)
        below = not_up / (arrival + not_up)
    result = np.log(ratio)
    aged = np.flatnonzero((desk.after > 0) & np.isfinite(desk.after))
    if len(aged):
        result[aged] = _aged(desk.take(aged), kill[aged], ratio[aged])
    return np.minimum(result, NEVER)


def _aged(desk: Desk, kill: Floats, ratio: Floats) -> Floats:
    """The same at the age `after`, from D / V = `ratio` at the age 0."""
    away = (desk.serving + desk.loss)[:, None]
    arrival, loss, after = desk.arrival[:, None], desk.loss[:, None], desk.after[:, None]
    seen, unseen = 1 / (1 + ratio), ratio / (1 + ratio)
    steps = max(1, ceil(STEPS * float((desk.after * desk.loss).max()) ** 0.4))  # endless patience: 1 is exact
    edges = 1 - (1 - np.linspace(0.0, 1.0, steps + 1)) ** 2
    apart = np.sqrt(3) / 6
    for start, end in pairwise(edges):
        middle, step = (start + end) / 2, end - start
        first, second = (
            arrival * np.exp(-loss * after * (middle + side * apart * step)) for side in (-1.0, 1.0)
        )
        mean, tilt = (first + second) / 2, (first - second) * (2 * apart)
        for coming in (mean + tilt, mean - tilt):
            some = np.maximum(coming, 0.0)  # below 0 only where a step outlasts all patience
            seen, unseen = _grow(seen, unseen, kill, away, some, after * step / 2)
    return np.log(unseen) - np.log(seen)


def _grow(
    seen: Floats, unseen: Floats, kill: Floats, away: Floats, coming: Floats, span: Floats
) -> tuple[Floats, Floats]:
    """V and D after `span` seconds with constant coefficients, over their sum."""
    half = (kill + away - coming) / 2
    product = coming * kill
    root = np.hypot(half, np.sqrt(product))
    fading = np.exp(-2 * root * span)
    small = product / (root + np.abs(half)) / root  # 1 - |half| / root
    large = 1 + np.abs(half) / root
    minus, plus = np.where(half > 0, small, large), np.where(half > 0, large, small)
    across = -np.expm1(-2 * root * span) / root
    new_seen = (minus + plus * fading) * seen + coming * across * unseen
    new_unseen = (plus + minus * fading) * unseen + kill * across * seen
    total = new_seen + new_unseen
    return new_seen / total, new_unseen / total


def _takacs(desk: Desk, most: int) -> Floats:
    """The chance for vendors of 1 to `most` agents."""
    step = np.arange(1.0, most + 1)
    vendor = desk.vendor[:, None]
    inside = step <= vendor
    growth = odds(desk, step / desk.vendor_aht[:, None])
    growth = growth + np.log(np.where(inside, (vendor - step + 1) / step, 1.0))
    terms = np.where(inside, np.cumsum(growth, axis=1), -np.inf)
    top = np.maximum(terms.max(axis=1), 0.0)
    total = np.exp(-top) + np.exp(terms - top[:, None]).sum(axis=1)
    return np.asarray(np.exp(-top) / total)
