"""A plan whose targets hold for each day: cheaper than for every interval, met by the day, and told in the files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from staffing.cli.report import summary_lines
from staffing.config import read_config
from staffing.io.export import export
from staffing.plan import Plan, plan
from staffing.samples import sample_folder
from staffing.summary import summarise


@pytest.fixture(scope="module")
def by_day() -> Plan:
    """The first week of the small desk with targets for the day and a floor."""
    config = read_config(sample_folder("small-desk") / "plan.toml")
    targets = config.targets.model_copy(
        update={"period": "day", "asa_seconds": None, "occupancy": None, "interval_floor_service_level": 0.3}
    )
    horizon = config.horizon.model_copy(update={"end": date(2027, 2, 7)})
    return plan(
        config.model_copy(update={"horizon": horizon, "targets": targets}), until="roster", seconds=20
    )


def test_the_floor_takes_the_requirements_place_and_every_day_meets_the_target(by_day: Plan) -> None:
    assert by_day.requirement is not None
    assert by_day.roster is not None
    assert by_day.roster.service is not None
    floor = by_day.roster.problem.demand["agents_gross"]
    assert (floor <= by_day.requirement.frame["agents_gross"]).all()
    assert floor.sum() < by_day.requirement.frame["agents_gross"].sum()
    report, frame = by_day.roster.report, by_day.roster.service.frame
    assert report.passed
    assert report.objective == by_day.roster.result.objective
    short = {(part.measure, part.queue, part.period_start) for part in report.service if part.short}
    for measure, share in by_day.roster.service.least_share.items():
        for row in frame.to_dict("records"):
            if (measure, row["queue"], row["period_start"]) in short:
                continue
            kept = 1 - row["abandonment_steady"] if measure == "abandonment" else row["service_level_steady"]
            assert kept >= share - 1e-6
    assert len(short) < len(report.service)


def test_the_files_tell_of_days(by_day: Plan, tmp_path: Path) -> None:
    export(by_day, tmp_path)
    told = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert told["requirement"]["period"] == "day"
    assert told["requirement"]["interval_floor"]["service_level"] == 0.3
    service = told["roster"]["service"]
    coverage = pd.read_csv(tmp_path / "coverage.csv")
    assert len(service["periods"]) == coverage[["queue", "period_start"]].drop_duplicates().shape[0]
    for row in service["periods"]:
        inside = coverage[coverage["period_start"] == row["start"]]
        lost = (inside["abandonment"] * inside["calls"]).sum() / inside["calls"].sum()
        assert lost == pytest.approx(row["abandonment"], abs=1e-3)
        assert inside["period_abandonment"].to_numpy() == pytest.approx(row["abandonment"])
    assert told["roster"]["service_cost"] == summarise(by_day)["roster"]["service_cost"]
    assert (
        told["roster"]["wages"] + told["roster"]["shortage_cost"] + told["roster"]["service_cost"]
        == (told["roster"]["objective"])
    )


def test_the_command_line_counts_the_days_that_meet_their_targets(by_day: Plan) -> None:
    told = summarise(by_day)
    (line,) = [line for line in summary_lines(told) if line.startswith("targets ")]
    assert f"of {len(told['roster']['service']['periods'])}, at worst" in line
    assert "by day" in line
