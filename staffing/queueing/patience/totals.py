"""How long callers are willing to wait, from what was recorded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats


@dataclass(frozen=True)
class PatienceEstimate:
    """Mean patience with its confidence interval; arrays of the shape the arguments broadcast to, in seconds.

    All are infinite where nobody abandoned, but `low_seconds`: so long a wait without a loss says something.
    """

    seconds: Floats
    low_seconds: Floats
    high_seconds: Floats
    confidence: float

    def __float__(self) -> float:
        return float(self.seconds)


def estimate_patience(
    total_wait_seconds: npt.ArrayLike, abandoned: npt.ArrayLike, *, confidence: float = 0.95
) -> PatienceEstimate:
    """Mean patience = total waiting time / abandoned calls, for exponential patience seen through censored waits.

    A caller who is answered shows only that the patience was longer than the wait; the maximum-likelihood estimate
    for data censored so is the total time at risk over the number of events. The interval is the exact one for a
    Poisson number of events (F. Garwood, 1936): 2 W / chi2, with 2 k + 2 and 2 k degrees of freedom.

    Args:
        total_wait_seconds: waiting time of all callers together, answered and abandoned, >= 0.
        abandoned: calls that gave up, whole, >= 0; broadcasts with the waits.
        confidence: of the interval, above 0 and below 1.

    Raises:
        ValueError: naming the argument that is negative, nan or out of range.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be above 0 and below 1, such as 0.95; found {confidence}")
    from scipy.special import gammaincinv  # slow to import, and only needed here

    wait, events = broadcast(
        total_wait_seconds=as_floats("total_wait_seconds", total_wait_seconds),
        abandoned=whole("abandoned", abandoned),
    )
    tail = (1 - confidence) / 2
    most = gammaincinv(events + 1, 1 - tail)
    fewest = gammaincinv(np.maximum(events, 1), tail)
    some = events > 0
    endless = np.full(wait.shape, np.inf)
    return PatienceEstimate(
        seconds=np.divide(wait, events, out=endless.copy(), where=some),
        low_seconds=np.asarray(wait / most),
        high_seconds=np.divide(wait, fewest, out=endless.copy(), where=some),
        confidence=confidence,
    )
