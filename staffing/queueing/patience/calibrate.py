"""Calibration: the wrap-up that nobody recorded, found from how many callers gave up."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.patience.mean_agents import MeanService
from staffing.queueing.patience.wrap_up import MOST_SECONDS, Equation, Seen, Status, half_width, members

__all__ = ["MOST_SECONDS", "Calibration", "calibrate"]


@dataclass(frozen=True)
class Calibration:
    """The wrap-up that makes predicted abandonment equal to what was seen, and the service before and after.

    `status` says whether there is one: "found"; "none_needed" when without any wrap-up already as many or more are
    predicted to give up as did (more agents were there than counted, or they were faster: wrap-up cannot
    mend that, and `seconds` is 0); "out_of_reach" when even `MOST_SECONDS` of it leave the prediction below
    (`seconds` is nan); "unknown" when any wrap-up would do: no call came while agents were on duty, or nobody gave
    up and patience is endless, as it is estimated to be then (`seconds` is nan).
    """

    status: Status
    seconds: float
    """Of wrap-up a call, to be added to the recorded handling time."""
    low_seconds: float
    high_seconds: float
    """The interval of `seconds`; nan unless found with at least two groups."""
    patience_seconds: float
    patience_low_seconds: float
    patience_high_seconds: float
    """Mean patience; its interval is nan where the patience was given rather than estimated."""
    confidence: float
    observed: MeanService
    """What was seen; nan where it was not handed in."""
    before: MeanService
    """Predicted with the recorded handling time."""
    after: MeanService
    """Predicted with `seconds` added; nan where `seconds` is."""
    calls: int
    groups: int


def calibrate(
    calls: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    abandoned: npt.ArrayLike,
    *,
    wait_seconds: npt.ArrayLike | None = None,
    answered_within: npt.ArrayLike | None = None,
    patience: float | None = None,
    groups: npt.ArrayLike | None = None,
    interval: float = 1800,
    threshold: float = 20,
    confidence: float = 0.95,
) -> Calibration:
    """Find the wrap-up (seconds a call, not in the recorded handling time) that explains how many callers gave up.

    Solves: expected abandoned calls, summed over the intervals = abandoned calls seen. Expected are those of Erlang A
    in each interval, with its calls, its agents on duty and its handling time + wrap-up; they rise with the wrap-up,
    so there is at most one solution.

    Without `patience` it is estimated from the same intervals: waiting time / abandoned. In Erlang A mean wait =
    patience x abandonment in every interval, so the mean wait over all intervals is then met as well, and no second
    equation is needed. The service level is not fitted: it shows how well the model describes the centre.

    Intervals of confidence: sums over groups (days), which may differ by more than chance, and both equations
    linearised at the solution (the sandwich estimator for estimating equations; P. Huber, 1967), with Student's t.

    Args:
        calls: that joined the queue, by interval, >= 0; blocked calls are not among them.
        aht: recorded mean handling time, seconds, >= 0.
        agents: mean number on duty, >= 0, may be fractional.
        abandoned: calls that gave up, whole.
        wait_seconds: waiting of all callers together, by interval; needed unless `patience` is given.
        answered_within: calls answered within the threshold, by interval, for the comparison only.
        patience: mean patience in seconds, > 0; None to estimate it.
        groups: what each interval belongs to (such as its day), shape (intervals,); None: each is its own.
        interval: length in seconds, > 0.
        threshold: of the service level, seconds.
        confidence: of the intervals, above 0 and below 1.

    Raises:
        ValueError: naming the argument that is negative, nan or out of range; when patience is to be estimated and
            there are no waits.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be above 0 and below 1, such as 0.95; found {confidence}")
    seen = Seen.of(calls, aht, agents, abandoned, wait_seconds, answered_within)
    equation = Equation(
        seen,
        interval=float(as_floats("interval", interval, positive=True)),
        threshold=float(as_floats("threshold", threshold)),
    )
    member = members(groups, len(seen.calls))
    mean, spread, deviations = _patience(seen, patience, member, confidence)
    status, seconds = equation.solve(mean)
    found = status == "found"
    half = half_width(equation.deviations(seconds, mean, deviations), member, confidence) if found else nan
    return Calibration(
        status=status,
        seconds=seconds,
        low_seconds=max(seconds - half, 0.0),
        high_seconds=seconds + half,
        patience_seconds=mean,
        patience_low_seconds=max(mean - spread, 0.0),
        patience_high_seconds=mean + spread,
        confidence=confidence,
        observed=seen.per_call(),
        before=equation.expected(0.0, mean).per_call(seen.calls),
        after=MeanService(nan, nan, nan)
        if np.isnan(seconds)
        else equation.expected(seconds, mean).per_call(seen.calls),
        calls=round(float(seen.calls.sum())),
        groups=int(member.max(initial=-1)) + 1,
    )


def _patience(
    seen: Seen, given: float | None, member: npt.NDArray[np.intp], confidence: float
) -> tuple[float, float, Floats | None]:
    """Mean patience, half the width of its interval, and the deviations behind it: nan and None where it is given."""
    if given is not None:
        return float(as_floats("patience", given, infinite=True, positive=True)), nan, None
    mean = seen.patience()
    deviations = seen.patience_deviations(mean)
    return mean, half_width(deviations, member, confidence), deviations
