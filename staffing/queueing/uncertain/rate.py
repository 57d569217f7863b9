"""Demand that is uncertain itself: calls at random, at a rate that is random too.

What is random: an interval's rate (its expected calls) has a gamma distribution with the forecast as its mean and
`cv` as its coefficient of variation; given the rate, calls come as a Poisson stream. Counts then are negative
binomial (M. Greenwood and G. U. Yule, 1920) with variance / mean = 1 + mean x cv**2. The Poisson part is what every
queueing formula already holds, so that a requirement takes a quantile of the rate: a quantile of the counts would
hold it twice. cv = 0 is a rate that is known.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast
from staffing.queueing.arrays import Floats
from staffing.queueing.sizing.inverse import most_calls
from staffing.queueing.sizing.required import COUNTABLE, required_agents
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets

CERTAIN = 1e-9
"""A rate that varies less than this is known."""

POISSON = 1e-12
"""Counts whose variance exceeds their mean by less than this, relatively, are Poisson."""

WIDEST = 10.0
"""Coefficients of variation are below this; forecasts have less than 1."""


def rate_cv(calls: npt.ArrayLike, dispersion: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Coefficient of variation of the rate, from how counts vary about it: sqrt((dispersion - 1) / calls).

    Args:
        calls: mean calls an interval, >= 0; without calls the answer is 0.
        dispersion: variance of the counts over their mean, >= 1; 1 is a pure Poisson stream.

    Raises:
        ValueError: naming the argument that is negative, nan or not finite, and a dispersion below 1, which no
            mixture of Poisson streams has.
    """
    mean, ratio = broadcast(calls=as_floats("calls", calls), dispersion=as_floats("dispersion", dispersion))
    if (ratio < 1).any():
        raise ValueError(f"dispersion must be 1 or greater; found {ratio[ratio < 1][0]:g}")
    with np.errstate(over="ignore"):
        variance = np.divide(ratio - 1, mean, out=np.zeros(mean.shape), where=mean > 0)
    return np.sqrt(np.minimum(variance, np.finfo(np.float64).max))


def demand_quantile(
    calls: npt.ArrayLike, share: npt.ArrayLike, *, cv: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The rate, in calls an interval, that is not exceeded with probability `share`.

    Args:
        calls: mean of the rate, >= 0.
        share: >= 0 and < 1.
        cv: coefficient of variation of the rate, >= 0 and < 10; with 0 every quantile is the mean.

    Raises:
        ValueError: naming the argument that is negative, nan or too large.
    """
    from scipy.special import gammaincinv  # slow to import, and only needed here

    mean, wanted, spread = broadcast(
        calls=as_floats("calls", calls), share=as_floats("share", share, below=1.0), cv=coefficient(cv)
    )
    shape = 1 / np.square(np.maximum(spread, CERTAIN))
    largest = np.finfo(np.float64).max
    with np.errstate(over="ignore"):
        quantile = np.minimum(mean * (gammaincinv(shape, wanted) / shape), largest)
    return np.where(spread < CERTAIN, mean, quantile)


def count_quantile(
    calls: npt.ArrayLike, share: npt.ArrayLike, *, cv: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The number of calls an interval that is not exceeded with probability >= `share`: a forecast's interval.

    Whole numbers, as floats: quantiles of the negative binomial distribution, of the Poisson one where cv is 0. To
    draw beside a forecast or to judge it; for staffing see `required_agents_uncertain`. Arguments and errors as
    for `demand_quantile`; infinite beyond 1e15 calls.
    """
    from scipy.special import betainc, gammaincc  # slow to import, and only needed here

    mean, wanted, spread = broadcast(
        calls=as_floats("calls", calls), share=as_floats("share", share, below=1.0), cv=coefficient(cv)
    )
    means, shares, shape = mean.ravel(), wanted.ravel(), 1 / np.square(np.maximum(spread.ravel(), CERTAIN))
    poisson = means < POISSON * shape
    failure = means / (means + shape)

    def beyond(count: Floats, rows: npt.NDArray[np.intp]) -> Floats:
        """Share of the wanted that lies below `count`, beyond what is wanted; rises with the count."""
        mixed = 1 - betainc(count, shape[rows], failure[rows])
        return np.where(poisson[rows], gammaincc(count, means[rows]), mixed) - shares[rows]

    with np.errstate(all="ignore"):
        every = np.arange(len(means))
        most = beyond(np.full(len(means), COUNTABLE), every) >= 0
        some = np.flatnonzero(most & (means > 0) & (shares > 0))
        found = np.where(most | (means == 0) | (shares == 0), 0.0, np.inf)
        found[some] = smallest(
            lambda count, rows: beyond(count, some[rows]), means[some], np.sqrt(means[some])
        )
        found[some] -= 1
    return found.reshape(mean.shape)


def required_agents_uncertain(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    cv: npt.ArrayLike,
    share: npt.ArrayLike,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.int64]:
    """The smallest number of agents that meets the targets in at least `share` of such intervals.

    `required_agents` at the `share`-quantile of the rate; with `cv` and `share` as for `demand_quantile`, the other
    arguments and the errors as for `required_agents`.
    """
    rate = demand_quantile(calls, share, cv=cv)
    return required_agents(
        rate, aht, targets, interval=interval, patience=patience, lines=lines, redial=redial
    )


def chance_of_meeting(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    targets: Targets,
    *,
    cv: npt.ArrayLike,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    lines: npt.ArrayLike = np.inf,
    redial: npt.ArrayLike = 0,
) -> npt.NDArray[np.float64]:
    """Share of such intervals whose rate lets the agents meet the targets: that it is at most `most_calls`.

    1 where the targets are met at every rate, and without calls. `cv` as for `demand_quantile`, the other arguments
    and the errors as for `most_calls`.
    """
    from scipy.special import gammainc  # slow to import, and only needed here

    most = most_calls(agents, aht, targets, interval=interval, patience=patience, lines=lines, redial=redial)
    mean, spread, limit = broadcast(calls=as_floats("calls", calls), cv=coefficient(cv), agents=most)
    shape = 1 / np.square(np.maximum(spread, CERTAIN))
    with np.errstate(all="ignore"):  # infinite limits are meant
        found = gammainc(shape, limit / mean * shape)
    found = np.where(spread < CERTAIN, (mean <= limit).astype(np.float64), found)
    return np.where((mean == 0) | np.isinf(limit), 1.0, found)


def coefficient(cv: npt.ArrayLike) -> Floats:
    """The coefficient of variation, checked."""
    return as_floats("cv", cv, below=WIDEST)
