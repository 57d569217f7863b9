"""Patience from single calls: its mean, its curve, and whether the exponential that Erlang A assumes describes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats
from staffing.queueing.patience.exponential_fit import ExponentialFit, exponential_fit
from staffing.queueing.patience.survival import Bands, Durations, SurvivalCurve, bands, survival_curve
from staffing.queueing.patience.totals import PatienceEstimate, estimate_patience

BAND_EDGES = (0, 5, 15, 30, 45, 60, 90, 120, 180, 300, np.inf)
"""Seconds. Fine where callers decide whether to wait at all and where announcements come, coarse after that."""


@dataclass(frozen=True)
class RecordedPatience:
    """What call records say of how long callers are willing to wait.

    The waits of answered callers censor their patience, and those of callers who gave up censor the wait they were
    offered; each curve treats the other's endings as censored.
    """

    exponential: PatienceEstimate
    """The mean if the rate of giving up were the same at every wait: total wait / abandoned."""
    patience: SurvivalCurve
    """Share of callers willing to wait longer than each length."""
    virtual_wait: SurvivalCurve
    """Share of callers whom the centre would have made wait longer, had they all been patient."""
    bands: Bands
    """How often callers give up, by how long they have waited."""
    fit: ExponentialFit
    calls: int
    abandoned: int
    _durations: Durations

    @property
    def seconds(self) -> float:
        """Mean patience by the exponential estimate."""
        return float(self.exponential)

    def patience_at_waits_up_to(self, limit_seconds: npt.ArrayLike) -> PatienceEstimate:
        """Mean patience by the first `limit_seconds` of waiting: time waited there / calls given up there.

        What a queue loses depends on the rate of giving up at the waits it makes callers wait (S. Zeltyn,
        A. Mandelbaum, 2005: in a well-staffed centre on the density of patience near 0). Where the rate is not
        constant, this is the patience to plan short waits with.

        Args:
            limit_seconds: of waiting, > 0, may be infinite (all waits); any shape.

        Raises:
            ValueError: for a limit that is not above 0.
        """
        limit = as_floats("limit_seconds", limit_seconds, infinite=True, positive=True)
        start = np.zeros(limit.shape)
        return estimate_patience(
            self._durations.exposure(start, limit),
            self._durations.ended_between(start, limit),
            confidence=self.exponential.confidence,
        )

    def gave_up_within(self, seconds: npt.ArrayLike) -> Floats:
        """Share of callers who would give up within `seconds` of waiting; any shape.

        Raises:
            ValueError: for seconds that are negative or nan.
        """
        return np.asarray(1 - self.patience.at(seconds))

    def expected_within(self, seconds: npt.ArrayLike) -> Floats:
        """The same share if patience were exponential: 1 - exp(-seconds / mean); any shape.

        Raises:
            ValueError: for seconds that are negative or nan.
        """
        wait = as_floats("seconds", seconds)
        return np.asarray(-np.expm1(-wait / self.seconds)) if self.seconds > 0 else np.ones(wait.shape)


def estimate_patience_records(
    waits_seconds: npt.ArrayLike,
    abandoned: npt.ArrayLike,
    *,
    band_edges: npt.ArrayLike = BAND_EDGES,
    confidence: float = 0.95,
) -> RecordedPatience:
    """Patience from the wait of every call and whether the caller gave up.

    Args:
        waits_seconds: wait of each call until it was answered or the caller gave up, >= 0, shape (calls,). Blocked
            calls have none and are left out beforehand.
        abandoned: whether the caller gave up, shape (calls,).
        band_edges: rising limits of the bands, in seconds from 0; the last may be infinite.
        confidence: of every interval, above 0 and below 1.

    Raises:
        ValueError: naming the argument that is negative, not finite, of another shape or out of range.
    """
    durations = Durations.of(waits_seconds, abandoned, ("waits_seconds", "abandoned"))
    total, lost = float(durations.leaving @ durations.seconds), int(durations.ended.sum())
    exponential = estimate_patience(total, lost, confidence=confidence)
    counted = bands(durations, band_edges, confidence)
    answered = Durations(durations.seconds, durations.censored, durations.ended)
    return RecordedPatience(
        exponential=exponential,
        patience=survival_curve(durations, confidence),
        virtual_wait=survival_curve(answered, confidence),
        bands=counted,
        fit=exponential_fit(durations, counted, confidence),
        calls=int(durations.leaving.sum()),
        abandoned=lost,
        _durations=durations,
    )
