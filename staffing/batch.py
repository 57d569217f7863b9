"""Many desks, one after another: a solve uses every core, so side by side would only share them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from staffing.config import read_config
from staffing.errors import StaffingError
from staffing.io.export import Encoding, check_target, export, to_csv
from staffing.plan import Stop, plan
from staffing.summary import summarise

Told = Callable[[str, str], None]
COLUMNS = (
    *("desk", "calls", "agent_hours_gross", "paid_hours", "wages", "gap", "short_share"),
    *("abandonment", "service_level", "cheapest", "error"),
)


def run_batch(
    plan_files: Iterable[Path],
    out: Path,
    *,
    encoding: Encoding = "utf-8",
    seconds: float | None = None,
    stop: Stop | None = None,
    told: Told = lambda name, outcome: None,
) -> int:
    """Plan each desk into its own folder and write `totals.csv`; returns how many failed.

    A desk that fails keeps the files of its last good run and has its error in `totals.csv`. `stop` is polled during
    each search and ends it with the best roster found; `told` hears of each desk when it is done.

    Raises:
        StaffingError: when two desks would share a folder, or the totals cannot be written.
    """
    desks = _named(plan_files)
    rows: list[dict[str, Any]] = []
    for name, file in desks.items():
        try:
            config = read_config(file)
            check_target(config, out / name, encoding)
            made = plan(config, seconds=seconds, stop=stop)
            export(made, out / name, encoding=encoding)
        except StaffingError as error:
            rows.append({"desk": name, "error": str(error)})
            told(name, f"failed: {error}")
        else:
            rows.append({"desk": name, **_totals(summarise(made))})
            told(name, "planned")
    totals = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"wages": "Int64"})
    _write(to_csv(totals, encoding), out / "totals.csv")
    return sum("error" in row for row in rows)


def _write(content: bytes, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise StaffingError(f"{file}: cannot be written: {error.strerror or error}") from error


def _named(plan_files: Iterable[Path]) -> dict[str, Path]:
    desks: dict[str, Path] = {}
    for file in plan_files:
        name = file.resolve().parent.name
        if name in desks:
            raise StaffingError(
                f"{desks[name]} and {file} would both be planned into {name}; give each plan a folder with a name of "
                "its own"
            )
        desks[name] = file
    return desks


def _totals(summary: dict[str, Any]) -> dict[str, Any]:
    roster, costs = summary["roster"], summary["costs"]
    return {
        "calls": summary["forecast"]["calls"],
        "agent_hours_gross": summary["requirement"]["agent_hours_gross"],
        "paid_hours": roster["paid_hours"],
        "wages": roster["wages"],
        "gap": roster["gap"],
        "short_share": roster["coverage"]["short_share"],
        "abandonment": roster["expected"]["abandonment"],
        "service_level": roster["expected"]["service_level"],
        "cheapest": costs["cheapest"],
    }
