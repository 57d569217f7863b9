"""Erlang B and Erlang C (A. K. Erlang, 1917), for any load and any number of agents.

The inverse of Erlang's loss formula is an integral (R. Fortet, 1948; D. L. Jagerman, 1974),

    1 / B(n, a) = integral over s > 0 of exp(-s) (1 + s / a)**n = sum over k of n! / (n - k)! / a**k,

whose integrand is log-concave: all terms are positive, nothing cancels, nothing overflows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.stationary.quadrature import DROP, WEIGHTS, gamma_edge, spread


def inverse_loss(servers: Floats, load: Floats) -> tuple[Floats, Floats]:
    """1 / B(servers, load) as (logarithm of a scale, value): the scale is 0 or the integrand's peak.

    Args:
        servers: whole numbers >= 0, shape (rows,).
        load: Erlangs > 0, shape (rows,).
    """
    none, servers = servers == 0, np.maximum(servers, 1.0)
    unit = np.maximum(servers, load)
    tilt = np.maximum(load - servers, 0.0)
    low = -np.minimum(1 - load / unit, np.sqrt(2 * DROP / servers))
    high = gamma_edge(tilt, servers)
    e = spread(low, high)
    bent = np.log1p(e)
    bent -= e
    bent *= servers[:, None]
    bent -= tilt[:, None] * e
    value = unit * (high - low) * (np.exp(bent, out=bent) @ WEIGHTS)
    return np.where(none, 0.0, _peak(servers, load)), np.where(none, 1.0, value)


def _peak(servers: Floats, load: Floats) -> Floats:
    """Logarithm of the largest value of exp(-s) (1 + s / load)**servers over s >= 0."""
    excess = np.maximum(servers - load, 0.0)
    near = np.minimum(excess, load) / load
    far = np.log(np.maximum(servers, load)) - np.log(load)
    logarithm = np.where(excess <= load, np.log1p(near), far)
    return np.where(excess > 0, servers * logarithm - excess, 0.0)


def free_weight(agents: Floats, load: Floats) -> tuple[Floats, Floats]:
    """Weight of all states with a free agent, relative to "all busy, nobody waits": 1 / B - 1.

    Returned as (logarithm of a scale, value) for agents >= 1; equals agents / load / B(agents - 1, load),
    so that it is exact too where blocking is nearly certain.
    """
    scale, value = inverse_loss(agents - 1, load)
    return scale + np.log(agents) - np.log(load), value


def erlang_b(load: npt.ArrayLike, agents: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Probability that a call finds all `agents` busy when nobody can wait.

    Args:
        load: offered load in Erlangs, finite, >= 0.
        agents: whole numbers >= 0; broadcasts with `load`.

    Raises:
        ValueError: naming the argument that is negative, not finite or not whole; naming both if they do not fit.
    """
    loads, servers = broadcast(load=as_floats("load", load), agents=whole("agents", agents))
    result = np.where(servers == 0, np.where(loads > 0, 1.0, 0.0), 0.0)
    rows = (servers > 0) & (loads > 0)
    with np.errstate(all="ignore"):
        scale, value = free_weight(servers[rows], loads[rows])
        result[rows] = np.exp(-np.logaddexp(0.0, scale + np.log(value)))
    return result


def erlang_c(load: npt.ArrayLike, agents: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Probability that a call has to wait when every caller waits as long as it takes; 1 if load >= agents.

    Arguments and errors as for `erlang_b`.
    """
    loads, servers = broadcast(load=as_floats("load", load), agents=whole("agents", agents))
    result = np.where((loads >= servers) & (loads > 0), 1.0, 0.0)
    rows = (loads < servers) & (loads > 0)
    with np.errstate(all="ignore"):
        scale, value = free_weight(servers[rows], loads[rows])
        spare = 1 - loads[rows] / servers[rows]
        result[rows] = np.exp(-np.logaddexp(0.0, scale + np.log(value * spare)))
    return result
