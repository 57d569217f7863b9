"""How far counts scatter around a forecast: dispersion from the past, and the interval it gives.

Half-hour counts of calls scatter more than Poisson counts of the same mean. A gamma-Poisson (negative binomial)
count of mean m and variance D m has a dispersion D >= 1; D = 1 is Poisson.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from staffing.forecast.level import Method, centre
from staffing.forecast.recent import Floats

FEWEST_RESIDUALS = 30


def residuals(values: Floats, method: Method) -> Floats:
    """Scaled distance of each day from the centre of the other days of its cell.

    Args:
        values: counts, shape (..., days), NaN where not recorded.
        method: how the centre c of the other days is taken.

    Returns:
        |y - c| / sqrt(max(c, 1)) of every day that has another beside it, one-dimensional.
    """
    found = []
    for day in range(values.shape[-1]):
        others = (
            centre(np.delete(values, day, axis=-1), method)
            if values.shape[-1] > 1
            else values[..., 0] * np.nan
        )
        distance = np.abs(values[..., day] - others) / np.sqrt(np.maximum(others, 1.0))
        found.append(distance[~np.isnan(distance)])
    return np.concatenate(found)


def dispersion(scaled: Floats, confidence: float) -> float | None:
    """D such that an interval of the given confidence would have held that share of the residuals.

    D = (q / z)^2, at least 1, with q the residuals' `confidence` quantile and z the normal distribution's
    (1 + confidence) / 2 quantile: unlike a sum of squares it is not carried away by one freak day. None when
    there are fewer than FEWEST_RESIDUALS.
    """
    if scaled.size < FEWEST_RESIDUALS:
        return None
    normal = NormalDist().inv_cdf((1 + confidence) / 2)
    return max(1.0, float(np.quantile(scaled, confidence) / normal) ** 2)


def expected_counts(middle: Floats, mean: Floats, spread: Floats) -> Floats:
    """The mean of the counts whose median is `middle`.

    The median of a gamma-Poisson count lies about D/3 below its mean; the days' own mean decides within that
    range, so that a slot that never has a call keeps none.
    """
    return np.clip(mean, middle, middle + spread / 3)


def count_interval(mean: Floats, spread: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Lower and upper quantile, with (1 - confidence) / 2 below and above, of gamma-Poisson counts.

    Args:
        mean: expected counts, 0 or more.
        spread: dispersion D, 1 or more; broadcast with `mean`.
        confidence: share of outcomes to be held, above 0 and below 1.
    """
    from scipy import stats  # slow to import, and only needed here

    mean, spread = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(spread, dtype=float))
    wide = (spread > 1 + 1e-9) & (mean > 0)
    ends = []
    for share in ((1 - confidence) / 2, (1 + confidence) / 2):
        end = np.asarray(stats.poisson.ppf(share, mean), dtype=float)
        end[wide] = stats.nbinom.ppf(share, mean[wide] / (spread[wide] - 1), 1 / spread[wide])
        ends.append(np.maximum(end, 0.0))
    return ends[0], ends[1]
