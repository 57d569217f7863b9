"""A history against the queueing model: the wrap-up it did not record, and the service predicted beside that seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.demand.history import AGENTS, History
from staffing.errors import Fault, InputError
from staffing.queueing.patience.calibrate import Calibration, calibrate
from staffing.queueing.patience.mean_agents import MeanService, mean_service
from staffing.queueing.patience.records import RecordedPatience, estimate_patience_records

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HistoryCalibration:
    """What the history calibrates, and from how much of it."""

    result: Calibration
    days: int
    intervals: int
    """With calls, used."""
    left_out: int
    """With calls, but the file does not say who was on duty or how long callers waited."""
    records: RecordedPatience | None
    """Patience from single calls; None where the history holds totals only."""
    patience_given: bool
    """Whether the patience was set rather than estimated."""
    threshold_seconds: int


def calibrate_history(
    history: History, *, patience_seconds: float | None = None, confidence: float = 0.95
) -> HistoryCalibration:
    """Find the wrap-up that explains the abandonment seen; all queues together, days as groups.

    An interval's calls are those that joined the queue (offered - blocked), its handling time the mean of its
    answered calls; where it has none, the mean of all.

    Args:
        history: with a column `agents`, its handling time as recorded (`unrecorded_acw_seconds` = 0).
        patience_seconds: mean patience; None to estimate it from the history.
        confidence: of the intervals.

    Raises:
        InputError: a history without agents on duty, or without waiting times where patience is to be estimated.
    """
    _check(history, patience_seconds)
    used, joined = _used(history, waits=patience_seconds is None)
    calls = joined.to_numpy()
    result = calibrate(
        calls,
        _handling_time(used, history.frame),
        used[AGENTS].to_numpy(),
        used["abandoned"].to_numpy(),
        wait_seconds=_if_known(used["wait_seconds"]),
        answered_within=_if_known(used["answered_within_threshold"]),
        patience=patience_seconds,
        groups=used["business_date"].to_numpy(),
        interval=60 * history.interval_minutes,
        threshold=history.threshold_seconds,
        confidence=confidence,
    )
    waits = history.waits
    return HistoryCalibration(
        result=result,
        days=int(used["business_date"].nunique()),
        intervals=len(used),
        left_out=int((history.frame["offered"] > history.frame["blocked"]).sum()) - len(used),
        records=None
        if waits is None
        else estimate_patience_records(waits.seconds, waits.abandoned, confidence=confidence),
        patience_given=patience_seconds is not None,
        threshold_seconds=history.threshold_seconds,
    )


def predicted_service(history: History, *, wrap_up_seconds: float, patience_seconds: float) -> MeanService:
    """The service that the model predicts for a history's calls, with its agents on duty; per call that joined.

    Args:
        history: with a column `agents`; intervals where it is empty are left out.
        wrap_up_seconds: added to the handling time of every call.
        patience_seconds: mean patience.

    Raises:
        InputError: a history without agents on duty.
    """
    _check(history, patience_seconds)
    used, joined = _used(history, waits=False)
    return mean_service(
        joined.to_numpy(),
        _handling_time(used, history.frame) + wrap_up_seconds,
        used[AGENTS].to_numpy(),
        patience=patience_seconds,
        interval=60 * history.interval_minutes,
        threshold=history.threshold_seconds,
    )


def _used(history: History, *, waits: bool) -> tuple[pd.DataFrame, pd.Series]:
    """The rows with calls whose agents, and waits if asked for, are known; and how many calls joined the queue."""
    frame = history.frame
    joined = (frame["offered"] - frame["blocked"]).astype("float64")
    chosen = (joined > 0) & frame[AGENTS].notna()
    if waits:
        chosen &= frame["wait_seconds"].notna()
    return frame[chosen], joined[chosen]


def _check(history: History, patience_seconds: float | None) -> None:
    """Whether there is anything to calibrate with."""
    frame = history.frame
    if AGENTS not in frame or frame[AGENTS].isna().all():
        raise InputError(
            history.source,
            [
                Fault(
                    "no agents on duty",
                    "a column agents (mean number on duty in the interval), or call records that name them",
                    column=AGENTS,
                )
            ],
        )
    if patience_seconds is None and frame.loc[frame[AGENTS].notna(), "wait_seconds"].isna().all():
        raise InputError(
            history.source,
            [
                Fault(
                    "no waiting times",
                    "wait_answered_seconds and wait_abandoned_seconds, or seconds for requirement.patience_seconds",
                )
            ],
        )


def _handling_time(used: pd.DataFrame, frame: pd.DataFrame) -> Floats:
    """Mean handling time of each interval's answered calls, in seconds."""
    answered = used["answered"].to_numpy(np.float64)
    total = float(frame["answered"].sum())
    mean = float(frame["handle_seconds"].sum()) / total if total else 0.0
    own = used["handle_seconds"].to_numpy(np.float64)
    return np.where(answered > 0, own / np.maximum(answered, 1), mean)


def _if_known(column: pd.Series) -> Floats | None:
    """A column that says something in every row, or None."""
    return None if column.isna().any() else column.to_numpy(np.float64)
