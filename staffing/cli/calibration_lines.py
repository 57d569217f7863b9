"""What `staffing calibrate` prints."""

from __future__ import annotations

import math
from collections.abc import Iterator

from staffing.calibration import HistoryCalibration
from staffing.demand.single_calls import SHORT_WAITS_SECONDS
from staffing.queueing.patience.calibrate import MOST_SECONDS
from staffing.queueing.patience.records import RecordedPatience

FIRST_SECONDS = 5
"""Those who give up within them hardly wait at all."""

EQUAL = 1e-8
"""Shares no further apart are equal."""


def calibration_lines(name: str, source: str, now_seconds: float, found: HistoryCalibration) -> Iterator[str]:
    """The figures seen and predicted, what was found, and the line for the settings.

    Args:
        name: of the plan.
        source: the file that was read.
        now_seconds: the wrap-up that the settings add already.
        found: the figures.
    """
    result = found.result
    more = f", {found.left_out:,} more left out: figures missing" if found.left_out else ""
    yield (
        f"{name}: {source}, {result.calls:,} calls in {found.intervals:,} intervals "
        f"on {found.days} days{more}"
    )
    yield ""
    yield from _table(found)
    yield ""
    yield from _wrap_up(found, now_seconds)
    yield _patience(found)
    yield from _evenness(found.records)
    if result.status == "found" or _too_many(found):
        yield f"plan.toml   [history] unrecorded_acw_seconds = {result.seconds:.0f} (now {now_seconds:g})"


def _table(found: HistoryCalibration) -> Iterator[str]:
    """Seen beside predicted."""
    result, threshold = found.result, found.threshold_seconds
    columns = {"seen": result.observed, "without wrap-up": result.before}
    if result.status == "found":
        columns[f"with {result.seconds:.1f} s of wrap-up"] = result.after
    yield f"{'':<24}" + "".join(f"{name:>{max(len(name), 9) + 3}}" for name in columns)
    rows = {
        "abandoned": [_share(service.abandonment) for service in columns.values()],
        "mean wait": [_seconds(service.mean_wait_seconds) for service in columns.values()],
        f"answered within {threshold} s": [_share(service.service_level) for service in columns.values()],
    }
    for name, cells in rows.items():
        widths = [max(len(column), 9) + 3 for column in columns]
        yield f"{name:<24}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    if result.status == "found":
        fitted = "abandoned is" if found.patience_given else "abandoned and mean wait are"
        yield f"with it {fitted} as seen by construction, the service level is not: it tests the model"


def _too_many(found: HistoryCalibration) -> bool:
    """Whether without any wrap-up more are predicted to give up than did."""
    result = found.result
    return result.status == "none_needed" and result.before.abandonment > result.observed.abandonment + EQUAL


def _wrap_up(found: HistoryCalibration, now_seconds: float) -> Iterator[str]:
    result = found.result
    seen, predicted = _share(result.observed.abandonment), _share(result.before.abandonment)
    if result.status == "none_needed":
        yield f"wrap-up     none: {predicted} are predicted to give up without any, and {seen} did"
        if _too_many(found):
            yield "            more agents were at work than counted, or callers wait longer than the patience says"
        elif now_seconds:
            yield f"            nothing here says that the {now_seconds:g} s in the settings are too long"
    elif result.status == "unknown":
        yield "wrap-up     unknown: no call came while agents were on duty, or nobody gave up; any wrap-up would do"
    elif result.status == "out_of_reach":
        yield f"wrap-up     none explains that {seen} gave up: not even {MOST_SECONDS:g} s a call"
        yield "            the patience, the agents on duty or the calls counted cannot be right"
    else:
        yield (
            f"wrap-up     {result.seconds:.1f} s a call beside the recorded handling time"
            f"{_limits(result.low_seconds, result.high_seconds, result.confidence)}"
        )
        if result.low_seconds == 0:
            yield "            the records are too few to rule out that there is none"


def _patience(found: HistoryCalibration) -> str:
    result = found.result
    source = "as PLAN.toml says" if found.patience_given else "waiting time / abandoned calls"
    limits = _limits(result.patience_low_seconds, result.patience_high_seconds, result.confidence)
    return f"patience    {_seconds(result.patience_seconds)}{limits}: {source}"


def _evenness(records: RecordedPatience | None) -> Iterator[str]:
    """Whether the exponential fits, in words."""
    if records is None:
        yield "            whether callers give up at an even rate, only single calls show: --calls FILE"
        return
    first, even = records.gave_up_within(FIRST_SECONDS), records.expected_within(FIRST_SECONDS)
    yield (
        f"            {_share(float(first))} would give up within {FIRST_SECONDS} s, "
        f"{_share(float(even))} at an even rate"
    )
    fit = records.fit
    if fit.fits:
        yield f"            callers give up at an even rate, as Erlang A assumes (p = {fit.p:.2g})"
        return
    bands, peak = records.bands, records.bands.surest
    short = records.patience_at_waits_up_to(SHORT_WAITS_SECONDS)
    low, high = bands.from_seconds[peak], bands.to_seconds[peak]
    when = f"{low:g}-{high:g} s into the wait" if math.isfinite(high) else f"after {low:g} s of waiting"
    yield (
        f"WARNING     Erlang A assumes that callers give up at an even rate; these do not (p = {fit.p:.1g}, "
        f"Weibull shape {fit.shape:.2f}):"
    )
    yield (
        f"            most often {when}, as if patience were "
        f"{bands.mean_seconds[peak]:.0f} s there; {fit.misplaced:.0%} of them at another wait than expected"
    )
    yield (
        f"            to plan waits up to {SHORT_WAITS_SECONDS} s, patience_seconds = {float(short):.0f} describes "
        f"callers better{_limits(float(short.low_seconds), float(short.high_seconds), short.confidence)}"
    )


def _share(value: float) -> str:
    return "unknown" if math.isnan(value) else f"{value:.1%}"


def _seconds(value: float) -> str:
    return "unknown" if math.isnan(value) else "without end" if math.isinf(value) else f"{value:,.1f} s"


def _limits(low: float, high: float, confidence: float) -> str:
    return "" if math.isnan(low) else f" ({confidence:.0%} interval {low:,.1f} to {high:,.1f})"
