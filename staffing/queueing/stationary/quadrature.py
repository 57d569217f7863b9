"""Gauss-Legendre nodes, and how far a log-concave integrand has to be followed.

Every figure of this package is an integral of a log-concave density. Followed until the density has fallen
by `exp(-DROP)` on either side of its peak, 48 nodes give it to about 1e-14, whatever the load and the
patience: the cost of a figure does not grow with the size of the centre.
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats

"""A one-dimensional array of floats, one element a queue, unless a docstring says otherwise."""

DROP = 37.0
"""Natural logarithm of peak over edge: exp(-37) is below half a unit in the last place."""

ROWS = 1024
"""Queues integrated at once: the (ROWS, 48) work arrays stay inside a core's cache."""


def _unit_nodes(count: int) -> tuple[Floats, Floats]:
    """Nodes and weights of the Gauss-Legendre rule on [0, 1], rounded once from extended precision.

    `numpy.polynomial.legendre.leggauss` rounds twice, which costs a steep integrand two digits.
    """
    index = np.arange(count, 0, -1, dtype=np.longdouble)
    node = np.cos(np.pi * (index - 0.25) / (count + 0.5)).astype(np.longdouble)
    slope = np.ones_like(node)
    for _ in range(6):
        before, value = np.ones_like(node), node
        for degree in range(2, count + 1):
            before, value = value, ((2 * degree - 1) * node * value - (degree - 1) * before) / degree
        slope = count * (node * value - before) / (node * node - 1)
        node = node - value / slope
    weight = 1 / ((1 - node * node) * slope * slope)
    return ((1 + node) / 2).astype(np.float64), weight.astype(np.float64)


NODES, WEIGHTS = _unit_nodes(48)


def double_exponential(step: float) -> tuple[Floats, Floats]:
    """Nodes on [0, 1] that crowd at both ends, and their weights: for what changes abruptly or without bound there.

    H. Takahasi and M. Mori (1974); halving `step` doubles the nodes, and about doubles the digits.
    """
    count = round(3.125 / step)
    t = step * np.arange(-count, count + 1)
    slope = np.pi / 2 * np.cosh(t)
    u = np.pi / 2 * np.sinh(t)
    return 1 / (1 + np.exp(-2 * u)), step * slope / (2 * np.cosh(u) ** 2)


def spread(low: Floats, high: Floats) -> Floats:
    """The nodes of each row's interval [low, high], shape (rows, 48)."""
    return low[:, None] + (high - low)[:, None] * NODES


def right_edge(tilt: Floats, curvature: Floats) -> Floats:
    """Where `tilt * t + curvature * (exp(-t) - 1 + t)` has surely reached DROP, t >= 0.

    Uses exp(-t) - 1 + t >= t**2 / (2 + t), which leaves a quadratic equation.
    """
    half = 2 * tilt - DROP
    return 4 * DROP / (half + np.hypot(half, np.sqrt(8 * DROP * (tilt + curvature))))


def left_edge(curvature: Floats) -> Floats:
    """Where `curvature * (exp(t) - 1 - t)` has surely reached DROP, t >= 0.

    Uses u - log(1 + u) >= 3 u**2 / (6 + 4 u) with u = exp(t) - 1.
    """
    drop = DROP / curvature
    return np.log1p((4 * drop + np.sqrt(16 * drop * drop + 72 * drop)) / 6)


def gamma_edge(tilt: Floats, curvature: Floats) -> Floats:
    """Where `tilt * e + curvature * (e - log(1 + e))` has surely reached DROP, e >= 0."""
    half = 6 * tilt - 4 * DROP
    return 12 * DROP / (half + np.hypot(half, np.sqrt(24 * DROP * (4 * tilt + 3 * curvature))))
