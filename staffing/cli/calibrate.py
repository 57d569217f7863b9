"""`staffing calibrate`: what the history says the model lacks, before it is planned with."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import click

from staffing.calibration import HistoryCalibration, calibrate_history
from staffing.cli.calibration_lines import FIRST_SECONDS, calibration_lines
from staffing.config import PlanConfig, read_config, site_horizon
from staffing.demand import History, read_history
from staffing.demand.single_calls import SHORT_WAITS_SECONDS
from staffing.errors import ConfigError, SettingFault, StaffingError
from staffing.queueing.patience.mean_agents import MeanService
from staffing.queueing.patience.records import RecordedPatience


@click.command()
@click.argument("plan_file", metavar="PLAN.toml", type=click.Path(path_type=Path))
@click.option(
    "--calls",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Call records of the same period, read in place of the history: they also show whether callers give up at "
    "an even rate, and who was on duty.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.json",
    help="The figures, as JSON.",
)
def calibrate(plan_file: Path, calls: Path | None, out: Path | None) -> None:
    """Compare the history with what the queueing model predicts for it, and find the wrap-up nobody recorded.

    The history needs agents on duty (a column agents, or call records that name them) and waiting times. Wrap-up is
    the time after a call that the telephone system does not count as handling time; the model loses too few callers
    without it. Printed are abandonment, mean wait and service level as seen, as predicted without wrap-up (that which
    PLAN.toml adds already is left out, too) and with the wrap-up found, callers' patience, and the line for
    PLAN.toml, if there is anything to say.
    """
    config = read_config(plan_file)
    history = _history(config, calls)
    given = config.requirement.patience_seconds
    found = calibrate_history(history, patience_seconds=None if given == "history" else given)
    now = config.history.unrecorded_acw_seconds if config.history else 0
    for line in calibration_lines(config.plan.name, history.source, now, found):
        click.echo(line)
    if out is not None:
        try:
            out.write_text(json.dumps(as_json(found), indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise StaffingError(f"{out}: cannot be written: {error.strerror or error}") from error


def as_json(found: HistoryCalibration) -> dict[str, Any]:
    """The figures by name; null where there is none."""
    result, records = found.result, found.records
    return {
        "status": result.status,
        "unrecorded_acw_seconds": _finite(result.seconds),
        "unrecorded_acw_low_seconds": _finite(result.low_seconds),
        "unrecorded_acw_high_seconds": _finite(result.high_seconds),
        "patience_seconds": _finite(result.patience_seconds),
        "patience_low_seconds": _finite(result.patience_low_seconds),
        "patience_high_seconds": _finite(result.patience_high_seconds),
        "confidence": result.confidence,
        "calls": result.calls,
        "intervals": found.intervals,
        "intervals_left_out": found.left_out,
        "days": found.days,
        "threshold_seconds": found.threshold_seconds,
        "observed": _service(result.observed),
        "before": _service(result.before),
        "after": _service(result.after),
        "exponential": None if records is None else _fit(records),
    }


def _history(config: PlanConfig, calls: Path | None) -> History:
    """The history as recorded: without the wrap-up that the settings add."""
    table = config.history
    if table is None:
        fault = SettingFault("history", "(missing)", 'a table [history] with file = "history.csv"')
        raise ConfigError(config.file.name, [fault])
    return read_history(
        config.beside(table.file) if calls is None else calls,
        site_horizon(config),
        threshold_seconds=table.threshold_seconds,
        missing_days=table.missing_days,
        missing_intervals=table.missing_intervals,
    )


def _finite(value: float) -> float | None:
    return round(float(value), 4) if math.isfinite(value) else None


def _service(service: MeanService) -> dict[str, float | None]:
    return {
        "abandonment": _finite(service.abandonment),
        "mean_wait_seconds": _finite(service.mean_wait_seconds),
        "service_level": _finite(service.service_level),
    }


def _fit(records: RecordedPatience) -> dict[str, Any]:
    fit, bands = records.fit, records.bands
    short = records.patience_at_waits_up_to(SHORT_WAITS_SECONDS)
    return {
        "fits": fit.fits,
        "p": _finite(fit.p),
        "weibull_shape": _finite(fit.shape),
        "misplaced": _finite(fit.misplaced),
        "gave_up_within_5_seconds": _finite(float(records.gave_up_within(FIRST_SECONDS))),
        "patience_at_waits_up_to_60_seconds": _finite(float(short)),
        "bands": [
            {
                "from_seconds": low,
                "to_seconds": _finite(high),
                "abandoned": ended,
                "patience_seconds": _finite(mean),
            }
            for low, high, ended, mean in zip(
                bands.from_seconds.tolist(),
                bands.to_seconds.tolist(),
                bands.ended.tolist(),
                bands.mean_seconds.tolist(),
                strict=True,
            )
        ],
    }
