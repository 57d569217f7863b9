"""What a month's report reads: a plan's settings or folder, the records, the month's costs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from staffing.config import PlanConfig, read_config, site_horizon
from staffing.config.inputs import SETTINGS
from staffing.demand import History, read_history
from staffing.errors import ConfigError, Fault, InputError, SettingFault
from staffing.horizon import Horizon
from staffing.io.export import SUMMARY
from staffing.io.safe_text import restore
from staffing.io.source import load
from staffing.report.month.actual import Month
from staffing.report.month.cost import read_costs
from staffing.report.month.planned import Planned, planned
from staffing.report.month.report import MonthReport, month_report

_TABLES = ("coverage.csv", "requirements.csv", "forecast.csv", "costs.csv")
_TEXTS = ("queue", "option", "item", "month")


def report_of(
    source: Path | str,
    month: str,
    *,
    histories: Iterable[Path | str] = (),
    costs: Path | str | None = None,
) -> MonthReport:
    """The report of a month, from files.

    Args:
        source: a `plan.toml`, for the records alone; or the folder that `staffing plan` wrote, to compare with it.
        month: such as "2027-02".
        histories: files of records to read in place of the one that the settings name.
        costs: a file of the month's costs (`read_costs`).

    Raises:
        ConfigError: settings that cannot be used, a month that is none, no records named.
        InputError: a file that cannot be used, or has no record of the month.
    """
    place, wanted = Path(source), Month(month)
    folder = place if place.is_dir() else None
    config = read_config(place if folder is None else folder / "inputs" / SETTINGS)
    horizon = site_horizon(config)
    return month_report(
        _histories(config, horizon, [Path(file) for file in histories]),
        month,
        name=config.plan.name,
        plan=None if folder is None else planned_in(folder, horizon, wanted),
        costs=None if costs is None else read_costs(costs),
        currency=config.plan.currency,
    )


def planned_in(folder: Path, horizon: Horizon, month: Month) -> Planned | None:
    """The month's part of the plan in a folder; None when it plans no open interval of the month.

    Raises:
        InputError: the folder holds no plan, or a table of it cannot be read.
    """
    try:
        content = (folder / SUMMARY).read_bytes()
        summary: Any = json.loads(content)
        files = {name: _table(folder / name) for name in _TABLES if (folder / name).is_file()}
    except (OSError, ValueError) as error:
        raise InputError(str(folder), [Fault(str(error), f"a plan's folder with {SUMMARY}")]) from None
    if not isinstance(summary, dict) or not set(files) - {"costs.csv"}:
        raise InputError(
            str(folder), [Fault("no table of a plan", "forecast.csv, as `staffing plan` writes it")]
        )
    return planned(files, summary, horizon, month, folder.name, sha256(content).hexdigest())


def _table(path: Path) -> pd.DataFrame:
    """A table that this program wrote, in any of its encodings."""
    source = load(path)
    frame = pd.read_csv(source.text(), dtype=dict.fromkeys(_TEXTS, str))
    texts = {name: frame[name].map(restore, na_action="ignore") for name in _TEXTS if name in frame}
    return frame.assign(**texts)


def _histories(config: PlanConfig, horizon: Horizon, files: list[Path]) -> list[History]:
    table = config.history
    named = files or ([] if table is None else [config.beside(table.file)])
    if not named:
        fault = SettingFault("history", "(missing)", "a table [history], or a file given with --history")
        raise ConfigError(config.file.name, [fault])
    if table is None:
        return [read_history(file, horizon) for file in named]
    return [
        read_history(
            file,
            horizon,
            threshold_seconds=table.threshold_seconds,
            unrecorded_acw_seconds=table.unrecorded_acw_seconds,
            missing_days=table.missing_days,
            missing_intervals=table.missing_intervals,
        )
        for file in named
    ]
