"""Means over replications, with how far they may be off."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from staffing.queueing.arrays import Floats


@dataclass(frozen=True, eq=False)
class Estimate:
    """A mean with the half-width of its confidence interval; arrays of one shape."""

    mean: Floats
    half_width: Floats
    """Infinite where there is one replication only, and no batches to compare. 0 for a wait or a number that no
    replication has seen, which is no proof that there is none; shares of calls are more careful: `of_share`."""

    @property
    def low(self) -> Floats:
        """Lower end of the interval."""
        return np.asarray(self.mean - self.half_width)

    @property
    def high(self) -> Floats:
        """Upper end of the interval."""
        return np.asarray(self.mean + self.half_width)

    def covers(self, value: float | Floats) -> np.bool_ | np.ndarray:
        """Whether `value` lies in the interval, ends included; element by element."""
        return np.asarray(abs(self.mean - value) <= self.half_width)

    def __getitem__(self, place: int | tuple[int, ...]) -> Estimate:
        return Estimate(np.asarray(self.mean[place]), np.asarray(self.half_width[place]))


def of_sum(samples: Floats, confidence: float, *, times: int = 1) -> Estimate:
    """`times` x the mean over the first axis, by Student's t."""
    count = len(samples)
    mean = samples.mean(axis=0)
    if count < 2:
        return Estimate(times * mean, np.full(mean.shape, np.inf))
    deviation = samples.std(axis=0, ddof=1)
    return Estimate(times * mean, times * _quantile(count, confidence) * deviation / sqrt(count))


def of_share(part: Floats, whole: Floats, confidence: float, otherwise: float = 0.0) -> Estimate:
    """`of_ratio` for calls out of calls, which claims no certainty where none or all of them are counted.

    There no replication deviates; the half-width is then the distance from 0 (or 1) to the bound of the exact
    two-sided interval for n calls together, 1 - ((1 - confidence) / 2)^(1 / n) (C. Clopper and E. Pearson, 1934). It
    takes calls as independent and does not know what cannot happen: 0 blocked of endless lines has it, too.
    """
    found = of_ratio(part, whole, confidence, otherwise)
    count, total = part.sum(axis=0), whole.sum(axis=0)
    flat = (total > 0) & ((count <= 0) | (count >= total))
    bound = -np.expm1(log((1 - confidence) / 2) / np.maximum(total, 1.0))
    return Estimate(found.mean, np.where(flat, np.maximum(found.half_width, bound), found.half_width))


def of_ratio(part: Floats, whole: Floats, confidence: float, otherwise: float = 0.0) -> Estimate:
    """Sum of `part` over sum of `whole`, both summed over the first axis: the ratio estimator.

    A mean of ratios would give a quiet replication the weight of a busy one, and has no value for one without calls.
    The deviation is that of part - ratio x whole (W. G. Cochran, Sampling Techniques, 1977, section 6.4).

    Args:
        part: one element a replication along the first axis.
        whole: of the same shape.
        confidence: of the interval.
        otherwise: the mean where the sum of `whole` is 0; its half-width is 0.
    """
    count, total = len(whole), whole.sum(axis=0)
    some = total > 0
    ratio = np.divide(part.sum(axis=0), total, out=np.full(total.shape, otherwise), where=some)
    if count < 2:
        return Estimate(ratio, np.where(some, np.inf, 0.0))
    rest = part - np.where(some, ratio, 0.0) * whole
    deviation = np.sqrt((rest**2).sum(axis=0) / (count - 1))
    scale = np.divide(sqrt(count), total, out=np.zeros(total.shape), where=some)
    return Estimate(ratio, _quantile(count, confidence) * deviation * scale)


def _quantile(count: int, confidence: float) -> float:
    from scipy.special import stdtrit  # slow to import, and only needed here

    return float(stdtrit(count - 1, (1 + confidence) / 2))
