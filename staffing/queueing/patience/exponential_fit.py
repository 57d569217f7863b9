"""Whether durations, some of them censored, are exponential: tested against a rising or falling rate, and by band."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, inf, log, nan, sqrt

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.patience.survival import Bands, Durations
from staffing.queueing.stationary.roots import rising_roots

SIGNIFICANCE = 0.001
"""Chance of finding fault with durations that are exponential."""

MISPLACED = 0.05
"""Share of the endings at another length than the exponential expects, from which on the difference matters."""

RECORDED_TO_SECONDS = 1.0
"""Step in which lengths are recorded: one recorded as 0 was anything below it, and is taken as half of it."""

_STEEPEST = 1e3  # shape beyond which everything ends at one length
_LEAST_EXPECTED = 5.0  # endings in a band, for chi-square to hold


@dataclass(frozen=True)
class ExponentialFit:
    """How well a constant rate describes when durations end."""

    shape: float
    """Of the best Weibull: below 1 the rate falls with time, above 1 it rises; nan where nothing ended."""
    shape_low: float
    shape_high: float
    likelihood_ratio: float
    """Twice the gain in log-likelihood of that Weibull over the exponential."""
    p_shape: float
    """Chance of so large a gain if the durations were exponential."""
    chi_square: float
    """Sum over the bands of (ended - expected)^2 / expected."""
    degrees: int
    p_bands: float
    """Chance of so large a sum if the durations were exponential."""
    misplaced: float
    """Share of the endings that lie in another band than the exponential expects."""

    @property
    def p(self) -> float:
        """Both tests together: the smaller p, doubled (C. Bonferroni)."""
        return min(1.0, 2 * min(self.p_shape, self.p_bands))

    @property
    def fits(self) -> bool:
        """False where the difference is both certain (`SIGNIFICANCE`) and large enough to matter (`MISPLACED`)."""
        return not (self.p < SIGNIFICANCE and self.misplaced >= MISPLACED)


def exponential_fit(durations: Durations, counted: Bands, confidence: float = 0.95) -> ExponentialFit:
    """Test durations against the exponential.

    Two tests, since each is blind where the other sees: the likelihood ratio of a Weibull with fitted shape over
    shape 1 (chi-square with one degree of freedom; W. Weibull, 1951) finds a rate that rises or falls throughout,
    and chi-square over bands finds peaks, such as those after an announcement. Bands of fewer than 5 expected endings
    are joined with the next.
    """
    shape, low, high, gain = _weibull(durations, confidence)
    expected, ended = _joined(counted)
    total = ended.sum()
    sum_of_squares = float((np.square(ended - expected) / expected).sum()) if len(ended) > 1 else 0.0
    degrees = max(len(ended) - 1, 0)
    return ExponentialFit(
        shape=shape,
        shape_low=low,
        shape_high=high,
        likelihood_ratio=gain,
        p_shape=erfc(sqrt(gain / 2)),
        chi_square=sum_of_squares,
        degrees=degrees,
        p_bands=_chi_square_tail(sum_of_squares, degrees),
        misplaced=float(np.abs(ended - expected).sum() / 2 / total) if total else 0.0,
    )


def _weibull(durations: Durations, confidence: float) -> tuple[float, float, float, float]:
    """Shape, its limits, and the likelihood ratio over shape 1.

    With the scale at its best for each shape k, the log-likelihood of d endings is
    d log k + (k - 1) sum of log t over the endings - d log(sum of t^k over all / d) - d.
    """
    ended = durations.ended
    total = int(ended.sum())
    if not total:
        return nan, nan, nan, 0.0
    seconds = np.where((durations.seconds == 0) & (ended > 0), RECORDED_TO_SECONDS / 2, durations.seconds)
    time, leaving, ended = (part[seconds > 0] for part in (seconds, durations.leaving, ended))
    logs = np.log(time / time.max())  # powers of shares: none overflows
    sum_of_logs = float(ended @ logs)

    def powers(shape: float) -> Floats:
        return np.asarray(leaving * np.exp(shape * logs))

    def slope(shape: float) -> float:
        weights = powers(shape)
        return float(total / shape + sum_of_logs - total * (weights @ logs) / weights.sum())

    def gain(shape: float) -> float:
        return float(total * log(shape) + (shape - 1) * sum_of_logs - total * log(powers(shape).sum()))

    def falling(at: Floats, rows: object) -> Floats:
        return np.array([-slope(exp(each)) for each in at])

    limits = np.array([-log(_STEEPEST)]), np.array([log(_STEEPEST)])
    root = float(rising_roots(falling, *limits, flat=1e-9 * total)[0])
    shape = exp(root) if np.isfinite(root) else _STEEPEST  # no root: all ended at the greatest length
    ratio = max(0.0, 2 * (gain(shape) - gain(1.0)))
    return (
        shape,
        *_limits(shape, (slope(shape * 1.001) - slope(shape / 1.001)) / (shape * 0.002), confidence),
        ratio,
    )


def _limits(shape: float, curvature: float, confidence: float) -> tuple[float, float]:
    """Normal limits of log shape, by the curvature of the log-likelihood at its peak."""
    from scipy.special import ndtri  # slow to import, and only needed here

    if not curvature < 0:
        return 0.0, inf
    spread = float(ndtri((1 + confidence) / 2)) / (shape * sqrt(-curvature))
    return shape * exp(-spread), shape * exp(min(spread, 700.0))


def _joined(counted: Bands) -> tuple[Floats, Floats]:
    """Expected and seen endings by band, too small bands joined with the next ones, the last with the one before."""
    ended = counted.ended.astype(np.float64)
    time = counted.exposure_seconds
    if not ended.sum() or not time.sum():
        return np.zeros(0), np.zeros(0)
    expected = time / time.sum() * ended.sum()
    group, held = [0], 0.0
    for each in expected.tolist():
        held += each
        group.append(group[-1] + (held >= _LEAST_EXPECTED))
        held = 0.0 if held >= _LEAST_EXPECTED else held
    sums = np.array([np.bincount(group[:-1], weights=part) for part in (expected, ended)])
    if sums.shape[1] > 1 and sums[0, -1] < _LEAST_EXPECTED:
        sums = np.concatenate([sums[:, :-2], sums[:, -2:].sum(axis=1, keepdims=True)], axis=1)
    return sums[0], sums[1]


def _chi_square_tail(value: float, degrees: int) -> float:
    from scipy.special import gammaincc  # slow to import, and only needed here

    return float(gammaincc(degrees / 2, value / 2)) if degrees else 1.0
