"""How long something lasted, where often only a lower limit was seen: survival curves and rates by band.

A caller who is answered shows only that the patience was longer than the wait: the duration is censored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, whole
from staffing.queueing.arrays import Floats
from staffing.queueing.patience.totals import estimate_patience

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Durations:
    """Durations seen, one element for each different length; every array of shape (lengths,), sorted by length."""

    seconds: Floats
    ended: Ints
    """Durations that ended at this length."""
    censored: Ints
    """Durations only known to be at least this long."""

    @classmethod
    def of(cls, seconds: npt.ArrayLike, ended: npt.ArrayLike, names: tuple[str, str]) -> Durations:
        """Count durations and whether each ended; both of shape (observations,).

        Raises:
            ValueError: naming, by `names`, what is negative, not finite, neither true nor false, or of another shape.
        """
        length, flag = as_floats(names[0], seconds), whole(names[1], ended)
        if length.ndim != 1 or flag.shape != length.shape:
            shapes = f"found {length.shape} and {flag.shape}"
            raise ValueError(f"{names[0]} and {names[1]} must be lists of the same length; {shapes}")
        if (flag > 1).any():
            raise ValueError(f"{names[1]} must be true or false; found {flag[flag > 1][0]:g}")
        values, place = np.unique(length, return_inverse=True)
        number = np.bincount(place, minlength=len(values))
        over = np.bincount(place, weights=flag, minlength=len(values)).astype(np.int64)
        return cls(values, over, number - over)

    @property
    def leaving(self) -> Ints:
        """Durations, ended or censored, of each length."""
        return self.ended + self.censored

    @property
    def at_risk(self) -> Ints:
        """Durations of at least each length."""
        return np.cumsum(self.leaving[::-1])[::-1]

    def exposure(self, low: Floats, high: Floats) -> Floats:
        """Time all durations together spent between two lengths, in seconds; of the limits' shape."""
        return self._time_below(high) - self._time_below(low)

    def ended_between(self, low: Floats, high: Floats) -> Ints:
        """Durations that ended from `low` to below `high`; of the limits' shape."""
        total = np.concatenate([[0], np.cumsum(self.ended)])
        return np.asarray(
            total[np.searchsorted(self.seconds, high)] - total[np.searchsorted(self.seconds, low)]
        )

    def _time_below(self, limit: Floats) -> Floats:
        """The sum over all durations of the smaller of duration and limit."""
        if not len(self.seconds):
            return np.zeros(np.shape(limit))
        time = np.concatenate([[0.0], np.cumsum(self.leaving * self.seconds)])
        longer = np.concatenate([self.at_risk, [0]])
        place = np.searchsorted(self.seconds, limit)
        capped = np.minimum(
            limit, self.seconds[-1]
        )  # nobody is left beyond: infinity times nobody is nothing
        return np.asarray(time[place] + longer[place] * capped)


@dataclass(frozen=True)
class SurvivalCurve:
    """Share that lasts longer than each of `seconds`; every array of shape (lengths,).

    The Kaplan-Meier estimate with pointwise limits, and the cumulative hazard of W. Nelson and O. Aalen.
    """

    seconds: Floats
    at_risk: Ints
    ended: Ints
    survival: Floats
    low: Floats
    high: Floats
    cumulative_hazard: Floats
    confidence: float

    def at(self, seconds: npt.ArrayLike) -> Floats:
        """Share that lasts longer than `seconds` (any shape); beyond the longest duration seen, the last value.

        Raises:
            ValueError: for seconds that are negative or nan.
        """
        place = np.searchsorted(self.seconds, as_floats("seconds", seconds, infinite=True), side="right")
        return np.asarray(np.concatenate([[1.0], self.survival])[place])

    @property
    def median_seconds(self) -> float:
        """The length that half outlast; infinite where more than half were seen to outlast every length."""
        below = np.flatnonzero(self.survival <= 0.5)
        return float(self.seconds[below[0]]) if len(below) else np.inf


def kaplan_meier(seconds: npt.ArrayLike, ended: npt.ArrayLike, *, confidence: float = 0.95) -> SurvivalCurve:
    """The survival curve of durations of which some are censored.

    S(t) = product over the lengths up to t of (1 - ended / at risk) (E. Kaplan, P. Meier, 1958), where a duration
    censored at a length counts as at risk there. Limits: variance by M. Greenwood (1926) on the scale log(-log S),
    so that they stay between 0 and 1.

    Args:
        seconds: length of each duration, >= 0, shape (observations,).
        ended: whether it ended then (true) or only was as long at least (false), of the same shape.
        confidence: of the limits, above 0 and below 1.

    Raises:
        ValueError: naming the argument that is out of range.
    """
    return survival_curve(Durations.of(seconds, ended, ("seconds", "ended")), confidence)


def survival_curve(durations: Durations, confidence: float) -> SurvivalCurve:
    """The curve of durations already counted; `kaplan_meier` says how."""
    from scipy.special import ndtri  # slow to import, and only needed here

    risk, ended = durations.at_risk, durations.ended
    survival: Floats = np.cumprod(1 - ended / risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # all left at once, and nobody left yet
        variance = np.cumsum(ended / (risk * (risk - ended)))
        spread = float(ndtri((1 + confidence) / 2)) * np.sqrt(variance) / np.abs(np.log(survival))
        low, high = survival ** np.exp(spread), survival ** np.exp(-spread)
    certain = survival == 1
    low, high = np.where(certain, 1.0, low), np.where(certain, 1.0, high)
    gone = survival == 0
    return SurvivalCurve(
        seconds=durations.seconds,
        at_risk=risk,
        ended=ended,
        survival=survival,
        low=np.where(gone, 0.0, low),
        high=np.where(gone, 1.0, high),
        cumulative_hazard=np.cumsum(ended / risk),
        confidence=confidence,
    )


@dataclass(frozen=True)
class Bands:
    """Endings by how long it had lasted; every array of shape (bands,)."""

    from_seconds: Floats
    to_seconds: Floats
    exposure_seconds: Floats
    """Time spent in the band, all durations together."""
    ended: Ints
    mean_seconds: Floats
    """Mean duration if the band's rate held throughout: exposure / ended; infinite where nothing ended."""
    low_seconds: Floats
    high_seconds: Floats

    @property
    def surest(self) -> int:
        """The band that surely has a high rate: of all upper limits of the mean, its is the smallest."""
        return int(self.high_seconds.argmin())

    @property
    def per_second(self) -> Floats:
        """The hazard: endings a second of exposure; 0 where there is no exposure."""
        some = self.exposure_seconds > 0
        return np.divide(self.ended, self.exposure_seconds, out=np.zeros(len(some)), where=some)


def bands(durations: Durations, edges: npt.ArrayLike, confidence: float = 0.95) -> Bands:
    """The hazard in each band [edge, next edge): endings / exposure, with F. Garwood's exact Poisson limits.

    Args:
        durations: what was seen.
        edges: rising limits in seconds, from 0; the last may be infinite.
        confidence: of the limits.

    Raises:
        ValueError: for edges that do not rise.
    """
    limits = as_floats("edges", edges, infinite=True)
    if limits.ndim != 1 or len(limits) < 2 or (np.diff(limits) <= 0).any():
        raise ValueError("edges must be at least two rising numbers")
    low, high = limits[:-1], limits[1:]
    exposure, ended = durations.exposure(low, high), durations.ended_between(low, high)
    rate = estimate_patience(np.maximum(exposure, 0.0), ended, confidence=confidence)
    return Bands(low, high, exposure, ended, rate.seconds, rate.low_seconds, rate.high_seconds)
